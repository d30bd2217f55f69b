import { createHash } from "node:crypto";
import { answersOfLastYear, type LastYear } from "../db/queries/last-year.ts";
import { planInForce } from "../db/queries/plan-in-force.ts";
import { requestHistory, type RequestHistory } from "../db/queries/request-history.ts";
import { cycleOf } from "../db/queries/cycles.ts";
import { canonicalJson } from "../domain/canonical.ts";
import type { IndicatorKey } from "../domain/ids.ts";
import { reasonLeaves } from "../domain/reasons.ts";
import type { Plan } from "../domain/plan.ts";
import type { Desk } from "./acting.ts";
import { othersThan } from "./answer-view.ts";
import { nameOf } from "./frame.ts";
import { ProblemError } from "./problems.ts";
import { rowsOf, type Form, type FormItem } from "./workbook/form.ts";

const servedBy = ({ measures }: Plan, indicators: readonly IndicatorKey[]): FormItem["serves"] =>
  measures.flatMap((measure) =>
    measure.indicators
      .filter(({ key }) => indicators.includes(key))
      .map(({ key, text }) => ({
        measure: measure.key,
        measureName: measure.name,
        indicator: key,
        indicatorText: text,
      })),
  );

interface ItemsOf {
  readonly plan: Plan;
  readonly lastYear: LastYear;
}
const itemsOf = ({ items }: RequestHistory, { plan, lastYear }: ItemsOf): readonly FormItem[] => {
  const place = (datum: string): number => plan.data.findIndex(({ key }) => key === datum);
  return items
    .toSorted((a, b) => place(a.datum) - place(b.datum))
    .map(({ id, datum, text, indicators, state }) => ({
      id,
      text,
      state,
      serves: servedBy(plan, indicators),
      before: lastYear.get(datum) ?? null,
      expects: plan.data.find(({ key }) => key === datum)?.expects,
    }));
};

/** The request's revision, and a check over all that is handed out: an amended plan changes it too. */
const editionOf = (revision: number, form: Form): string => {
  const handedOut = createHash("sha256").update(canonicalJson([rowsOf(form), form.reasons]));
  return `r${revision}-${handedOut.digest("hex").slice(0, 8)}`;
};

/** 調査票 of a request as it now stands. @throws ProblemError `not-found`, `no-form` */
export const formOf = async ({ db }: Desk, id: string): Promise<Form> => {
  const history = await requestHistory(db, id);
  if (history === undefined) throw new ProblemError("not-found");
  const { cycle, kind, organisation, dueAt, closeAt, revision, sentAt } = history.request;
  if (kind === "consultation") throw new ProblemError("no-form");
  const { body: plan } = await planInForce(db, cycle);
  const isRehearsal = (await cycleOf(db, cycle))?.stepped === true;
  const form = {
    request: id,
    title: `${isRehearsal ? "【訓練】" : ""}${plan.title}`,
    organisation: nameOf(plan, organisation, sentAt),
    kind,
    dueAt,
    closeAt,
    edition: "",
    owners: othersThan(organisation, { plan, now: sentAt }),
    reasons: kind === "data" ? reasonLeaves(plan.unmeasurableReasons) : [],
    items: itemsOf(history, {
      plan,
      lastYear: await answersOfLastYear(db, id),
    }),
  };
  return { ...form, edition: editionOf(revision, form) };
};

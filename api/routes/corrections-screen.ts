import { z } from "zod";
import { itemOfYear } from "../../db/queries/evidence.ts";
import { reportRecord } from "../../db/queries/report-record.ts";
import { domainsOf } from "../../domain/catalogue.ts";
import { mayBeCorrectedIn } from "../../domain/cycle.ts";
import { proposeEvidence, type ProposedEvidence } from "../../domain/evidence.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { ReportRecord } from "../../domain/report-record.ts";
import { cyclePath } from "../approval-forms.ts";
import { aroundCycle } from "../around.ts";
import { numberIn, otherValueIn } from "../answer-fields.ts";
import { datumIn, unitsOf, writtenIn } from "../answer-view.ts";
import { standingAnswer } from "../correcting.ts";
import { factWays } from "../causes.ts";
import { evidenceIn } from "../evidence-form.ts";
import { evidenceOfStanding } from "../evidence-view.ts";
import { readForm } from "../form-fields.ts";
import type { Exchange, Screen, ScreenForm } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { wantedPage } from "../item-pages.ts";
import { evenly, pageOf } from "../paging.ts";
import { correctionsPage, type CorrectionsView } from "../pages/corrections.tsx";
import { ProblemError } from "../problems.ts";
import type { ScreenDeps } from "../screens.ts";

const Query = z.object({
  item: z.string().optional(),
  words: z.string().max(200).default(""),
  organisation: z.string().max(60).default(""),
  page: z.string().optional(),
});

/** A page stays small and can be read in one go. */
const SHOWN = 25;

/** Each settled item once, in the plan's order. */
const settledIn = (record: ReportRecord): readonly ProposedEvidence[] => {
  const propose = proposeEvidence(record);
  const all = domainsOf(record.plan).flatMap(({ key }) => propose("outcome", key));
  return [...new Map(all.map((one) => [one.item, one])).values()];
};

/** @throws ProblemError `invalid-query` */
const queryIn = ({ request }: Exchange): z.output<typeof Query> => {
  const query = Query.safeParse(request.query);
  if (!query.success) throw new ProblemError("invalid-query");
  return query.data;
};

/** What fits, a page of it, and the address of every other page. */
const listOf = (
  settled: readonly ProposedEvidence[],
  cycle: CycleKey,
  { words, organisation, page }: z.output<typeof Query>,
): Pick<CorrectionsView, "settled" | "asked" | "organisations"> => {
  const fitting = settled.filter(
    (one) =>
      (organisation === "" || one.organisation === organisation) &&
      [one.asked, one.content].some((text) => text.includes(words)),
  );
  const kept = { ...(words === "" ? {} : { words }), ...(organisation === "" ? {} : { organisation }) };
  const names = new Map(settled.map((one) => [one.organisation, one.organisationName]));
  return {
    settled: pageOf(evenly(fitting, SHOWN), {
      wanted: wantedPage(page),
      hrefOf: (wanted) =>
        `/cycles/${cycle}/corrections?${new URLSearchParams({ ...kept, page: String(wanted) }).toString()}`,
    }),
    asked: { words, organisation },
    organisations: [...names].map(([value, name]) => ({ value, name })),
  };
};

/** With the answer that stands. @throws ProblemError `not-found` for what is not settled */
const chosenItem = async (
  { db }: ScreenDeps,
  {
    record: { cycle, plan },
    settled,
    wanted,
  }: {
    readonly record: ReportRecord;
    readonly settled: readonly ProposedEvidence[];
    readonly wanted: string | undefined;
  },
): Promise<CorrectionsView["item"]> => {
  if (wanted === undefined) return null;
  const item = settled.find((one) => one.item === wanted);
  const asked = item && (await itemOfYear(db, { cycle, item: item.item }));
  if (item === undefined || asked === undefined) throw new ProblemError("not-found");
  const { state, request } = asked;
  const standing = await standingAnswer(db, asked);
  const datum = datumIn(plan, asked.datum);
  return {
    ...item,
    was: "answer" in state ? state.answer.content.hash : null,
    written: writtenIn(standing ?? null, datum),
    expects: datum?.expects,
    units: unitsOf(datum),
    evidence: evidenceOfStanding(request, standing ?? {}),
  };
};

const show: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, tried });
  const { reader, standing, may, frame, forms } = around;
  const { cycle } = standing;
  const query = queryIn(exchange);
  const record = await reportRecord(deps.db, cycle);
  const settled = settledIn(record);
  const item = await chosenItem(deps, { record, settled, wanted: query.item ?? tried?.fields["item"]?.[0] });
  const page = correctionsPage({
    frame,
    forms,
    cycle,
    ...listOf(settled, cycle, query),
    stateWay: (await factWays(deps.db, "item", { cycle, reader })).state,
    item,
    mayCorrect: mayBeCorrectedIn(standing.stage) && may("cycle.correct"),
  });
  return sendPage(exchange.reply, page, tried?.status ?? 200);
};

const besides: ReadonlySet<string> = new Set(["says", "text", "reason"]);

const answer: ScreenForm = {
  name: "answer",
  does: "cycle.correct",
  leads: "back",
  fieldOf: (pointer, { item: [item = ""] = [] }) => {
    const part = pointer.slice(1);
    return besides.has(part) ? part : `${part}:${item}`;
  },
  call: (fields, params) => {
    const form = readForm(fields);
    const item = form.text("item");
    const unit = form.text(`unit:${item}`);
    const body = {
      item,
      says: form.picked("says", "訂正後の区分"),
      number: numberIn(form, `number:${item}`) ?? null,
      unit: unit === "" ? null : unit,
      text: form.needed("text", "訂正後の内容"),
      ...otherValueIn(form, fields, item),
      ...evidenceIn(form, item),
      was: form.text("was") === "" ? null : form.text("was"),
      reason: form.needed("reason", "訂正の理由"),
    };
    return form.calling({ path: `${cyclePath(params)}/corrections`, body });
  },
};

/** /cycles/{cycle}/corrections: 訂正 of a settled answer. */
export const correctionsScreen: Screen = {
  url: "/cycles/:cycle/corrections",
  view: "evaluations",
  about: "cycle",
  show,
  forms: [answer],
};

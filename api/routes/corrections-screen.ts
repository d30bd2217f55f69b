import { z } from "zod";
import { itemOfYear } from "../../db/queries/evidence.ts";
import { reportRecord } from "../../db/queries/report-record.ts";
import { domainsOf } from "../../domain/catalogue.ts";
import { mayBeCorrectedIn } from "../../domain/cycle.ts";
import { proposeEvidence, type ProposedEvidence } from "../../domain/evidence.ts";
import type { ReportRecord } from "../../domain/report-record.ts";
import { cyclePath } from "../approval-forms.ts";
import { aroundCycle } from "../around.ts";
import { numberIn, otherValueIn } from "../answer-fields.ts";
import { datumIn, unitsOf, writtenIn } from "../answer-view.ts";
import { standingAnswer } from "../correcting.ts";
import { evidenceIn } from "../evidence-form.ts";
import { evidenceOfStanding } from "../evidence-view.ts";
import { readForm } from "../form-fields.ts";
import type { Exchange, Screen, ScreenForm } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { correctionsPage, type CorrectionsView } from "../pages/corrections.tsx";
import type { Tried } from "../pages/form.tsx";
import { ProblemError } from "../problems.ts";
import type { ScreenDeps } from "../screens.ts";

const Query = z.object({ item: z.string().optional() });

/** Each settled item once, in the plan's order. */
const settledIn = (record: ReportRecord): readonly ProposedEvidence[] => {
  const propose = proposeEvidence(record);
  const all = domainsOf(record.plan).flatMap(({ key }) => propose("outcome", key));
  return [...new Map(all.map((one) => [one.item, one])).values()];
};

const wantedIn = ({ request }: Exchange, tried: Tried | null): string | undefined =>
  Query.parse(request.query).item ?? tried?.fields["item"]?.[0];

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
  const { standing, may, frame, forms } = around;
  const { cycle } = standing;
  const record = await reportRecord(deps.db, cycle);
  const settled = settledIn(record);
  const item = await chosenItem(deps, { record, settled, wanted: wantedIn(exchange, tried) });
  const page = correctionsPage({
    frame,
    forms,
    cycle,
    settled,
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

import { z } from "zod";
import { itemState } from "../../db/queries/evidence.ts";
import { reportRecord } from "../../db/queries/report-record.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { domainsOf } from "../../domain/catalogue.ts";
import { mayBeCorrectedIn } from "../../domain/cycle.ts";
import { proposeEvidence, type ProposedEvidence } from "../../domain/evidence.ts";
import type { ReportRecord } from "../../domain/report-record.ts";
import { cyclePath } from "../approval-forms.ts";
import { aroundCycle } from "../around.ts";
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

/** With the hash of the answer that stands. @throws ProblemError `not-found` for what is not settled */
const chosenItem = async (
  { db }: ScreenDeps,
  {
    cycle,
    settled,
    wanted,
  }: {
    readonly cycle: CycleKey;
    readonly settled: readonly ProposedEvidence[];
    readonly wanted: string | undefined;
  },
): Promise<CorrectionsView["item"]> => {
  if (wanted === undefined) return null;
  const item = settled.find((one) => one.item === wanted);
  const state = item && (await itemState(db, { cycle, item: item.item }));
  if (item === undefined || state === undefined) throw new ProblemError("not-found");
  return { ...item, was: "answer" in state ? state.answer.content.hash : null };
};

const show: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, view: "evaluations", tried });
  if (around === undefined) return exchange.reply;
  const { standing, may, frame, forms } = around;
  const { cycle } = standing;
  const settled = settledIn(await reportRecord(deps.db, cycle));
  const item = await chosenItem(deps, { cycle, settled, wanted: wantedIn(exchange, tried) });
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

const answer: ScreenForm = {
  name: "answer",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const number = form.text("number");
    if (number !== "" && !Number.isFinite(Number(number)))
      form.wrong("number", "数値を半角の数字で記入してください。");
    const body = {
      item: form.text("item"),
      says: form.picked("says", "訂正後の区分"),
      number: number === "" ? null : Number(number),
      unit: form.text("unit") === "" ? null : form.text("unit"),
      text: form.needed("text", "訂正後の内容"),
      was: form.text("was") === "" ? null : form.text("was"),
      reason: form.needed("reason", "訂正の理由"),
    };
    return form.calling({ path: `${cyclePath(params)}/corrections`, body });
  },
};

/** /cycles/{cycle}/corrections: 訂正 of a settled answer. */
export const correctionsScreen: Screen = { url: "/cycles/:cycle/corrections", show, forms: [answer] };

import { z } from "zod";
import { analysesOf, evaluationsOf } from "../../db/queries/evaluations.ts";
import { reportRecord } from "../../db/queries/report-record.ts";
import { cyclePath } from "../approval-forms.ts";
import { aroundCycle, type Around } from "../around.ts";
import { evaluationRows } from "../evaluation-view.ts";
import { evidenceOfDomain, evidenceOfMeasure } from "../evidence.ts";
import { readForm } from "../form-fields.ts";
import type { Screen, ScreenForm } from "../form-screens.ts";
import { factWays } from "../causes.ts";
import { proposeEvidence } from "../../domain/evidence.ts";
import { nameOf } from "../frame.ts";
import { sendPage } from "../html.ts";
import { evaluationPage, type EvaluationView } from "../pages/evaluation.tsx";
import type { EvaluationRow } from "../pages/evaluations.tsx";
import { ProblemError } from "../problems.ts";
import { evaluationKind } from "../schemas.ts";
import type { ScreenDeps } from "../screens.ts";

const EvaluationParams = z.object({ kind: evaluationKind, key: z.string() });

/** What was said of a measure's indicators, each with the way to what made it so. */
const answersOf = async (
  { db }: ScreenDeps,
  { reader, standing: { cycle }, plan, now }: Around,
  measure: string,
): Promise<EvaluationView["evidence"]> => {
  const record = await reportRecord(db, cycle);
  const ways = await factWays(db, "item", { cycle, reader });
  const items = new Map(
    proposeEvidence(record)("output", measure).map(({ item, organisation }) => [
      `${item.split("/").at(-1)} ${organisation}`,
      item,
    ]),
  );
  return evidenceOfMeasure(record, measure, (id) => nameOf(plan, id, now)).map((one) => ({
    ...one,
    caused: ways.state(items.get(one.id) ?? ""),
  }));
};

const evidenceFor = (
  deps: ScreenDeps,
  around: Around,
  { row, rows }: { readonly row: EvaluationRow; readonly rows: readonly EvaluationRow[] },
): Promise<EvaluationView["evidence"]> | EvaluationView["evidence"] =>
  row.kind === "outcome" ? evidenceOfDomain(rows, row.key) : answersOf(deps, around, row.key);

/** The first one after this that nobody has written, and from the start again. */
const nextAfter = (rows: readonly EvaluationRow[], row: EvaluationRow): EvaluationRow | null => {
  const here = rows.indexOf(row);
  const inTurn = [...rows.slice(here + 1), ...rows.slice(0, here)];
  return inTurn.find(({ is }) => is !== "drafted" && is !== "approved") ?? null;
};

const show: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, tried });
  const params = EvaluationParams.safeParse(exchange.request.params);
  const rows = await evaluationRows(deps, around);
  const row = rows.find(({ kind, key }) => kind === params.data?.kind && key === params.data.key);
  if (row === undefined) throw new ProblemError("not-found");
  const { standing, plan, may, frame, forms } = around;
  const written = await evaluationsOf(deps.db, standing.cycle);
  const analyses = await analysesOf(deps.db, standing.cycle);
  const mayWrite = standing.stage === "evaluation" && may("cycle.evaluate");
  const page = evaluationPage({
    frame,
    forms,
    cycle: standing.cycle,
    kind: row.kind,
    key: row.key,
    name: row.name,
    standing: row,
    rating: written.find(({ kind, key }) => kind === row.kind && key === row.key)?.rating ?? "",
    ratings: plan.scales[row.kind].map(({ key, label, meaning }) => ({
      value: key,
      name: label,
      note: meaning,
    })),
    evidence: await evidenceFor(deps, around, { row, rows }),
    analysis: analyses.find(({ domain }) => domain === row.key) ?? null,
    mayWrite,
    next: mayWrite ? nextAfter(rows, row) : null,
  });
  return sendPage(exchange.reply, page, tried?.status ?? 200);
};

const forms: readonly ScreenForm[] = [
  {
    name: "text",
    does: "cycle.evaluate",
    leads: "back",
    call: (fields, params) => {
      const form = readForm(fields);
      const entry = {
        kind: params["kind"],
        key: params["key"],
        rating: form.picked("rating", "評価"),
        text: form.needed("text", "評価の理由・説明"),
      };
      return form.calling({ path: `${cyclePath(params)}/evaluations`, body: { entries: [entry] } });
    },
  },
  {
    name: "analysis",
    does: "cycle.decide-analysis",
    leads: "back",
    call: (fields, params) => {
      const form = readForm(fields);
      const needed = form.picked("needed", "分析の要否") === "true";
      if (needed && form.text("text") === "") form.wrong("text", "分析の内容を記入してください。");
      const body = {
        domain: params["key"],
        needed,
        reason: form.needed("reason", "要否の理由"),
        text: needed ? form.text("text") : null,
      };
      return form.calling({ path: `${cyclePath(params)}/analyses`, body });
    },
  },
];

/** /cycles/{cycle}/evaluations/{kind}/{key}: one measure's results or one domain's outcome. */
export const evaluationScreen: Screen = {
  url: "/cycles/:cycle/evaluations/:kind/:key",
  view: "evaluations",
  about: "cycle",
  show,
  forms,
};

import { z } from "zod";
import { domainsOf } from "../../domain/catalogue.ts";
import { cyclePath } from "../approval-forms.ts";
import { aroundCycle } from "../around.ts";
import { evaluationRows } from "../evaluation-view.ts";
import { readForm } from "../form-fields.ts";
import type { Screen, ScreenForm } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { evaluationsPage, type EvaluationRow } from "../pages/evaluations.tsx";

const EvaluationsQuery = z.object({ select: z.string().optional(), domain: z.string().optional() });

/** The domain that was asked for, else the first with something for the reader to do. */
const shownOf = (rows: readonly EvaluationRow[], wanted: string | undefined): string => {
  const domains = rows.map(({ domain }) => domain);
  if (wanted !== undefined && domains.includes(wanted)) return wanted;
  const first =
    rows.find(({ reviewed }) => reviewed !== null) ??
    rows.find(({ is, analysis, kind }) => is !== "approved" || (kind === "outcome" && analysis === null));
  return first?.domain ?? domains[0] ?? "";
};

const show: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, tried });
  const { standing, plan, may, frame, forms } = around;
  const inStage = standing.stage === "evaluation";
  const rows = await evaluationRows(deps, around);
  const { select, domain } = EvaluationsQuery.parse(exchange.request.query);
  const page = evaluationsPage({
    frame,
    forms,
    cycle: standing.cycle,
    domains: domainsOf(plan).map(({ key, name }) => ({ key, name })),
    shown: shownOf(rows, tried?.fields["domain"]?.[0] ?? domain),
    rows,
    mayWrite: inStage && may("cycle.evaluate"),
    mayReview: inStage && may("cycle.approve-evaluations"),
    allChosen: select === "all",
  });
  return sendPage(exchange.reply, page, tried?.status ?? 200);
};

/** Each box names the kind, the key, the very text and its hash. */
const entryOf = (box: string): object => {
  const [kind, key, content, hash] = box.split(" ");
  return { kind, key, content, hash };
};

const review: ScreenForm = {
  name: "review",
  does: ["cycle.approve-evaluations", "cycle.return-evaluations"],
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const entries = form.ticked("entries", "評価").map(entryOf);
    const path = `${cyclePath(params)}/evaluations`;
    if (form.text("do") === "approve") return form.calling({ path: `${path}/approval`, body: { entries } });
    const body = { entries, reason: form.needed("reason", "差戻しの理由") };
    return form.calling({ path: `${path}/return`, body });
  },
};

/** /cycles/{cycle}/evaluations: every judgement of the year. */
export const evaluationsScreen: Screen = {
  url: "/cycles/:cycle/evaluations",
  view: "evaluations",
  about: "cycle",
  show,
  forms: [review],
};

import { z } from "zod";
import { findingsOf } from "../../db/queries/findings.ts";
import { cyclePath } from "../approval-forms.ts";
import { aroundCycle } from "../around.ts";
import { readForm, type FormReading } from "../form-fields.ts";
import type { Screen, ScreenForm } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { findingsPage } from "../pages/findings.tsx";

const FindingsQuery = z.object({ select: z.string().optional() });

const show: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, tried });
  const { standing, plan, may, frame, forms } = around;
  const page = findingsPage({
    frame,
    forms,
    cycle: standing.cycle,
    findings: await findingsOf(deps.db, standing.cycle),
    mayCarry: standing.stage === "carry-over" && may("cycle.carry"),
    measures: plan.measures.map(({ key, name }) => ({ value: key, name: `${key}　${name}` })),
    allChosen: FindingsQuery.parse(exchange.request.query).select === "all",
    nextPlan: standing.nextPlan,
  });
  return sendPage(exchange.reply, page, tried?.status ?? 200);
};

/** 継続 needs no reason; 統合 needs to say into what. */
const followUpOf = (form: FormReading): object => {
  const followUp = form.picked("followUp", "次年度での扱い");
  const why = form.text("reason");
  if (followUp === "dropped") return { into: "dropped", reason: form.needed("reason", "反映しない理由") };
  const target = followUp === "merge" ? { target: form.picked("target", "統合先の施策") } : {};
  if (followUp !== "" && followUp !== "continue") form.needed("reason", "理由");
  return { into: "next", followUp, ...target, ...(why !== "" && { reason: why }) };
};

const forms: readonly ScreenForm[] = [
  {
    name: "carry",
    does: "cycle.carry",
    leads: "back",
    call: (fields, params) => {
      const form = readForm(fields);
      const findings = form.ticked("findings", "事項");
      const body = { findings, ...followUpOf(form) };
      return form.calling({ path: `${cyclePath(params)}/findings/carry`, body });
    },
  },
  {
    name: "next-plan",
    does: "cycle.write-next-plan",
    leads: "back",
    call: (_fields, params) => ({ path: `${cyclePath(params)}/next-plan`, body: {} }),
  },
];

/** /cycles/{cycle}/findings: 次年度への反映. */
export const findingsScreen: Screen = {
  url: "/cycles/:cycle/findings",
  view: "findings",
  about: "cycle",
  show,
  forms,
};

import { z } from "zod";
import { findingsOf } from "../../db/queries/findings.ts";
import { cyclePath } from "../approval-forms.ts";
import { aroundCycle } from "../around.ts";
import { readForm } from "../form-fields.ts";
import type { Screen, ScreenForm } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { findingsPage } from "../pages/findings.tsx";

const FindingsQuery = z.object({ select: z.string().optional() });

const show: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, view: "findings", tried });
  if (around === undefined) return exchange.reply;
  const { standing, may, frame, forms } = around;
  const page = findingsPage({
    frame,
    forms,
    cycle: standing.cycle,
    findings: await findingsOf(deps.db, standing.cycle),
    mayCarry: standing.stage === "carry-over" && may("cycle.carry"),
    allChosen: FindingsQuery.parse(exchange.request.query).select === "all",
    nextPlan: standing.nextPlan,
  });
  return sendPage(exchange.reply, page, tried?.status ?? 200);
};

const forms: readonly ScreenForm[] = [
  {
    name: "carry",
    leads: "back",
    call: (fields, params) => {
      const form = readForm(fields);
      const findings = form.ticked("findings", "事項");
      const into = form.text("do");
      const reason = into === "dropped" ? { reason: form.needed("reason", "反映しない理由") } : {};
      const body = { findings, into, ...reason };
      return form.calling({ path: `${cyclePath(params)}/findings/carry`, body });
    },
  },
  {
    name: "next-plan",
    leads: "back",
    call: (_fields, params) => ({ path: `${cyclePath(params)}/next-plan`, body: {} }),
  },
];

/** /cycles/{cycle}/findings: 次年度への反映. */
export const findingsScreen: Screen = { url: "/cycles/:cycle/findings", show, forms };

import { contentByHash, contentsOf } from "../../db/queries/content.ts";
import { lastSubmitted } from "../../db/queries/standing.ts";
import { diffLines } from "../../domain/line-diff.ts";
import { approvalForms, cyclePath } from "../approval-forms.ts";
import { approvalViewOf } from "../approval-view.ts";
import { aroundCycle } from "../around.ts";
import { readForm } from "../form-fields.ts";
import type { Screen, ScreenForm } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { policyPage, type PolicyView } from "../pages/policy.tsx";
import type { ScreenDeps } from "../screens.ts";

const linesOf = ({ title, text }: NonNullable<PolicyView["text"]>): readonly string[] => [
  title,
  ...text.split("\n"),
];

const changesOf = async (
  { db }: ScreenDeps,
  text: PolicyView["text"],
  against: PolicyView["approval"]["against"],
): Promise<PolicyView["changes"]> => {
  const older = against === null ? undefined : await contentByHash(db, "policy", against.hash);
  return older === undefined || text === null ? null : diffLines(linesOf(older.body), linesOf(text));
};

const show: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, tried });
  const { standing, plan, may, frame, forms } = around;
  const content = await lastSubmitted(deps.db, { cycle: standing.cycle, subject: "policy" });
  const texts = await contentsOf(deps.db, "policy", content === null ? [] : [content]);
  const text = texts.get(content ?? "")?.body ?? null;
  const approval = await approvalViewOf(deps.db, around, "policy");
  const page = policyPage({
    frame,
    forms,
    cycle: standing.cycle,
    text,
    approval,
    changes: await changesOf(deps, text, approval.against),
    maySubmit: standing.stage === "policy" && may("cycle.submit-policy"),
    suggestedTitle: `${plan.title}の実施方針`,
  });
  return sendPage(exchange.reply, page, tried?.status ?? 200);
};

const submission: ScreenForm = {
  name: "text",
  does: "cycle.submit-policy",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const body = { title: form.needed("title", "件名"), text: form.needed("text", "本文") };
    return form.calling({ path: `${cyclePath(params)}/policy`, body });
  },
};

/** /cycles/{cycle}/policy: 実施方針. */
export const policyScreen: Screen = {
  url: "/cycles/:cycle/policy",
  view: "policy",
  about: "policy",
  show,
  forms: [submission, ...approvalForms("policy")],
};

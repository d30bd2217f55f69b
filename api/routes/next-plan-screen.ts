import { contentByHash } from "../../db/queries/content.ts";
import { findingsOf } from "../../db/queries/findings.ts";
import { namesOf } from "../../db/queries/home.ts";
import { nextPlanBy, nextPlanStanding } from "../../db/queries/next-plan.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { diffLines } from "../../domain/line-diff.ts";
import { planChanges, type PlanChange } from "../../domain/lineage.ts";
import { nextPlanChanges } from "../../domain/next-plan-changes.ts";
import { cyclePath } from "../approval-forms.ts";
import { aroundCycle } from "../around.ts";
import { deedCauses, type ApprovalDeed } from "../causes.ts";
import { readForm } from "../form-fields.ts";
import type { Screen, ScreenForm } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { nextPlanPage, planChangeNames, type NextPlanView } from "../pages/next-plan.tsx";
import type { ScreenDeps } from "../screens.ts";

const linesOf = (changes: readonly PlanChange[]): readonly string[] =>
  changes.flatMap(({ measure, name, change, differences, note }) => [
    `${measure ?? "（番号なし）"}　${name}（${planChangeNames[change]}）`,
    ...differences,
    ...(note === null ? [] : [note]),
  ]);

/** What the plan says otherwise than the one that was returned. */
const sinceOf = async (
  { db }: ScreenDeps,
  of: { readonly plan: Plan; readonly returned: Sha256 | null; readonly changes: readonly PlanChange[] },
): Promise<NextPlanView["since"]> => {
  const { plan, returned, changes } = of;
  const before = returned === null ? undefined : await contentByHash(db, "plan", returned);
  if (before === undefined) return null;
  return { hash: before.hash, changes: diffLines(linesOf(planChanges(plan, before.body)), linesOf(changes)) };
};

const handsIn = async ({ db }: ScreenDeps, cycle: CycleKey, hash: Sha256 | null) =>
  hash === null ? [] : ((await nextPlanBy(db, cycle)) ?? []);

const show: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, tried });
  const { standing, plan, may, frame, forms } = around;
  const { cycle, stage } = standing;
  const { plan: hash, submitted, approved, returns, returned } = await nextPlanStanding(deps.db, cycle);
  const written = hash === null ? undefined : await contentByHash(deps.db, "plan", hash);
  const dropped = (await findingsOf(deps.db, cycle)).filter(({ into }) => into === "dropped");
  const hands = await handsIn(deps, cycle, hash);
  const signed = [submitted, approved, ...returns].flatMap((one) => one ?? []);
  const names = await namesOf(deps.db, [...signed.map(({ by }) => by), ...hands]);
  const causeOf = await deedCauses(deps.db, around);
  const named = <One extends (typeof signed)[number]>(deed: ApprovalDeed, one: One) => ({
    ...one,
    caused: causeOf([deed], { at: one.at, actor: one.by }),
    by: names.get(one.by) ?? one.by,
  });
  const { measures: changes, carriedOver } =
    written === undefined ? { measures: [], carriedOver: [] } : nextPlanChanges(plan, written.body, dropped);
  const page = nextPlanPage({
    frame,
    forms,
    cycle,
    plan: written === undefined ? null : { hash: written.hash, title: written.body.title },
    submitted: submitted && named("cycle.write-next-plan", submitted),
    approved: approved && named("cycle.approve-next-plan", approved),
    returns: returns.map((one) => named("cycle.return-next-plan", one)),
    contributors: hands.map((person) => names.get(person) ?? person),
    since: await sinceOf(deps, { plan, returned, changes }),
    changes,
    carriedOver,
    dropped,
    mayReview: stage === "carry-over" && approved === null && may("cycle.approve-next-plan"),
  });
  return sendPage(exchange.reply, page, tried?.status ?? 200);
};

const review: ScreenForm = {
  name: "review",
  does: ["cycle.approve-next-plan", "cycle.return-next-plan"],
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const path = `${cyclePath(params)}/next-plan`;
    const hash = form.text("hash");
    if (form.text("do") === "approve") return { path: `${path}/approval`, body: { hash } };
    const body = { hash, reason: form.needed("reason", "差戻しの理由") };
    return form.calling({ path: `${path}/return`, body });
  },
};

/** /cycles/{cycle}/next-plan: 変更の一覧, and its approval. */
export const nextPlanScreen: Screen = {
  url: "/cycles/:cycle/next-plan",
  view: "next-plan",
  about: "cycle",
  show,
  forms: [review],
};

import { openCycle, replacePlan } from "../db/commands/cycle.ts";
import { upsertPeople, welcomePeople } from "../db/commands/people.ts";
import { canonicalJson } from "../domain/canonical.ts";
import { amendLadders } from "./ladders.ts";
import type { ChangeOf, Writing } from "./writing.ts";

/** A real year brings the directory to its plan: from then on people are written to as it says. */
export const openYear = async ({ tx, made, plans }: Writing, change: ChangeOf<"cycle">): Promise<void> => {
  await openCycle(tx, made, change);
  if (!change.stepped) await upsertPeople(tx, (await plans(tx, made.cycle)).plan.people);
};

/**
 * 計画の変更: from its record on the cycle goes by the amended plan. Whoever it names otherwise than the plan before is
 * written to as it says, and what stands to be chased is chased on its days. Dates that were told stay: a request's
 * due date is moved by an act of its own.
 */
export const amendPlan = async ({ tx, made, plans }: Writing, { plan }: ChangeOf<"plan">): Promise<void> => {
  const { plan: before } = await plans(tx, made.cycle);
  await replacePlan(tx, made, plan);
  const amended = await plans(tx, made.cycle);
  const { people } = amended.plan;
  if (canonicalJson(people) !== canonicalJson(before.people))
    await (amended.stepped ? welcomePeople : upsertPeople)(tx, people, "granted");
  await amendLadders(tx, amended, made.now);
};

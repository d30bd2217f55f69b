import type { Db } from "../db/client.ts";
import { organisationNames } from "../db/queries/asked-posts.ts";
import type { CycleStanding } from "../db/queries/cycles.ts";
import { namesOf } from "../db/queries/home.ts";
import { planOf } from "../db/queries/plan-in-force.ts";
import type { Actor } from "../domain/acts.ts";
import { organisationName } from "../domain/catalogue.ts";
import type { CycleKey, OrganisationId } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import { scopeOf, type ViewName } from "../domain/policy.ts";
import { dateOf, type Instant } from "../domain/time.ts";
import type { Frame } from "./pages/layout.tsx";

/** Who looks at a screen: null is anybody on loopback, who sees the year and none of what was answered. */
export type Reader = Actor | null;

/** The name on the day; its code where the plan knows none. */
export const nameOf = (plan: Plan, id: OrganisationId, now: Instant): string =>
  organisationName(plan, id, dateOf(now)) ?? id;

/** A rehearsal's now is its own, the real cycle's is the wall's. */
export const nowOf = ({ stepped, now }: CycleStanding, wall: Instant): Instant => (stepped ? now : wall);

const screens: readonly { readonly view: ViewName; readonly below: string; readonly name: string }[] = [
  { view: "cycle-plan", below: "plan", name: "計画" },
  { view: "cycle-plan", below: "schedule", name: "年間の日程" },
  { view: "policy", below: "policy", name: "実施方針" },
  { view: "board", below: "board", name: "提出状況" },
  { view: "surveys", below: "surveys", name: "補完調査" },
  { view: "evaluations", below: "evaluations", name: "評価" },
  { view: "report", below: "report", name: "年次報告" },
  { view: "comments", below: "comments", name: "意見と対応" },
  { view: "findings", below: "findings", name: "反映事項" },
  { view: "next-plan", below: "next-plan", name: "次年度の計画" },
  { view: "years", below: "years", name: "過去の年度" },
  { view: "mails", below: "mails", name: "メール" },
  { view: "audit", below: "audit", name: "監査記録" },
  { view: "histories", below: "histories", name: "手続の履歴" },
  { view: "past", below: "past", name: "時点" },
];

/** The year first, then its screens in the order in which the year needs them. */
const waysOf = (reader: Actor, cycle: CycleKey): Frame["ways"] => [
  { href: `/?cycle=${cycle}`, name: "年間の流れ" },
  ...screens
    .filter(({ view }) => scopeOf(reader, view) !== "nothing")
    .map(({ below, name }) => ({ href: `/cycles/${cycle}/${below}`, name })),
];

/** What stands around a screen about one cycle, or about none. */
export const frameOf = async (
  db: Db,
  {
    reader,
    cycle,
    wall,
  }: { readonly reader: Reader; readonly cycle: CycleStanding | null; readonly wall: Instant },
): Promise<Frame> => {
  const rehearsal = cycle?.stepped === true ? { now: cycle.now } : null;
  if (reader === null) return { signedIn: null, rehearsal, ways: [] };
  const { person, role, organisation } = reader;
  const [names, office] = await Promise.all([
    namesOf(db, [person]),
    cycle === null
      ? organisationNames(db).then((all) => all.get(organisation) ?? organisation)
      : planOf(db, cycle.plan).then(({ body }) => nameOf(body, organisation, nowOf(cycle, wall))),
  ]);
  const name = names.get(person) ?? person;
  const ways = cycle === null ? [] : waysOf(reader, cycle.cycle);
  return { signedIn: { name, role, organisation: office }, rehearsal, ways };
};

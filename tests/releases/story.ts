import { eq } from "drizzle-orm";
import { cycles } from "../../db/schema/cycle.ts";
import { domainsOf } from "../../domain/catalogue.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { instant, plainDate, plainTime } from "../../domain/time.ts";
import { chaseWorkflowId, cycleWorkflowId, reportWorkflowId } from "../../workflows/contract.ts";
import { actingYear, approvers, by, reason, type ActingYear } from "../support/acting-year.ts";
import type { YearHouse } from "../support/year-house.ts";

/** Between two chapters somebody may change the releases. */
export type Chapter = "opened" | "amended" | "half-answered" | "chased";
export type Meanwhile = (chapter: Chapter) => Promise<void>;

interface Telling {
  readonly house: YearHouse;
  readonly plan: Plan;
  readonly cycle: CycleKey;
  readonly year: ActingYear;
}

/** A rule of the year is changed as data: reminders go out at ten from now on. */
const amend = async ({ house, plan, cycle, year }: Telling): Promise<void> => {
  const [row] = await house.db.select({ was: cycles.plan }).from(cycles).where(eq(cycles.key, cycle));
  const sendWindow = { from: plainTime("10:00"), until: plainTime("16:00") };
  const { hash } = await house.store("plan", { ...plan, sendWindow });
  await year.cycle("cycle.amend", { plan: hash, was: row?.was ?? hash }, { reason });
};

const answerOf = async ({ year }: Telling, organisation: string): Promise<void> => {
  for (const { id, item } of (await year.asked("data")).filter(({ id: one }) => one.endsWith(organisation))) {
    const given = await year.answer(item);
    await year.request(id)("request.submit", { answers: [given] });
    await year.request(id)("request.accept", { items: [{ item, hash: given.content.hash }] });
  }
};

/** Days pass, and whoever has not answered is reminded. */
const passUntil = async ({ house, cycle, year }: Telling, day: string): Promise<void> => {
  const to = instant(`${day}T12:00:00+09:00`);
  const chase = chaseWorkflowId(cycle);
  for (;;) {
    const { wakesAt } = await house.rest(chase);
    if (wakesAt === null || wakesAt > to) break;
    await house.step(chase, wakesAt);
  }
  await year.cycle("cycle.advance", { to });
};

const evaluate = async ({ house, plan, year }: Telling): Promise<void> => {
  const entry = async (kind: "output" | "outcome", key: string) => ({
    kind,
    key,
    content: await house.store("evaluation", { rating: "as-planned", text: `${key}は順調である。` }),
  });
  const entries = [
    ...(await Promise.all(plan.measures.map(({ key }) => entry("output", key)))),
    ...(await Promise.all(domainsOf(plan).map(({ key }) => entry("outcome", key)))),
  ];
  await year.cycle("cycle.evaluate", { entries });
  for (const { key } of domainsOf(plan))
    await year.cycle("cycle.decide-analysis", { domain: key, needed: false, content: null }, { reason });
  await year.cycle("cycle.approve-evaluations", { entries }, by("nisc-director"));
};

const report = async ({ house, cycle, year }: Telling): Promise<void> => {
  const { hash } = await year.report("report.compile", {});
  if (hash === null) throw new Error("no version");
  await year.report("report.consult", { hash });
  const content = await house.store("comment", { opinions: [] });
  for (const { id, item } of await year.asked("consultation"))
    await year.request(id)("request.submit", { answers: [{ item, says: "nil", content, why: null }] });
  await house.rest(reportWorkflowId(cycle));
  await year.report("report.submit", { hash });
  for (const person of approvers) await year.report("report.approve", { hash }, by(person));
  const held = { meeting: "本部第2回会合", heldOn: plainDate("2015-04-09") };
  await year.report("report.decide", { hash, outcome: "decided", ...held }, { role: "recorder" });
  await year.report("report.publish", { hash });
};

const carryOver = async ({ year }: Telling): Promise<void> => {
  const { hash } = await year.cycle("cycle.write-next-plan", {});
  if (hash === null) throw new Error("no plan");
  await year.cycle("cycle.approve-next-plan", { hash }, by("nisc-counsellor"));
};

/** A year of two ministries from its opening to its end, the last chase included: always the same acts. */
export const tell = async (
  house: YearHouse,
  { key, plan, meanwhile }: { readonly key: string; readonly plan: Plan; readonly meanwhile: Meanwhile },
): Promise<CycleKey> => {
  const cycle = await house.openYear(key, plan);
  const year = actingYear(house, cycle);
  const telling = { house, plan, cycle, year };
  await year.openRequests();
  await meanwhile("opened");
  await amend(telling);
  await meanwhile("amended");
  await answerOf(telling, "agency-1");
  await meanwhile("half-answered");
  await passUntil(telling, "2015-04-15");
  await meanwhile("chased");
  await answerOf(telling, "agency-2");
  await year.answerAll("chapter");
  await house.rest(cycleWorkflowId(cycle));
  await evaluate(telling);
  await house.rest(cycleWorkflowId(cycle));
  await report(telling);
  await house.rest(cycleWorkflowId(cycle));
  await carryOver(telling);
  await house.step(chaseWorkflowId(cycle), instant("2015-04-20T10:00:00+09:00"));
  return cycle;
};

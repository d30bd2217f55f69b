import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cycles } from "../../db/schema/cycle.ts";
import { mails } from "../../db/schema/mail.ts";
import { cycleKey, personId } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { instant, plainDate, plainTime } from "../../domain/time.ts";
import { chaseWorkflowId } from "../../workflows/contract.ts";
import { actingYear, reason, type ActingYear } from "../support/acting-year.ts";
import { twoAgencies } from "../support/two-agencies.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";

/** A plan that is amended while its requests are open: the chase hears of it. */

let house: YearHouse;
let plan: Plan;
let year: ActingYear;
const CYCLE = cycleKey("2014-r1");
const CHASE = chaseWorkflowId(CYCLE);
beforeAll(async () => {
  [house, plan] = await Promise.all([startYearHouse(), twoAgencies()]);
  const cycle = await house.openYear(CYCLE, plan);
  year = actingYear(house, cycle);
  await year.openRequests();
});
afterAll(() => house.stop());

const amend = async (more: Partial<Plan>): Promise<void> => {
  plan = { ...plan, ...more };
  const [row] = await house.db.select({ was: cycles.plan }).from(cycles);
  const { hash } = await house.store("plan", plan);
  await year.cycle("cycle.amend", { plan: hash, was: row?.was ?? hash }, { reason });
};
const wakesAt = async () => (await house.rest(CHASE)).wakesAt;
const advanceTo = async (at: string): Promise<void> => {
  await year.cycle("cycle.advance", { to: instant(`${at}+09:00`) });
  await house.step(CHASE, instant(`${at}+09:00`));
};
const digests = async () =>
  (
    await house.db
      .select({ at: mails.at, rung: mails.rung })
      .from(mails)
      .where(and(eq(mails.letter, "digest"), eq(mails.person, personId("agency-1-window"))))
      .orderBy(mails.position)
  ).map(({ at, rung }) => `${at.slice(5, 16)} ${rung}`);

describe("the chase of a year whose plan is amended", () => {
  it("ticks no more on a day that is closed now, and on one that is open now", async () => {
    await advanceTo("2015-04-01T09:00:00");
    const closed = { date: plainDate("2015-04-02"), name: "臨時閉庁日" };
    await amend({ holidays: [...plan.holidays, closed] });
    expect(await wakesAt()).toBe("2015-04-03T09:00:00+09:00");
    await amend({ holidays: plan.holidays.filter(({ date }) => date !== closed.date) });
    expect(await wakesAt()).toBe("2015-04-02T09:00:00+09:00");
  });

  it("ticks at the start of the new send window, but not twice a day", async () => {
    await amend({ sendWindow: { from: plainTime("10:00"), until: plainTime("16:00") } });
    expect(await wakesAt()).toBe("2015-04-02T10:00:00+09:00");
    await advanceTo("2015-04-02T10:00:00");
    await advanceTo("2015-04-03T10:00:00");
    expect(await digests()).toEqual(["04-03T10:00 remind-10"]);
  });

  it("catches up at once where today's start has already passed", async () => {
    await advanceTo("2015-04-14T08:30:00");
    await amend({ sendWindow: { from: plainTime("08:00"), until: plainTime("16:00") } });
    await house.rest(CHASE);
    expect(await digests()).toEqual(["04-03T10:00 remind-10", "04-14T08:30 remind-3"]);
    expect(await wakesAt()).toBe("2015-04-15T08:00:00+09:00");
  });

  it("keeps to the amended plan in its next run", async () => {
    await advanceTo("2015-05-01T08:00:00");
    expect(await wakesAt()).toBe("2015-05-07T08:00:00+09:00");
  });
});

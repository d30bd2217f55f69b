import { afterAll, beforeAll, expect, it } from "vitest";
import { cycleOf } from "../../db/queries/cycles.ts";
import { cycleKey, fiscalYear } from "../../domain/ids.ts";
import { planForYear } from "../../domain/next-plan.ts";
import type { Plan } from "../../domain/plan.ts";
import { japaneseHolidays } from "../../plans/holidays.ts";
import { cycleWorkflowId } from "../../workflows/contract.ts";
import { actingYear } from "../support/acting-year.ts";
import { twoAgencies } from "../support/two-agencies.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";

let house: YearHouse;
let plan: Plan;
beforeAll(async () => {
  [house, plan] = await Promise.all([startYearHouse(), twoAgencies()]);
});
afterAll(() => house.stop());

it("the next year opens while the old one is open, and neither moves the other", async () => {
  const next = planForYear(plan, { year: fiscalYear(2015), holidays: japaneseHolidays() });
  const [old, young] = [await house.openYear("2014-r1", plan), await house.openYear("2015-r1", next)];
  await actingYear(house, old).openRequests();
  expect((await cycleOf(house.db, young))?.stage).toBe("policy");
  const held = await cycleOf(house.db, old);
  await house.rest(cycleWorkflowId(young));
  expect(held).toMatchObject({ year: 2014, stage: "collection" });
  const asked = await actingYear(house, old).asked("data");
  expect(asked.length).toBeGreaterThan(0);
  expect(await actingYear(house, young).asked("data")).toEqual([]);
  expect(await house.openProcesses(cycleKey("2015-r1"))).toEqual([cycleWorkflowId(young)]);
  expect((await cycleOf(house.db, young))?.now).not.toBe(held?.now);
});

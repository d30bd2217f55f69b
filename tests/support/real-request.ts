import { addRequests } from "../../db/commands/request.ts";
import { fiscalYear, organisationId, type CycleKey } from "../../domain/ids.ts";
import type { Holiday, Plan } from "../../domain/plan.ts";
import { addSeconds, instantOfEpochMs, type Instant } from "../../domain/time.ts";
import { japaneseHolidays } from "../../plans/holidays.ts";
import { calendarInputOf, requestWorkflowId, type RequestInput } from "../../workflows/contract.ts";
import { twoAgencies } from "./two-agencies.ts";
import type { YearHouse } from "./year-house.ts";

/** FY2014 with two ministries, on the days of today. */
export const twoAgenciesToday = async (): Promise<Plan> => {
  const thisYear = new Date().getFullYear();
  const known = ({ date }: Holiday): boolean => Math.abs(Number(date.slice(0, 4)) - thisYear) <= 1;
  return { ...(await twoAgencies()), holidays: japaneseHolidays().filter(known) };
};

/** The same workflow as in a year, on the real clock, with seconds for weeks. @returns when it closes */
export const openInRealTime = async (
  house: YearHouse,
  { cycle, id, seconds }: { readonly cycle: CycleKey; readonly id: string; readonly seconds: number },
): Promise<Instant> => {
  const plan = await twoAgenciesToday();
  const now = instantOfEpochMs(Date.now());
  const [dueAt, closeAt] = [addSeconds(now, seconds - 1), addSeconds(now, seconds)];
  const state = { is: "owed", until: closeAt } as const;
  const item = { id: `${id}/drills`, datum: "drills", text: "訓練の回数", indicators: [], state };
  const asked = { id, kind: "data", organisation: organisationId("agency-1"), dueAt, closeAt } as const;
  await house.db.transaction((tx) =>
    addRequests(tx, [{ ...asked, cycle, round: 0, version: null, sentAt: now, items: [item] }]),
  );
  const input: RequestInput = {
    cycle,
    year: fiscalYear(2014),
    clock: { is: "real" },
    calendar: calendarInputOf(plan),
    request: { ...asked, items: { [item.id]: state }, asked: null, surveys: 0 },
    round: 0,
    surveyBusinessDays: 15,
    comparing: [],
    running: [],
    survey: null,
  };
  const workflowId = requestWorkflowId(id);
  const { taskQueue } = house;
  await house.client.workflow.start("request", { workflowId, taskQueue, args: [input] });
  return closeAt;
};

import { stagesOf } from "../db/queries/cycles.ts";
import { surveyCounts } from "../db/queries/home.ts";
import { yearRequests } from "../db/queries/year-requests.ts";
import { yearStanding } from "../db/queries/year-standing.ts";
import { bounds, scheduleOf } from "../domain/schedule.ts";
import { dateOf } from "../domain/time.ts";
import { wareki } from "../domain/wareki.ts";
import type { Around } from "./around.ts";
import { nameOf } from "./frame.ts";
import type { ScheduleView } from "./pages/schedule.tsx";
import { kindNames } from "./pages/words.ts";
import type { ScreenDeps } from "./screens.ts";
import { yearAhead, yearPlanned } from "./year-ahead.ts";

/** The year's plan, actual and forecast, as of the cycle's now. */
export const ganttOf = async ({ db }: ScreenDeps, { standing, plan, now }: Around) => {
  const { cycle, stage } = standing;
  const [ahead, entries, surveys] = await Promise.all([
    stage === "finished" ? null : yearStanding(db, { cycle, stage, plan, now }),
    stagesOf(db, cycle),
    surveyCounts(db, { cycle }),
  ]);
  const course = ahead === null ? null : yearAhead(ahead).course;
  const rows = scheduleOf({
    dates: plan.dates,
    planned: yearPlanned(plan),
    ahead: course,
    stage,
    now,
    entries,
    surveys,
  });
  return { course, gantt: { rows, bounds: bounds(rows, now), now } };
};

/** What the form of what-if offers; null for who may not ask, and once the year is over. */
export const offersOf = async (
  { db }: ScreenDeps,
  { standing, plan, now, may }: Around,
): Promise<ScheduleView["whatIf"]> => {
  const { cycle, stage } = standing;
  if (!may("what-if") || stage === "finished") return null;
  const open = (await yearRequests(db, { cycle, now })).filter(({ is }) => is === "open");
  return {
    requests: open.map(({ id, kind, organisation }) => ({
      value: id,
      name: `${nameOf(plan, organisation, now)}　${kindNames[kind]}`,
    })),
    holidays: plan.holidays
      .filter((holiday) => holiday.date > dateOf(now))
      .map((holiday) => ({ value: holiday.date, name: `${wareki(holiday.date)}　${holiday.name}` })),
  };
};

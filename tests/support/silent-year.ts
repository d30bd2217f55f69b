import { chase } from "../../activities/chase.ts";
import { addBusinessDays, calendarOf } from "../../domain/calendar.ts";
import type { PlannedMail, Standing } from "../../domain/forecast-standing.ts";
import { nextTick } from "../../domain/ladder.ts";
import type { Plan } from "../../domain/plan.ts";
import { nextDeadline, passDeadline } from "../../domain/request.ts";
import { addSeconds, dateOf, type Instant } from "../../domain/time.ts";
import { cycleRow } from "../../db/queries/cycle-row.ts";
import { planInForce } from "../../db/queries/plan-in-force.ts";
import { yearStanding } from "../../db/queries/year-standing.ts";
import { mailsOfRequest } from "../../workflows/request-mails.ts";
import { rowsOfRequest } from "../../workflows/request-rows.ts";
import { CYCLE, mailsIn, RUN, type YearDesk } from "./year-desk.ts";

/** The year in which nobody does anything any more, with the activities and rules of the run, not of the forecast. */

/** Where the desk's year stands. */
export const standingAt = async ({ db }: YearDesk, now: Instant): Promise<Standing> => {
  const { body: plan } = await planInForce(db, CYCLE);
  const { stage } = (await cycleRow(db, CYCLE)) ?? { stage: "policy" as const };
  return yearStanding(db, { cycle: CYCLE, now, stage, plan });
};

/** A survey of FY2014 is due so many business days after it opens. */
const SURVEY_BUSINESS_DAYS = 15;

const close = async (desk: YearDesk, plan: Plan, now: Instant): Promise<void> => {
  const calendar = calendarOf(plan.holidays);
  const { requests } = await standingAt(desk, now);
  for (const { request: before } of requests) {
    if (nextDeadline(before, addSeconds(now, -2)) !== addSeconds(now, -1)) continue;
    const { request: after, opens } = passDeadline(before, now);
    const dueOn = addBusinessDays(dateOf(now), SURVEY_BUSINESS_DAYS, calendar);
    const step = {
      cycle: CYCLE,
      before,
      after,
      act: null,
      opens: opens.map((opening) => ({ opening, dueOn, justification: "締切までに回答がなかった。" })),
      now,
      closingTime: plan.dates.closingTime,
      round: before.kind === "consultation" ? 1 : 0,
    };
    const changes = rowsOfRequest(step).filter(({ write }) => write !== "process");
    await desk.record({ now, changes, mails: mailsOfRequest(step) });
  }
};

const nextClose = async (desk: YearDesk, now: Instant): Promise<Instant | undefined> => {
  const { requests } = await standingAt(desk, now);
  return requests
    .flatMap(({ request }) => {
      const deadline = nextDeadline(request, addSeconds(now, -1));
      return deadline === undefined ? [] : [addSeconds(deadline, 1)];
    })
    .toSorted()[0];
};

/** From tick to tick and close to close, as the workflows would wake; the plan is the one then in force. */
export const runOn = async (
  desk: YearDesk,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Promise<void> => {
  const { body: plan } = await planInForce(desk.db, CYCLE);
  const calendar = calendarOf(plan.holidays);
  let now = from;
  for (;;) {
    const tick = nextTick(now, plan.sendWindow, calendar);
    const closes = await nextClose(desk, now);
    const isClose = closes !== undefined && closes < tick;
    now = isClose ? closes : tick;
    if (now > until) return;
    if (isClose) await close(desk, plan, now);
    else await chase(desk.deps, { cycle: CYCLE, now }, RUN);
  }
};

/** The ledger after an instant, as a forecast says it. */
export const sentAfter = async ({ db }: YearDesk, after: Instant): Promise<readonly PlannedMail[]> =>
  (await mailsIn(db))
    .filter(({ at }) => at > after)
    .map(({ at, person: contact, organisation, letter, rung, request, items }) => ({
      at,
      contact,
      organisation,
      letter,
      rung,
      request,
      items,
    }));

const keyed = ({ items, ...mail }: PlannedMail): string =>
  JSON.stringify([mail.at, mail.contact, mail.letter, mail.rung, mail.request, mail.organisation, ...items]);
/** One line a mail, whatever the order of those of one instant. */
export const linesOf = (mails: readonly PlannedMail[]): readonly string[] => mails.map(keyed).toSorted();

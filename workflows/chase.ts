import { continueAsNew, workflowInfo } from "@temporalio/workflow";
import { calendarOf } from "../domain/calendar.ts";
import { nextTick } from "../domain/ladder.ts";
import type { Instant } from "../domain/time.ts";
import { chase as sendDigests, recorder } from "./acting.ts";
import { makeClock } from "./clock.ts";
import { chaseWorkflowId, type ChaseInput } from "./contract.ts";

/**
 * 督促: once a business day, at the send window's start, whoever is owed a rung gets one digest. A day lost to an
 * outage is caught up at the next, since what is owed is asked of the record. Goes on until there is nothing to
 * chase any more.
 */
export async function chase(input: ChaseInput): Promise<void> {
  const { cycle, sendWindow } = input;
  const clock = makeClock(input.clock);
  const write = recorder(cycle, clock);
  const calendar = calendarOf(input.calendar.holidays);
  const month = monthOf(clock.now());

  for (;;) {
    await clock.wait({ summary: "次の開庁日の督促", until: nextTick(clock.now(), sendWindow, calendar) });
    const { over } = await sendDigests({ cycle, now: clock.now() });
    if (over) break;
    if (monthOf(clock.now()) !== month || workflowInfo().continueAsNewSuggested) {
      await clock.end();
      await continueAsNew<typeof chase>({ ...input, clock: clock.handedOn() });
    }
  }
  await write({
    action: "chase.end",
    object: `chase ${cycle}`,
    changes: [{ write: "process", workflow: chaseWorkflowId(cycle), is: "closed" }],
  });
  await clock.end();
}

const monthOf = (instant: Instant): string => instant.slice(0, 7);

import { setHandler } from "@temporalio/workflow";
import { calendarOf } from "../domain/calendar.ts";
import type { TermRules } from "../domain/deadline.ts";
import type { Clock } from "./clock.ts";
import { planAmended, type CalendarInput } from "./contract.ts";

/** What a workflow decides dates by: as it was given them, and as rules have them. */
export interface DatesInForce {
  readonly input: CalendarInput;
  readonly rules: TermRules;
}

const datesOf = (input: CalendarInput): DatesInForce => ({
  input,
  rules: { ...input, calendar: calendarOf(input.holidays) },
});

/** Those of the plan it began under, and of each amended one from its amendment on. */
export const datesInForce = (given: CalendarInput, clock: Clock): (() => DatesInForce) => {
  let inForce = datesOf(given);
  setHandler(
    planAmended,
    ({ at, calendar }) => {
      clock.learn(at);
      inForce = datesOf(calendar);
    },
    { description: "計画が変更された" },
  );
  return () => inForce;
};

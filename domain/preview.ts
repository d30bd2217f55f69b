import { cycleKey } from "./ids.ts";
import type { Course } from "./course.ts";
import { forecast } from "./forecast.ts";
import type { Who } from "./forecast-events.ts";
import type { PlannedMail, Standing } from "./forecast-standing.ts";
import type { Plan } from "./plan.ts";
import { at } from "./time.ts";

/** What a year will send, from its plan alone. */
export interface Preview {
  readonly who: Who;
  /** In a fixed order, by instant. */
  readonly mails: readonly PlannedMail[];
  readonly course: Course;
}

/** The plan's year on the morning of its first day. */
export const unopened = (plan: Plan): Standing => ({
  cycle: cycleKey(String(plan.year)),
  now: at(plan.dates.opensOn, plan.sendWindow.from),
  stage: "policy",
  plan,
  directory: plan.people,
  asked: false,
  consultations: 0,
  requests: [],
  surveys: [],
  ladders: [],
  sent: [],
  chasedAt: null,
});

/**
 * Every mail the year will send if nobody, or everybody, answers, by the rules of {@link forecast}.
 *
 * @throws RangeError for a plan that lint blocks for its dates
 */
export const previewOf = (plan: Plan, who: Who): Preview => {
  const { mails, course } = forecast(unopened(plan), who);
  return { who, mails, course };
};

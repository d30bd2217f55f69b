import type { Course } from "../domain/course.ts";
import { forecast, type Forecast } from "../domain/forecast.ts";
import type { Standing } from "../domain/forecast-standing.ts";
import type { Plan } from "../domain/plan.ts";
import { previewOf } from "../domain/preview.ts";

/** What JSON leaves out of a set or a map. */
const whole = (_key: string, value: unknown): unknown =>
  value instanceof Map || value instanceof Set ? [...value] : value;

interface Foretold {
  /** All that it was foretold from, beside the plan. */
  readonly from: string;
  readonly forecast: Forecast;
}
const foretold = new WeakMap<Plan, Foretold>();
const planned = new WeakMap<Plan, Course>();

/** The year from where it stands if nobody acts; foretold anew only once something stands otherwise. */
export const yearAhead = (standing: Standing): Forecast => {
  const { plan, ...rest } = standing;
  const from = JSON.stringify(rest, whole);
  const kept = foretold.get(plan);
  if (kept?.from === from) return kept.forecast;
  const ahead = forecast(standing, "nobody");
  foretold.set(plan, { from, forecast: ahead });
  return ahead;
};

/** The year as its plan has it, whatever has happened since. */
export const yearPlanned = (plan: Plan): Course => {
  const kept = planned.get(plan) ?? previewOf(plan, "nobody").course;
  planned.set(plan, kept);
  return kept;
};

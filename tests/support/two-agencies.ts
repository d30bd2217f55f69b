import type { Plan } from "../../domain/plan.ts";
import { planOfMany } from "./plan-of-many.ts";
import { smallYear } from "./small-year.ts";
import { fy2014 } from "./year-desk.ts";

/** FY2014 with two ministries that are asked for the same three data, one measure and one chapter. */
export const twoAgencies = async (): Promise<Plan> => {
  const whole = await fy2014();
  const small = smallYear(whole);
  const measures = small.measures.slice(0, 1);
  return {
    ...small,
    measures,
    areas: small.areas
      .filter(({ number }) => number === measures[0]?.area)
      .map((area) => ({
        ...area,
        domains: area.domains.filter(({ number }) => number === measures[0]?.domain),
      })),
    delegated: [],
    ...planOfMany(small, 2),
    chapters: whole.chapters.slice(0, 1),
  };
};

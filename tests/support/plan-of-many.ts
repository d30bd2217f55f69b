import { organisationId, personId } from "../../domain/ids.ts";
import type { Organisation, Person, Plan } from "../../domain/plan.ts";
import { plainDate } from "../../domain/time.ts";

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n + 1);

/** The year with as many ministries, one window each, of whom each is asked for the same three data. */
export const planOfMany = (plan: Plan, count: number): Partial<Plan> => {
  const organisations = numbers(count).map((n): Organisation => ({
    id: organisationId(`agency-${n}`),
    kind: "ministry",
    names: [{ name: `第${n}庁`, from: plainDate("2001-01-06") }],
  }));
  const windows = numbers(count).map((n): Person => ({
    id: personId(`agency-${n}-window`),
    name: `窓口${n}`,
    title: "係長",
    organisation: organisationId(`agency-${n}`),
    email: `window@agency-${n}.example`,
    reachable: true,
    contact: ["window"],
    staff: [],
  }));
  const owners = organisations.map(({ id }) => ({ organisation: id, basis: "inferred" as const }));
  return {
    organisations: [...plan.organisations.filter(({ kind }) => kind === "secretariat"), ...organisations],
    people: [...plan.people.filter(({ staff }) => staff.length > 0), ...windows],
    data: plan.data.slice(0, 3).map((datum) => ({ ...datum, owners })),
    chapters: [],
  };
};

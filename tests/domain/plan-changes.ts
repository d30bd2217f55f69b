import { fiscalYear } from "../../domain/ids.ts";
import type { LintFinding } from "../../domain/lint-finding.ts";
import type {
  CarriedOver,
  Datum,
  LadderRung,
  Person,
  Plan,
  PlanDates,
  RequestTerm,
} from "../../domain/plan.ts";
import { plainDate } from "../../domain/time.ts";

/** One way to break a plan, and what lint says of it. */
export interface Case {
  readonly what: string;
  readonly change: (plan: Plan) => Plan;
  readonly code: LintFinding["code"];
  readonly where: string;
}
export const withDates = (plan: Plan, dates: Partial<PlanDates>): Plan => ({
  ...plan,
  dates: { ...plan.dates, ...dates },
});
export const withTerm = (plan: Plan, kind: keyof PlanDates["requests"], term: RequestTerm): Plan =>
  withDates(plan, { requests: { ...plan.dates.requests, [kind]: term } });
export const fixed = (dueOn: string, closeOn: string): RequestTerm => ({
  is: "fixed",
  dueOn: plainDate(dueOn),
  closeOn: plainDate(closeOn),
});
export const withPerson = (plan: Plan, id: string, change: Partial<Person>): Plan => ({
  ...plan,
  people: plan.people.map((person) => (person.id === id ? { ...person, ...change } : person)),
});
export const withDatum = (plan: Plan, key: string, change: Partial<Datum>): Plan => ({
  ...plan,
  data: plan.data.map((datum) => (datum.key === key ? { ...datum, ...change } : datum)),
});
export const withoutOrganisation = (plan: Plan, id: string): Plan => ({
  ...plan,
  organisations: plan.organisations.filter((organisation) => organisation.id !== id),
});
export const withLadder = (
  plan: Plan,
  change: (rungs: readonly LadderRung[]) => readonly LadderRung[],
): Plan => ({
  ...plan,
  ladders: { ...plan.ladders, data: change(plan.ladders.data) },
});
export const withLetter = (plan: Plan, body: string): Plan => ({
  ...plan,
  letters: { ...plan.letters, inquiry: { subject: plan.letters.inquiry.subject, body } },
});
export const withCarried = (
  plan: Plan,
  ...carried: readonly Pick<CarriedOver, "cause" | "origin">[]
): Plan => ({
  ...plan,
  carriedOver: carried.map((one) => ({ ...one, note: "残った。", fromYear: fiscalYear(plan.year - 1) })),
});

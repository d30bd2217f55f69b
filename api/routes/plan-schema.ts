import { z } from "zod";
import type { Plan, UnmeasurableReason } from "../../domain/plan.ts";
import {
  date,
  evaluationKind,
  indicator,
  line,
  measure,
  organisation,
  person,
  prose,
  time,
  year,
} from "../schemas.ts";

/** A year's plan as one JSON value: what `npx nenrin plan export` writes of `plans/<year>/`, in full. */

const number = z.int().min(1).max(9);
const key = z.string().regex(/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/);
const named = z.strictObject({ number, name: line });

const term = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("fixed"), dueOn: date, closeOn: date }),
  z.strictObject({
    is: z.literal("counted"),
    dueBusinessDays: z.int().min(0).max(250),
    closeBusinessDays: z.int().min(0).max(250),
  }),
]);
const dates = z.strictObject({
  opensOn: date,
  policyDecisionOn: date,
  collectionOn: date,
  requests: z.strictObject({ data: term, survey: term, chapter: term, consultation: term }),
  reportDecisionOn: date,
  closingTime: time,
  closedDays: z.enum(["next", "previous"]),
});

const area = z.strictObject({
  number,
  name: line,
  domains: z.array(z.strictObject({ number, name: line, sections: z.array(named) })),
});
const plannedMeasure = z.strictObject({
  key: measure,
  area: number,
  domain: number.nullable(),
  section: number.nullable(),
  heading: line.nullable(),
  label: line,
  name: prose,
  truncated: z.boolean(),
  nameNote: prose.exactOptional(),
  indicators: z.array(z.strictObject({ key: indicator, text: prose, named: z.array(line) })),
});
const called = z.array(z.strictObject({ key, label: line }));
const expects = z.discriminatedUnion("is", [
  z.strictObject({ is: z.enum(["number", "text", "date"]) }),
  z.strictObject({ is: z.literal("choice"), options: called }),
  z.strictObject({ is: z.literal("table"), rows: called, columns: called }),
]);
const checked = { key, level: z.enum(["block", "warn"]) };
const check = z.discriminatedUnion("checks", [
  z.strictObject({ ...checked, checks: z.literal("unit"), anyOf: z.array(line) }),
  z.strictObject({
    ...checked,
    checks: z.literal("range"),
    from: z.number().exactOptional(),
    to: z.number().exactOptional(),
  }),
  z.strictObject({
    ...checked,
    checks: z.literal("reason"),
    says: z.array(z.enum(["value", "provisional", "nil", "not-applicable", "unmeasurable"])),
  }),
  z.strictObject({
    ...checked,
    checks: z.literal("sum"),
    along: z.enum(["rows", "columns"]),
    total: key,
    of: z.array(key),
  }),
  z.strictObject({ ...checked, checks: z.literal("last-year"), ratio: z.number() }),
  z.strictObject({ ...checked, checks: z.literal("definition"), since: line }),
]);
const datum = z.strictObject({
  key,
  text: prose,
  indicators: z.array(indicator),
  owners: z.array(z.strictObject({ organisation, basis: z.enum(["named", "inferred"]) })),
  expects: expects.exactOptional(),
  checks: z.array(check).exactOptional(),
});

const reason: z.ZodType<UnmeasurableReason, UnmeasurableReason> = z
  .lazy(() =>
    z.strictObject({
      key,
      label: line,
      children: z.array(reason).exactOptional(),
      asks: z.enum(["date", "text"]).exactOptional(),
    }),
  )
  .meta({ id: "UnmeasurableReason", description: "把握困難の理由。children のないものだけを選べる" });

const validNames = z.array(z.strictObject({ name: line, from: date, to: date.exactOptional() }));
const plannedOrganisation = z.strictObject({
  id: organisation,
  names: validNames,
  kind: z.enum(["secretariat", "ministry", "source"]),
  chain: z.literal("signed-off").exactOptional(),
});
export const contactRole = z.enum(["window", "officer", "confirmer"]);
const plannedPerson = z.strictObject({
  id: person,
  name: line,
  title: line,
  organisation,
  email: z.email(),
  reachable: z.boolean(),
  contact: z.array(contactRole),
  staff: z.array(z.enum(["preparer", "approver", "recorder", "auditor", "admin"])),
});

export const ladder = z.array(
  z.strictObject({
    name: key,
    label: line,
    offsetBusinessDays: z.int().min(-250).max(250),
    to: z.array(contactRole),
    cc: z.array(contactRole),
    lead: z.boolean(),
  }),
);
const scale = z.array(
  z.strictObject({
    key,
    label: line,
    meaning: prose,
    leaves: z.enum(["unfinished", "insufficient"]).exactOptional(),
  }),
);
const approvalLadder = z.array(
  z.strictObject({
    title: line,
    person,
    deputy: z.strictObject({ person, from: date, to: date }).exactOptional(),
  }),
);
const letter = z.strictObject({ subject: line, body: prose });
const carriedOver = z.strictObject({
  origin: line,
  cause: z.enum(["uncollected", "surveyed", "unfinished", "insufficient", "chapter-missing", "comment"]),
  note: prose,
  fromYear: year,
});

const lineage = z.strictObject({
  measure: measure.nullable(),
  from: z.array(measure),
  change: z.enum(["continued", "modified", "new", "merged", "removed"]),
  findings: z.array(line),
  sources: z.array(line),
  note: prose.nullable(),
});

const surveyMethod = z.strictObject({
  key,
  label: line,
  steps: z
    .array(
      z.strictObject({
        key,
        label: line,
        by: z.enum(["secretariat", "organisation"]),
        dueBusinessDays: z.int().min(1).max(250),
        records: line,
        needs: z.enum(["replies", "sources"]).exactOptional(),
      }),
    )
    .min(1),
});

/** Every member there is, also those a plan may lack. */
const members = {
  year,
  title: line,
  dates,
  areas: z.array(area),
  measures: z.array(plannedMeasure),
  delegated: z.array(z.strictObject({ area: number, domain: number, heading: line, chapter: key })),
  data: z.array(datum),
  organisations: z.array(plannedOrganisation),
  people: z.array(plannedPerson),
  chapters: z.array(z.strictObject({ key, title: line, basis: prose, owner: organisation })),
  ladders: z.strictObject({ data: ladder, survey: ladder, chapter: ladder, consultation: ladder }),
  innerLadder: ladder.exactOptional(),
  sendWindow: z.strictObject({ from: time, until: time }),
  scales: z.record(evaluationKind, scale),
  approvals: z.strictObject({ policy: approvalLadder, report: approvalLadder }),
  letters: z.strictObject({
    inquiry: letter,
    digest: letter,
    reminder: letter,
    receipt: letter,
    entered: letter,
    inner: letter,
    returned: letter,
    extension: letter,
    halted: letter,
    survey: letter,
    consultation: letter,
    disposition: letter,
    "approval-turn": letter,
    "approval-returned": letter,
    decided: letter,
    published: letter,
    notice: letter,
  }),
  unmeasurableReasons: z.array(reason),
  holidays: z.array(z.strictObject({ date, name: line })),
  headquarters: validNames.exactOptional(),
  carriedOver: z.array(carriedOver).exactOptional(),
  lineage: z.array(lineage).exactOptional(),
  surveyMethods: z.array(surveyMethod).exactOptional(),
  surveyGrades: z.array(z.strictObject({ key, label: line, meaning: prose })).exactOptional(),
} satisfies Readonly<Record<keyof Plan, z.ZodType>>;

export const planSchema = z.strictObject(members) satisfies z.ZodType<Plan>;

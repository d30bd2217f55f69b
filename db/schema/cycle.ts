import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  serial,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { DecisionOutcome, FollowUp } from "../../domain/acts.ts";
import type { RecordMark } from "../../domain/checkpoint.ts";
import type { Stage } from "../../domain/cycle.ts";
import type { CycleKey, FiscalYear, PersonId, Sha256 } from "../../domain/ids.ts";
import type { OpenCause } from "../../domain/plan.ts";
import { instant, plainDate } from "./columns.ts";

/** What is submitted, approved or decided. */
export type Subject = "policy" | "report" | "next-plan";

export const cycles = pgTable("cycles", {
  key: text("key").$type<CycleKey>().primaryKey(),
  year: integer("year").$type<FiscalYear>().notNull(),
  plan: text("plan").$type<Sha256>().notNull(),
  nextPlan: text("next_plan").$type<Sha256>(),
  stage: text("stage").$type<Stage>().notNull(),
  /** True for a rehearsal: its now is `now` and moves by acts only. */
  stepped: boolean("stepped").notNull(),
  /** The stepped clock's now; the real clock's is the wall. */
  now: instant("now").notNull(),
  openedAt: instant("opened_at").notNull(),
});

/** Every stage the cycle has entered, in order; one may be entered again after a return. */
export const stageEntries = pgTable(
  "stage_entries",
  {
    id: serial("id").primaryKey(),
    cycle: text("cycle").$type<CycleKey>().notNull(),
    stage: text("stage").$type<Stage>().notNull(),
    enteredAt: instant("entered_at").notNull(),
  },
  (table) => [index("stage_entries_cycle").on(table.cycle)],
);

/** The cycle's workflows: whom the rehearsal's driver steps and the auditor exports. */
export const processes = pgTable(
  "processes",
  {
    workflow: text("workflow").primaryKey(),
    cycle: text("cycle").$type<CycleKey>().notNull(),
    isOpen: boolean("is_open").notNull(),
  },
  (table) => [index("processes_cycle").on(table.cycle)],
);

/** What was submitted to the approvers: of the policy a content, of the report a version. */
export const submissions = pgTable("submissions", {
  id: serial("id").primaryKey(),
  cycle: text("cycle").$type<CycleKey>().notNull(),
  subject: text("subject").$type<Subject>().notNull(),
  hash: text("hash").$type<Sha256>().notNull(),
  content: uuid("content"),
  by: text("by").$type<PersonId>().notNull(),
  at: instant("at").notNull(),
});

export const approvals = pgTable("approvals", {
  id: serial("id").primaryKey(),
  cycle: text("cycle").$type<CycleKey>().notNull(),
  subject: text("subject").$type<Subject>().notNull(),
  hash: text("hash").$type<Sha256>().notNull(),
  outcome: text("outcome").$type<"approved" | "returned">().notNull(),
  by: text("by").$type<PersonId>().notNull(),
  /** 代決: the approver in whose place `by` acted. */
  standsInFor: text("stands_in_for").$type<PersonId>(),
  reason: text("reason"),
  at: instant("at").notNull(),
  /** The last signed head of the record when it was made (domain/checkpoint.ts); null where none was signed yet. */
  mark: text("mark").$type<RecordMark>(),
});

export const decisions = pgTable("decisions", {
  id: serial("id").primaryKey(),
  cycle: text("cycle").$type<CycleKey>().notNull(),
  subject: text("subject").$type<Subject>().notNull(),
  hash: text("hash").$type<Sha256>().notNull(),
  outcome: text("outcome").$type<DecisionOutcome>().notNull(),
  meeting: text("meeting").notNull(),
  /** 第何回会合. */
  number: integer("number"),
  heldOn: plainDate("held_on").notNull(),
  /** 決定した本部 by its name on that day. */
  body: text("body"),
  reason: text("reason"),
  by: text("by").$type<PersonId>().notNull(),
  at: instant("at").notNull(),
  /** As an approval's. */
  mark: text("mark").$type<RecordMark>(),
});

/** 訂正: an approval or decision stays as it was recorded; what is wrong with it stands in a record of its own. */
export const corrections = pgTable(
  "corrections",
  {
    id: serial("id").primaryKey(),
    cycle: text("cycle").$type<CycleKey>().notNull(),
    of: text("of").$type<"approval" | "decision">().notNull(),
    /** Id of the approval or decision. */
    corrects: integer("corrects").notNull(),
    /** How it should read. */
    text: text("text").notNull(),
    reason: text("reason").notNull(),
    by: text("by").$type<PersonId>().notNull(),
    at: instant("at").notNull(),
  },
  (table) => [index("corrections_cycle").on(table.cycle)],
);

/** 次年度への反映: what the year leaves open, with its origin. */
export const findings = pgTable(
  "findings",
  {
    cycle: text("cycle").$type<CycleKey>().notNull(),
    id: text("id").notNull(),
    cause: text("cause").$type<OpenCause>().notNull(),
    /** Key of the indicator, measure, domain or chapter it comes from. */
    origin: text("origin").notNull(),
    note: text("note").notNull(),
    into: text("into").$type<"next" | "dropped">(),
    followUp: text("follow_up").$type<FollowUp>(),
    /** With `merge`: the measure it becomes a part of. */
    target: text("target"),
    reason: text("reason"),
    /** Its place in the order of the plan, counted from 1. */
    sequence: bigint("sequence", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.cycle, table.id] })],
);

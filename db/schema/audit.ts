import { bigint, boolean, check, pgTable, text } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import { instant, json } from "./columns.ts";

/**
 * Everything that ever changed state, in commit order. Each row's `self` hashes its content and the row before
 * it; UNIQUE(prev) makes a fork impossible. A trigger refuses UPDATE, DELETE and TRUNCATE.
 */
export const auditEvents = pgTable("audit_events", {
  /** 1, 2, 3 …: without a gap. */
  sequence: bigint("sequence", { mode: "number" }).primaryKey(),
  /** Wall clock, taken when the event's place in the chain was sure. */
  recordedAt: instant("recorded_at").notNull(),
  cycle: text("cycle").$type<CycleKey>(),
  /** The cycle's now. */
  at: instant("at").notNull(),
  actor: text("actor").notNull(),
  role: text("role").notNull(),
  action: text("action").notNull(),
  object: text("object").notNull(),
  /** Of the content or version the event is about. */
  hash: text("hash").$type<Sha256>(),
  reason: text("reason"),
  result: json<unknown>("result"),
  act: text("act"),
  workflow: text("workflow"),
  run: text("run"),
  prev: text("prev").$type<Sha256>().notNull().unique("audit_events_no_fork"),
  self: text("self").$type<Sha256>().notNull(),
});

/** The chain's end: one row, locked by whoever appends. */
export const auditHead = pgTable(
  "audit_head",
  {
    only: boolean("only").primaryKey().default(true),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    self: text("self").$type<Sha256>().notNull(),
  },
  (table) => [check("audit_head_is_one_row", sql`${table.only}`)],
);

import { bigint, boolean, bytea, check, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import type { CheckpointCause } from "../../domain/checkpoint.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import { instant, json } from "./columns.ts";

/**
 * Everything that ever changed state, in commit order. Each row's `self` hashes its leaf, which names the row before
 * it; UNIQUE(prev) makes a fork impossible. Triggers refuse DELETE, TRUNCATE and every UPDATE but one: what a reason
 * or a result said may be disposed of, with its salt. The chain has only its seal and stays whole.
 */
export const auditEvents = pgTable(
  "audit_events",
  {
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
    /** Null where no reason was given, also before a disposal. */
    reasonSeal: text("reason_seal").$type<Sha256>(),
    reasonSalt: text("reason_salt"),
    result: json<unknown>("result"),
    resultSeal: text("result_seal").$type<Sha256>(),
    resultSalt: text("result_salt"),
    act: text("act"),
    workflow: text("workflow"),
    run: text("run"),
    activity: text("activity"),
    prev: text("prev").$type<Sha256>().notNull().unique("audit_events_no_fork"),
    self: text("self").$type<Sha256>().notNull(),
  },
  (table) => [index("audit_events_object").on(table.object)],
);

/** The chain's end: one row, locked by whoever appends. */
export const auditHead = pgTable(
  "audit_head",
  {
    only: boolean("only").primaryKey().default(true),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    self: text("self").$type<Sha256>().notNull(),
    /** Of the last event: the next is never earlier, also where the wall clock was set back. */
    recordedAt: instant("recorded_at")
      .notNull()
      .default(sql`'epoch'`),
  },
  (table) => [check("audit_head_is_one_row", sql`${table.only}`)],
);

/** Signed heads of the record (C2SP tlog-checkpoint), as they were handed to witnesses. Append-only. */
export const checkpoints = pgTable("checkpoints", {
  /** So many events it covers: the first to the `size`th. */
  size: bigint("size", { mode: "number" }).primaryKey(),
  /** RFC 6962 root over the events' leaves, in hex. */
  root: text("root").$type<Sha256>().notNull(),
  cause: text("cause").$type<CheckpointCause>().notNull(),
  /** Verifier key of whoever signed it (C2SP signed-note). */
  key: text("key").notNull(),
  /** The signed note, byte for byte. */
  note: text("note").notNull(),
  /** Wall clock. */
  at: instant("at").notNull(),
});

/** What each witness that is sent checkpoints has taken. Append-only in what it means; never read by the chain. */
export const witnessed = pgTable(
  "witnessed",
  {
    /** The receiver's address. */
    witness: text("witness").notNull(),
    size: bigint("size", { mode: "number" }).notNull(),
    /** Wall clock. */
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.witness, table.size] })],
);

/** Histories of workflow runs that have ended, kept before the engine forgets them. Append-only. */
export const histories = pgTable(
  "histories",
  {
    run: text("run").primaryKey(),
    workflow: text("workflow").notNull(),
    cycle: text("cycle").$type<CycleKey>().notNull(),
    /** Of the JSON text: what the record says was kept. */
    hash: text("hash").$type<Sha256>().notNull(),
    events: bigint("events", { mode: "number" }).notNull(),
    /** False where the workflow went on in another run. */
    isLast: boolean("is_last").notNull(),
    /** The JSON text, gzip. */
    bytes: bytea("bytes").notNull(),
    /** When the run began; wall clock. */
    startedAt: instant("started_at").notNull(),
  },
  (table) => [index("histories_cycle").on(table.cycle)],
);

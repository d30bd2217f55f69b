import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { Act, ActingRole, Actor, ActName, DeskActName } from "../../domain/acts.ts";
import type { CycleKey, OrganisationId, PersonId, Sha256 } from "../../domain/ids.ts";
import type { Action } from "../../domain/policy.ts";
import type { RefusalCode } from "../../domain/refusal.ts";
import type { ContactRole, StaffRole } from "../../domain/plan.ts";
import { instant, json } from "./columns.ts";

/** Every human act, stored before the workflow hears of it (design §3.1). */
export const acts = pgTable(
  "acts",
  {
    /** The act's and the Update's id. */
    id: uuid("id").primaryKey(),
    /** The person's Idempotency-Key; with the person it is unique. */
    key: text("key").notNull(),
    /** SHA-256 of method, path and body: another body under one key is refused. */
    fingerprint: text("fingerprint").$type<Sha256>().notNull(),
    cycle: text("cycle").$type<CycleKey>(),
    name: text("name").$type<ActName | DeskActName>().notNull(),
    /** Who owns it; null for a desk act, which is done where it is stored. */
    workflow: text("workflow"),
    person: text("person").$type<PersonId>().notNull(),
    actor: json<Actor>("actor").notNull(),
    act: json<Act | null>("act"),
    state: text("state").$type<"stored" | "done" | "refused">().notNull(),
    result: json<unknown>("result"),
    refusal: text("refusal").$type<RefusalCode>(),
    /** Wall clock. */
    storedAt: instant("stored_at").notNull(),
  },
  (table) => [
    index("acts_state").on(table.state),
    index("acts_cycle").on(table.cycle),
    uniqueIndex("acts_key").on(table.person, table.key),
    // Two who open a year at once get two numbers.
    uniqueIndex("acts_open_a_cycle_once")
      .on(table.cycle)
      .where(sql`${table.name} = 'cycle.open' and ${table.state} <> 'refused'`),
  ],
);

/** Records already made, by key: what a repeated activity answers instead of recording again. */
export const records = pgTable("records", {
  key: text("key").primaryKey(),
  result: json<unknown>("result").notNull(),
});

/** The directory: everyone who may sign in or is written to. */
export const people = pgTable("people", {
  id: text("id").$type<PersonId>().primaryKey(),
  name: text("name").notNull(),
  title: text("title").notNull(),
  organisation: text("organisation").$type<OrganisationId>().notNull(),
  email: text("email").notNull(),
  /** False once mail came back (不達). */
  reachable: boolean("reachable").notNull(),
  contact: text("contact").array().$type<ContactRole>().notNull(),
  staff: text("staff").array().$type<StaffRole>().notNull(),
  revision: integer("revision").notNull().default(1),
});

/** Bearer tokens: only the hash is kept. Each reaches so much of what its owner may do (domain/token.ts). */
export const tokens = pgTable("tokens", {
  hash: text("hash").$type<Sha256>().primaryKey(),
  person: text("person").$type<PersonId>().notNull(),
  /** The one post it acts in. */
  role: text("role").$type<ActingRole>().notNull(),
  label: text("label").notNull(),
  actions: text("actions").array().$type<Action>(),
  organisation: text("organisation").$type<OrganisationId>(),
  cycle: text("cycle").$type<CycleKey>(),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  revokedAt: instant("revoked_at"),
});

export const sessions = pgTable("sessions", {
  hash: text("hash").$type<Sha256>().primaryKey(),
  person: text("person").$type<PersonId>().notNull(),
  /** The post picked for this session. */
  role: text("role").$type<ActingRole>().notNull(),
  createdAt: instant("created_at").notNull(),
  usedAt: instant("used_at").notNull(),
  endedAt: instant("ended_at"),
});

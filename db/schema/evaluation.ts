import { boolean, pgTable, primaryKey, serial, text, uuid } from "drizzle-orm/pg-core";
import type { CycleKey, PersonId, Sha256 } from "../../domain/ids.ts";
import type { EvaluationKind } from "../../domain/plan.ts";
import { instant } from "./columns.ts";

/** Every written, approved or returned text; the last of a key is where it stands. */
export const evaluations = pgTable("evaluations", {
  id: serial("id").primaryKey(),
  cycle: text("cycle").$type<CycleKey>().notNull(),
  kind: text("kind").$type<EvaluationKind>().notNull(),
  key: text("key").notNull(),
  is: text("is").$type<"drafted" | "approved" | "returned" | "reopened">().notNull(),
  content: uuid("content").notNull(),
  hash: text("hash").$type<Sha256>().notNull(),
  by: text("by").$type<PersonId>().notNull(),
  reason: text("reason"),
  at: instant("at").notNull(),
});

export const analyses = pgTable(
  "analyses",
  {
    cycle: text("cycle").$type<CycleKey>().notNull(),
    domain: text("domain").notNull(),
    needed: boolean("needed").notNull(),
    reason: text("reason").notNull(),
    content: uuid("content"),
    by: text("by").$type<PersonId>().notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.cycle, table.domain] })],
);

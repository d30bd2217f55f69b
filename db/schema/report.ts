import { boolean, customType, integer, pgTable, primaryKey, serial, text, uuid } from "drizzle-orm/pg-core";
import type { Disposition } from "../../domain/acts.ts";
import type { CycleKey, OrganisationId, PersonId, Sha256 } from "../../domain/ids.ts";
import { instant } from "./columns.ts";

const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

export const versions = pgTable(
  "versions",
  {
    cycle: text("cycle").$type<CycleKey>().notNull(),
    number: integer("number").notNull(),
    content: uuid("content").notNull(),
    hash: text("hash").$type<Sha256>().notNull(),
    by: text("by").$type<PersonId>().notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.cycle, table.number] })],
);

/** Edited text of a section; the last one counts. */
export const edits = pgTable("edits", {
  id: serial("id").primaryKey(),
  cycle: text("cycle").$type<CycleKey>().notNull(),
  section: text("section").notNull(),
  content: uuid("content").notNull(),
  by: text("by").$type<PersonId>().notNull(),
  at: instant("at").notNull(),
});

/** 意見: an organisation's comments of a consultation round, each to be disposed of by itself. */
export const comments = pgTable("comments", {
  /** `<content>/<n>`, counted from 1 in the order in which they were written. */
  id: text("id").primaryKey(),
  content: uuid("content").notNull(),
  cycle: text("cycle").$type<CycleKey>().notNull(),
  round: integer("round").notNull(),
  request: text("request").notNull(),
  organisation: text("organisation").$type<OrganisationId>().notNull(),
  at: instant("at").notNull(),
  disposition: text("disposition").$type<Disposition>(),
  reason: text("reason"),
  /** 修正内容. */
  change: text("change"),
  /** To be taken up next year. */
  nextYear: boolean("next_year").notNull().default(false),
  disposedBy: text("disposed_by").$type<PersonId>(),
});

export const publications = pgTable(
  "publications",
  {
    cycle: text("cycle").$type<CycleKey>().notNull(),
    name: text("name").notNull(),
    mediaType: text("media_type").notNull(),
    hash: text("hash").$type<Sha256>().notNull(),
    /** The decided version it renders. */
    version: text("version").$type<Sha256>().notNull(),
    bytes: bytes("bytes").notNull(),
    publishedAt: instant("published_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.cycle, table.name] })],
);

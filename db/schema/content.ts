import { index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { DraftFields } from "../../domain/draft.ts";
import type { PersonId, Sha256 } from "../../domain/ids.ts";
import { instant, json } from "./columns.ts";

/** What a content row holds; each has a shape of its own in db/content.ts. */
export type StoredKind =
  | "plan"
  | "policy"
  | "answer"
  | "comment"
  | "survey-method"
  | "survey-step"
  | "survey-scope"
  | "survey-result"
  | "evaluation"
  | "analysis"
  | "edit"
  | "version";

/** Immutable content, stored before an act names it. The hash is SHA-256 over the body's RFC 8785 form. */
export const contents = pgTable(
  "contents",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind").$type<StoredKind>().notNull(),
    hash: text("hash").$type<Sha256>().notNull(),
    body: json<unknown>("body").notNull(),
    storedBy: text("stored_by").$type<PersonId>().notNull(),
    /** Wall clock. */
    storedAt: instant("stored_at").notNull(),
  },
  (table) => [index("contents_hash").on(table.hash)],
);

/**
 * 下書き: what a person has typed into a request's form and not sent. No act and no part of the record: his own affair,
 * replaced by the next, gone with what is submitted.
 */
export const drafts = pgTable(
  "drafts",
  {
    person: text("person").$type<PersonId>().notNull(),
    request: text("request").notNull(),
    /** By field name, as the form sends them. */
    fields: json<DraftFields>("fields").notNull(),
    /** Wall clock. */
    savedAt: instant("saved_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.person, table.request] })],
);

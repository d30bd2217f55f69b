import { customType, integer, pgTable, primaryKey, index, text, unique, uuid } from "drizzle-orm/pg-core";
import type { PersonId, Sha256 } from "../../domain/ids.ts";
import type { Confidentiality, Handling } from "../../domain/labels.ts";
import { instant } from "./columns.ts";

const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

/** 添付ファイル: immutable, stored before an answer names it. One that no answer names can be taken back. */
export const files = pgTable(
  "files",
  {
    /** Random: also its name in the object storage. */
    id: uuid("id").primaryKey(),
    request: text("request").notNull(),
    item: text("item").notNull(),
    name: text("name").notNull(),
    version: integer("version").notNull(),
    /** SHA-256 of the bytes. */
    hash: text("hash").$type<Sha256>().notNull(),
    size: integer("size").notNull(),
    confidentiality: integer("confidentiality").$type<Confidentiality>().notNull(),
    handling: text("handling").$type<Handling>().array().notNull(),
    /** Where its bytes are: what was stored before a setting changed stays where it is. */
    place: text("place").$type<"database" | "objects">().notNull(),
    storedBy: text("stored_by").$type<PersonId>().notNull(),
    /** Wall clock. */
    storedAt: instant("stored_at").notNull(),
  },
  (table) => [
    unique("files_version").on(table.item, table.name, table.version),
    index("files_request").on(table.request),
  ],
);

/** A file's bytes in their order: a piece at a time passes through memory. */
export const fileChunks = pgTable(
  "file_chunks",
  {
    file: uuid("file")
      .notNull()
      .references(() => files.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    bytes: bytes("bytes").notNull(),
  },
  (table) => [primaryKey({ columns: [table.file, table.position] })],
);

/** Which answer's content names which file: what is named can't be taken back, and what was taken back can't be named. */
export const answerFiles = pgTable(
  "answer_files",
  {
    content: uuid("content").notNull(),
    file: uuid("file")
      .notNull()
      .references(() => files.id),
  },
  (table) => [
    primaryKey({ columns: [table.content, table.file] }),
    index("answer_files_file").on(table.file),
  ],
);

import { sql } from "drizzle-orm";
import { index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { PersonId } from "../../domain/ids.ts";
import type { StaffRole } from "../../domain/plan.ts";
import { instant } from "./columns.ts";

/** 職務の付与: asked for by one admin, given once another has confirmed it. Instants are wall clock. */
export const askedPosts = pgTable(
  "asked_posts",
  {
    id: uuid("id").primaryKey(),
    person: text("person").$type<PersonId>().notNull(),
    post: text("post").$type<StaffRole>().notNull(),
    is: text("is").$type<"asked" | "given" | "refused">().notNull(),
    reason: text("reason").notNull(),
    askedBy: text("asked_by").$type<PersonId>().notNull(),
    askedAt: instant("asked_at").notNull(),
    endedBy: text("ended_by").$type<PersonId>(),
    endedAt: instant("ended_at"),
  },
  (table) => [
    index("asked_posts_person").on(table.person),
    uniqueIndex("asked_posts_once")
      .on(table.person, table.post)
      .where(sql`${table.is} = 'asked'`),
  ],
);

import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { CycleKey } from "../../domain/ids.ts";
import { instant } from "./columns.ts";

/** 進捗: how far a longer work of the service has come, for whoever waits for it. No state of the year. */
export const progress = pgTable(
  "progress",
  {
    cycle: text("cycle").$type<CycleKey>().notNull(),
    work: text("work").$type<"compile" | "publish">().notNull(),
    /** Steps done, of `total`. */
    done: integer("done").notNull(),
    total: integer("total").notNull(),
    /** What is being done, in the words of a screen. */
    step: text("step").notNull(),
    /** Wall clock. */
    startedAt: instant("started_at").notNull(),
    /** Wall clock; null while it is under way. */
    endedAt: instant("ended_at"),
  },
  (table) => [primaryKey({ columns: [table.cycle, table.work] })],
);

import { index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { CycleKey, OrganisationId } from "../../domain/ids.ts";
import type { SurveyEnd, SurveyOpening } from "../../domain/request.ts";
import { instant, json, plainDate } from "./columns.ts";

export const surveys = pgTable(
  "surveys",
  {
    id: text("id").primaryKey(),
    cycle: text("cycle").$type<CycleKey>().notNull(),
    request: text("request").notNull(),
    organisation: text("organisation").$type<OrganisationId>().notNull(),
    cause: text("cause").$type<SurveyOpening["cause"]>().notNull(),
    why: text("why"),
    items: text("items").array().notNull(),
    openedAt: instant("opened_at").notNull(),
    dueOn: plainDate("due_on").notNull(),
    method: uuid("method"),
    end: json<SurveyEnd>("end"),
    result: uuid("result"),
    endedAt: instant("ended_at"),
  },
  (table) => [index("surveys_cycle").on(table.cycle)],
);

import { boolean, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { CycleKey, OrganisationId } from "../../domain/ids.ts";
import type { SurveyEnd, SurveyOpening } from "../../domain/request.ts";
import type { SurveyProtocol } from "../../domain/survey.ts";
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
    /** 開始の理由, with the facts that made it. */
    justification: text("justification").notNull(),
    /** For which it now stands. */
    items: text("items").array().notNull(),
    openedAt: instant("opened_at").notNull(),
    /** By when what comes next is wanted. */
    dueOn: plainDate("due_on").notNull(),
    /** Whether the secretariat has to do it; else the organisation. */
    isSecretariats: boolean("is_secretariats").notNull(),
    method: uuid("method"),
    /** The method's steps, and who was asked. */
    protocol: json<SurveyProtocol | null>("protocol"),
    scope: uuid("scope"),
    end: json<SurveyEnd>("end"),
    result: uuid("result"),
    endedAt: instant("ended_at"),
  },
  (table) => [index("surveys_cycle").on(table.cycle)],
);

import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { Says } from "../../domain/says.ts";
import type { ItemState } from "../../domain/answer.ts";
import type { InnerWork } from "../../domain/inner-work.ts";
import type { CycleKey, IndicatorKey, OrganisationId, PersonId, Sha256 } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import { instant, json, plainDate } from "./columns.ts";

export const requests = pgTable(
  "requests",
  {
    id: text("id").primaryKey(),
    cycle: text("cycle").$type<CycleKey>().notNull(),
    kind: text("kind").$type<RequestKind>().notNull(),
    organisation: text("organisation").$type<OrganisationId>().notNull(),
    is: text("is").$type<"open" | "settled">().notNull(),
    /** Of consultation requests: which. */
    round: integer("round").notNull(),
    /** Of consultation requests: the version consulted on. */
    version: text("version").$type<Sha256>(),
    sentAt: instant("sent_at").notNull(),
    dueAt: instant("due_at").notNull(),
    closeAt: instant("close_at").notNull(),
    /** As its organisation had it when it was opened; null where one step answers it. */
    chain: text("chain").$type<"signed-off">(),
    /** 期限延長の申出, while nobody has answered it. */
    askedDueOn: plainDate("asked_due_on"),
    askedReason: text("asked_reason"),
    /** 期限の停止, while it lasts: nothing is chased, no close passes. */
    pausedAt: instant("paused_at"),
    pausedReason: text("paused_reason"),
    settledAt: instant("settled_at"),
    /** Counts changes: the ETag of what people edit. */
    revision: integer("revision").notNull().default(1),
  },
  (table) => [index("requests_cycle").on(table.cycle, table.kind, table.is)],
);

export const items = pgTable(
  "items",
  {
    id: text("id").primaryKey(),
    request: text("request").notNull(),
    /** The datum's key in the plan; a chapter's key; `opinion` in a consultation. */
    datum: text("datum").notNull(),
    text: text("text").notNull(),
    indicators: text("indicators").$type<IndicatorKey>().array().notNull(),
    is: text("is").$type<ItemState["is"]>().notNull(),
    state: json<ItemState>("state").notNull(),
    /** What its ladder counts from: the request's due date, or the day by which a returned answer is wanted. */
    dueAt: instant("due_at").notNull(),
    /**
     * Since when it does, where another item had put up that ladder already: rungs that had come by then are none of
     * its own. Null where its ladder began with it.
     */
    dueSince: instant("due_since"),
  },
  (table) => [index("items_request").on(table.request), index("items_is").on(table.is)],
);

/** Every submitted version of an answer. Timeliness keeps the first, the newest accepted counts. */
export const answers = pgTable(
  "answers",
  {
    item: text("item").notNull(),
    version: integer("version").notNull(),
    says: text("says").$type<Says>().notNull(),
    why: text("why"),
    content: uuid("content").notNull(),
    hash: text("hash").$type<Sha256>().notNull(),
    by: text("by").$type<PersonId>().notNull(),
    /** 代理入力: at whose request `by` of the secretariat entered it; null where the organisation answered. */
    onBehalfOf: text("on_behalf_of").$type<PersonId>(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.item, table.version] })],
);

/** 組織内の手順: how far an item's next answer has come inside its organisation. Nobody else's affair. */
export const innerWorks = pgTable(
  "inner_works",
  {
    item: text("item").primaryKey(),
    request: text("request").notNull(),
    work: json<InnerWork>("work").notNull(),
    /** Whose ladder it is chased by, and what that counts from. */
    ladder: text("ladder").notNull(),
    officer: text("officer").$type<PersonId>().notNull(),
    dueAt: instant("due_at").notNull(),
    /** Rungs that had come before it was allocated so are none of its own. */
    since: instant("since").notNull(),
    isWithOfficer: boolean("is_with_officer").notNull(),
  },
  (table) => [index("inner_works_request").on(table.request)],
);

/** The instants of a request's or survey's ladder, computed by domain/ladder.ts; SQL only compares them. */
export const rungs = pgTable(
  "rungs",
  {
    request: text("request").notNull(),
    /** The due date they count from: a returned answer has one of its own. */
    dueAt: instant("due_at").notNull(),
    name: text("name").notNull(),
    position: integer("position").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.request, table.dueAt, table.name] }),
    index("rungs_at").on(table.at),
  ],
);

/** Which rung has been sent to whom for which item: each once. */
export const reminders = pgTable(
  "reminders",
  {
    item: text("item").notNull(),
    rung: text("rung").notNull(),
    /** The due date the rung counts from: a moved date starts the ladder anew. */
    dueAt: instant("due_at").notNull(),
    person: text("person").$type<PersonId>().notNull(),
    at: instant("at").notNull(),
    mail: text("mail").notNull(),
  },
  (table) => [uniqueIndex("reminders_once").on(table.item, table.rung, table.dueAt, table.person)],
);

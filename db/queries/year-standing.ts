import { and, asc, count, eq, isNull, max, ne } from "drizzle-orm";
import type { ItemState } from "../../domain/answer.ts";
import type { OpenRequest, OpenSurvey, Reader, SentRung, Standing } from "../../domain/forecast-standing.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { people } from "../schema/acts.ts";
import { items, reminders, requests } from "../schema/request.ts";
import { surveys } from "../schema/survey.ts";
import { openLadders } from "./open-ladders.ts";

/** What is known of the cycle already. */
type Known = Pick<Standing, "cycle" | "now" | "stage" | "plan">;

const isOpen = (cycle: CycleKey) => and(eq(requests.cycle, cycle), eq(requests.is, "open"));

/** A request's items by id, and since when those count that joined a ladder. */
interface Items {
  readonly states: Record<string, ItemState>;
  readonly joined: Record<string, Instant>;
}

const itemsByRequest = async (tx: Tx, cycle: CycleKey): Promise<ReadonlyMap<string, Items>> => {
  const rows = await tx
    .select({ item: items.id, request: items.request, state: items.state, dueSince: items.dueSince })
    .from(items)
    .innerJoin(requests, eq(items.request, requests.id))
    .where(isOpen(cycle))
    .orderBy(asc(items.id));
  const all = new Map<string, Items>();
  for (const { item, request, state, dueSince } of rows) {
    const known = all.get(request) ?? { states: {}, joined: {} };
    known.states[item] = state;
    if (dueSince !== null) known.joined[item] = dueSince;
    all.set(request, known);
  }
  return all;
};

const surveysByRequest = async (tx: Tx, cycle: CycleKey): Promise<ReadonlyMap<string, number>> => {
  const rows = await tx
    .select({ request: surveys.request, opened: count() })
    .from(surveys)
    .where(eq(surveys.cycle, cycle))
    .groupBy(surveys.request);
  return new Map(rows.map(({ request, opened }) => [request, opened]));
};

const openRequests = async (tx: Tx, cycle: CycleKey): Promise<readonly OpenRequest[]> => {
  const [rows, itemsOf, opened] = await Promise.all([
    tx.select().from(requests).where(isOpen(cycle)).orderBy(asc(requests.id)),
    itemsByRequest(tx, cycle),
    surveysByRequest(tx, cycle),
  ]);
  return rows.map(({ id, kind, organisation, sentAt, dueAt, closeAt, ...row }) => ({
    sentAt,
    joined: itemsOf.get(id)?.joined ?? {},
    request: {
      id,
      kind,
      organisation,
      dueAt,
      closeAt,
      items: itemsOf.get(id)?.states ?? {},
      asked: row.askedDueOn === null ? null : { dueOn: row.askedDueOn, reason: row.askedReason ?? "" },
      paused: row.pausedAt === null ? null : { at: row.pausedAt, reason: row.pausedReason ?? "" },
      surveys: opened.get(id) ?? 0,
    },
  }));
};

const openSurveys = (tx: Tx, cycle: CycleKey): Promise<OpenSurvey[]> =>
  tx
    .select({
      survey: surveys.id,
      request: surveys.request,
      organisation: surveys.organisation,
      dueOn: surveys.dueOn,
      openedAt: surveys.openedAt,
      isSecretariats: surveys.isSecretariats,
    })
    .from(surveys)
    .where(and(eq(surveys.cycle, cycle), isNull(surveys.endedAt)))
    .orderBy(asc(surveys.id));

const sentRungs = (tx: Tx, cycle: CycleKey): Promise<SentRung[]> =>
  tx
    .select({
      item: reminders.item,
      rung: reminders.rung,
      dueAt: reminders.dueAt,
      person: reminders.person,
    })
    .from(reminders)
    .innerJoin(items, eq(reminders.item, items.id))
    .innerJoin(requests, eq(items.request, requests.id))
    .where(isOpen(cycle));

const directory = (tx: Tx): Promise<Reader[]> =>
  tx
    .select({
      id: people.id,
      organisation: people.organisation,
      email: people.email,
      reachable: people.reachable,
      contact: people.contact,
      staff: people.staff,
    })
    .from(people)
    .orderBy(asc(people.id));

const opened = async (tx: Tx, cycle: CycleKey): Promise<Pick<Standing, "asked" | "consultations">> => {
  const [[asked], [held]] = await Promise.all([
    tx
      .select({ requests: count() })
      .from(requests)
      .where(and(eq(requests.cycle, cycle), ne(requests.kind, "consultation"))),
    tx
      .select({ round: max(requests.round) })
      .from(requests)
      .where(eq(requests.cycle, cycle)),
  ]);
  return { asked: (asked?.requests ?? 0) > 0, consultations: held?.round ?? 0 };
};

/** Where the year stands, all of one moment: what its dates and mails from now on follow from. */
export const yearStanding = (db: Db | Tx, known: Known): Promise<Standing> =>
  db.transaction(
    async (tx) => {
      const { cycle, plan } = known;
      const { closingTime } = plan.dates;
      // Sent one after the other without waiting for each: one connection, one moment, one way there and back.
      const [counted, readers, asked, running, ladders, sent] = await Promise.all([
        opened(tx, cycle),
        directory(tx),
        openRequests(tx, cycle),
        openSurveys(tx, cycle),
        openLadders(tx, { cycle, closingTime }),
        sentRungs(tx, cycle),
      ]);
      return {
        ...known,
        ...counted,
        directory: readers,
        requests: asked,
        surveys: running,
        ladders,
        sent,
        chasedAt: null,
      };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );

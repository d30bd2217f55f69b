import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { eq, sql } from "drizzle-orm";
import type { MailOrder, Recorded, RecordInput } from "../../activities/contract.ts";
import { openRows, type Opened } from "../../activities/opening.ts";
import { makeOutbox } from "../../activities/outbox.ts";
import { makePlanShelf } from "../../activities/plan-shelf.ts";
import { record, type RecordDeps } from "../../activities/record.ts";
import { sha256Of } from "../../db/chain.ts";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { upsertPeople } from "../../db/commands/people.ts";
import { storeContent, type ContentBodies, type ContentKind } from "../../db/content.ts";
import { acts } from "../../db/schema/acts.ts";
import { mails } from "../../db/schema/mail.ts";
import { items, reminders, requests } from "../../db/schema/request.ts";
import type { Act, ActArgs, ActName, ContentRef } from "../../domain/acts.ts";
import { cycleKey, organisationId, personId, type PersonId } from "../../domain/ids.ts";
import type { Plan, RequestKind } from "../../domain/plan.ts";
import { instant, type Instant } from "../../domain/time.ts";
import { readPlan } from "../../plans/read-plan.ts";

/** Everything it takes to write FY2014's state in a test. The wall stands still; the cycle's now is each record's. */
export interface YearDesk {
  readonly db: Db;
  readonly deps: RecordDeps;
  readonly plan: Plan;
  /** An empty database with the plan stored and its cycle open. */
  readonly openYear: (more?: Partial<Plan>) => Promise<void>;
  /** Stores the act as the API does. */
  readonly act: <Name extends ActName>(
    name: Name,
    args: ActArgs[Name],
    more?: Partial<Act<Name>>,
  ) => Promise<Act<Name>>;
  readonly record: (input: Partial<RecordInput>) => Promise<Recorded>;
  readonly open: (kinds: readonly RequestKind[], now: Instant) => Promise<Opened>;
  readonly store: <Kind extends ContentKind>(kind: Kind, body: ContentBodies[Kind]) => Promise<ContentRef>;
  readonly close: () => Promise<void>;
}

export const CYCLE = cycleKey("2014");
export const WALL = instant("2026-06-01T10:00:00+09:00");
export const RUN = { workflow: "cycle-2014", run: "a-run", activity: "1" };
export const preparer = personId("nisc-preparer-1");
export const at = (raw: string): Instant => instant(`${raw}+09:00`);

export const fy2014 = async (): Promise<Plan> => {
  const read = await readPlan(fileURLToPath(new URL("../../plans/fy2014", import.meta.url)));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.plan;
};

export const startYearDesk = async (url: string): Promise<YearDesk> => {
  const db = makeDb({ url, applicationName: "year-desk" });
  const plan = await fy2014();
  const outbox = makeOutbox({
    clock: () => WALL,
    relay: "outbound",
    from: { name: "内閣官房 NISC", address: "nenrin@nisc.example" },
    domain: "nisc.example",
  });
  const letterhead = { publicUrl: "https://nenrin.example", sender: "内閣サイバーセキュリティセンター" };
  const deps: RecordDeps = { db, outbox, plans: makePlanShelf(), letterhead };

  const act: YearDesk["act"] = async (name, args, more = {}) => {
    const actor = { person: preparer, role: "preparer", organisation: organisationId("nisc") } as const;
    const made = {
      id: randomUUID(),
      name,
      actor,
      at: at("2015-04-01T09:00:00"),
      reason: null,
      args,
      ...more,
    };
    await db.insert(acts).values({
      id: made.id,
      key: made.id,
      fingerprint: sha256Of(made.id),
      cycle: CYCLE,
      name,
      workflow: "cycle-2014",
      person: made.actor.person,
      actor: made.actor,
      act: made,
      state: "stored",
      storedAt: WALL,
    });
    return made;
  };
  const store: YearDesk["store"] = (kind, body) =>
    storeContent(db, { kind, body, storedBy: preparer, storedAt: WALL });

  const write: YearDesk["record"] = (input) =>
    record(
      deps,
      {
        cycle: CYCLE,
        key: input.act?.id ?? randomUUID(),
        now: at("2015-04-01T09:00:00"),
        act: null,
        action: input.act?.name ?? "cycle.follow-report",
        object: "cycle 2014",
        hash: null,
        reason: input.act?.reason ?? null,
        changes: [],
        mails: [],
        ...input,
      },
      RUN,
    );

  return {
    db,
    deps,
    plan,
    act,
    store,
    record: write,
    openYear: async (more = {}) => {
      await emptyYear(db);
      const { hash } = await store("plan", { ...plan, ...more });
      await db.transaction((tx) => upsertPeople(tx, more.people ?? plan.people));
      await write({
        now: at("2015-01-13T09:00:00"),
        changes: [
          { write: "cycle", year: plan.year, plan: hash, stepped: true },
          { write: "stage", stage: "policy" },
        ],
      });
    },
    open: async (kinds, now) =>
      openRows(
        deps,
        {
          cycle: CYCLE,
          clock: { is: "stepped", now },
          now,
          kinds,
          act: await act("cycle.open-requests", {}, { at: now }),
          consulted: null,
        },
        RUN,
      ),
    close: () => closeDb(db),
  };
};

/** Everything but the record itself, which only ever grows. What else may only be added to is emptied for the test. */
const emptyYear = (db: Db) =>
  db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`truncate acts, records, people, contents, cycles, stage_entries, processes, submissions,
      approvals, decisions, findings, evaluations, analyses, mails, mail_attempts, versions, edits, comments,
      publications, requests, items, answers, rungs, reminders, surveys cascade`);
  });

/** An order with nothing but what is given. */
export const order = (
  sent: Pick<MailOrder, "letter" | "to" | "occurrence"> & Partial<MailOrder>,
): MailOrder => ({
  request: null,
  items: [],
  path: "/",
  detail: "",
  reason: null,
  dueAt: null,
  ...sent,
});

export const mailsIn = (db: Db) => db.select().from(mails).orderBy(mails.position);
export const mailsTo = async (db: Db, person: string) =>
  (await mailsIn(db)).filter((mail) => mail.person === personId(person));
export const remindersIn = (db: Db) =>
  db.select().from(reminders).orderBy(reminders.person, reminders.item, reminders.at);
export const itemsOfRequest = (db: Db, request: string) =>
  db.select().from(items).where(eq(items.request, request)).orderBy(items.id);
export const requestRow = async (db: Db, id: string) =>
  (await db.select().from(requests).where(eq(requests.id, id)))[0];
export const person = (id: string): PersonId => personId(id);

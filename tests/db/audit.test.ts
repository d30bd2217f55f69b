import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hashOf, leafOf, type AuditEvent } from "../../db/chain.ts";
import { closeDb, makeDb, SERVICE_ROLE, type Db } from "../../db/client.ts";
import { appendAudit } from "../../db/commands/audit.ts";
import { migrate } from "../../db/migrate.ts";
import { verifyChain } from "../../db/queries/audit.ts";
import { auditEvents } from "../../db/schema/audit.ts";
import { cycleKey, sha256 } from "../../domain/ids.ts";
import { instant } from "../../domain/time.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

let database: ScratchDatabase;
let db: Db;

beforeAll(async () => {
  database = await startScratchDatabase();
  db = makeDb({ url: database.url, applicationName: "test" });
}, 60_000);
afterAll(async () => {
  await closeDb(db);
  await database.stop();
});

/** What only a superuser can do: the triggers are off for one transaction. */
const tamper = (statement: ReturnType<typeof sql>): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(statement);
  });
beforeEach(async () => {
  await tamper(sql`delete from audit_events`);
  await tamper(sql`update audit_head set sequence = 0, self = repeat('0', 64)`);
});

const event = (object: string, more: Partial<AuditEvent> = {}): AuditEvent => ({
  cycle: cycleKey("2014"),
  at: instant("2015-02-10T09:00:00+09:00"),
  actor: "nisc-preparer",
  role: "preparer",
  action: "cycle.submit-policy",
  object,
  hash: sha256("a".repeat(64)),
  reason: "照会のとおり",
  result: { accepted: true, items: ["1-1-1-ア"], share: 0.1, none: null },
  act: null,
  workflow: "cycle-2014",
  run: null,
  activity: null,
  ...more,
});
const append = (more: AuditEvent): Promise<number> => db.transaction((tx) => appendAudit(tx, more));
const sequences = async (): Promise<number[]> =>
  (await db.select({ n: auditEvents.sequence }).from(auditEvents).orderBy(auditEvents.sequence)).map(
    ({ n }) => n,
  );

describe("the audit chain", () => {
  it("numbers events from 1 in the order of their commits, without gap or fork, under eight writers", async () => {
    const writers = Array.from({ length: 8 }, (_, writer) => writer);
    const numbers = await Promise.all(
      writers.map(async (writer) => {
        const mine: number[] = [];
        for (let n = 0; n < 25; n += 1) mine.push(await append(event(`request 2014-data-o${writer}-${n}`)));
        return mine;
      }),
    );
    for (const mine of numbers) expect(mine).toEqual(mine.toSorted((one, other) => one - other));
    expect(await sequences()).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
    expect(await verifyChain(db)).toMatchObject({ is: "intact", events: 200 });
  });

  it("has neither gap nor trace of a transaction that was rolled back", async () => {
    await append(event("first"));
    const failing = db.transaction(async (tx) => {
      expect(await appendAudit(tx, event("never"))).toBe(2);
      throw new Error("the act could not be recorded");
    });
    await expect(failing).rejects.toThrow("could not be recorded");
    expect(await append(event("second"))).toBe(2);
    expect(await verifyChain(db)).toMatchObject({ is: "intact", events: 2 });
  });

  it("can be recomputed from what is stored: every kind of result comes back as it was hashed", async () => {
    const results = [
      null,
      "text",
      12.5,
      true,
      [],
      [1, [2]],
      {},
      { "": 0, ｱ: "髙﨑", a: [null, { b: 1e21 }] },
    ];
    for (const result of results)
      await append(event("result", { result, cycle: null, hash: null, reason: null }));
    expect(await verifyChain(db)).toMatchObject({ is: "intact", events: results.length });
  });

  it("does not take what has no canonical form", async () => {
    await expect(append(event("bad", { result: { at: undefined } }))).rejects.toThrow(RangeError);
    expect(await sequences()).toEqual([]);
  });

  it.each([
    ["changed", sql`update audit_events set reason = null where sequence = 2`],
    ["removed", sql`delete from audit_events where sequence = 2`],
    ["emptied", sql`truncate audit_events`],
    ["moved back", sql`delete from audit_head`],
    ["forked", sql`insert into audit_head values (false, 0, '')`],
  ])("refuses to be %s, also by the owner of its tables", async (_, statement) => {
    await append(event("first"));
    await append(event("second"));
    await expect(db.execute(statement)).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/append-only/) },
    });
    expect(await verifyChain(db)).toMatchObject({ is: "intact", events: 2 });
  });

  it("stays whole where words are disposed of, and takes no others in their place", async () => {
    for (let n = 1; n <= 3; n += 1) await append(event(`event ${n}`));
    await db.execute(sql`update audit_events set reason = null, reason_salt = null where sequence = 2`);
    await db.execute(sql`update audit_events set result = null, result_salt = null where sequence = 2`);
    expect(await verifyChain(db)).toMatchObject({ is: "intact", events: 3 });
    for (const change of [
      sql`reason = 'x'`,
      sql`reason = 'x', reason_salt = repeat('0', 64)`,
      sql`reason_salt = repeat('0', 64)`,
      sql`result = '{}'`,
      sql`reason_seal = null`,
      sql`actor = 'somebody'`,
    ])
      await expect(
        db.execute(sql`update audit_events set ${change} where sequence = 2`),
      ).rejects.toMatchObject({
        cause: { message: expect.stringMatching(/append-only/) },
      });
    expect(await verifyChain(db)).toMatchObject({ is: "intact", events: 3 });
  });

  it("seals equal words otherwise each time: nobody can guess them from the chain", async () => {
    await append(event("first"));
    await append(event("second"));
    const rows = await db.select().from(auditEvents);
    expect(new Set(rows.map(({ reasonSeal }) => reasonSeal)).size).toBe(2);
  });

  it("is never earlier than the event before, also where the clock was set back", async () => {
    await append(event("first"));
    await tamper(sql`update audit_head set recorded_at = '2099-01-01T00:00:00Z'`);
    await append(event("second"));
    expect((await db.select().from(auditEvents).orderBy(auditEvents.sequence))[1]?.recordedAt).toBe(
      "2099-01-01T09:00:00+09:00",
    );
    await tamper(sql`update audit_head set recorded_at = 'epoch'`);
  });

  it("has its times in UTC in what is hashed", async () => {
    await append(event("first"));
    const [first] = await db.select().from(auditEvents);
    if (first === undefined) throw new Error("no event");
    expect(JSON.parse(leafOf(first))).toMatchObject({
      at: "2015-02-10T00:00:00Z",
      recordedAt: new Date(first.recordedAt).toISOString().replace(".000", ""),
    });
    expect(await verifyChain(db)).toMatchObject({ is: "intact", events: 1 });
  });

  it("is not gone on with where it was begun in another form", async () => {
    const file = new URL(
      "../../db/migrations/20261126021433_record-tells-utc/migration.sql",
      import.meta.url,
    );
    const [guard = ""] = readFileSync(file, "utf8").split("--> statement-breakpoint");
    await db.execute(sql.raw(guard));
    await append(event("first"));
    await expect(db.execute(sql.raw(guard))).rejects.toMatchObject({
      cause: {
        message: expect.stringMatching(/before the first release/),
        hint: expect.stringMatching(/--fresh/),
      },
    });
  });

  it("refuses a second event after the same predecessor", async () => {
    await append(event("first"));
    const copy = sql`insert into audit_events
      select 2, recorded_at, cycle, at, actor, role, action, object, hash, reason, result, act, workflow, run, prev, self,
        reason_seal, reason_salt, result_seal, result_salt
      from audit_events where sequence = 1`;
    await expect(db.execute(copy)).rejects.toMatchObject({
      cause: { constraint_name: "audit_events_no_fork" },
    });
  });

  it.each([
    ["a changed reason", 3, "other words", sql`update audit_events set reason = 'x' where sequence = 3`],
    [
      "a changed result",
      2,
      "other words",
      sql`update audit_events set result = '{"share": 0.2}' where sequence = 2`,
    ],
    [
      "a back-dated event",
      5,
      "changed",
      sql`update audit_events set at = at - interval '1 s' where sequence = 5`,
    ],
    ["a missing event", 4, "missing", sql`delete from audit_events where sequence = 4`],
    ["a missing last event", 6, "head differs", sql`delete from audit_events where sequence = 6`],
    ["a head moved back", 7, "head differs", sql`update audit_head set sequence = 5`],
    [
      "a forged predecessor",
      2,
      "does not follow",
      sql`update audit_events set prev = repeat('b', 64) where sequence = 2`,
    ],
  ])("shows %s", async (_, sequence, why, statement) => {
    for (let n = 1; n <= 6; n += 1) await append(event(`event ${n}`));
    expect(await verifyChain(db)).toMatchObject({ is: "intact", events: 6 });
    await tamper(statement);
    expect(await verifyChain(db)).toEqual({ is: "broken", sequence, why });
  });

  it("shows a change whose own hash was recomputed, at the next event", async () => {
    for (let n = 1; n <= 3; n += 1) await append(event(`event ${n}`));
    const second = (await db.select().from(auditEvents).orderBy(auditEvents.sequence))[1];
    if (second === undefined) throw new Error("no second event");
    const forged = hashOf({ ...second, actor: "nisc-approver" });
    await tamper(sql`update audit_events set actor = 'nisc-approver', self = ${forged} where sequence = 2`);
    expect(await verifyChain(db)).toEqual({ is: "broken", sequence: 3, why: "does not follow" });
  });
});

describe("the role in which the services act", () => {
  let service: Db;
  beforeAll(() => {
    service = makeDb({ url: database.url, applicationName: "service", role: SERVICE_ROLE });
  });
  afterAll(() => closeDb(service));

  it("appends", async () => {
    await service.transaction((tx) => appendAudit(tx, event("by the service")));
    expect(await verifyChain(service)).toMatchObject({ is: "intact", events: 1 });
  });

  it.each([
    ["changes", sql`update audit_events set actor = 'x'`],
    ["disposes of", sql`update audit_events set reason = null, reason_salt = null`],
    ["removes", sql`delete from audit_events`],
    ["empties", sql`truncate audit_events`],
    ["moves a checkpoint of", sql`update checkpoints set size = 1`],
    ["loses a history of", sql`delete from histories`],
    ["frees itself to change", sql`alter table audit_events disable trigger all`],
    ["replaces the head of", sql`delete from audit_head`],
  ])("never %s the record", async (_, statement) => {
    await append(event("kept"));
    await expect(service.execute(statement)).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/permission denied|must be owner/) },
    });
  });

  it("reads and writes all other tables", async () => {
    const kept = sql`('audit_events', 'checkpoints', 'histories', 'audit_head')`;
    const refused = await service.execute(sql`
      select table_name from information_schema.tables
      where table_schema = 'public' and table_name not in ${kept}
        and not (select bool_and(has_table_privilege(table_schema || '.' || table_name, wanted))
          from unnest(array['select', 'insert', 'update', 'delete']) as wanted)`);
    expect([...refused]).toEqual([]);
  });
});

describe("migrating", () => {
  it("is harmless when done again, by several at once", async () => {
    await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    await append(event("after"));
    expect(await verifyChain(db)).toMatchObject({ is: "intact" });
  });
});

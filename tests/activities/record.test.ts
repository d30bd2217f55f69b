import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { record } from "../../activities/record.ts";
import { verifyChain } from "../../db/queries/audit.ts";
import { acts } from "../../db/schema/acts.ts";
import { auditEvents, auditHead, checkpoints } from "../../db/schema/audit.ts";
import { approvals, cycles, submissions } from "../../db/schema/cycle.ts";
import { edits } from "../../db/schema/report.ts";
import { answers, requests } from "../../db/schema/request.ts";
import { organisationId, personId, sha256 } from "../../domain/ids.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import {
  at,
  CYCLE,
  itemsOfRequest,
  mailsIn,
  order,
  preparer,
  RUN,
  startYearDesk,
  type YearDesk,
} from "../support/year-desk.ts";

let database: ScratchDatabase;
let desk: YearDesk;
beforeAll(async () => {
  database = await startScratchDatabase();
  desk = await startYearDesk(database.url);
});
afterAll(async () => {
  await desk.close();
  await database.stop();
});
beforeEach(() => desk.openYear());

const REQUEST = "2014-data-meti";
const meti = organisationId("meti");
const events = () => desk.db.select().from(auditEvents).orderBy(auditEvents.sequence);
const openData = () => desk.open(["data"], at("2015-04-01T09:00:00"));
const firstItem = async () => {
  const [item] = await itemsOfRequest(desk.db, REQUEST);
  if (item === undefined) throw new Error("no item");
  return item;
};

describe("a record", () => {
  it("writes rows, mail, the act's result and one event of who did what, together", async () => {
    const content = await desk.store("policy", { title: "実施方針", text: "本文" });
    const act = await desk.act("cycle.submit-policy", { content }, { reason: "起案" });
    const before = (await events()).length;
    const { sequence } = await desk.record({
      act,
      hash: content.hash,
      changes: [{ write: "submission", subject: "policy", content, hash: content.hash }],
      mails: [
        order({
          letter: "approval-turn",
          to: { person: personId("nisc-counsellor") },
          occurrence: act.id,
          detail: "実施方針（案）",
        }),
      ],
    });
    expect(await desk.db.select().from(submissions)).toMatchObject([{ hash: content.hash, by: preparer }]);
    expect(await mailsIn(desk.db)).toMatchObject([
      {
        person: "nisc-counsellor",
        subject: "【決裁依頼】実施方針（案）",
        address: "counsellor@nisc.example",
      },
    ]);
    const [row] = await desk.db.select().from(acts).where(eq(acts.id, act.id));
    expect(row).toMatchObject({ state: "done", result: { sequence, hash: content.hash } });
    expect((await events()).slice(before)).toMatchObject([
      {
        sequence,
        actor: preparer,
        role: "preparer",
        action: "cycle.submit-policy",
        reason: "起案",
        act: act.id,
        hash: content.hash,
        ...RUN,
      },
    ]);
    expect(await verifyChain(desk.db)).toMatchObject({ is: "intact" });
  });

  it("of an approval carries the record's last signed head: in its row, in its own event and on its letters", async () => {
    const root = sha256("0123456789abcdef".repeat(4));
    const signed = {
      size: 7,
      root,
      cause: "hour",
      key: "k",
      note: "n",
      at: at("2015-02-01T09:00:00"),
    } as const;
    await desk.db.insert(checkpoints).values(signed);
    const content = await desk.store("policy", { title: "実施方針", text: "本文" });
    const { hash } = content;
    const act = await desk.act("cycle.approve-policy", { hash });
    const { sequence } = await desk.record({
      act,
      hash,
      changes: [{ write: "approval", subject: "policy", hash, outcome: "approved", standsInFor: null }],
      mails: [
        order({ letter: "approval-turn", to: { person: personId("nisc-counsellor") }, occurrence: act.id }),
      ],
    });
    const mark = "7:0123456789abcdef";
    expect(await desk.db.select().from(approvals)).toMatchObject([{ hash, mark }]);
    const [event] = (await events()).filter((one) => one.sequence === sequence);
    expect(event?.result).toMatchObject({ mark });
    expect((await mailsIn(desk.db))[0]?.text).toContain("監査記録の控え　7件まで　0123456789abcdef");
    await desk.db.execute(sql`alter table checkpoints disable trigger all`);
    await desk.db.execute(sql`delete from checkpoints`);
    await desk.db.execute(sql`alter table checkpoints enable trigger all`);
  });

  it("counts once under its key: repeated it writes nothing and answers the same", async () => {
    await openData();
    const content = await desk.store("answer", { number: 1, unit: "件", text: "1件" });
    const { id: item } = await firstItem();
    const given = { item, says: "value" as const, content, why: null };
    const act = await desk.act("request.submit", { answers: [given] });
    const mail = order({
      letter: "receipt",
      to: { organisation: meti, contact: "window" },
      items: [item],
      occurrence: act.id,
    });
    const input = { act, changes: [{ write: "answer" as const, answer: given }], mails: [mail] };
    const first = await desk.record(input);
    await settle("2014-data-mic");
    const [told, mailed] = [await events(), await mailsIn(desk.db)];
    expect(await desk.record(input)).toEqual(first);
    expect(await desk.record({ ...input, changes: [{ write: "stage", stage: "finished" }] })).toEqual(first);
    expect(await desk.db.select().from(answers)).toMatchObject([{ item, version: 1, hash: content.hash }]);
    expect(await events()).toEqual(told);
    expect(await mailsIn(desk.db)).toEqual(mailed);
  });

  it("counts once when it comes twice at the same time", async () => {
    const act = await desk.act("cycle.decide-analysis", { domain: "1-1", needed: false, content: null });
    const content = await desk.store("edit", { text: "改", againstSource: "" });
    const input = { act, changes: [{ write: "edit" as const, section: "1", content }] };
    const recorded = await Promise.all([desk.record(input), desk.record(input), desk.record(input)]);
    expect(new Set(recorded.map(({ sequence }) => sequence)).size).toBe(1);
    expect(await desk.db.select().from(edits)).toHaveLength(1);
  });

  it("leaves nothing when anything of it fails: no row, no mail, no event, and its key is free", async () => {
    const { plan } = await cycleRow();
    const act = await desk.act("cycle.amend", { plan, was: plan });
    const before = (await events()).length;
    const changes = [{ write: "stage" as const, stage: "underway" as const }];
    const mail = order({ letter: "published", to: { staff: "preparer" }, occurrence: "1" });
    const outbox = { ...desk.deps.outbox, queueMails: () => Promise.reject(new Error("crash")) };
    const said = { act, action: act.name, object: "cycle 2014", hash: null, reason: null, now: act.at };
    const input = { ...said, cycle: CYCLE, key: act.id, changes, mails: [mail] };
    await expect(record({ ...desk.deps, outbox }, input, RUN)).rejects.toThrow("crash");
    expect(await cycleRow()).toMatchObject({ stage: "policy" });
    expect(await mailsIn(desk.db)).toEqual([]);
    expect(await events()).toHaveLength(before);
    expect((await desk.db.select().from(acts))[0]).toMatchObject({ state: "stored" });
    await desk.record({ act, changes, mails: [mail] });
    expect(await cycleRow()).toMatchObject({ stage: "underway" });
    expect(await mailsIn(desk.db)).toHaveLength(2);
  });

  it("names the clock where no person acted", async () => {
    await desk.record({
      action: "cycle.begin-collection",
      changes: [{ write: "stage", stage: "collection" }],
    });
    expect((await events()).at(-1)).toMatchObject({ actor: "clock", role: "machine", act: null, ...RUN });
  });

  it("lets exactly one of two last requests that settle at once see that none is open", async () => {
    await openData();
    const ids = (await desk.db.select({ id: requests.id }).from(requests)).map(({ id }) => id);
    const [one = "", other = "", ...rest] = ids;
    for (const id of rest) await settle(id);
    const both = await desk.db.transaction(async (tx) => {
      await tx.select().from(auditHead).for("update");
      const settling = [settle(one), settle(other)];
      await vi.waitUntil(async () => (await waiting()) === 2, { timeout: 5000, interval: 10 });
      return settling;
    });
    const counts = (await Promise.all(both)).map(({ open }) => open.data);
    expect(counts.toSorted((a, b) => a - b)).toEqual([0, 1]);
  });
});

const settle = (request: string) =>
  desk.record({ action: "request.close", changes: [{ write: "request", request, is: "settled" }] });
/** How many transactions wait for a lock. */
const waiting = async (): Promise<number> => {
  const [row] = await desk.db.execute<{ n: number }>(
    sql`select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock'`,
  );
  return row?.n ?? 0;
};
const cycleRow = async () => {
  const [row] = await desk.db.select().from(cycles);
  if (row === undefined) throw new Error("no cycle");
  return row;
};

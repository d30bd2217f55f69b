import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { chase } from "../../activities/chase.ts";
import { verifyChain } from "../../db/queries/audit.ts";
import { people } from "../../db/schema/acts.ts";
import { april, chasing, MOD, OPENED, tick, type Chasing } from "../support/chasing.ts";
import { planOfMany } from "../support/plan-of-many.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import {
  at,
  CYCLE,
  itemsOfRequest,
  mailsIn,
  mailsTo,
  person,
  remindersIn,
  RUN,
  startYearDesk,
  type YearDesk,
} from "../support/year-desk.ts";

let database: ScratchDatabase;
let desk: YearDesk;
let year: Chasing;
beforeAll(async () => {
  database = await startScratchDatabase();
  desk = await startYearDesk(database.url);
  year = chasing(desk);
});
afterAll(async () => {
  await desk.close();
  await database.stop();
});
beforeEach(async () => {
  await desk.openYear();
  await desk.open(["data"], OPENED);
});

const EVERY_DAY = april(1, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 20, 21, 22, 23, 24, 27, 28, 30);

describe("the chase", () => {
  it("sends each contact the rungs of his post on their business days, and nothing in between", async () => {
    await year.chaseOn(...EVERY_DAY);
    expect(await year.digestsTo("mod-window")).toEqual([
      "04-03 remind-10",
      "04-14 remind-3",
      "04-16 remind-1",
      "04-20 dun-1",
      "04-22 dun-3",
      "04-24 escalate-5",
    ]);
    expect(await year.digestsTo("mod-confirmer")).toEqual(["04-24 escalate-5"]);
    expect(await year.digestsTo("nisc-counsellor")).toEqual(["04-24 escalate-5"]);
    expect(await year.digestsTo("nisc-preparer-1")).toEqual([]);
    expect(await verifyChain(desk.db)).toMatchObject({ is: "intact" });
  });

  it("says in one digest all that is owed, in the thread of its request", async () => {
    await year.chaseOn("2015-04-20");
    const [inquiry, digest, ...more] = await mailsTo(desk.db, "mod-window");
    expect(more).toEqual([]);
    const items = await itemsOfRequest(desk.db, MOD);
    expect(digest).toMatchObject({ rung: "dun-1", request: MOD, inReplyTo: inquiry?.messageId });
    expect(digest?.items.toSorted()).toEqual(items.map(({ id }) => id));
    expect(digest?.subject).toBe(
      "【督促】〔4/17(金)17時〆〕平成26年度サイバーセキュリティ政策の評価等に係る照会について",
    );
    expect(digest?.text).toContain(
      "期限　平成27年4月17日（金）17時（計画で定めた日）　※期限を過ぎています。",
    );
    expect(digest?.text).toContain("https://nenrin.example/requests/2014-data-mod");
    for (const { text } of items) expect(digest?.text).toContain(`・${text}`);
  });

  it("gives the lead one digest over all ministries", async () => {
    await year.chaseOn("2015-04-24");
    const [digest, ...more] = await mailsTo(desk.db, "nisc-counsellor");
    expect(more).toEqual([]);
    expect(digest).toMatchObject({ rung: "escalate-5", request: null });
    expect(digest?.text).toContain("防衛省");
    expect(digest?.text).toContain("経済産業省");
  });

  it("catches up after three lost days with one digest of what is owed now; what was passed over stays so", async () => {
    await year.chaseOn(...april(1, 2, 3, 6, 7, 8, 9, 10, 13));
    await year.chaseOn(...april(17, 20, 21));
    expect(await year.digestsTo("mod-window")).toEqual(["04-03 remind-10", "04-17 remind-1", "04-20 dun-1"]);
    expect(await year.digestsTo("mod-confirmer")).toEqual([]);
  });

  it("finds nothing owed when run again, and sends once when run twice at once", async () => {
    const both = await Promise.all([year.chaseAt(tick("2015-04-20")), year.chaseAt(tick("2015-04-20"))]);
    const digests = both.map((one) => one.digests).toSorted((a, b) => a - b);
    expect(digests[0]).toBe(0);
    expect(digests[1]).toBeGreaterThan(20);
    const before = await mailsIn(desk.db);
    expect(await year.chaseAt(tick("2015-04-20"))).toEqual({ digests: 0, over: false });
    expect(await year.chaseAt(at("2015-04-20T10:30:00"))).toEqual({ digests: 0, over: false });
    expect(await mailsIn(desk.db)).toEqual(before);
  });

  it("leaves no reminder without its mail: a crash before the commit is no tick at all", async () => {
    const outbox = { ...desk.deps.outbox, queueMails: () => Promise.reject(new Error("crash")) };
    const crashed = chase({ ...desk.deps, outbox }, { cycle: CYCLE, now: tick("2015-04-20") }, RUN);
    await expect(crashed).rejects.toThrow("crash");
    expect(await remindersIn(desk.db)).toEqual([]);
    await year.chaseOn("2015-04-21");
    expect(await year.digestsTo("mod-window")).toEqual(["04-21 dun-1"]);
  });

  it("asks nobody for what has been answered", async () => {
    await year.become(year.submitted, at("2015-04-10T10:00:00"));
    await year.chaseOn(...april(14, 16, 20, 22, 24));
    expect(await year.digestsTo("mod-window")).toEqual([]);
    expect(await year.digestsTo("mod-confirmer")).toEqual([]);
    expect((await year.digestsTo("meti-window")).length).toBe(5);
  });

  it("writes to nobody who can't be reached", async () => {
    await desk.db
      .update(people)
      .set({ reachable: false })
      .where(eq(people.id, person("mod-window")));
    await year.chaseOn("2015-04-20");
    expect(await year.digestsTo("mod-window")).toEqual([]);
    expect(await year.digestsTo("mod-officer")).toEqual(["04-20 dun-1"]);
  });

  it.each([
    ["before the send window", "2015-04-20T08:59:59"],
    ["after it", "2015-04-20T16:00:00"],
    ["on a Saturday", "2015-04-18T09:00:00"],
    ["on a holiday", "2015-04-29T09:00:00"],
  ])("sends nothing %s", async (_, now) => {
    expect(await year.chaseAt(at(now))).toEqual({ digests: 0, over: false });
    expect(await remindersIn(desk.db)).toEqual([]);
  });

  it("is over from the publication on", async () => {
    await desk.record({ changes: [{ write: "stage", stage: "decision" }] });
    expect(await year.chaseAt(tick("2015-04-20"))).toMatchObject({ over: false });
    await desk.record({ changes: [{ write: "stage", stage: "publication" }] });
    expect(await year.chaseAt(tick("2015-04-22"))).toEqual({ digests: 0, over: true });
  });
});

describe("the size of the year", () => {
  it("changes no number of statements", async () => {
    const statements = async (organisations: number): Promise<number> => {
      await desk.openYear(planOfMany(desk.plan, organisations));
      await desk.open(["data"], OPENED);
      let count = 0;
      const logger = { logQuery: () => void (count += 1) };
      const db = drizzle({ client: desk.db.$client, logger });
      const { digests } = await chase({ ...desk.deps, db }, { cycle: CYCLE, now: tick("2015-04-20") }, RUN);
      expect(digests).toBe(organisations);
      return count;
    };
    expect(await statements(400)).toBe(await statements(20));
  });
});

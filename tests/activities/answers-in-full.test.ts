import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { renderCsv } from "../../activities/documents/data.ts";
import { chase } from "../../activities/chase.ts";
import { itemsOnBoard } from "../../db/queries/board.ts";
import { openMatters } from "../../db/queries/open-matters.ts";
import { reportRecord } from "../../db/queries/report-record.ts";
import { yearRequests } from "../../db/queries/year-requests.ts";
import { cycles } from "../../db/schema/cycle.ts";
import { answers } from "../../db/schema/request.ts";
import type { Act, GivenAnswer } from "../../domain/acts.ts";
import type { ItemState } from "../../domain/answer.ts";
import { boardRequests } from "../../domain/board.ts";
import { compileReport } from "../../domain/compile.ts";
import { personId } from "../../domain/ids.ts";
import { progressOf } from "../../domain/progress.ts";
import { stateLabels } from "../../domain/report-index.ts";
import type { Says } from "../../domain/says.ts";
import { addSeconds } from "../../domain/time.ts";
import { breakAt, deaths, DIED, everythingIn, mend } from "../support/broken-table.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import {
  at,
  CYCLE,
  itemsOfRequest,
  mailsTo,
  order,
  RUN,
  startYearDesk,
  type YearDesk,
} from "../support/year-desk.ts";

/** One request whose items are in every state there is: what adds them up, and what a crash leaves of one submission. */

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
beforeEach(async () => {
  await desk.openYear();
  await desk.open(["data"], at("2015-04-01T09:00:00"));
});

const REQUEST = "2014-data-meti";
const CLOSE = at("2015-05-01T17:00:00");
const NOW = at("2015-04-20T10:00:00");

const given = async (item: string, says: Says, number: number | null = null): Promise<GivenAnswer> => ({
  item,
  says,
  why: null,
  content: await desk.store("answer", { number, unit: number === null ? null : "件", text: "" }),
});
const submission = (answer: GivenAnswer): Promise<Act<"request.submit">> =>
  desk.act("request.submit", { answers: [answer] }, { at: NOW });

/** In the order of the items; what is left stays owed. */
const states = async (ids: readonly string[]): Promise<readonly ItemState[]> => {
  const answer = (n: number, says: Says, number: number | null = null) => given(ids[n] ?? "", says, number);
  const kept = { until: CLOSE, returns: 0 };
  return [
    { is: "value", answer: await answer(0, "value", 7) },
    { is: "nil", answer: await answer(1, "nil") },
    { is: "not-applicable", answer: await answer(2, "not-applicable") },
    { is: "provisional", ...kept, answer: await answer(3, "provisional", 5) },
    { is: "failing", ...kept, answer: await answer(4, "value", -1), checks: ["not-negative"] },
    { is: "submitted", ...kept, answer: await answer(5, "value", 3) },
    { is: "uncollected", reason: "記録がない。" },
  ];
};

const settle = async (): Promise<readonly string[]> => {
  const ids = (await itemsOfRequest(desk.db, REQUEST)).map(({ id }) => id);
  const all = await states(ids);
  const changes = all.map((state, n) => ({ write: "item", item: ids[n] ?? "", state }) as const);
  await desk.record({ now: NOW, changes });
  return ids;
};

describe("totals and denominators", () => {
  it("are the same everywhere: what is silent, provisional or failing is never counted as known", async () => {
    const ids = await settle();
    const silent = ids.length - 7;
    const [request] = (await yearRequests(desk.db, { cycle: CYCLE, now: NOW })).filter(
      ({ id }) => id === REQUEST,
    );
    if (request === undefined) throw new Error("not asked");
    expect(request.counts).toEqual({
      owed: silent,
      submitted: 1,
      returned: 0,
      provisional: 1,
      failing: 1,
      surveying: 0,
      value: 1,
      nil: 1,
      "not-applicable": 1,
      surveyed: 0,
      uncollected: 1,
    });
    expect(progressOf(request.counts)).toEqual({ items: ids.length, answered: 5, settled: 4 });

    const board = (await itemsOnBoard(desk.db, CYCLE)).map((item) => ({ ...item, domains: [] }));
    const [row] = boardRequests(board, { now: NOW, sort: "due" }).filter((one) => one.request === REQUEST);
    expect(row).toMatchObject({ owed: silent + 2, toReview: 1, settled: 4, overdue: silent + 2 });
    expect(row?.rates.items).toBe(ids.length);

    const matters = await openMatters(desk.db, {
      cycle: CYCLE,
      stage: "collection",
      now: NOW,
      plan: desk.plan,
      asked: await yearRequests(desk.db, { cycle: CYCLE, now: NOW }),
    });
    expect(matters.owed.find((one) => one.request === REQUEST)?.items).toBe(silent + 2);
    expect(matters.toReview).toBe(1);
    const now = addSeconds(CLOSE, 1);
    const asked = await yearRequests(desk.db, { cycle: CYCLE, now });
    const later = { cycle: CYCLE, stage: "collection", now, plan: desk.plan, asked } as const;
    expect((await openMatters(desk.db, later)).toReview).toBe(2);
  });

  it("are the report's and the published data's: silence is an empty cell, and never 0", async () => {
    const ids = await settle();
    const document = compileReport(await reportRecord(desk.db, CYCLE));
    const own = document.data.rows.filter(({ organisation }) => organisation === "meti");
    const known = new Map(own.map((row) => [row.datum, row]));
    expect(known.size).toBe(ids.length);
    const stateOf = (n: number) => known.get((ids[n] ?? "").split("/")[1] ?? "")?.state;
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(stateOf)).toEqual([
      "value",
      "nil",
      "not-applicable",
      "open",
      "open",
      "open",
      "uncollected",
      "open",
    ]);
    const numbers = [...known.values()].flatMap(({ number }) => number ?? []);
    expect(numbers).toEqual([7]);

    const [head = "", ...lines] = renderCsv(document).split("\r\n");
    const [number, state, ministry] = ["数値", "把握状況", "府省庁コード"].map((title) =>
      head.replace("\u{feff}", "").split(",").indexOf(title),
    );
    const cells = lines.map((line) => line.split(","));
    const open = cells.filter(
      (cell) => cell[ministry ?? -1] === "meti" && cell[state ?? -1] === stateLabels.open,
    );
    expect(open.length).toBeGreaterThan(0);
    expect(new Set(open.map((cell) => cell[number ?? -1]))).toEqual(new Set([""]));
  });
});

describe("what is provisional or failing", () => {
  it("is chased as silence is; what waits for a review is not", async () => {
    const ids = await settle();
    await desk.db.update(cycles).set({ stage: "collection" }).where(eq(cycles.key, CYCLE));
    await chase(desk.deps, { cycle: CYCLE, now: at("2015-04-20T09:00:00") }, RUN);
    const [digest] = (await mailsTo(desk.db, "meti-window")).filter(({ letter }) => letter === "digest");
    const due = [...ids.slice(3, 5), ...ids.slice(7)];
    expect(new Set(digest?.items)).toEqual(new Set(due));
  });
});

describe("timeliness", () => {
  it("keeps the first submission, while the newest accepted answer counts", async () => {
    const [item = ""] = (await itemsOfRequest(desk.db, REQUEST)).map(({ id }) => id);
    const early = await given(item, "value", 1);
    const late = await given(item, "value", 2);
    await desk.record({ now: at("2015-04-10T10:00:00"), changes: [{ write: "answer", answer: early }] });
    await desk.record({
      now: at("2015-04-27T10:00:00"),
      changes: [
        { write: "answer", answer: late },
        { write: "item", item, state: { is: "value", answer: late } },
      ],
    });
    const [asked] = (await itemsOnBoard(desk.db, CYCLE)).filter((one) => one.item === item);
    expect(asked?.firstAt).toBe(at("2015-04-10T10:00:00"));
    const [recorded] = (await reportRecord(desk.db, CYCLE)).items;
    expect(recorded?.outcome).toMatchObject({ is: "value", number: 2, sha256: late.content.hash });
  });
});

describe("a crash while a submission is recorded", () => {
  /** Every table that one submission writes, in the order of its steps. */
  const steps = ["records", "answers", "items", "requests", "mails", "audit_events", "acts"] as const;

  const tables = [...steps, "reminders", "rungs"];

  it.each(steps.flatMap((table) => deaths.map((how) => [table, how] as const)))(
    "at %s (%s) leaves nothing, and the repetition does all of it once",
    async (table, how) => {
      const [item = ""] = (await itemsOfRequest(desk.db, REQUEST)).map(({ id }) => id);
      const answer = await given(item, "value", 1);
      const act = await submission(answer);
      const input = {
        act,
        now: NOW,
        changes: [
          { write: "answer", answer },
          { write: "item", item, state: { is: "submitted", until: CLOSE, answer, returns: 0 } },
        ],
        mails: [
          order({
            letter: "receipt",
            to: { person: personId("meti-window") },
            request: REQUEST,
            items: [item],
            occurrence: act.id,
          }),
        ],
      } as const;
      const before = await everythingIn(desk.db, tables);
      await breakAt(desk.db, table, how);
      try {
        await expect(desk.record(input)).rejects.toThrow(DIED);
      } finally {
        await mend(desk.db, table);
      }
      expect(await everythingIn(desk.db, tables)).toEqual(before);

      const done = await desk.record(input);
      expect(await desk.record(input)).toEqual(done);
      const versions = await desk.db.select().from(answers).where(eq(answers.item, item));
      expect(versions).toMatchObject([{ version: 1, hash: answer.content.hash }]);
      const receipts = (await mailsTo(desk.db, "meti-window")).filter(({ letter }) => letter === "receipt");
      expect(receipts).toHaveLength(1);
    },
  );
});

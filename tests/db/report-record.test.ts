import { createHash, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { contentsOf } from "../../db/queries/content.ts";
import { reportRecord } from "../../db/queries/report-record.ts";
import { cycles } from "../../db/schema/cycle.ts";
import type { ItemState } from "../../domain/answer.ts";
import { canonicalJson } from "../../domain/canonical.ts";
import { cycleKey, organisationId, sha256 } from "../../domain/ids.ts";
import type { RecordedSurvey, ReportRecord } from "../../domain/report-record.ts";
import { instant } from "../../domain/time.ts";
import { approver, store, storeEvaluation, storeItem, storeYear } from "../support/recorded-year.ts";
import { reportPlan } from "../support/report-plan.ts";
import { editor, settledRecord } from "../support/report-record.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

let database: ScratchDatabase;
let db: Db;
beforeAll(async () => {
  database = await startScratchDatabase();
  db = makeDb({ url: database.url, applicationName: "test" });
});
afterAll(async () => {
  await closeDb(db);
  await database.stop();
});

const NOW = instant("2015-05-21T10:00:00+09:00");
const meti = organisationId("meti");
const nisc = organisationId("nisc");
const NOTHING = sha256("0".repeat(64));
const text = (words: string) => ({ text: words, contentId: "", sha256: NOTHING });

/** Every way in which a survey can stand, beside the one of the settled year. */
const surveyEnds: readonly RecordedSurvey["end"][] = [
  { is: "impossible", reason: "公開資料がないため。", result: text("照会した団体からも得られなかった。") },
  { is: "impossible", reason: "記録がないため。", result: null },
  { is: "stopped", reason: "回答があったため。" },
  { is: "running" },
];
const settled = settledRecord(reportPlan);
const year = (cycle: string): ReportRecord => ({
  ...settled,
  cycle: cycleKey(cycle),
  rehearsal: cycle.includes("-r"),
  surveys: [
    ...settled.surveys.map((survey) => ({ ...survey, id: `${cycle} ${survey.id}` })),
    ...surveyEnds.map((end, at): RecordedSurvey => ({
      id: `${cycle}-survey-meti-${at + 7}`,
      organisation: meti,
      data: ["plans", "review"],
      cause: "said-unmeasurable",
      justification: "把握が困難である旨の回答があった。",
      method: null,
      protocol: null,
      scope: null,
      offered: 0,
      end,
    })),
  ],
  edits: [
    { section: "overview", text: "初めの記述", by: editor, againstSource: "a" },
    { section: "overview", text: "", by: editor, againstSource: "b" },
    { section: "area-1", text: "二つ目の記述", by: editor, againstSource: "c" },
  ],
});

/** A year of which nothing is recorded yet. */
const bare = (cycle: string): ReportRecord => ({
  ...year(cycle),
  items: [],
  surveys: [],
  evaluations: [],
  analyses: [],
  chapters: [],
  edits: [],
});

/** Ids and hashes are the database's; the order of rows does not matter but that of edits. */
const comparable = (record: ReportRecord): unknown => {
  const named = JSON.parse(
    JSON.stringify(record, (name, value: unknown) =>
      ["contentId", "sha256", "planHash"].includes(name) ? undefined : value,
    ),
  ) as Record<string, readonly object[]>;
  const sorted = ["items", "surveys", "evaluations", "analyses", "chapters"].map((name) => [
    name,
    named[name]?.map((row) => canonicalJson(row)).toSorted(),
  ]);
  return { ...named, ...Object.fromEntries(sorted) };
};

describe("the record of a cycle", () => {
  it("is what its rows hold, and nothing of another cycle's", async () => {
    const [real, rehearsal] = [year("2014"), year("2014-r2")];
    await storeYear(db, real);
    await storeYear(db, rehearsal);
    expect(comparable(await reportRecord(db, real.cycle))).toEqual(comparable(real));
    expect(comparable(await reportRecord(db, rehearsal.cycle))).toEqual(comparable(rehearsal));
  });

  it("names each content by its id and the SHA-256 of its canonical form", async () => {
    const one = bare("2014-r3");
    await storeYear(db, one);
    const body = { number: 1, unit: "件", text: "一件" };
    const content = await store(db, "answer", body);
    const state: ItemState = { is: "value", answer: { item: "i", says: "value", why: null, content } };
    await storeItem(db, one, { kind: "data", organisation: meti, datum: "joined", state });
    const hash = createHash("sha256").update(canonicalJson(body)).digest("hex");
    expect((await reportRecord(db, one.cycle)).items).toEqual([
      {
        datum: "joined",
        organisation: meti,
        outcome: { is: "value", ...body, contentId: content.id, sha256: hash },
      },
    ]);
  });

  it("leaves out what is still open: an answer nobody has accepted is none", async () => {
    const one = bare("2014-r4");
    await storeYear(db, one);
    const content = await store(db, "answer", { number: 1, unit: null, text: "" });
    const answer = { item: "i", says: "value", why: null, content } as const;
    const open: readonly ItemState[] = [
      { is: "owed", until: NOW },
      { is: "submitted", until: NOW, answer, returns: 0 },
      { is: "returned", until: NOW, answer, reason: "単位の記載がない。", returns: 1 },
      { is: "surveying", until: NOW, survey: "s" },
    ];
    for (const [at, state] of open.entries())
      await storeItem(db, one, { kind: "data", organisation: meti, datum: `open-${at}`, state });
    for (const [at, state] of open.entries())
      await storeItem(db, one, { kind: "chapter", organisation: meti, datum: `open-${at}`, state });
    const { items, chapters } = await reportRecord(db, one.cycle);
    expect({ items, chapters }).toEqual({ items: [], chapters: [] });
  });

  it("has a chapter only as the text that was accepted; everything else is missing, with the reason", async () => {
    const one = bare("2014-r5");
    await storeYear(db, one);
    const said = async (says: "nil" | "not-applicable", words: string): Promise<ItemState> => {
      const content = await store(db, "answer", { number: null, unit: null, text: words });
      return { is: says, answer: { item: "i", says, why: null, content } };
    };
    const states: readonly ItemState[] = [
      await said("nil", ""),
      await said("not-applicable", "別途公表しているため。"),
      { is: "surveyed", survey: "s" },
      { is: "uncollected", reason: "提出がなかった。" },
    ];
    for (const [at, state] of states.entries())
      await storeItem(db, one, { kind: "chapter", organisation: nisc, datum: `chapter-${at}`, state });
    const { chapters } = await reportRecord(db, one.cycle);
    expect(chapters).toEqual([
      { key: "chapter-0", is: "missing", reason: "報告する事項がない旨の回答があったため。" },
      { key: "chapter-1", is: "missing", reason: "別途公表しているため。" },
      { key: "chapter-2", is: "missing", reason: "補完調査の結果をもって代えたため。" },
      { key: "chapter-3", is: "missing", reason: "提出がなかった。" },
    ]);
  });

  it("has a judgement only while its last text is approved", async () => {
    const one = bare("2014-r6");
    await storeYear(db, one);
    const ratings = async () => (await reportRecord(db, one.cycle)).evaluations.map(({ rating }) => rating);
    const becomes = (is: "drafted" | "approved" | "returned", rating: string) =>
      storeEvaluation(db, one, {
        kind: "output",
        key: "1-1-1-ア",
        is,
        body: { rating, text: "評価" },
        by: is === "drafted" ? editor : approver,
        at: NOW,
      });
    await becomes("drafted", "late");
    expect(await ratings()).toEqual([]);
    await becomes("approved", "late");
    expect(await ratings()).toEqual(["late"]);
    await becomes("drafted", "on-track");
    expect(await ratings()).toEqual([]);
    await becomes("returned", "on-track");
    expect(await ratings()).toEqual([]);
    await becomes("drafted", "on-track");
    await becomes("approved", "on-track");
    expect(await ratings()).toEqual(["on-track"]);
  });

  it("is read with as many statements for a large year as for a small one", async () => {
    const large = year("2014-r7");
    const small: ReportRecord = {
      ...year("2014-r8"),
      items: large.items.filter(({ datum }) => datum === "plans" || datum === "review"),
      surveys: year("2014-r8").surveys.slice(0, 1),
      evaluations: large.evaluations.slice(0, 1),
      analyses: large.analyses.slice(0, 1),
      chapters: large.chapters.slice(0, 1),
      edits: large.edits.slice(0, 1),
    };
    await storeYear(db, large);
    await storeYear(db, small);
    const statementsFor = async ({ cycle }: ReportRecord): Promise<number> => {
      let statements = 0;
      const client = postgres(database.url, { max: 1, debug: () => void (statements += 1) });
      await reportRecord(drizzle({ client }), cycle);
      await client.end();
      return statements;
    };
    expect(await statementsFor(large)).toBe(await statementsFor(small));
    expect(await statementsFor(small)).toBeGreaterThan(10);
  });

  it("may name more contents than a statement has parameters", async () => {
    const content = await store(db, "answer", { number: 1, unit: null, text: "" });
    const ids = [...Array.from({ length: 70_000 }, () => randomUUID()), content.id];
    expect([...(await contentsOf(db, "answer", ids)).keys()]).toEqual([content.id]);
  });

  it("is none where the cycle or its plan is not there", async () => {
    await expect(reportRecord(db, cycleKey("2099"))).rejects.toThrow("no cycle 2099");
    const one = bare("2014-r9");
    await storeYear(db, one);
    await db.update(cycles).set({ plan: NOTHING }).where(eq(cycles.key, one.cycle));
    await expect(reportRecord(db, one.cycle)).rejects.toThrow("is not stored");
  });
});

import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ApplicationFailure } from "@temporalio/common";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderAll } from "../../activities/documents/publish.ts";
import { reportActivities } from "../../activities/report.ts";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { contentByHash } from "../../db/queries/content.ts";
import { findingsOf } from "../../db/queries/findings.ts";
import { keepProgress } from "../../db/commands/progress.ts";
import { progressOf } from "../../db/queries/progress.ts";
import { publicationOf, publicationsOf } from "../../db/queries/publications.ts";
import { reportRecord } from "../../db/queries/report-record.ts";
import { contents } from "../../db/schema/content.ts";
import { decisions, findings } from "../../db/schema/cycle.ts";
import type { DecisionOutcome } from "../../domain/acts.ts";
import * as carryOver from "../../domain/carry-over.ts";
import { recordMark } from "../../domain/checkpoint.ts";
import { staleSections, type ReportDocument } from "../../domain/document.ts";
import { cycleKey, personId, sha256, type CycleKey, type Sha256 } from "../../domain/ids.ts";
import { lintPlan } from "../../domain/lint.ts";
import type { Plan } from "../../domain/plan.ts";
import type { ReportRecord } from "../../domain/report-record.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { japaneseHolidays } from "../../plans/holidays.ts";
import { readPlan } from "../../plans/read-plan.ts";
import { writePlan } from "../../plans/write-plan.ts";
import { storeEdit, storeYear } from "../support/recorded-year.ts";
import { sectionOf, textsOf } from "../support/report-document.ts";
import { reportPlan } from "../support/report-plan.ts";
import { editor, settledRecord } from "../support/report-record.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

const NOW = instant("2015-06-26T10:00:00+09:00");
const WALL = instant("2026-06-01T10:00:00+09:00");

let database: ScratchDatabase;
let db: Db;
let activities: ReturnType<typeof reportActivities>;
/** What the engine has heard. */
const beats: object[] = [];
beforeAll(async () => {
  database = await startScratchDatabase();
  db = makeDb({ url: database.url, applicationName: "test" });
  activities = reportActivities({
    db,
    clock: () => WALL,
    holidays: japaneseHolidays(),
    beat: (come) => beats.push(come),
  });
});
afterAll(async () => {
  await closeDb(db);
  await database.stop();
});

/** A settled year under a cycle of its own; the ids of its surveys too are its own. */
const year = async (cycle: string, plan: Plan = reportPlan): Promise<ReportRecord> => {
  const settled = settledRecord(plan);
  const own = (survey: string): string => `${cycle} ${survey}`;
  const record: ReportRecord = {
    ...settled,
    cycle: cycleKey(cycle),
    rehearsal: true,
    surveys: settled.surveys.map((survey) => ({ ...survey, id: own(survey.id) })),
    items: settled.items.map((item) =>
      item.outcome.is === "surveyed"
        ? { ...item, outcome: { ...item.outcome, survey: own(item.outcome.survey) } }
        : item,
    ),
  };
  await storeYear(db, record);
  return record;
};
const versionOf = async (hash: Sha256): Promise<ReportDocument> => {
  const version = await contentByHash(db, "version", hash);
  if (version === undefined) throw new Error("no version");
  return version.body;
};
const compiled = async (cycle: CycleKey) => (await activities.compileVersion({ cycle, now: NOW })).content;

describe("a version", () => {
  it("has one hash and one row however often it is compiled, and another once the record is another", async () => {
    const record = await year("2014-r1");
    const first = await compiled(record.cycle);
    expect(await compiled(record.cycle)).toEqual(first);
    const rows = await db.select().from(contents).where(eq(contents.hash, first.hash));
    expect(rows.map(({ kind, storedBy, storedAt }) => ({ kind, storedBy, storedAt }))).toEqual([
      { kind: "version", storedBy: "nenrin", storedAt: WALL },
    ]);
    await storeEdit(db, record, { section: "overview", text: "加筆", by: editor, againstSource: "" });
    expect((await compiled(record.cycle)).hash).not.toBe(first.hash);
  });

  it("keeps a person's text, and says that it is stale once its section has changed", async () => {
    const record = await year("2014-r2");
    const section = "measure-1-1-1-ア";
    const before = await versionOf((await compiled(record.cycle)).hash);
    const againstSource = sectionOf(before, section).fingerprint;
    await storeEdit(db, record, { section, text: "なお、次年度に拡充する。", by: editor, againstSource });
    const edited = await versionOf((await compiled(record.cycle)).hash);
    expect(textsOf(sectionOf(edited, section).blocks)).toContain("なお、次年度に拡充する。");
    expect(staleSections(edited)).toEqual([]);
    await storeEdit(db, record, { section, text: "改めた。", by: editor, againstSource: "before" });
    const again = await versionOf((await compiled(record.cycle)).hash);
    expect(textsOf(sectionOf(again, section).blocks)).toContain("改めた。");
    expect(textsOf(sectionOf(again, section).blocks)).not.toContain("なお、次年度に拡充する。");
    expect(staleSections(again)).toEqual([section]);
  });
});

const MARK = recordMark({ size: 1234, root: sha256("0123456789abcdef".repeat(4)) });
const CHANGES = "第１章の「おおむね」を「着実に」に改める。";
const decide = async (cycle: CycleKey, hash: Sha256, outcome: DecisionOutcome): Promise<void> => {
  await db.insert(decisions).values({
    reason: outcome === "decided" ? null : CHANGES,
    cycle,
    subject: "report",
    hash,
    outcome,
    meeting: "サイバーセキュリティ戦略本部第３回会合",
    heldOn: plainDate("2015-06-25"),
    by: personId("nisc-recorder"),
    at: NOW,
    mark: MARK,
  });
};

describe("a publication", () => {
  it("says step by step how far it has come, as the compilation before it did", async () => {
    const { cycle } = await year("2014-r12");
    const { hash } = await compiled(cycle);
    expect(await progressOf(db, cycle)).toEqual([
      { work: "compile", done: 3, total: 3, step: "終わりました", startedAt: WALL, endedAt: WALL },
    ]);
    await decide(cycle, hash, "decided");
    beats.length = 0;
    await activities.publishVersion({ cycle, now: NOW, hash });
    expect(beats).toHaveLength(8);
    expect(beats[0]).toEqual({ done: 0, total: 7, step: "公表する形の作成（1／6）" });
    expect(await progressOf(db, cycle)).toMatchObject([{}, { work: "publish", done: 7, endedAt: WALL }]);
    await keepProgress(db, { cycle, work: "publish", done: 1, total: 7, step: "再び", at: WALL });
    expect(await progressOf(db, cycle)).toMatchObject([{}, { done: 1, endedAt: null }]);
  });

  it("is the decided version in every form, byte for byte, however often it is published", async () => {
    const { cycle } = await year("2014-r3");
    const { hash } = await compiled(cycle);
    await decide(cycle, hash, "decided");
    expect(await activities.publishVersion({ cycle, now: NOW, hash })).toEqual({ files: 8 });
    expect(await activities.publishVersion({ cycle, now: NOW, hash })).toEqual({ files: 8 });
    const expected = await renderAll(await versionOf(hash), {
      sha256: hash,
      classification: "機密性１情報",
      standing: "平成27年6月25日　サイバーセキュリティ戦略本部第３回会合決定",
      changes: null,
      mark: MARK,
      createdAt: NOW,
    });
    const listed = await publicationsOf(db, cycle);
    expect(listed.map(({ name }) => name)).toEqual(expected.map(({ name }) => name).toSorted());
    for (const { name, mediaType, bytes } of expected) {
      const file = await publicationOf(db, { cycle, name });
      expect(file).toEqual({
        name,
        mediaType,
        bytes: Buffer.from(bytes),
        hash: createHash("sha256").update(bytes).digest("hex"),
        version: hash,
        size: bytes.length,
        publishedAt: NOW,
      });
    }
    expect(await publicationOf(db, { cycle, name: "report.exe" })).toBeUndefined();
  });

  it("says that the headquarters changed it, and how", async () => {
    const { cycle } = await year("2014-r4");
    const { hash } = await compiled(cycle);
    await decide(cycle, hash, "decided-with-changes");
    await activities.publishVersion({ cycle, now: NOW, hash });
    const html = await publicationOf(db, { cycle, name: "report.html" });
    expect(new TextDecoder().decode(html?.bytes)).toContain("決定（修正の上決定）");
    expect(new TextDecoder().decode(html?.bytes)).toContain(CHANGES);
  });

  const expectRefusal = async (cycle: CycleKey, hash: Sha256): Promise<void> => {
    const failure: unknown = await activities
      .publishVersion({ cycle, now: NOW, hash })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({ type: "not-decided", nonRetryable: true });
    expect(await publicationsOf(db, cycle)).toEqual([]);
  };

  it("is nothing that has not been decided: not yet, not this version, not after a return", async () => {
    const record = await year("2014-r5");
    const { cycle } = record;
    const { hash } = await compiled(cycle);
    await expectRefusal(cycle, hash);
    await decide(cycle, hash, "decided");
    await storeEdit(db, record, { section: "overview", text: "加筆", by: editor, againstSource: "" });
    await expectRefusal(cycle, (await compiled(cycle)).hash);
    await decide(cycle, hash, "returned");
    await expectRefusal(cycle, hash);
  });

  it("is never replaced by another version's", async () => {
    const record = await year("2014-r6");
    const { cycle } = record;
    const { hash } = await compiled(cycle);
    await decide(cycle, hash, "decided");
    await activities.publishVersion({ cycle, now: NOW, hash });
    const before = await publicationsOf(db, cycle);
    await storeEdit(db, record, { section: "overview", text: "加筆", by: editor, againstSource: "" });
    const other = await compiled(cycle);
    await decide(cycle, other.hash, "decided");
    await expect(activities.publishVersion({ cycle, now: NOW, hash: other.hash })).rejects.toThrow(
      `has published version ${hash}`,
    );
    expect(await publicationsOf(db, cycle)).toEqual(before);
  });
});

const planOf = async (folder: string): Promise<Plan> => {
  const read = await readPlan(folder);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.plan;
};
const fy2014 = (): Promise<Plan> => planOf(fileURLToPath(new URL("../../plans/fy2014", import.meta.url)));

describe("what the year leaves open", () => {
  it("is stored in its order and answered again the same, keeping what was decided meanwhile", async () => {
    const { cycle } = await year("2014-r7", await fy2014());
    const ids = await activities.collectFindings({ cycle, now: NOW });
    const expected = carryOver.findingsOf(await reportRecord(db, cycle));
    expect(new Set(expected.map(({ cause }) => cause)).size).toBe(5);
    expect(ids.findings).toEqual(expected.map(({ id }) => id));
    const undecided = expected.map((finding) => ({
      ...finding,
      into: null,
      reason: null,
      followUp: null,
      target: null,
    }));
    expect(await findingsOf(db, cycle)).toEqual(undecided);
    const [first] = expected;
    if (first === undefined) throw new Error("nothing is open");
    await db
      .update(findings)
      .set({ into: "dropped", reason: "対象外" })
      .where(and(eq(findings.cycle, cycle), eq(findings.id, first.id)));
    expect(await activities.collectFindings({ cycle, now: NOW })).toEqual(ids);
    expect((await findingsOf(db, cycle))[0]).toMatchObject({ ...first, into: "dropped", reason: "対象外" });
  });

  it("goes into next year's plan, which can be written, read and launched; what was dropped does not", async () => {
    const plan = await fy2014();
    const { cycle } = await year("2014-r8", plan);
    const { findings: ids } = await activities.collectFindings({ cycle, now: NOW });
    const [dropped, ...carried] = ids;
    if (dropped === undefined) throw new Error("nothing is open");
    await db.update(findings).set({ into: "next" }).where(eq(findings.cycle, cycle));
    await db
      .update(findings)
      .set({ into: "dropped", reason: "対象外" })
      .where(and(eq(findings.cycle, cycle), eq(findings.id, dropped)));
    const composed = await activities.composeNextPlan({ cycle, now: NOW });
    expect(await activities.composeNextPlan({ cycle, now: NOW })).toEqual(composed);
    const stored = await contentByHash(db, "plan", composed.plan);
    if (stored === undefined) throw new Error("no plan");
    expect(stored.body.carriedOver?.map(({ cause, origin }) => `${cause}:${origin}`)).toEqual(carried);
    const folder = await mkdtemp(join(tmpdir(), "nenrin-next-"));
    try {
      await writePlan({ plan: stored.body, folder });
      const next = await planOf(folder);
      expect(next).toEqual(stored.body);
      expect(next.year).toBe(plan.year + 1);
      expect(lintPlan(next).filter(({ level }) => level === "block")).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

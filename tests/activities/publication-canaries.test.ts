import { afterAll, beforeAll, expect, it } from "vitest";
import { reportActivities } from "../../activities/report.ts";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { sha256Of } from "../../db/chain.ts";
import { storeFile } from "../../db/files.ts";
import type { FileRef } from "../../domain/file.ts";
import { contentByHash } from "../../db/queries/content.ts";
import { publicationOf, publicationsOf } from "../../db/queries/publications.ts";
import { answers } from "../../db/schema/request.ts";
import { comments } from "../../db/schema/report.ts";
import { decisions } from "../../db/schema/cycle.ts";
import { cycleKey, organisationId, personId, type Sha256 } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import type { ReportRecord } from "../../domain/report-record.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { japaneseHolidays } from "../../plans/holidays.ts";
import {
  approver,
  store,
  storeEdit,
  storeEvaluation,
  storeItem,
  storeYear,
} from "../support/recorded-year.ts";
import { reportPlan } from "../support/report-plan.ts";
import { editor, settledRecord } from "../support/report-record.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { unzipped } from "../support/unzipped.ts";

/** What must not be read in any published file: each planted where a real year keeps such a thing. */
const canaries = {
  name: "カナリア氏名",
  mail: "canary.person@ministry.example",
  answer: "カナリア未確定の回答",
  superseded: "カナリア前の版の回答",
  evaluation: "カナリア差し戻された評価",
  comment: "カナリア意見の本文",
  disposition: "カナリア対応の理由",
  decision: "カナリア差戻しの理由",
  late: "カナリア決定後の加筆",
  embargoed: "カナリア公表前の回答",
  chapter: "カナリア公表前の章",
  unpublishedName: "カナリア公表前の添付",
  unpublished: "カナリア公表前の添付の中身",
  restricted: "カナリア機密性２の添付の中身",
};
/** 添付 of a chapter that may be read by everyone. */
const PUBLISHED = "公表してよい添付の中身";
const PLAIN = "公表してよい加筆";

const NOW = instant("2015-06-26T10:00:00+09:00");
const cycle = cycleKey("2014");
const nobody = personId("canary-person");

let database: ScratchDatabase;
let db: Db;
/** The document that every form is rendered from. */
let version: string;
let decided: Sha256;
let texts: ReadonlyMap<string, string>;
beforeAll(async () => {
  database = await startScratchDatabase();
  db = makeDb({ url: database.url, applicationName: "test" });
  texts = await published();
});
afterAll(async () => {
  await closeDb(db);
  await database.stop();
});

const plan: Plan = {
  ...reportPlan,
  people: [
    {
      id: nobody,
      name: canaries.name,
      title: "課長補佐",
      organisation: organisationId("meti"),
      email: canaries.mail,
      reachable: true,
      contact: ["window"],
      staff: [],
    },
  ],
};

/** A whole year with all that is nobody's outside, the decision on its report, and work that goes on after it. */
const published = async (): Promise<ReadonlyMap<string, string>> => {
  const record: ReportRecord = { ...settledRecord(plan), cycle };
  const [first, second, ...settled] = record.items;
  if (first === undefined || second === undefined) throw new Error("nothing was asked");
  await storeYear(db, { ...record, items: settled, chapters: [] });
  await plantEmbargoed(record, second);
  await plantChapters(record);
  await plantUnsettled(record, first);
  await plantConsultation();
  const { compileVersion, publishVersion } = reportActivities({
    db,
    clock: () => NOW,
    holidays: japaneseHolidays(),
    beat: () => {},
  });
  await storeEdit(db, record, { section: "overview", text: PLAIN, by: editor, againstSource: "" });
  const { hash } = (await compileVersion({ cycle, now: NOW })).content;
  decided = hash;
  version = JSON.stringify((await contentByHash(db, "version", hash))?.body);
  const held = { cycle, subject: "report", hash, meeting: "第２回会合", by: nobody, at: NOW } as const;
  const heldOn = plainDate("2015-06-25");
  await db.insert(decisions).values([
    { ...held, heldOn, outcome: "returned", reason: canaries.decision },
    { ...held, heldOn, outcome: "decided", reason: null },
  ]);
  await storeEdit(db, record, { section: "overview", text: canaries.late, by: editor, againstSource: "" });
  await publishVersion({ cycle, now: NOW, hash });
  const files = await publicationsOf(db, cycle);
  return new Map(await Promise.all(files.map(async ({ name }) => [name, await readable(name)] as const)));
};

const plantUnsettled = async (
  record: ReportRecord,
  { datum, organisation }: ReportRecord["items"][number],
): Promise<void> => {
  const body = (text: string) => ({ number: 4649, unit: "件", text });
  const content = await store(db, "answer", body(canaries.answer));
  const item = `${cycle}-data-${organisation}/${datum}`;
  const answer = { item, says: "value", content, why: null } as const;
  const state = { is: "submitted", until: NOW, answer, returns: 0 } as const;
  await storeItem(db, record, { kind: "data", organisation, datum, state });
  const before = await store(db, "answer", body(canaries.superseded));
  const row = {
    says: "value",
    why: null,
    content: before.id,
    hash: before.hash,
    by: nobody,
    at: NOW,
  } as const;
  await db.insert(answers).values({ ...row, item, version: 1 });
  const [judged] = record.plan.measures;
  if (judged === undefined) throw new Error("no measure");
  await storeEvaluation(db, record, {
    kind: "output",
    key: judged.key,
    is: "returned",
    body: { rating: "a", text: canaries.evaluation },
    by: approver,
    at: NOW,
  });
};

/** Accepted, settled, and not out yet. */
const plantEmbargoed = async (
  record: ReportRecord,
  { datum, organisation }: ReportRecord["items"][number],
): Promise<void> => {
  const labels = { confidentiality: 2, embargoed: true } as const;
  const content = await store(db, "answer", { number: 4649, unit: "件", text: canaries.embargoed, labels });
  const item = `${cycle}-data-${organisation}/${datum}`;
  const answer = { item, says: "value", content, why: null, embargoed: true } as const;
  await storeItem(db, record, { kind: "data", organisation, datum, state: { is: "value", answer } });
};

const attached = (item: string, name: string, text: string, confidentiality: 1 | 2): Promise<FileRef> =>
  storeFile(
    { db, objects: null },
    {
      request: item.slice(0, item.indexOf("/")),
      item,
      name,
      labels: { confidentiality },
      bytes: new Blob([text]),
      hash: sha256Of(text),
      storedBy: nobody,
      storedAt: NOW,
    },
  );

const plantChapters = async (record: ReportRecord): Promise<void> => {
  const [open, closed] = record.plan.chapters;
  if (open === undefined || closed === undefined) throw new Error("no chapters");
  const item = (key: string, owner: string) => `${cycle}-chapter-${owner}/${key}`;
  const of = item(open.key, open.owner);
  const files = [
    await attached(of, "点検結果.txt", PUBLISHED, 1),
    await attached(of, "内訳.txt", canaries.restricted, 2),
  ];
  const arrived = await store(db, "answer", { number: null, unit: null, text: "点検の結果。", files });
  const other = item(closed.key, closed.owner);
  const hidden = await store(db, "answer", {
    number: null,
    unit: null,
    text: canaries.chapter,
    labels: { confidentiality: 1, embargoed: true },
    files: [await attached(other, `${canaries.unpublishedName}.txt`, canaries.unpublished, 1)],
  });
  for (const [chapter, content, embargo] of [
    [open, arrived, {}],
    [closed, hidden, { embargoed: true }],
  ] as const) {
    const answer = {
      item: item(chapter.key, chapter.owner),
      says: "value",
      content,
      why: null,
      ...embargo,
    } as const;
    await storeItem(db, record, {
      kind: "chapter",
      organisation: chapter.owner,
      datum: chapter.key,
      state: { is: "value", answer },
    });
  }
};

const plantConsultation = async (): Promise<void> => {
  const opinion = { section: null, text: canaries.comment, proposal: canaries.comment };
  const { id } = await store(db, "comment", { opinions: [opinion] });
  await db.insert(comments).values({
    id: `${id}/1`,
    content: id,
    cycle,
    round: 1,
    request: `${cycle}-consultation-meti`,
    organisation: organisationId("meti"),
    at: NOW,
    disposition: "not-reflected",
    reason: canaries.disposition,
    disposedBy: nobody,
  });
};

/** All that is in a file: of a zip, its parts. A PDF's text is compressed: its version is searched instead. */
const readable = async (name: string): Promise<string> => {
  const bytes = (await publicationOf(db, { cycle, name }))?.bytes ?? new Uint8Array();
  return /\.(docx|xlsx)$/.test(name)
    ? unzipped(bytes)
        .map(({ text }) => text)
        .join("\n")
    : new TextDecoder().decode(bytes);
};

const namesWith = (planted: string): readonly string[] =>
  [...texts].filter(([, text]) => text.includes(planted)).map(([name]) => name);

it.each(Object.entries(canaries))("nothing published holds the planted %s", (_, canary) => {
  expect(version).not.toContain(canary);
  expect(namesWith(canary)).toEqual([]);
});

it("nor any person's id, while it holds what was decided", () => {
  for (const person of [nobody, editor, approver]) expect(namesWith(person)).toEqual([]);
  for (const name of ["report.html", "report.docx"]) expect(texts.get(name)).toContain(PLAIN);
  expect([...texts.keys()]).toEqual([
    "SHA256SUMS",
    "chapter-1-1.txt",
    "data.csv",
    "data.json",
    "data.xlsx",
    "index.html",
    "report.docx",
    "report.html",
    "report.pdf",
  ]);
});

it("holds a chapter's file that may be read by everyone, and of the others says that they are kept", () => {
  expect(texts.get("chapter-1-1.txt")).toBe(PUBLISHED);
  expect(texts.get("SHA256SUMS")).toContain(`${sha256Of(PUBLISHED)}  chapter-1-1.txt`);
  expect(texts.get("index.html")).toContain('href="chapter-1-1.txt"');
  const report = texts.get("report.html");
  expect(report).toContain(`添付「点検結果.txt」（第1版、SHA-256：${sha256Of(PUBLISHED)}）`);
  const kept = "は、公表せず、事務局が保管する。";
  expect(report).toContain(`添付「内訳.txt」（SHA-256：${sha256Of(canaries.restricted)}）${kept}`);
  expect(report).toContain(`添付されたファイル（SHA-256：${sha256Of(canaries.unpublished)}）${kept}`);
});

it("counts nothing of an answer that is not out yet, and its sums are right", async () => {
  const planned = plan.data.flatMap(({ owners }) => owners).length;
  expect(texts.get("report.html")).toContain(`延べ${planned - 1}件の項目を照会した`);
  const held = settledRecord(plan).items[1];
  const parsed = (await contentByHash(db, "version", decided))?.body;
  expect(
    parsed?.data.rows.filter(
      ({ datum, organisation }) => datum === held?.datum && organisation === held.organisation,
    ),
  ).toEqual([]);
});

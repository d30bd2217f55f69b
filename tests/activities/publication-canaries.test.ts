import { afterAll, beforeAll, expect, it } from "vitest";
import { reportActivities } from "../../activities/report.ts";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { contentByHash } from "../../db/queries/content.ts";
import { publicationOf, publicationsOf } from "../../db/queries/publications.ts";
import { answers } from "../../db/schema/request.ts";
import { comments } from "../../db/schema/report.ts";
import { decisions } from "../../db/schema/cycle.ts";
import { cycleKey, organisationId, personId } from "../../domain/ids.ts";
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
};
const PLAIN = "公表してよい加筆";

const NOW = instant("2015-06-26T10:00:00+09:00");
const cycle = cycleKey("2014");
const nobody = personId("canary-person");

let database: ScratchDatabase;
let db: Db;
/** The document that every form is rendered from. */
let version: string;
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
  const [first, ...settled] = record.items;
  if (first === undefined) throw new Error("nothing was asked");
  await storeYear(db, { ...record, items: settled });
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
    "data.csv",
    "data.json",
    "data.xlsx",
    "index.html",
    "report.docx",
    "report.html",
    "report.pdf",
  ]);
});

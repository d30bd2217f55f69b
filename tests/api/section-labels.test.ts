import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { compileActivities } from "../../activities/compile.ts";
import { decisions } from "../../db/schema/cycle.ts";
import { publications, versions } from "../../db/schema/report.ts";
import { sha256Of } from "../../db/chain.ts";
import type { Db } from "../../db/client.ts";
import { cycleKey, type Sha256 } from "../../domain/ids.ts";
import type { AnswerLabels } from "../../domain/labels.ts";
import type { ReportRecord } from "../../domain/report-record.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { approver, store, storeItem, storeYear } from "../support/recorded-year.ts";
import { reportPlan } from "../support/report-plan.ts";
import { settledRecord } from "../support/report-record.ts";
import { asPreparer, resetScreens, startScreens, type ScreensService } from "../support/screens-service.ts";

/** 印 on the draft of the report: what whoever has it before him must know of how to handle it. */

const AT = instant("2015-05-20T10:00:00+09:00");
const cycle = cycleKey("2014-r1");
const record: ReportRecord = { ...settledRecord(reportPlan), cycle, rehearsal: true };
/** Answers to three different measures, by their place in the record, and how they are to be kept. */
const labelled: ReadonlyMap<number, readonly [string, AnswerLabels]> = new Map([
  [record.items.length - 1, ["関係者限りの回答", { confidentiality: 2, handling: ["concerned-only"] }]],
  [0, ["公表してよい回答", { confidentiality: 1 }]],
  [4, ["公表前の回答", { confidentiality: 2, handling: ["encrypted"], embargoed: true }]],
]);

let hash: Sha256;
let service: ScreensService;

/** A year in which those answers were given in the place of others, and the version compiled from all. */
const storeLabelled = async (db: Db): Promise<void> => {
  await storeYear(db, { ...record, items: record.items.filter((_, n) => !labelled.has(n)) });
  for (const [n, { datum, organisation }] of record.items.entries()) {
    const [text, labels] = labelled.get(n) ?? [];
    if (text === undefined || labels === undefined) continue;
    const content = await store(db, "answer", { number: null, unit: null, text, labels });
    const item = `${cycle}-data-${organisation}/${datum}`;
    const embargo = labels.embargoed === true ? { embargoed: true as const } : {};
    const answer = { item, says: "value", content, why: null, ...embargo } as const;
    await storeItem(db, record, { kind: "data", organisation, datum, state: { is: "value", answer } });
  }
  const { compileVersion } = compileActivities({ db, clock: () => AT, beat: () => {} });
  const { content } = await compileVersion({ cycle, now: AT });
  hash = content.hash;
  await db.insert(versions).values({ cycle, number: 1, content: content.id, hash, by: approver, at: AT });
};

beforeAll(async () => {
  service = await startScreens(undefined, storeLabelled);
});
afterAll(() => service.stop());
beforeEach(() => {
  resetScreens(service);
  service.settings.reader = asPreparer;
});

const pageAt = async (query: string): Promise<string> => {
  const reply = await service.app.inject({ url: `/cycles/${cycle}/report/versions/${hash}${query}` });
  expect(reply.statusCode).toBe(200);
  return reply.body;
};
/** Every page that the contents lead to, in their order. */
const read = async (): Promise<string> => {
  const parts = (await pageAt("")).matchAll(/href="(\?part=[^"#]+)/g);
  const pages: string[] = [];
  for (const [, query = ""] of parts) pages.push(await pageAt(query));
  return pages.join("");
};
/** 印 of the innermost section that holds the text. */
const sealOver = (page: string, text: string): string | undefined => {
  const before = page.slice(0, page.indexOf(text));
  const section = before.slice(before.lastIndexOf("<section"));
  return /<p class="seal"><span class="tag">([^<]+)</.exec(section)?.[1];
};

it("shows over each section the highest label of the answers in it, and of its parts", async () => {
  const page = await read();
  expect(sealOver(page, "関係者限りの回答")).toBe("機密性２情報　関係者限り");
  expect(sealOver(page, "公表してよい回答")).toMatch(/^機密性[１２]情報$/);
  const chapter = page.slice(0, page.indexOf("関係者限りの回答"));
  expect(chapter.match(/class="tag">機密性２情報　関係者限り</g)?.length).toBeGreaterThan(1);
});

it("says nothing of an answer that is not out yet, since it is not in the draft", async () => {
  const page = await read();
  expect(page).not.toContain("公表前の回答");
  expect(page).not.toContain("暗号化必須");
});

it("shows none on what was published, which everybody may read", async () => {
  const held = { cycle, subject: "report", hash, meeting: "第２回会合", by: approver, at: AT } as const;
  await service.db
    .insert(decisions)
    .values({ ...held, heldOn: plainDate("2015-06-25"), outcome: "decided", reason: null });
  expect(await read()).toContain('class="seal"');
  const bytes = new Uint8Array([1]);
  const file = { cycle, version: hash, publishedAt: AT, bytes, hash: sha256Of(bytes) };
  await service.db.insert(publications).values({ ...file, name: "report.html", mediaType: "text/html" });
  expect(await read()).not.toContain('class="seal"');
});

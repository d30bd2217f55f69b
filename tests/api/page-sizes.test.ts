import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collecting, storeCollectingYear } from "../../bench/collecting-year.ts";
import { compileActivities } from "../../activities/compile.ts";
import { storeSettledYear } from "../../bench/settled-year.ts";
import type { Db } from "../../db/client.ts";
import { storeContent } from "../../db/content.ts";
import { contentByHash } from "../../db/queries/content.ts";
import { versionsOf } from "../../db/queries/versions.ts";
import { cycles } from "../../db/schema/cycle.ts";
import { evaluations } from "../../db/schema/evaluation.ts";
import { versions } from "../../db/schema/report.ts";
import { sectionsOf } from "../../domain/document.ts";
import { cycleKey, sha256 } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { instant } from "../../domain/time.ts";
import { actor, asMeti, asPreparer, startScreens, type ScreensService } from "../support/screens-service.ts";

/** The HTML of every screen of a year at its real size. */

/** The same plan in a year that has come to its report, compiled twice with one judgement changed between. */
const settled = cycleKey("2014-r2");
const settledAt = instant("2015-06-25T10:00:00+09:00");
const preparer = asPreparer.person;
const storeReport = async (db: Db, plan: Plan): Promise<void> => {
  await storeSettledYear(db, { cycle: settled, plan, at: settledAt });
  await db.update(cycles).set({ stage: "drafting" }).where(eq(cycles.key, settled));
  const { compileVersion } = compileActivities({ db, clock: () => settledAt, beat: () => {} });
  const compiled = () => compileVersion({ cycle: settled, now: settledAt });
  const first = (await compiled()).content;
  const of = { cycle: settled, by: preparer, at: settledAt };
  for (const { key } of plan.measures) {
    const body = {
      rating: plan.scales.output[1]?.key ?? "",
      text: `${"改めて評価した。".repeat(12)}（${key}）`,
    };
    const stored = { kind: "evaluation" as const, body, storedBy: preparer, storedAt: settledAt };
    const { id: content, hash } = await storeContent(db, stored);
    await db.insert(evaluations).values({ ...of, kind: "output", key, is: "approved", content, hash });
  }
  const second = (await compiled()).content;
  await db
    .insert(versions)
    .values([first, second].map(({ id, hash }, n) => ({ ...of, number: n + 1, content: id, hash })));
};

let service: ScreensService;
beforeAll(async () => {
  service = await startScreens(
    (plan) => plan,
    async (db, plan) => {
      await storeCollectingYear(db, plan);
      await storeReport(db, plan);
    },
  );
});
afterAll(() => service.stop());

const LIMIT_BYTES = 100 * 1024;
const year = `/cycles/${collecting}`;
const asAuditor = actor("nisc-auditor", "auditor", "nisc");
const asApprover = actor("nisc-counsellor", "approver", "nisc");

const bytesOf = async (url: string): Promise<number> => {
  const { statusCode, rawPayload } = await service.app.inject({ url });
  expect(statusCode).toBe(200);
  return rawPayload.length;
};
const ofYear = [
  "board",
  "schedule",
  "policy",
  "opening",
  "surveys",
  "evaluations",
  "report",
  "comments",
  "findings",
  "mails",
  "reviews",
  "next-plan",
  "plan",
  "plan/catalogue",
  "plan/contacts",
  "plan/calendar",
];

describe("a screen of FY2014 at its real size", () => {
  it.each(ofYear)("stays below 100 KB: %s", async (below) => {
    for (const reader of [asPreparer, asApprover]) {
      service.settings.reader = reader;
      expect(await bytesOf(`${year}/${below}`)).toBeLessThan(LIMIT_BYTES);
    }
  });

  it.each([
    ["/", asPreparer],
    ["/", asMeti],
    [`${year}/audit`, asAuditor],
  ] as const)("stays below 100 KB: %s", async (url, reader) => {
    service.settings.reader = reader;
    expect(await bytesOf(url)).toBeLessThan(LIMIT_BYTES);
  });
});

/** Every page that the page of that address leads to, by its own links of that kind. */
const reachedFrom = async (url: string, kind: RegExp): Promise<ReadonlyMap<string, string>> => {
  const pages = new Map<string, string>();
  const [path = ""] = url.split("?");
  const open = [url];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (pages.has(next)) continue;
    const { statusCode, body } = await service.app.inject({ url: next });
    expect(statusCode).toBe(200);
    pages.set(next, body);
    for (const [, raw = ""] of body.matchAll(/href="([^"]+)"/g)) {
      const href = raw.replaceAll("&amp;", "&").replace(/#.*$/, "");
      if (kind.test(href)) open.push(href.startsWith("?") ? `${path}${href}` : href);
    }
  }
  return pages;
};

describe("what is too much for one page", () => {
  const bytes = (pages: ReadonlyMap<string, string>): readonly number[] =>
    [...pages.values()].map((body) => Buffer.byteLength(body));
  const hashes = async (): Promise<readonly string[]> =>
    (await versionsOf(service.db, settled)).map(({ hash }) => hash);

  it("is the report: a page for each part, which lacks none of it", async () => {
    service.settings.reader = asPreparer;
    const [, hash = ""] = await hashes();
    const pages = await reachedFrom(`/cycles/${settled}/report/versions/${hash}`, /^\?part=/);
    expect(Math.max(...bytes(pages))).toBeLessThan(LIMIT_BYTES);
    const version = await contentByHash(service.db, "version", sha256(hash));
    const all = [...pages.values()].join("");
    for (const { key } of sectionsOf(version?.body.chapters ?? []))
      expect(all).toContain(`id="section-${key}"`);
    const rows = version?.body.chapters.find(({ key }) => key === "annex-measures")?.blocks;
    const measures = rows?.flatMap((block) => (block.is === "table" ? block.rows : [])) ?? [];
    expect(measures.length).toBeGreaterThan(100);
    for (const [head] of measures) expect(all).toContain(head?.text);
  });

  it("finds the page of a section by the section's own key", async () => {
    service.settings.reader = asPreparer;
    const [, hash = ""] = await hashes();
    const measure = encodeURIComponent("measure-1-1-1-ア");
    const url = `/cycles/${settled}/report/versions/${hash}?part=${measure}`;
    expect((await service.app.inject({ url })).body).toContain('id="section-measure-1-1-1-ア"');
    expect((await service.app.inject({ url: `${url}2` })).statusCode).toBe(404);
  });

  it("is what two versions differ in", async () => {
    service.settings.reader = asApprover;
    const [first = "", second = ""] = await hashes();
    const report = `/cycles/${settled}/report`;
    for (const url of [
      `${report}/diff?from=${first}&to=${second}`,
      `${report}/versions/${second}?against=${first}`,
    ]) {
      const pages = await reachedFrom(url, /[?&]page=/);
      expect(Math.max(...bytes(pages))).toBeLessThan(LIMIT_BYTES);
      expect(pages.size).toBeGreaterThan(2);
      expect([...pages.values()].join("")).toContain("（4-0-0-ア）");
    }
  });

  it("is the list of settled answers, which is searched", async () => {
    service.settings.reader = asPreparer;
    const url = `/cycles/${settled}/corrections`;
    const pages = await reachedFrom(url, /corrections\?page=/);
    expect(Math.max(...bytes(pages))).toBeLessThan(LIMIT_BYTES);
    const items = (body: string) => [...body.matchAll(/corrections\?item=([^"]+)"/g)].map(([, item]) => item);
    const all = new Set([...pages.values()].flatMap(items));
    const rows = await service.db.execute(
      sql`select id from items where request like ${`${settled}-data-%`}`,
    );
    expect(all.size).toBe(rows.length);
    const ofMeti = await service.app.inject({
      url: `${url}?organisation=meti&words=${encodeURIComponent("会合")}`,
    });
    expect(ofMeti.body).toMatch(/name="words"[^>]*value="会合"/);
    expect(items(ofMeti.body)).toHaveLength(25);
    expect(items(ofMeti.body).every((item) => decodeURIComponent(item ?? "").includes("-data-meti/"))).toBe(
      true,
    );
    expect((await service.app.inject({ url: `${url}?words=none-of-that` })).body).toContain(
      "該当する照会項目はありません。",
    );
  });
});

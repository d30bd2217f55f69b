import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ITEMS_A_PAGE } from "../../api/item-pages.ts";
import { storeContent } from "../../db/content.ts";
import { analyses, evaluations } from "../../db/schema/evaluation.ts";
import { comments } from "../../db/schema/report.ts";
import { answers, items, requests } from "../../db/schema/request.ts";
import { domainsOf } from "../../domain/catalogue.ts";
import { organisationId, personId } from "../../domain/ids.ts";
import { instant } from "../../domain/time.ts";
import { startChromium } from "../support/chromium.ts";
import { hostileTexts } from "../support/hostile-texts.ts";
import { fy2014 } from "../support/scene.ts";
import { now, rehearsal } from "../support/screens-year.ts";
import {
  actor,
  asPreparer,
  resetScreens,
  startScreens,
  type ScreensService,
} from "../support/screens-service.ts";

/** What people write is shown, never run: also without the policy that would stop it in the browser. */

const organisation = organisationId("npa");
const by = personId("npa-officer");
const id = `${rehearsal}-data-npa`;
const asNpa = actor("npa-officer", "contact", "npa");
const until = instant("2015-05-01T17:00:00+09:00");
const stored = { storedBy: by, storedAt: now };

let service: ScreensService;
let browser: Browser;

/** Every text as an answer, as what is asked, as a reason; as opinions and as judgements. */
const storeHostileYear = async ({ db }: ScreensService): Promise<void> => {
  const terms = { sentAt: now, dueAt: until, closeAt: until };
  await db
    .insert(requests)
    .values({ id, cycle: rehearsal, kind: "data", organisation, is: "open", round: 0, ...terms });
  for (const [n, text] of hostileTexts.entries()) {
    const item = `${id}/d${n}`;
    const content = await storeContent(db, {
      kind: "answer",
      body: { number: 1, unit: text, text },
      ...stored,
    });
    const answer = { item, says: "value" as const, content, why: null };
    const state = { is: "returned" as const, until, answer, reason: text, returns: 1 };
    await db.insert(items).values({
      id: item,
      request: id,
      datum: `d${n}`,
      text,
      indicators: [],
      is: "returned",
      state,
      dueAt: until,
    });
    const version = { version: 1, says: "value" as const, content: content.id, hash: content.hash };
    await db.insert(answers).values({ item, ...version, by, at: now });
  }
  const opinions = hostileTexts.map((text) => ({ section: text, text, proposal: text }));
  const comment = await storeContent(db, { kind: "comment", body: { opinions }, ...stored });
  await db.insert(comments).values(
    hostileTexts.map((text, n) => ({
      id: `${comment.id}/${n + 1}`,
      content: comment.id,
      cycle: rehearsal,
      round: 1,
      request: id,
      organisation,
      at: now,
      disposition: "reflected" as const,
      reason: text,
      disposedBy: by,
    })),
  );
  const plan = await fy2014();
  for (const [n, { key }] of domainsOf(plan).entries()) {
    const text = hostileTexts.filter((_, place) => place % 14 === n % 14).join("\n");
    const content = await storeContent(db, { kind: "evaluation", body: { rating: "met", text }, ...stored });
    const judged = { cycle: rehearsal, kind: "outcome" as const, key, is: "returned" as const };
    await db
      .insert(evaluations)
      .values({ ...judged, content: content.id, hash: content.hash, by, reason: text, at: now });
    await db
      .insert(analyses)
      .values({ cycle: rehearsal, domain: key, needed: false, reason: text, by, at: now });
  }
};

beforeAll(async () => {
  service = await startScreens();
  await storeHostileYear(service);
  await service.app.listen({ host: "127.0.0.1", port: Number(new URL(service.web).port) });
  browser = await startChromium();
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});
beforeEach(() => {
  resetScreens(service);
  service.settings.reader = asPreparer;
});

const unguarded = async (): Promise<{ readonly page: Page; readonly dialogs: string[] }> => {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  return { page, dialogs };
};
/** Nothing has run, and nothing is there that could. */
const nothingRan = async (page: Page): Promise<void> => {
  await page.waitForLoadState("networkidle");
  expect(await page.evaluate("window.hit ?? 0")).toBe(0);
  const strange = page.locator(
    "main :is(script:not([src='/assets/autosave.js']), style, img, iframe, object, video, audio, math, [onerror], [onload], [onfocus], [ontoggle], [href^='javascript' i], [action^='javascript' i])",
  );
  expect(await strange.count()).toBe(0);
};

it("are more than two hundred", () => {
  expect(new Set(hostileTexts).size).toBeGreaterThanOrEqual(200);
});

it("would run, were they markup", async () => {
  const { page } = await unguarded();
  await page.setContent(hostileTexts.slice(24, 36).join(""));
  await expect.poll(() => page.evaluate("window.hit ?? 0")).toBeGreaterThan(0);
});

describe("what people wrote", () => {
  it.each([
    ["opinions and what was done", `/cycles/${rehearsal}/comments`, asPreparer],
    ["a judgement and its analysis", `/cycles/${rehearsal}/evaluations/outcome/1-1`, asPreparer],
  ] as const)("is never run: %s", async (_, path, reader) => {
    service.settings.reader = reader;
    const { page, dialogs } = await unguarded();
    await page.goto(`${service.web}${path}`);
    await nothingRan(page);
    expect(await page.textContent("main")).toContain("window.hit=(window.hit??0)+1");
    expect(dialogs).toEqual([]);
  });

  it.each([
    ["who reviews", asPreparer],
    ["who gave them", asNpa],
  ] as const)("is never run: answers, to %s, on every page of them", async (_, reader) => {
    service.settings.reader = reader;
    const { page, dialogs } = await unguarded();
    const shown: string[] = [];
    for (let n = 1; n <= Math.ceil(hostileTexts.length / ITEMS_A_PAGE); n += 1) {
      await page.goto(`${service.web}/requests/${id}?page=${n}`);
      await nothingRan(page);
      shown.push((await page.textContent("main")) ?? "");
    }
    // All of them were there to run: each item asks and answers with its text.
    const said = shown.join("\n").split("window.hit=(window.hit??0)+1").length - 1;
    const written = hostileTexts.join("\n").split("window.hit=(window.hit??0)+1").length - 1;
    expect(said).toBeGreaterThanOrEqual(written);
    expect(dialogs).toEqual([]);
  });

  it("is never run where a refused form shows it again, or a search", async () => {
    service.settings.reader = asNpa;
    const { page, dialogs } = await unguarded();
    const all = hostileTexts.join("\n");
    await page.goto(`${service.web}/requests/${id}`);
    await page.locator('input[name="dueOn"]').fill("");
    await page.locator('form[action$="/extension"] textarea').fill(all);
    await page.locator('form[action$="/extension"] button').click();
    expect(await page.textContent(".summary")).toContain("希望する期限を記入してください。");
    await nothingRan(page);
    expect(await page.locator('form[action$="/extension"] textarea').inputValue()).toBe(all);
    service.settings.reader = actor("nisc-auditor", "auditor", "nisc");
    for (const text of hostileTexts.filter((_, n) => n % 20 === 0)) {
      await page.goto(
        `${service.web}/cycles/${rehearsal}/audit?person=${encodeURIComponent(text.slice(0, 200))}`,
      );
      await nothingRan(page);
    }
    expect(dialogs).toEqual([]);
  });
});

import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { opened, startChromium, violationsOn } from "../support/chromium.ts";
import { asPreparer, resetScreens, startScreens, type ScreensService } from "../support/screens-service.ts";

let service: ScreensService;
let browser: Browser;
beforeAll(async () => {
  service = await startScreens();
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

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const open = (path: string, options?: Parameters<typeof opened>[2]): Promise<Page> =>
  opened(browser, `${service.web}${path}`, options);

const screens = [
  "/",
  "/cycles/2014-r1/board",
  "/cycles/2014-r1/schedule",
  "/cycles/2014-r1/plan",
  "/cycles/2014-r1/plan/catalogue",
  "/cycles/2014-r1/plan/contacts",
  "/cycles/2014-r1/plan/calendar",
  "/requests/2014-r1-data-meti",
  "/surveys/2014-r1-survey-mic-1",
  "/?cycle=2013",
];

describe.each(screens)("the screen %s", (path) => {
  it.each([1280, 320])("has nothing against WCAG 2.2 AA, %i px wide", async (width) => {
    const page = await open(path, { viewport: { width, height: 900 } });
    expect(await violationsOn(page)).toEqual([]);
  });

  it("needs no scrolling sideways at 320 px", async () => {
    const page = await open(path, { viewport: { width: 320, height: 900 } });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
  });

  it("loads everything it asks for, from here alone", async () => {
    const page = await open("/assets/mark.svg");
    const asked: { readonly from: string; readonly status: number }[] = [];
    const complaints: string[] = [];
    page.on("response", (response) => {
      asked.push({ from: new URL(response.url()).origin, status: response.status() });
    });
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(`${service.web}${path}`, { waitUntil: "networkidle" });
    expect(new Set(asked.map(({ from }) => from))).toEqual(new Set([service.web]));
    expect(asked.slice(1).filter(({ status }) => status >= 400)).toEqual([]);
    expect(complaints.filter((text) => /Content Security Policy|Refused/.test(text))).toEqual([]);
    expect(await page.evaluate("document.fonts.check('16px \"Noto Sans JP Variable\"', '年輪')")).toBe(true);
  });

  it("stays readable in forced colours", async () => {
    const page = await open(path, { forcedColors: "active" });
    expect(await violationsOn(page)).toEqual([]);
  });
});

describe("without a mouse", () => {
  it("reaches everything one can use, in the order of reading, and sees where one is", async () => {
    const page = await open("/");
    const reached: string[] = [];
    const usable = await page.locator("a[href], button").count();
    for (let n = 0; n < usable; n += 1) {
      await page.keyboard.press("Tab");
      const focused = page.locator(":focus");
      reached.push((await focused.textContent()) ?? "");
      expect(await focused.evaluate((one) => getComputedStyle(one).outlineStyle)).toBe("solid");
    }
    expect(reached.slice(0, 2).map((text) => text.trim())).toEqual(["本文へ移動", "年輪 Nenrin"]);
    expect(reached).toEqual(await page.locator("a[href], button").allTextContents());
  });

  it("skips to what the screen is about", async () => {
    const page = await open("/");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.locator("main :focus").count()).toBe(1);
  });

  it("takes a step with the Enter key", async () => {
    const page = await open("/");
    await page.getByRole("button", { name: "次へ" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/cycle=2014-r1/);
    expect(service.steps).toHaveLength(1);
  });
});

describe("without JavaScript", () => {
  it("takes a step and comes back to the year", async () => {
    const page = await open("/", { javaScriptEnabled: false });
    await page.getByRole("button", { name: "次へ" }).click();
    await page.waitForURL(/cycle=2014-r1/);
    expect(service.steps).toHaveLength(1);
  });
});

describe("what is heard", () => {
  it("has one first heading and none left out below it", async () => {
    const page = await open("/");
    const levels = await page
      .locator("h1, h2, h3, h4")
      .evaluateAll((all) => all.map(({ tagName }) => Number(tagName.slice(1))));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, n) => level <= (levels[n - 1] ?? 0) + 1)).toBe(true);
  });

  it.each([1280, 320])("is a table also where it looks like cards, %i px wide", async (width) => {
    const page = await open("/", { viewport: { width, height: 900 } });
    const table = page.getByRole("table", { name: /照会の一覧/ });
    expect(await table.getByRole("row").count()).toBe(3);
    expect(await table.getByRole("rowheader").allTextContents()).toEqual(["経済産業省", "総務省"]);
  });

  it("says of every step of the year how it stands, in words", async () => {
    const page = await open("/");
    const states = await page.locator(".step-state").allTextContents();
    expect(states).toHaveLength(11);
    expect(states.slice(0, 4)).toEqual(["済", "済", "現在", "実施中"]);
  });
});

describe("on paper", () => {
  it("shows the record and leaves out what one presses", async () => {
    const page = await open("/");
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("button", { name: "次へ" }).isVisible()).toBe(false);
    expect(await page.getByRole("table").isVisible()).toBe(true);
  });
});

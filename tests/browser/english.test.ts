import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { opened, startChromium, violationsOn } from "../support/chromium.ts";
import {
  asMeti,
  asPreparer,
  resetScreens,
  startScreens,
  type ScreensService,
} from "../support/screens-service.ts";
import { rehearsal } from "../support/screens-year.ts";

/** The screens in English, in a browser. */

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

const inEnglish = async (path: string, options?: Parameters<typeof opened>[2]): Promise<Page> => {
  const page = await opened(browser, `${service.web}/`, { javaScriptEnabled: true, ...options });
  await page.getByRole("link", { name: "English" }).click();
  await page.goto(`${service.web}${path}`);
  return page;
};

const screens = [
  ["/", asPreparer],
  [`/cycles/${rehearsal}/board`, asPreparer],
  [`/cycles/${rehearsal}/schedule`, asPreparer],
  [`/cycles/${rehearsal}/plan/catalogue`, asPreparer],
  [`/surveys/${rehearsal}-survey-mic-1`, asPreparer],
  [`/requests/${rehearsal}-data-meti`, asMeti],
] as const;

describe.each(screens)("the screen %s in English", (path, reader) => {
  it.each([1280, 320])(
    "has nothing against WCAG 2.2 AA and needs no scrolling sideways, %i px wide",
    async (width) => {
      service.settings.reader = reader;
      const page = await inEnglish(path, { viewport: { width, height: 900 } });
      expect(await page.locator("html").getAttribute("lang")).toBe("en");
      expect(await violationsOn(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    },
  );
});

it("is chosen and left again by a link, without JavaScript, on the page where one is", async () => {
  const board = `${service.web}/cycles/${rehearsal}/board?sort=organisation`;
  const page = await opened(browser, board, { javaScriptEnabled: false });
  await page.getByRole("link", { name: "English" }).click();
  expect(page.url()).toBe(board);
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Board");
  await page.getByRole("link", { name: "日本語" }).click();
  expect(page.url()).toBe(board);
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("提出状況");
});

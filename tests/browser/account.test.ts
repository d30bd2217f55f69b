import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startChromium, violationsOn } from "../support/chromium.ts";
import { actor, startScreens, type ScreensService } from "../support/screens-service.ts";

/** Where people see to their sessions and tokens, and admins to posts: without JavaScript, wide and narrow. */

let service: ScreensService;
let browser: Browser;
beforeAll(async () => {
  service = await startScreens();
  await service.app.listen({ host: "127.0.0.1", port: Number(new URL(service.web).port) });
  browser = await startChromium();
  service.settings.reader = actor("nisc-admin-1", "admin", "nisc");
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

describe.each(["/account", "/people"])("the screen %s", (path) => {
  it.each([1280, 320])(
    "has nothing against WCAG 2.2 AA and fits, %i px wide",
    async (width) => {
      const context = await browser.newContext({ viewport: { width, height: 800 } });
      const page = await context.newPage();
      await page.goto(`${service.web}${path}`);
      for (const closed of await page.locator("details:not([open]) > summary").all()) await closed.click();
      expect(await violationsOn(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      await context.close();
    },
    60_000,
  );
});

it("shows the secret of a new token once, without JavaScript", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${service.web}/account`);
  await page.locator("summary").click();
  await page.getByLabel("用途").fill("計画の登録");
  await page.getByRole("checkbox", { name: "計画の登録" }).check();
  await page.getByRole("button", { name: "発行する" }).click();
  expect(await page.locator("code.secret").textContent()).toMatch(/^[\w-]{43}$/);
  await page.goto(`${service.web}/account`);
  expect(await page.locator("code.secret").count()).toBe(0);
  expect(await page.getByRole("rowheader", { name: "計画の登録" }).count()).toBe(1);
  await context.close();
}, 60_000);

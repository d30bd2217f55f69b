import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mailOf } from "../../db/queries/mail.ts";
import type { Sha256 } from "../../domain/ids.ts";
import { opened, startChromium, violationsOn } from "../support/chromium.ts";
import { givenMail } from "../support/given-mails.ts";
import { asPreparer, resetScreens, startScreens, type ScreensService } from "../support/screens-service.ts";

let service: ScreensService;
let browser: Browser;
let occurrence = 0;
let key: Sha256;
beforeAll(async () => {
  service = await startScreens();
  await service.app.listen({ host: "127.0.0.1", port: Number(new URL(service.web).port) });
  browser = await startChromium();
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});
beforeEach(async () => {
  resetScreens(service);
  service.settings.reader = asPreparer;
  occurrence += 1;
  key = await givenMail(service.db, {
    state: "uncertain",
    occurrence: String(occurrence),
    reply: "Connection closed unexpectedly",
  });
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const open = (path: string, options?: Parameters<typeof opened>[2]): Promise<Page> =>
  opened(browser, `${service.web}${path}`, options);

describe.each(["the mail", "the list", "the home screen"] as const)("%s", (screen) => {
  const path = (): string =>
    ({ "the mail": `/mails/${key}`, "the list": "/cycles/2014-r1/mails", "the home screen": "/" })[screen];

  it.each([1280, 320])("has nothing against WCAG 2.2 AA, and fits, %i px wide", async (width) => {
    const page = await open(path(), { viewport: { width, height: 900 } });
    expect(await violationsOn(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
  });
});

describe("what became of a mail", () => {
  it("is found from the home screen and recorded without JavaScript", async () => {
    const page = await open("/", { javaScriptEnabled: false });
    await page
      .getByRole("link", { name: /【訓練】【照会】/ })
      .first()
      .click();
    await page.getByRole("radio", { name: /届いていない/ }).check();
    await page.getByRole("textbox", { name: /確かめた方法と相手/ }).fill("電話で確認した。");
    await page.getByRole("button", { name: "結果を記録する" }).click();
    await page.getByRole("status").waitFor();
    expect(await page.getByRole("status").textContent()).toContain("行いました");
    expect((await mailOf(service.db, key))?.state).toBe("queued");
  });

  it("can be recorded with the keyboard alone", async () => {
    const page = await open(`/mails/${key}`);
    await page
      .getByRole("radio", { name: /届いていた/ })
      .first()
      .focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.type("ログで確認");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("status").waitFor();
    expect((await mailOf(service.db, key))?.state).toBe("accepted");
  });
});

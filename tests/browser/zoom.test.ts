import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { collecting, storeCollectingYear } from "../../bench/collecting-year.ts";
import { opened, startChromium, violationsOn } from "../support/chromium.ts";
import { actor, asMeti, asPreparer, startScreens, type ScreensService } from "../support/screens-service.ts";

/** The screens of a year at its real size, enlarged, on paper, and in the colours of the reader's own system. */

let service: ScreensService;
let browser: Browser;
beforeAll(async () => {
  service = await startScreens((plan) => plan, storeCollectingYear);
  await service.app.listen({ host: "127.0.0.1", port: Number(new URL(service.web).port) });
  browser = await startChromium();
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const year = `/cycles/${collecting}`;
const request = `/requests/${collecting}-data-meti`;
const asApprover = actor("nisc-counsellor", "approver", "nisc");
const screens = [
  [`${request}?page=2`, asMeti],
  [`${request}?page=2`, asPreparer],
  [`${request}/on-behalf`, asPreparer],
  [`${year}/board`, asPreparer],
  [`${year}/schedule`, asPreparer],
  [`${year}/policy`, asApprover],
  [`${year}/report`, asApprover],
  [`${year}/reviews`, asApprover],
  [`${year}/next-plan`, asApprover],
  ["/", asMeti],
] as const;

/** 1280 px enlarged to 200 %. */
const ZOOMED = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 };

const open = (
  path: string,
  reader: ScreensService["settings"]["reader"],
  options: Parameters<typeof opened>[2] = {},
): Promise<Page> => {
  service.settings.reader = reader;
  return opened(browser, `${service.web}${path}`, options);
};

/** Whatever stands beyond the right edge and can't be scrolled to inside its own box. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  page.locator("main *").evaluateAll((all) => {
    const scrolls = (one: Element | null): boolean =>
      one !== null && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    return all
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > window.innerWidth + 1)
      .filter((one) => !scrolls(one))
      .map((one) => one.outerHTML.slice(0, 100));
  });

describe.each(screens)("%s", (path, reader) => {
  it(`is whole at 200 % for ${reader.role}`, async () => {
    const page = await open(path, reader, ZOOMED);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(640);
    expect(await cutOff(page)).toEqual([]);
  });

  it(`has nothing against it in forced colours for ${reader.role}`, async () => {
    expect(await violationsOn(await open(path, reader, { forcedColors: "active" }))).toEqual([]);
  });

  it(`leaves out on paper what one presses for ${reader.role}`, async () => {
    const page = await open(path, reader);
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("heading", { level: 1 }).isVisible()).toBe(true);
    expect(await page.locator("main").getByRole("button").filter({ visible: true }).count()).toBe(0);
  });
});

import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import AxeBuilder from "@axe-core/playwright";
import { getBrowser } from "../../dev/browser.ts";

/** Chromium, which is got from Debian where there is none. Root has no sandbox there. */
export const startChromium = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: await getBrowser(),
    args: ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"],
  });

/** Opens the address in a browser that has just been unpacked. */
export const opened = async (
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Page> => {
  const context = await browser.newContext({ locale: "ja-JP", timezoneId: "Asia/Tokyo", ...options });
  const page = await context.newPage();
  await page.goto(address);
  return page;
};

/** What WCAG 2.2 A and AA find against the page, each with the place; JIS X 8341-3 asks for less. */
export const violationsOn = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
};

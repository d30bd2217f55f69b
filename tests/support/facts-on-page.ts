import type { Page } from "playwright-core";
import { z } from "zod";

/** A date or a state that a screen shows, and where it leads. */
const shown = z.object({
  text: z.string(),
  /** Of the row or line it stands in. */
  beside: z.string(),
  /** The event it leads to itself, or its row does; null where neither does. */
  event: z.string().nullable(),
});
export type ShownFact = z.output<typeof shown>;

/**
 * What is no fact of the past: what is still to come, how two texts differ, what the reader is told about the screen.
 * The tries of a mail at its server are causes themselves.
 */
const NO_FACTS = [
  '[aria-labelledby="ahead-heading"]',
  '[aria-labelledby="course-heading"]',
  '[aria-labelledby="changes-heading"]',
  '[aria-labelledby="compared-heading"]',
  '[role="note"]',
];
/** An owner that the plan itself is not sure of. */
const OF_THE_PLAN = "要確認";

/**
 * Every date and state in the page's main part. A date is a link itself, or its line names the record or the workflow's
 * history; for a state any event in its line will do.
 */
export const factsOn = async (page: Page): Promise<readonly ShownFact[]> => {
  const found: unknown = await page.evaluate(`
    [...document.querySelectorAll("main time, main .tag")].flatMap((one) => {
      if (one.closest(${JSON.stringify(NO_FACTS.join(","))})) return [];
      if (/^(現在|の時点|を指して)/.test(one.nextSibling?.textContent.trim() ?? "")) return [];
      const text = one.textContent.trim();
      if (text === ${JSON.stringify(OF_THE_PLAN)}) return [];
      const isEvent = (link) => /\\/audit\\/\\d+$/.test(link.getAttribute("href"));
      const names = (link) => /^(監査記録 第\\d+号|\\d+|手続の履歴)$/.test(link.textContent);
      const row = one.closest("tr, li, dl > div, p") ?? one.parentElement;
      const own = [one.closest("a[href]")].filter((link) => link !== null && isEvent(link));
      const beside = [...row.querySelectorAll("a[href]")].filter(one.localName === "time" ? names : isEvent);
      const event = [...own, ...beside][0]?.getAttribute("href") ?? null;
      return [{ text, beside: row.textContent.trim().slice(0, 80), event }];
    })`);
  return z.array(shown).parse(found);
};

/** Where the page leads, within the service and without its fragments. */
export const linksOn = async (page: Page): Promise<readonly string[]> =>
  z
    .array(z.string())
    .parse(
      await page.evaluate(
        `[...document.querySelectorAll("a[href]")].filter((one) => one.origin === location.origin).map((one) => one.pathname + one.search)`,
      ),
    );

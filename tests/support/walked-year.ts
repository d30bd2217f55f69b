import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { vi } from "vitest";
import { removePostgresHome } from "../../dev/postgres-home.ts";
import { startService, type Service } from "../../dev/service.ts";
import type { Stage } from "../../domain/cycle.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { makeClient } from "../../rehearsals/client.ts";
import { openRehearsal } from "../../rehearsals/rehearsal.ts";
import { rehearseUntil } from "../../rehearsals/until.ts";
import type { View } from "../../rehearsals/view.ts";
import { startChromium, violationsOn } from "./chromium.ts";
import { standardScript } from "./scene.ts";
import { smallYear } from "./small-year.ts";

/** A small year on the real stack, walked by people in a browser that runs no script. */
export interface WalkedYear {
  readonly service: Service;
  readonly browser: Browser;
  readonly cycle: CycleKey;
  /** Whoever of that name, signed in, at home; the same page each time. */
  readonly as: (name: string) => Promise<Page>;
  /** The same person in a browser that runs scripts: for what looks at pages from within. */
  readonly reading: (name: string) => Promise<Page>;
  /** Scripted people do all there is to do until then. */
  readonly goOnUntil: (stage: Stage, isThere?: (view: View) => boolean) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const startWalkedYear = async (): Promise<WalkedYear> => {
  const state = realpathSync(mkdtempSync(join(tmpdir(), "nenrin-walk-")));
  const [service, browser, script] = await Promise.all([
    startService({ state }),
    startChromium(),
    standardScript(),
  ]);
  const { addresses, tokens } = service;
  const plan = smallYear(service.plan);
  const client = makeClient({ api: addresses.api, tokens });
  const cycle = await openRehearsal(client, plan);
  const people = new Map<string, Page>();
  let seed = 0;

  const signIn = async (name: string, javaScriptEnabled: boolean): Promise<Page> => {
    const context = await browser.newContext({
      locale: "ja-JP",
      timezoneId: "Asia/Tokyo",
      javaScriptEnabled,
    });
    const page = await context.newPage();
    await page.goto(addresses.web);
    await page.getByRole("banner").getByRole("link", { name: "サインイン" }).click();
    await page.getByRole("button", { name }).click();
    await page.waitForURL(addresses.web);
    return page;
  };
  const once = async (name: string, scripts: boolean): Promise<Page> => {
    const who = `${name} ${scripts}`;
    const page = people.get(who) ?? (await signIn(name, scripts));
    people.set(who, page);
    return page;
  };
  return {
    service,
    browser,
    cycle,
    as: async (name) => {
      const page = await once(name, false);
      await page.goto(addresses.web);
      return page;
    },
    reading: (name) => once(name, true),
    goOnUntil: (stage, isThere) => {
      seed += 1;
      return rehearseUntil({ client, cycle, plan, script, seed }, stage, isThere);
    },
    stop: async () => {
      await browser.close();
      await service.stop();
      removePostgresHome(state);
      rmSync(state, { recursive: true, force: true });
    },
  };
};

/** What a person sees at once after pressing a button that does something. */
export const press = async (page: Page, button: string): Promise<void> => {
  await page.getByRole("button", { name: button, exact: true }).click();
};

/** Whom a newcomer finds on the sign-in page. */
export const walkers = {
  preparer: "佐藤 一郎",
  approvers: ["高橋 学", "伊藤 茂", "渡辺 明美"],
  firstApprover: "高橋 学",
  recorder: "山本 修",
  officer: "中山 久美",
  window: "竹内 修",
  auditor: "中村 久美",
} as const;

/**
 * From the home screen, by the task's own link. What one person has just done reaches the others' lists through the
 * engine: who does not see it yet looks again.
 */
export const openTask = async (page: Page, text: string | RegExp): Promise<void> => {
  const task = page.locator(".tasks > li").filter({ hasText: text }).getByRole("link");
  const looksAgain = async (): Promise<boolean> => {
    if ((await task.count()) > 0) return true;
    await page.reload();
    return false;
  };
  await vi.waitUntil(looksAgain, { timeout: 20_000, interval: 100 });
  await task.click();
};
export const done = (page: Page): Promise<string | null> => page.locator(".done").textContent();
export const summary = (page: Page): Promise<string | null> => page.locator(".summary").textContent();

/** What is against the year's screens as the person sees them, wide and narrow: nothing, one hopes. */
export const against = async (
  year: WalkedYear,
  name: string,
  paths: readonly string[],
): Promise<readonly string[]> => {
  const page = await year.reading(name);
  const found: string[] = [];
  for (const path of paths) {
    const place = path.startsWith("/") ? path : `/cycles/${year.cycle}/${path}`;
    await page.goto(new URL(place, year.service.addresses.web).href);
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      found.push(...(await violationsOn(page)).map((one) => `${path} ${width} ${one}`));
      const wide = await page.evaluate("document.documentElement.scrollWidth");
      if (wide !== width) found.push(`${path} is ${String(wide)} px wide at ${width}`);
    }
  }
  return found;
};

// `npm run screens`: every screen of a rehearsed year, as those see it who use it, to look at in .nenrin/screens/.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { makeClient } from "../rehearsals/client.ts";
import { openRehearsal, rehearse } from "../rehearsals/rehearsal.ts";
import { readScript } from "../rehearsals/script.ts";
import type { View } from "../rehearsals/view.ts";
import { getBrowser } from "./browser.ts";
import { removePostgresHome } from "./postgres-home.ts";
import { checkout } from "./processes.ts";
import { startService } from "./service.ts";
import { sightsOf, type Shot } from "./sights.ts";

/** As wide as a desk's screen and a telephone's. */
const WIDTHS_PX = [1280, 390];

const lookingAs = (browser: Browser, web: string) => {
  const pages = new Map<string, Page>();
  return async (name: string | null): Promise<Page> => {
    const known = pages.get(name ?? "");
    if (known !== undefined) return known;
    const context = await browser.newContext({ locale: "ja-JP", timezoneId: "Asia/Tokyo" });
    const page = await context.newPage();
    await page.goto(web);
    if (name !== null) {
      await page.getByRole("banner").getByRole("link", { name: "サインイン" }).click();
      await page.getByRole("button", { name }).click();
      await page.waitForURL(web);
    }
    pages.set(name ?? "", page);
    return page;
  };
};

/** Pages that bring no font along would show boxes where the machine has no Japanese one. */
const withJapaneseFont = (folder: string): Readonly<Record<string, string>> => {
  const fonts = dirname(fileURLToPath(import.meta.resolve("@expo-google-fonts/biz-udpgothic/package.json")));
  const path = join(folder, "fonts.conf");
  writeFileSync(
    path,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>${fonts}</dir></fontconfig>`,
  );
  return { FONTCONFIG_FILE: path };
};

const state = realpathSync(mkdtempSync(join(tmpdir(), "nenrin-screens-")));
const folder = join(checkout, ".nenrin", "screens");
const script = await readScript(join(checkout, "rehearsals", "standard.yaml"));
if (!script.ok) throw new Error("rehearsals/standard.yaml can't be read");
const service = await startService({ state });
const browser = await chromium.launch({
  executablePath: await getBrowser(),
  env: { ...process.env, ...withJapaneseFont(state) },
  args: ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage", "--lang=ja-JP"],
});
try {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { plan, addresses, tokens } = service;
  const client = makeClient({ api: addresses.api, tokens });
  const cycle = await openRehearsal(client, plan);
  const look = lookingAs(browser, addresses.web);
  const shoot = async ({ name, as, path, through = [] }: Shot): Promise<void> => {
    const page = await look(as);
    const open = (to: string) => page.goto(new URL(to, addresses.web).href, { waitUntil: "networkidle" });
    let answer = await open(path);
    for (const link of through) {
      const further = await page.locator(link).first().getAttribute("href");
      answer = await open(new URL(further ?? "", page.url()).href);
    }
    for (const width of WIDTHS_PX) {
      await page.setViewportSize({ width, height: 900 });
      // As high as it is: what sticks to the window's edge would else lie over what it is about.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
    }
    const bytes = (await answer?.body())?.length ?? 0;
    console.log(`${name}　${path}　${(bytes / 1024).toFixed(0)} KB`);
  };
  const waiting = new Set(sightsOf(cycle));
  const onLook = async (view: View): Promise<void> => {
    for (const sight of waiting)
      if (view.cycle.stage === sight.stage && sight.isThere(view)) {
        waiting.delete(sight);
        for (const shot of sight.shots) await shoot(shot);
      }
  };
  const { signal } = new AbortController();
  await rehearse({ client, cycle, plan, script: script.script, seed: 7, onLook, signal });
  const missed = [...waiting].flatMap(({ shots }) => shots.map(({ name }) => name));
  if (missed.length > 0) throw new Error(`the year went by without ${missed.join(", ")}`);
} finally {
  await browser.close();
  await service.stop();
  removePostgresHome(state);
  rmSync(state, { recursive: true, force: true });
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CycleKey } from "../../domain/ids.ts";
import { auditorAt, recordIn, type Auditor } from "../support/auditor.ts";
import { startChromium } from "../support/chromium.ts";
import { factsOn, linksOn, type ShownFact } from "../support/facts-on-page.ts";
import { startRehearsalHouse, type RehearsalHouse } from "../support/rehearsal-house.ts";
import { fy2014, standardScript } from "../support/scene.ts";
import { smallYear } from "../support/small-year.ts";

/** Each mail, date and state of an auditor's screens leads to the event that caused it, and that event to its act. */

let house: RehearsalHouse;
let browser: Browser;
let auditor: Auditor;
let cycle: CycleKey;

beforeAll(async () => {
  const [plan, script] = await Promise.all([fy2014(), standardScript()]);
  [house, browser] = await Promise.all([startRehearsalHouse(), startChromium()]);
  ({ cycle } = await house.play({ plan: smallYear(plan), script, seed: 7 }));
  auditor = await auditorAt(browser, house.service.addresses.web, cycle);
  const facts = await crawl();
  for (const [kind, found] of facts) seen.set(kind, found);
});
afterAll(async () => {
  await browser.close();
  await house.stop();
});

/** By kind of screen. */
const seen = new Map<string, readonly (ShownFact & { readonly path: string })[]>();
/** As many screens of a kind as show all that it can. */
const EACH = 4;
/** No screens of the year; and an event or a history is a cause itself. */
const PASSED =
  /^\/(api|assets|docs|account|sign-in|sign-out|dev|language)\b|\/audit\/\d+$|\/histories\/|\/audit\?/;

const kindOf = (path: string): string =>
  path
    .replace(/\?.*/, "")
    .replace(`/cycles/${cycle}`, "")
    .replace(/^\/(requests|surveys|mails|acts)\/[^/]+/, "/$1/:id")
    .replace(/\/versions\/[0-9a-f]+/, "/versions/:hash")
    .replace(/\/evaluations\/(output|outcome)\/.*/, "/evaluations/$1/:key");

const crawl = async () => {
  const facts = new Map<string, (ShownFact & { readonly path: string })[]>();
  const opened = new Map<string, number>();
  const ahead = [
    `/?cycle=${cycle}`,
    `/cycles/${cycle}/past?on=2015-06-25&time=17:00`,
    `/cycles/${cycle}/corrections`,
  ];
  for (const path of ahead) {
    const kind = kindOf(path);
    const often = opened.get(kind) ?? 0;
    if (often >= EACH) continue;
    opened.set(kind, often + 1);
    await auditor.open(path);
    const found = (await factsOn(auditor.page)).map((fact) => ({ ...fact, path }));
    facts.set(kind, [...(facts.get(kind) ?? []), ...found]);
    const more = (await linksOn(auditor.page)).filter((link) => !PASSED.test(link) && !ahead.includes(link));
    ahead.push(...new Set(more));
  }
  return facts;
};

describe("on an auditor's screens", () => {
  it("dates and states were looked at on every screen that shows some", () => {
    const shown = [...seen].filter(([, facts]) => facts.length > 0).map(([kind]) => kind);
    expect(shown).toEqual(
      expect.arrayContaining([
        "/",
        "/policy",
        "/board",
        "/surveys",
        "/surveys/:id",
        "/evaluations",
        "/evaluations/output/:key",
        "/report",
        "/reviews",
        "/comments",
        "/next-plan",
        "/mails",
        "/mails/:id",
        "/audit",
        "/past",
        "/corrections",
        "/requests/:id",
        "/requests/:id/timeline",
      ]),
    );
  });

  it("each of them leads to the event that made it so", () => {
    const lost = [...seen.values()].flat().filter(({ event }) => event === null);
    expect(lost.map(({ path, text, beside }) => `${path}: ${text} (${beside})`)).toEqual([]);
  });

  it("and each event to its act, if a person did it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "nenrin-ways-"));
    await auditor.takeBundle(folder);
    const { events } = recordIn(folder, cycle);
    rmSync(folder, { recursive: true });
    const caused = [...new Set([...seen.values()].flat().map(({ event }) => event ?? ""))];
    const numbered = caused.flatMap((href) => /\/audit\/(\d+)$/.exec(href)?.[1] ?? []);
    expect(numbered.length).toBeGreaterThan(30);
    const linked = events.filter(({ leaf }) => numbered.includes(String(leaf.sequence)));
    const oneOfEach = new Map(linked.map((event) => [event.leaf.action, event]));
    expect(oneOfEach.size).toBeGreaterThan(15);
    for (const { leaf } of oneOfEach.values()) {
      const number = String(leaf.sequence);
      await auditor.open(`/cycles/${cycle}/audit/${number}`);
      const acts = (await linksOn(auditor.page)).filter((link) => link.startsWith("/acts/"));
      expect({ number, acts }).toEqual({ number, acts: leaf.act === null ? [] : [`/acts/${leaf.act}`] });
    }
  });
});

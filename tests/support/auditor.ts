import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { z } from "zod";
import { fold, type Entry } from "../../audit/verify.mjs";
import { personId, type CycleKey } from "../../domain/ids.ts";
import { instant } from "../../domain/time.ts";
import { signIn } from "../../rehearsals/signing-in.ts";
import { opened } from "./chromium.ts";

/** The auditor at his screens: what he presses and what he reads, as docs/auditors.md tells him. */
export interface Auditor {
  readonly page: Page;
  /** Opens a path of the service, and answers what stands in its main part. */
  readonly open: (path: string) => Promise<string>;
  /** Follows a link by its words. */
  readonly follow: (words: string | RegExp, within?: string) => Promise<string>;
  /** What the API says to who is signed in. */
  readonly ask: (path: string) => Promise<unknown>;
  readonly rows: (within?: string) => Promise<readonly string[]>;
  /** 監査記録: the rows of one kind of deed. */
  readonly search: (action: string) => Promise<readonly string[]>;
  /** Presses the link that hands over the bundle, and unpacks it with tar into the folder. */
  readonly takeBundle: (folder: string) => Promise<void>;
}

const inMain = (page: Page): Promise<string> => page.locator("main").innerText();

export const auditorAt = async (browser: Browser, web: string, cycle: CycleKey): Promise<Auditor> => {
  const { cookie } = await signIn(web, { person: personId("nisc-auditor"), role: "auditor" });
  const page = await opened(browser, new URL("/healthz", web).href, { acceptDownloads: true });
  const cookies = cookie.split("; ").map((one) => {
    const [name = "", ...value] = one.split("=");
    return { name, value: value.join("="), url: web };
  });
  await page.context().addCookies(cookies);
  const open = async (path: string): Promise<string> => {
    await page.goto(new URL(path, web).href);
    return inMain(page);
  };
  const rows = async (within = "main"): Promise<readonly string[]> =>
    (await page.locator(`${within} tbody tr`).allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " "));
  const follow = async (words: string | RegExp, within = "main"): Promise<string> => {
    const link = page.locator(within).getByRole("link", { name: words }).first();
    await Promise.all([page.waitForURL(/./), link.click()]);
    await page.waitForLoadState();
    return inMain(page);
  };
  return {
    page,
    open,
    rows,
    follow,
    ask: async (path) => {
      const reply = await page.request.get(new URL(`/api/v1${path}`, web).href);
      const body: unknown = await reply.json();
      return body;
    },
    search: async (action) => {
      await open(`/cycles/${cycle}/audit`);
      await page.getByLabel("行為").selectOption({ label: action });
      await page.getByRole("button", { name: "検索する" }).click();
      await page.waitForURL(/action=/);
      return rows();
    },
    takeBundle: async (folder) => {
      await open(`/cycles/${cycle}/audit`);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: /監査用の束/ }).click(),
      ]);
      mkdirSync(folder, { recursive: true });
      const tar = `${folder}.tar`;
      await download.saveAs(tar);
      const { status, stderr } = spawnSync("tar", ["xf", tar, "-C", folder], { encoding: "utf8" });
      if (status !== 0) throw new Error(stderr);
    },
  };
};

const recorded = z.object({
  leaf: z.object({
    sequence: z.number(),
    at: z.string().transform(instant),
    cycle: z.string().nullable(),
    actor: z.string(),
    action: z.string(),
    object: z.string(),
    hash: z.string().nullable(),
    act: z.string().nullable(),
  }),
  said: z.object({
    reason: z.object({ words: z.string().nullable() }).nullable(),
    result: z.object({ words: z.unknown() }).nullable(),
  }),
});
export type Recorded = z.output<typeof recorded>;

/** The record as the bundle in the folder has it, of that cycle; `lines` are those of all. */
export const recordIn = (folder: string, cycle: CycleKey) => {
  const lines = readFileSync(join(folder, "entries.ndjson"), "utf8").trimEnd().split("\n");
  const all = lines.map((line) => recorded.parse(JSON.parse(line)));
  return { lines, events: all.filter(({ leaf }) => leaf.cycle === cycle) };
};

const State = z.object({
  cycle: z.object({ stage: z.string() }),
  requests: z.record(
    z.string(),
    z.object({ kind: z.string(), organisation: z.string(), dueAt: z.string().transform(instant) }),
  ),
  items: z.record(z.string(), z.object({ is: z.string() })),
  answers: z.record(z.string(), z.array(z.object({ at: z.string().transform(instant) }))),
  versions: z.array(z.unknown()),
});

/** The year as some of its events alone make it: all up to a number, or up to an instant. */
export const stateOf = (
  {
    lines,
    events,
  }: Readonly<Record<"lines", readonly string[]>> & Readonly<Record<"events", readonly Recorded[]>>,
  cycle: CycleKey,
  is: (event: Recorded) => boolean,
) => {
  const wanted = new Set(events.filter(is).map(({ leaf }) => leaf.sequence));
  const entries = lines.flatMap((line, n): Entry[] => (wanted.has(n + 1) ? [JSON.parse(line)] : []));
  return State.parse(fold(entries, cycle));
};

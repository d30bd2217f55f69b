// `npm run screens`: every screen of a rehearsed year, as those see it who use it, to look at in .nenrin/screens/.
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import type { Stage } from "../domain/cycle.ts";
import { makeClient } from "../rehearsals/client.ts";
import { openRehearsal, rehearse } from "../rehearsals/rehearsal.ts";
import { readScript } from "../rehearsals/script.ts";
import type { View } from "../rehearsals/view.ts";
import { getBrowser } from "./browser.ts";
import { removePostgresHome } from "./postgres-home.ts";
import { checkout } from "./processes.ts";
import { startService } from "./service.ts";

/** As wide as a desk's screen and a telephone's. */
const WIDTHS_PX = [1280, 390];

interface Shot {
  readonly name: string;
  /** Who looks; null for anybody. */
  readonly as: string | null;
  readonly path: string;
}
/** What there is to see once the year is there. */
interface Sight {
  readonly stage: Stage;
  readonly isThere: (view: View) => boolean;
  readonly shots: readonly Shot[];
}

const preparer = "佐藤 一郎";
const approver = "高橋 学";
const recorder = "山本 修";
const officer = "中山 久美";
const auditor = "中村 久美";

const sightsOf = (cycle: string): readonly Sight[] => {
  const year = `/cycles/${cycle}`;
  const meti = `/requests/${cycle}-data-meti`;
  const always = () => true;
  return [
    {
      stage: "policy",
      isThere: always,
      shots: [
        { name: "home-anybody", as: null, path: "/" },
        { name: "home-preparer", as: preparer, path: "/" },
        { name: "policy-preparer", as: preparer, path: `${year}/policy` },
      ],
    },
    {
      stage: "policy",
      isThere: ({ cycle: { policy } }) => policy.hash !== null,
      shots: [{ name: "policy-approver", as: approver, path: `${year}/policy` }],
    },
    {
      stage: "policy",
      isThere: ({ cycle: { policy } }) => policy.steps.every(({ approvedAt }) => approvedAt !== null),
      shots: [
        { name: "home-recorder", as: recorder, path: "/" },
        { name: "policy-recorder", as: recorder, path: `${year}/policy` },
      ],
    },
    {
      stage: "collection",
      isThere: always,
      shots: [{ name: "opening-preparer", as: preparer, path: `${year}/opening` }],
    },
    {
      stage: "collection",
      isThere: ({ requests }) =>
        requests.some(({ items }) => items.some(({ state }) => state.is === "submitted")),
      shots: [
        { name: "home-officer", as: officer, path: "/" },
        { name: "request-officer", as: officer, path: meti },
        { name: "request-preparer", as: preparer, path: meti },
      ],
    },
    {
      stage: "collection",
      isThere: ({ requests }) => requests.some(({ asked }) => asked !== null),
      shots: [{ name: "home-approver", as: approver, path: "/" }],
    },
    {
      stage: "collection",
      isThere: ({ surveys }) => surveys.some(({ method, end }) => method !== null && end === null),
      shots: [
        { name: "home-collection", as: preparer, path: "/" },
        { name: "surveys-preparer", as: preparer, path: `${year}/surveys` },
        { name: "mails-preparer", as: preparer, path: `${year}/mails` },
      ],
    },
    {
      stage: "evaluation",
      isThere: always,
      shots: [
        {
          name: "evaluation-preparer",
          as: preparer,
          path: `${year}/evaluations/output/${encodeURIComponent("1-1-1-ア")}`,
        },
        { name: "outcome-preparer", as: preparer, path: `${year}/evaluations/outcome/1-1` },
      ],
    },
    {
      stage: "evaluation",
      isThere: ({ evaluations }) => evaluations?.evaluations.some(({ is }) => is === "drafted") ?? false,
      shots: [{ name: "evaluations-approver", as: approver, path: `${year}/evaluations` }],
    },
    {
      stage: "drafting",
      isThere: ({ report }) => report !== null && report.versions.length > 0,
      shots: [{ name: "report-preparer", as: preparer, path: `${year}/report` }],
    },
    {
      stage: "consultation",
      isThere: always,
      shots: [
        { name: "consultation-officer", as: officer, path: `/requests/${cycle}-consultation-meti` },
        { name: "report-consulted", as: preparer, path: `${year}/report` },
      ],
    },
    {
      stage: "consultation",
      isThere: ({ comments, requests }) =>
        comments.length > 0 && requests.every(({ kind, is }) => kind !== "consultation" || is === "settled"),
      shots: [{ name: "comments-preparer", as: preparer, path: `${year}/comments` }],
    },
    {
      stage: "approval",
      isThere: always,
      shots: [{ name: "report-approver", as: approver, path: `${year}/report` }],
    },
    {
      stage: "decision",
      isThere: always,
      shots: [{ name: "report-recorder", as: recorder, path: `${year}/report` }],
    },
    {
      stage: "carry-over",
      isThere: always,
      shots: [{ name: "findings-preparer", as: preparer, path: `${year}/findings` }],
    },
    {
      stage: "finished",
      isThere: always,
      shots: [
        { name: "home-finished", as: preparer, path: "/" },
        { name: "audit-auditor", as: auditor, path: `${year}/audit` },
      ],
    },
  ];
};

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

const state = realpathSync(mkdtempSync(join(tmpdir(), "nenrin-screens-")));
const folder = join(checkout, ".nenrin", "screens");
const script = await readScript(join(checkout, "rehearsals", "standard.yaml"));
if (!script.ok) throw new Error("rehearsals/standard.yaml can't be read");
const service = await startService({ state });
const browser = await chromium.launch({
  executablePath: await getBrowser(),
  args: ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage", "--lang=ja-JP"],
});
try {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { plan, addresses, tokens } = service;
  const client = makeClient({ api: addresses.api, tokens });
  const cycle = await openRehearsal(client, plan);
  const look = lookingAs(browser, addresses.web);
  const shoot = async ({ name, as, path }: Shot): Promise<void> => {
    const page = await look(as);
    const answer = await page.goto(new URL(path, addresses.web).href, { waitUntil: "networkidle" });
    for (const width of WIDTHS_PX) {
      await page.setViewportSize({ width, height: 900 });
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

import { Client, Connection } from "@temporalio/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDb, makeDb } from "../../db/client.ts";
import { instant } from "../../domain/time.ts";
import { against, startWalkedYear, walkers, type WalkedYear } from "../support/walked-year.ts";
import { buildWholeService } from "../support/whole-service.ts";

/** Nothing is against any screen, wide or narrow: whoever may reach it comes by links alone, from home. */

/** Addresses of screens as the service announces them; a form's own address leads back to its screen. */
const announcedScreens = async (): Promise<readonly string[]> => {
  const db = makeDb({ url: "postgres://nobody@127.0.0.1:1/none", applicationName: "every-page-test" });
  const connection = Connection.lazy({ address: "127.0.0.1:1" });
  const { app, routes } = await buildWholeService({
    db,
    client: new Client({ connection }),
    publicUrl: "http://127.0.0.1:8080",
    clock: () => instant("2015-04-20T09:00:00+09:00"),
    sessionOf: async () => null,
  });
  await app.close();
  await connection.close();
  await closeDb(db);
  const forms = new Set(routes.filter(({ method }) => method === "POST").map(({ url }) => url));
  return routes
    .filter(({ method, url, config: { page } }) => method === "GET" && page !== undefined && !forms.has(url))
    .map(({ url }) => url);
};

let year: WalkedYear;
let screens: readonly string[];
/** Screens on which nothing was found. */
const looked = new Set<string>();

beforeAll(async () => {
  [year, screens] = await Promise.all([startWalkedYear(), announcedScreens()]);
});
afterAll(() => year.stop());

/** The screen of an address; the one with the fewest parameters where several fit. */
const screenOf = (path: string): string | undefined =>
  screens
    .filter((url) => new RegExp(`^${url.replaceAll(/:\w+/g, "[^/]+")}$`).test(path))
    .toSorted((a, b) => a.split(":").length - b.split(":").length)[0];

/** Every screen that one reaches by links, once; whether others have looked at it, or `anew` all the same. */
const lookAround = async (name: string, { anew }: { readonly anew: boolean }): Promise<readonly string[]> => {
  const page = await year.reading(name);
  const { web } = year.service.addresses;
  const reached = new Set<string>();
  const found: string[] = [];
  const ahead = ["/"];
  for (let path = ahead.shift(); path !== undefined; path = ahead.shift()) {
    const screen = screenOf(path.replace(/\?.*$/, ""));
    if (screen === undefined || reached.has(screen)) continue;
    reached.add(screen);
    if (anew || !looked.has(screen)) found.push(...(await against(year, name, [path])));
    else await page.goto(new URL(path, web).href);
    looked.add(screen);
    const hrefs = await page
      .locator("a[href]")
      .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
    for (const { origin, pathname, search } of hrefs.map((href) => new URL(href)))
      if (origin === new URL(web).origin) ahead.push(`${pathname}${search}`);
  }
  return found;
};

describe("no screen has anything against it", () => {
  it("before the year, for who drafts and who grants posts", async () => {
    expect(await lookAround(walkers.preparer, { anew: true })).toEqual([]);
    expect(await lookAround("小林 健一", { anew: true })).toEqual([]);
  });

  it("on the day on which the requests are opened, for who opens them", async () => {
    await year.goOnUntil("collection", ({ requests }) => requests.length === 0);
    expect(await lookAround(walkers.preparer, { anew: false })).toEqual([]);
  });

  it("while it collects, for a ministry and the secretariat", async () => {
    await year.goOnUntil("collection", ({ surveys }) => surveys.length > 0);
    expect(await lookAround(walkers.officer, { anew: true })).toEqual([]);
    expect(await lookAround(walkers.window, { anew: false })).toEqual([]);
    expect(await lookAround(walkers.preparer, { anew: false })).toEqual([]);
  });

  it("while it evaluates and reports, for who approves and who is consulted", async () => {
    await year.goOnUntil(
      "evaluation",
      ({ evaluations }) => evaluations?.evaluations.some(({ is }) => is === "drafted") ?? false,
    );
    expect(await against(year, walkers.firstApprover, ["evaluations"])).toEqual([]);
    await year.goOnUntil("approval");
    expect(await lookAround(walkers.firstApprover, { anew: false })).toEqual([]);
    expect(await against(year, walkers.firstApprover, ["report", "reviews", "corrections"])).toEqual([]);
    expect(await lookAround(walkers.officer, { anew: false })).toEqual([]);
  });

  it("after it, for who records and who audits", async () => {
    await year.goOnUntil("finished");
    expect(await lookAround(walkers.recorder, { anew: false })).toEqual([]);
    expect(await lookAround(walkers.auditor, { anew: false })).toEqual([]);
  });

  it("was left out", () => {
    expect(screens.length).toBeGreaterThan(35);
    expect(screens.filter((url) => !looked.has(url))).toEqual([]);
  });
});

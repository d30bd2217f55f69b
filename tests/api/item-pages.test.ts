import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { draftKept } from "../../db/queries/drafts.ts";
import { itemsOf } from "../../domain/catalogue.ts";
import { organisationId } from "../../domain/ids.ts";
import { collecting, LAST_YEAR_TEXT, storeCollectingYear } from "../../bench/collecting-year.ts";
import { fy2014 } from "../support/scene.ts";
import { actor, asMeti, asPreparer, startScreens, type ScreensService } from "../support/screens-service.ts";

/** The biggest request of FY2014, as its ministry and the secretariat have it before them. */

let service: ScreensService;
let inOrder: readonly string[];
beforeAll(async () => {
  service = await startScreens((plan) => plan, storeCollectingYear);
  const plan = await fy2014();
  const place = (key: string): number => plan.data.findIndex((datum) => datum.key === key);
  inOrder = itemsOf(plan, organisationId("meti"))
    .map(({ key }) => key)
    .toSorted((a, b) => place(a) - place(b))
    .map((key) => `${request}/${key}`);
});
afterAll(() => service.stop());

const request = `${collecting}-data-meti`;
const KB = 1024;

const page = async (reader: ScreensService["settings"]["reader"], query = "", below = "") => {
  service.settings.reader = reader;
  const { body, statusCode } = await service.app.inject({ url: `/requests/${request}${below}${query}` });
  expect(statusCode).toBe(200);
  return body;
};
const send = async (form: string, fields: Readonly<Record<string, string>>) => {
  const { statusCode, headers, body } = await service.app.inject({
    method: "POST",
    url: `/requests/${request}/${form}`,
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    payload: new URLSearchParams({ key: crypto.randomUUID(), ...fields }).toString(),
  });
  return { statusCode, location: headers.location, body };
};
const itemsOn = (html: string): readonly string[] =>
  [...html.matchAll(/<section class="item" id="item-(\d+)"/g)].map(([, n = ""]) => n);
/** The n-th item, from 1. */
const item = (n: number): string => inOrder[n - 1] ?? "";

describe("a big request", () => {
  it("stands on pages of ten, each of them there once", async () => {
    const pages = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (n) => itemsOn(await page(asMeti, `?page=${n}`))),
    );
    expect(pages.map(({ length }) => length)).toEqual([10, 10, 10, 10, 10, 4]);
    expect(pages.flat()).toEqual(Array.from({ length: 54 }, (_, n) => String(n + 1)));
  });

  it.each(["?page=0", "?page=x", "?page=1&page=2", ""])("shows the first page for %j", async (query) => {
    expect(itemsOn(await page(asMeti, query))[0]).toBe("1");
  });

  it("shows the last page to whoever asks beyond it", async () => {
    expect(itemsOn(await page(asMeti, "?page=99"))).toEqual(["51", "52", "53", "54"]);
  });

  it("says of every page what is open there, to each in his own terms", async () => {
    const links = (html: string): readonly string[] =>
      [...html.matchAll(/(\d+～\d+（[^）]*）)/g)].map(([text]) => text).slice(0, 6);
    const [own, theirs] = [links(await page(asMeti)), links(await page(asPreparer))];
    expect(own).toHaveLength(6);
    const count = (texts: readonly string[], word: string): number =>
      texts.reduce((sum, text) => sum + Number(new RegExp(`${word}(\\d+)件`).exec(text)?.[1] ?? 0), 0);
    expect([count(own, "要回答"), count(theirs, "確認待ち")]).toEqual([29, 15]);
  });

  it.each([
    ["the ministry", asMeti, ""],
    ["its window", actor("meti-window", "contact", "meti"), ""],
    ["the secretariat", asPreparer, ""],
    ["an approver", actor("nisc-counsellor", "approver", "nisc"), ""],
    ["an auditor", actor("nisc-auditor", "auditor", "nisc"), ""],
    ["the secretariat that enters in its place", asPreparer, "/on-behalf"],
  ])("stays below 100 KB on every page for %s", async (_, reader, below) => {
    for (const n of [1, 2, 3, 4, 5, 6]) {
      const html = await page(reader, `?page=${n}`, below);
      expect(Buffer.byteLength(html)).toBeLessThan(100 * KB);
    }
  });

  it("has last year's answer beside every item", async () => {
    for (const reader of [asMeti, asPreparer])
      expect((await page(reader, "?page=2")).split(LAST_YEAR_TEXT)).toHaveLength(11);
  });

  it("ticks what waits on the page, and leads back to it", async () => {
    const html = await page(asPreparer, "?page=2&select=all");
    const ticked = [...html.matchAll(/<input[^>]*name="items"[^>]*checked[^>]*>/g)];
    expect(ticked).toHaveLength(2);
    expect(html).toContain(`/requests/${request}?page=2&amp;select=all#review`);
    expect(html).toContain('name="page" value="2"');
  });

  it("shows a refused form's own page again", async () => {
    service.settings.reader = asMeti;
    const fields = { page: "3", revision: "r1", [`says:${item(22)}`]: "unmeasurable" };
    const { statusCode, body } = await send("answers", fields);
    expect(statusCode).toBe(422);
    expect(body).toContain("把握困難の理由を選んでください。");
    expect(itemsOn(body)[0]).toBe("21");
  });
});

describe("a draft over several pages", () => {
  const typed = (n: number, text: string) => ({
    [`was-text:${item(n)}`]: "",
    [`seen:${item(n)}`]: "0",
    [`text:${item(n)}`]: text,
  });
  const kept = async () => (await draftKept(service.db, { person: asMeti.person, request }))?.fields ?? {};

  it("keeps what was typed on each, and says where it is", async () => {
    service.settings.reader = asMeti;
    const first = await send("draft", { page: "1", to: "2", ...typed(1, "一枚目"), ...typed(2, "") });
    expect([first.statusCode, first.location]).toEqual([303, `/requests/${request}?page=2`]);
    await send("draft", { page: "2", ...typed(11, "二枚目") });
    expect((await kept())[`text:${item(1)}`]).toEqual(["一枚目"]);
    expect((await kept())[`text:${item(11)}`]).toEqual(["二枚目"]);
    const html = await page(asMeti, "?page=2");
    expect(html).toContain("二枚目");
    expect(html.match(/下書きあり/g)).toHaveLength(4);
  });

  it("forgets what was taken back on one page, and nothing of the others", async () => {
    service.settings.reader = asMeti;
    await send("draft", { page: "1", ...typed(1, ""), ...typed(2, "") });
    expect(Object.keys(await kept()).filter((name) => name.startsWith("text:"))).toEqual([
      `text:${item(11)}`,
    ]);
    await send("draft", { page: "2", ...typed(11, "") });
    expect(await kept()).toEqual({});
  });

  it("loses nothing where two pages are saved at once", async () => {
    service.settings.reader = asMeti;
    await Promise.all(
      [1, 11, 21, 31].map((n) => send("draft", { page: String((n + 9) / 10), ...typed(n, `${n}枚目`) })),
    );
    expect(Object.keys(await kept()).filter((name) => name.startsWith("text:"))).toHaveLength(4);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LOCAL_PATH } from "../../api/local-path.ts";
import { asPreparer, resetScreens, startScreens, type ScreensService } from "../support/screens-service.ts";
import { rehearsal } from "../support/screens-year.ts";

/** Japanese, unless the reader chooses English: one link, one cookie, the same page. */

let service: ScreensService;
beforeAll(async () => {
  service = await startScreens();
});
afterAll(() => service.stop());
beforeEach(() => {
  resetScreens(service);
  service.settings.reader = asPreparer;
});

const board = `/cycles/${rehearsal}/board?sort=due`;
const get = (url: string, cookies: Readonly<Record<string, string>> = {}, headers = {}) =>
  service.app.inject({ url, cookies: { ...cookies }, headers });
const choose = (to: string, back: string) =>
  get(`/language?to=${encodeURIComponent(to)}&back=${encodeURIComponent(back)}`);

describe("the choice of language", () => {
  it("is a link to the same page, called by the language's own name", async () => {
    const japanese = (await get(board)).body;
    expect(japanese).toContain(
      `<a class="language" lang="en" hreflang="en" href="/language?to=en&amp;back=${encodeURIComponent(board)}">English</a>`,
    );
    const english = (await get(board, { "nenrin-language": "en" })).body;
    expect(english).toContain(
      `<a class="language" lang="ja" hreflang="ja" href="/language?to=ja&amp;back=${encodeURIComponent(board)}">日本語</a>`,
    );
  });

  it("is kept in a cookie of this site that no script reads, and leads back", async () => {
    const { statusCode, headers, cookies } = await choose("en", board);
    expect([statusCode, headers.location]).toEqual([303, board]);
    expect(cookies).toEqual([
      {
        name: "nenrin-language",
        value: "en",
        path: "/",
        httpOnly: true,
        sameSite: "Lax",
        maxAge: 31_536_000,
      },
    ]);
    const english = await get(board, { "nenrin-language": "en" });
    expect(english.body).toMatch(/^<!DOCTYPE html><html lang="en">/);
    const back = await choose("ja", "/");
    expect(back.cookies[0]?.value).toBe("ja");
  });

  it("is nothing but Japanese for whatever else is asked for", async () => {
    expect((await choose("fr", board)).cookies[0]?.value).toBe("ja");
  });

  it.each([
    "https://example.com/",
    "//example.com/",
    "/\\example.com/",
    "/\t/example.com/",
    "/\n/example.com/",
    "\\\\example.com",
    "javascript:alert(1)",
    "example.com",
    "",
  ])("leads to no other site: %j", async (back) => {
    expect((await choose("en", back)).headers.location).toBe("/");
    expect(LOCAL_PATH.test(back)).toBe(false);
  });

  it("is not offered where an address leads nowhere: on the answer to a form", async () => {
    const answer = await service.app.inject({
      method: "POST",
      url: `/cycles/${rehearsal}/advance`,
      payload: {},
    });
    expect(answer.body).toContain('lang="ja"');
    expect(answer.body).not.toContain("/language?");
  });
});

describe("without a choice", () => {
  it("the page is Japanese, whatever the browser prefers", async () => {
    const { body } = await get(board, {}, { "accept-language": "en" });
    expect(body).toMatch(/^<!DOCTYPE html><html lang="ja">/);
  });

  it("or with Japanese chosen it is the same, byte for byte", async () => {
    const plan = `/cycles/${rehearsal}/plan`;
    const { body } = await get(plan);
    for (const chosen of ["ja", "other", ""])
      expect((await get(plan, { "nenrin-language": chosen })).body === body).toBe(true);
    // Nothing of it went through what marks Japanese within English.
    expect(body.match(/ lang="ja"/g)).toHaveLength(1);
  });
});

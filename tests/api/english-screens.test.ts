import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { storeCollectingYear } from "../../bench/collecting-year.ts";
import { read, type Node } from "../../api/english/markup.ts";
import { isJapanese } from "../../api/english/parts.ts";
import { actor, asMeti, asPreparer, startScreens, type ScreensService } from "../support/screens-service.ts";

/**
 * Every screen that links lead to from the home page of each role, in English: what is still Japanese on it is data,
 * and says that it is Japanese.
 */

const PAGES = 60;
const LIMIT_BYTES = 100 * 1024;
const english = { "nenrin-language": "en" };
const readers = {
  preparer: asPreparer,
  approver: actor("nisc-counsellor", "approver", "nisc"),
  contact: asMeti,
  recorder: actor("nisc-recorder", "recorder", "nisc"),
  auditor: actor("nisc-auditor", "auditor", "nisc"),
  admin: actor("nisc-preparer-1", "admin", "nisc"),
};
/** What leads to something else than a screen, or out of it. */
const NO_SCREEN = /^\/(?:api|docs|assets|language|sign-in|account)\b|\.(?:csv|tar|xlsx)\b|[?&]format=/;

interface Said {
  readonly text: string;
  /** Of the nearest element that says its language. */
  readonly language: string;
  /** Where no element can stand around a part of the text. */
  readonly bare: boolean;
}
const textsOf = (nodes: readonly Node[], language = "ja", bare = false): readonly Said[] =>
  nodes.flatMap((node) => {
    if (typeof node === "string") return [{ text: node.trim(), language, bare }];
    const own = / lang="(\w+)"/.exec(node.attributes)?.[1] ?? language;
    const heard = [...node.attributes.matchAll(/ (?:aria-label|title|placeholder|data-label)="([^"]*)"/g)];
    return [
      ...heard.map(([, text = ""]) => ({ text, language: own, bare: true })),
      ...textsOf(node.children ?? [], own, ["title", "option", "text"].includes(node.name)),
    ];
  });
const plain = (text: string): string =>
  text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&amp;", "&");

let service: ScreensService;
/** Everything the year holds, one text after the other. */
let data: string;
const leavesOf = (value: unknown): readonly string[] => {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesOf) : [];
};
const storedTexts = async ({ db }: ScreensService): Promise<string> => {
  const tables = await db.execute<{ name: string }>(
    sql`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await db.execute<{ row: unknown }>(sql.raw(`select to_jsonb(t) as row from ${name} t`));
    texts.push(...rows.flatMap(({ row }) => leavesOf(row)));
  }
  return texts.join("\n");
};

beforeAll(async () => {
  service = await startScreens((plan) => plan, storeCollectingYear);
  data = await storedTexts(service);
});
afterAll(() => service.stop());
beforeEach(() => {
  service.settings.reader = null;
});

const get = async (url: string, cookies = english) => {
  const { statusCode, headers, body, rawPayload } = await service.app.inject({ url, cookies });
  return {
    statusCode,
    isScreen: String(headers["content-type"]).startsWith("text/html"),
    body,
    bytes: rawPayload.length,
  };
};
const linksIn = (body: string): readonly string[] =>
  [...body.matchAll(/ href="(\/[^"#]*)/g)]
    .map(([, href = ""]) => plain(href))
    .filter((href) => !NO_SCREEN.test(href));
/** Of addresses that differ only in which of many things they show, a few are enough. */
const kindOf = (url: string): string =>
  url
    .replaceAll(/\d+/g, "0")
    .replaceAll(/=[^&]+/g, "=")
    .replaceAll(/-(data|chapter|survey)-[\w-]+/g, "-$1");

const crawl = async (from: string, see: (url: string, page: Awaited<ReturnType<typeof get>>) => void) => {
  const waiting = [from];
  const seen = new Map<string, number>();
  const known = new Set(waiting);
  for (let n = 0; n < PAGES; n += 1) {
    const url = waiting.shift();
    if (url === undefined) return;
    const page = await get(url);
    if (!page.isScreen) continue;
    see(url, page);
    for (const link of linksIn(page.body)) {
      const many = seen.get(kindOf(link)) ?? 0;
      if (known.has(link) || many >= 2) continue;
      seen.set(kindOf(link), many + 1);
      known.add(link);
      waiting.push(link);
    }
  }
};

/** Japanese of ours that stays: names of files and of the day's law, what a form in Japanese is called. */
const isData = (text: string): boolean =>
  data.includes(text) ||
  text.split(/[\s：:、／,/（）()]+/u).every((word) => !isJapanese(word) || data.includes(word));

describe.each(Object.entries(readers))("what a %s sees in English", (_, reader) => {
  it("is Japanese only where it is data, says so, and is small", { timeout: 60_000 }, async () => {
    service.settings.reader = reader;
    const visited: string[] = [];
    const left: string[] = [];
    const unmarked: string[] = [];
    const large: string[] = [];
    await crawl("/", (url, { body, bytes }) => {
      visited.push(url);
      if (bytes >= LIMIT_BYTES) large.push(`${url}: ${bytes}`);
      expect(body).toContain('<html lang="en">');
      for (const { text, language, bare } of textsOf(read(body.replace("<!DOCTYPE html>", "")))) {
        if (!isJapanese(text) || ["日本語", "年輪"].includes(text)) continue;
        if (!isData(plain(text))) left.push(text);
        if (language !== "ja" && !bare) unmarked.push(text);
      }
    });
    expect(visited.length).toBeGreaterThan(8);
    expect([...new Set(left)]).toEqual([]);
    expect(unmarked).toEqual([]);
    expect(large).toEqual([]);
  });
});

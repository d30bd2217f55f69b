import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { About } from "../../api/plugins/access.ts";
import { actions, judgeAny, type Action, type Verdict } from "../../domain/policy.ts";
import { storeObjects, unknown, type Named, type Objects } from "../support/api-objects.ts";
import { cast, startApiService, type ApiService, type Who } from "../support/api-service.ts";

/** The authorisation table, asked at the screens: every page and form × everybody × his own, another's and nobody's. */

let api: ApiService;
let objects: Objects;
let pages: readonly Page[];
beforeAll(async () => {
  api = await startApiService();
  objects = await storeObjects(api);
  pages = api.routes.flatMap(({ method, url, config: { page } }) =>
    page !== undefined && (method === "GET" || method === "POST") ? [{ ...page, method, url }] : [],
  ) as readonly Page[];
});
afterAll(() => api.stop());

interface Page {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly actions: readonly Action[];
  readonly about: About;
}

/** Tokens have no screens. */
const people = (Object.keys(cast) as readonly Who[]).filter((who) => who !== "machine");

/** What an address names beside the thing the table is asked about: there is such a thing in every cycle. */
const beside: Named["params"] = { kind: "outcome", key: "1-1", workflow: "none", sequence: "1" };
const pathOf = (url: string, params: Named["params"]): string =>
  url.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent({ ...beside, ...params }[name] ?? "none"),
  );

const ask = (who: Who | null, { method, url }: Page, params: Named["params"]) =>
  api.ask(who, {
    method,
    url: pathOf(url, params),
    ...(method === "POST" && {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: "",
    }),
  });

/** What is barred as it stands has its form taken nevertheless: the API refuses it, and what was typed is kept. */
const verdictOf = ({ statusCode }: LightMyRequestResponse, { method }: Page): Verdict => {
  if (statusCode === 404) return "hidden";
  if (statusCode === 409 && method === "GET") return "barred";
  return statusCode === 403 ? "forbidden" : "allowed";
};
const expectedOf = (who: Who, { actions: does, method }: Page, { situation }: Named): Verdict => {
  const verdict = judgeAny(cast[who][1], does, situation(who));
  return verdict === "barred" && method === "POST" ? "allowed" : verdict;
};

/** Doors before which nobody has said yet who he is, and files that are the same for everybody. */
const open: readonly string[] = [
  "GET /livez",
  "GET /readyz",
  "GET /sign-in",
  "GET /sign-in/callback",
  "POST /sign-in/post",
  // Whoever is signed in picks another of his own posts, or goes: sign-in.test.ts.
  "POST /account/post",
  "POST /sign-out",
  "GET /signed-out",
  // Keeps a choice in the browser alone: language.test.ts.
  "GET /language",
  "GET /assets/*",
  "GET /assets/fonts/*",
  "GET /assets/tokens/*",
  "GET /docs",
  "GET /docs/",
  "GET /docs/js/scalar.js",
  "GET /openapi.json",
  // Asks the table by itself whether the reader may see histories: codec.test.ts.
  "OPTIONS /codec/decode",
  "POST /codec/decode",
];

/** Let through by the table, and then there is nothing: what the form names, a receipt of what is no act of the year. */
const needsMore: readonly string[] = [
  "POST /account/session",
  "POST /account/sign-out-everywhere",
  "POST /account/token-revoke",
  "GET /acts/:id",
  "GET /cycles/:cycle/histories/:workflow",
  "GET /cycles/:cycle/audit/:sequence",
];
const isAsExpected = (page: Page, found: Verdict, expected: Verdict): boolean =>
  found === expected ||
  (found === "hidden" && expected === "allowed" && needsMore.includes(`${page.method} ${page.url}`));

describe("every address of the service", () => {
  it("has its line in the authorisation table, but for the doors before it", () => {
    const unsaid = api.routes.filter(({ config }) => (config.access ?? config.page) === undefined);
    const named = unsaid.map(({ method, url }) => `${method.replace("HEAD", "GET")} ${url}`);
    expect([...new Set(named)].toSorted()).toEqual(open.toSorted());
    for (const { url, actions: does } of pages)
      expect([url, does.length, does.filter((action) => !actions.includes(action))]).toEqual([
        url,
        does.length || "at least one",
        [],
      ]);
  });
});

/** The way to the other language leads back to the very address that was asked for. */
const unaddressed = ({ body }: LightMyRequestResponse): string => body.replaceAll(/\/language\?[^"]*/g, "");

describe("every screen and form", () => {
  it("is for everybody what the table says, and no more", async () => {
    const cells: string[] = [];
    const wrong: string[] = [];
    for (const page of pages)
      await Promise.all(
        people.flatMap((who) =>
          objects[page.about].map(async (named) => {
            const cell = `${who} ${page.method} ${pathOf(page.url, named.params)}`;
            const reply = await ask(who, page, named.params);
            const [found, expected] = [verdictOf(reply, page), expectedOf(who, page, named)];
            if (!isAsExpected(page, found, expected) || reply.statusCode >= 500)
              wrong.push(`${cell}: ${reply.statusCode}, ${expected}`);
            cells.push(cell);
          }),
        ),
      );
    expect(wrong).toEqual([]);
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells.length).toBeGreaterThanOrEqual(1_500);
  }, 120_000);

  it("is not there for a token, and leads whoever is not signed in to sign in", async () => {
    for (const page of pages) {
      const params = objects[page.about][0]?.params ?? {};
      const replies = [
        await ask(null, page, params),
        await api.askByToken("preparer", { method: page.method, url: pathOf(page.url, params) }),
      ];
      for (const { statusCode, headers } of replies)
        expect([page.method, page.url, statusCode, headers.location?.toString().slice(0, 12)]).toEqual(
          page.method === "GET" ? ["GET", page.url, 303, "/sign-in?to="] : ["POST", page.url, 401, undefined],
        );
    }
  }, 60_000);

  it("answers for what is hidden exactly as for what is not there", async () => {
    let compared = 0;
    for (const page of pages)
      for (const who of people)
        for (const named of objects[page.about]) {
          const none = unknown[page.about];
          if (none === null || expectedOf(who, page, named) !== "hidden") continue;
          const [hidden, absent] = [await ask(who, page, named.params), await ask(who, page, none)];
          expect([hidden.statusCode, unaddressed(hidden)]).toEqual([404, unaddressed(absent)]);
          compared += 1;
        }
    expect(compared).toBeGreaterThan(40);
  }, 60_000);
});

/** Addresses of ours in links, and those of forms that change something. */
type Offer = Pick<Page, "method" | "url">;
const offersIn = (body: string): readonly Offer[] => [
  ...[...body.matchAll(/<a [^>]*?href="(\/[^"#]*)/g)].map(([, url = ""]) => ({
    method: "GET" as const,
    url: url.replaceAll("&amp;", "&"),
  })),
  ...[...body.matchAll(/<form[^>]*method="post"[^>]*>/g)].map(([form]) => ({
    method: "POST" as const,
    url: /action="([^"]*)"/.exec(form)?.[1] ?? "",
  })),
];

/** In the first and the last situation a thing can be in, for whoever reads it. */
const someOf = (all: readonly Named[]): readonly Named[] => [all.slice(0, 1), all.slice(1).slice(-1)].flat();

describe("what a screen offers its reader", () => {
  const offered = async (who: Who, page: Page, params: Named["params"]): Promise<readonly Offer[]> => {
    const { statusCode, body } = await ask(who, page, params);
    return statusCode === 200 ? offersIn(body) : [];
  };
  it.each(people)(
    "is for %s to use",
    async (who) => {
      const shown = pages.filter(({ method }) => method === "GET");
      const asked = shown.flatMap((page) =>
        someOf(objects[page.about]).map(({ params }) => offered(who, page, params)),
      );
      const all = new Map((await Promise.all(asked)).flat().map((one) => [`${one.method} ${one.url}`, one]));
      const used = [...all].map(async ([offer, { method, url }]) => {
        const { statusCode } = await ask(who, { method, url, actions: [], about: "nothing" }, {});
        const isEmpty = statusCode === 404 && needsMore.includes(offer);
        return [401, 403, 404, 409].includes(statusCode) && !isEmpty ? [`${offer}: ${statusCode}`] : [];
      });
      expect((await Promise.all(used)).flat()).toEqual([]);
      expect(all.size).toBeGreaterThan(5);
    },
    60_000,
  );
});

import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Access } from "../../api/plugins/access.ts";
import { actions, judge, type Verdict } from "../../domain/policy.ts";
import { storeObjects, unknown, type Named, type Objects } from "../support/api-objects.ts";
import { cast, startApiService, type ApiService, type Who } from "../support/api-service.ts";
import type { Announced } from "../support/whole-service.ts";

/** The authorisation table, asked over HTTP: every route × everybody × his own, another's and nobody's. */

let api: ApiService;
let objects: Objects;
let routes: readonly Announced[];
const API = "/api/v1";
beforeAll(async () => {
  api = await startApiService();
  objects = await storeObjects(api);
  routes = api.routes.filter(({ method, url }) => method !== "HEAD" && url.startsWith(`${API}/`));
});
afterAll(() => api.stop());

const everybody = Object.keys(cast) as readonly Who[];
type Known = Announced & { readonly access: Access };
const knownRoutes = (): readonly Known[] =>
  routes.flatMap(({ config: { access }, ...route }) =>
    access === undefined ? [] : [{ ...route, config: { access }, access }],
  );

const pathOf = (url: string, params: Named["params"]): string =>
  url.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? "none"));

/** Without a key nothing is ever done: who gets as far as that was let through. */
const asked = ({ method, url }: Announced, params: Named["params"]) => ({
  method: method === "DELETE" || method === "POST" ? method : ("GET" as const),
  url: pathOf(url, params),
  ...(method === "POST" && { payload: {} }),
});
const ask = (who: Who | null, route: Announced, params: Named["params"]) =>
  api.ask(who, asked(route, params));

/** What no address below /api/v1 shows: page-access.test.ts asks the screens that do. */
const onlyOnScreens = ["histories", "past", "engine"];

const barring = ["contributed", "wrong-stage", "closed"];
const verdictOf = ({ statusCode, body }: LightMyRequestResponse): Verdict => {
  if (statusCode === 404) return "hidden";
  if (statusCode !== 403 && statusCode !== 409) return "allowed";
  const { code } = JSON.parse(body);
  return barring.includes(code) ? "barred" : "forbidden";
};

describe("every route", () => {
  it("says what it does, in a line of the table", () => {
    expect(routes.length).toBeGreaterThan(50);
    const unsaid = routes.filter(
      ({ config: { access } }) => access === undefined || !actions.includes(access.action),
    );
    expect(unsaid).toEqual([]);
  });

  it("together they let everything in the table be done", () => {
    const reached = new Set(routes.map(({ config }) => config.access?.action));
    expect(actions.filter((action) => !reached.has(action))).toEqual(onlyOnScreens);
  });

  it("lets nobody in who does not say who he is", async () => {
    for (const route of routes) {
      const { access } = route.config;
      const params = access && objects[access.about][0]?.params;
      const { statusCode } = await ask(null, route, params ?? {});
      expect([route.method, route.url, statusCode]).toEqual([route.method, route.url, 401]);
    }
  });

  it("does for everybody what the table says, and no more", async () => {
    const cells: string[] = [];
    const wrong: string[] = [];
    for (const means of ["session", "token"] as const)
      for (const route of knownRoutes())
        for (const who of everybody)
          for (const { params, situation } of objects[route.access.about]) {
            if (who === "machine" && means === "session") continue;
            const { action } = route.access;
            const reply = await (means === "session" ? api.ask : api.askByToken)(who, asked(route, params));
            const found = isFile(route) && reply.statusCode === 404 ? "allowed" : verdictOf(reply);
            const expected = judge(cast[who][1], action, situation(who), means);
            const cell = `${who} by ${means} ${route.method} ${pathOf(route.url, params)}`;
            if (found !== expected || reply.statusCode >= 500)
              wrong.push(`${cell}: ${reply.statusCode}, ${expected}`);
            cells.push(cell);
          }
    expect(wrong).toEqual([]);
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells.length).toBeGreaterThanOrEqual(1_500);
  }, 120_000);

  it("answers for what is hidden exactly as for what is not there", async () => {
    let compared = 0;
    for (const route of knownRoutes())
      for (const who of everybody)
        for (const { params, situation } of objects[route.access.about]) {
          const { action, about } = route.access;
          const none = unknown[about];
          if (none === null || judge(cast[who][1], action, situation(who)) !== "hidden") continue;
          const [hidden, absent] = [await ask(who, route, params), await ask(who, route, none)];
          expect(hidden.statusCode).toBe(404);
          expect([hidden.body, Object.keys(hidden.headers)]).toEqual([
            absent.body,
            Object.keys(absent.headers),
          ]);
          compared += 1;
        }
    expect(compared).toBeGreaterThan(40);
  }, 60_000);
});

/** Nothing is published yet: the list may be seen, and no file is there. */
const isFile = ({ url }: Announced): boolean => url.endsWith("/publications/:name");

describe("a list", () => {
  const organisationsIn = async (who: Who, path: string, member: string): Promise<readonly string[]> => {
    const reply = await api.ask(who, { url: `/api/v1/cycles/2014-r1${path}` });
    const rows: readonly { readonly organisation: string }[] = reply.json()[member];
    return [...new Set(rows.map(({ organisation }) => organisation))].toSorted();
  };

  it.each([
    ["preparer", ["meti", "mic"]],
    ["auditor", ["meti", "mic"]],
    ["meti", ["meti"]],
    ["machine", ["meti"]],
    ["mic", ["mic"]],
  ] as const)("of requests shows %s those of %j", async (who, seen) => {
    expect(await organisationsIn(who, "/requests", "requests")).toEqual(seen);
  });

  it("of another's requests is empty, not forbidden", async () => {
    expect(await organisationsIn("meti", "/requests?organisation=mic", "requests")).toEqual([]);
    expect(await organisationsIn("preparer", "/requests?organisation=mic", "requests")).toEqual(["mic"]);
  });

  it("of surveys and mails shows a ministry its own", async () => {
    expect(await organisationsIn("mic", "/surveys", "surveys")).toEqual(["mic"]);
    expect(await organisationsIn("meti", "/surveys", "surveys")).toEqual([]);
    expect(await organisationsIn("mic", "/mails", "mails")).toEqual(["mic"]);
    expect(await organisationsIn("meti", "/mails", "mails")).toEqual([]);
  });

  it("comes in pages, each thing once", async () => {
    const seen: string[] = [];
    let cursor = "";
    do {
      const url = `/api/v1/cycles/2014-r1/requests?limit=1${cursor}`;
      const { requests, next } = (await api.ask("preparer", { url })).json();
      seen.push(...requests.map(({ id }: { id: string }) => id));
      cursor = next === null ? "" : `&cursor=${encodeURIComponent(next)}`;
    } while (cursor !== "");
    expect(seen).toEqual(["2014-r1-consultation-meti", "2014-r1-data-meti", "2014-r1-data-mic"]);
  });

  it("counts in a cycle only what the reader may see", async () => {
    const countsFor = async (who: Who) =>
      (await api.ask(who, { url: "/api/v1/cycles/2014-r1" })).json().requests.data;
    expect(await countsFor("preparer")).toEqual({ open: 2, settled: 0 });
    expect(await countsFor("meti")).toEqual({ open: 1, settled: 0 });
    expect(await countsFor("recorder")).toEqual({ open: 0, settled: 0 });
  });
});

import { Client, Connection } from "@temporalio/client";
import type { FastifyInstance, InjectOptions } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { storeEvidence } from "../support/api-objects.ts";
import { fy2014 } from "../support/scene.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { asMeti, asPreparer } from "../support/screens-service.ts";
import { now, rehearsal, storeScreensYear } from "../support/screens-year.ts";
import { buildWholeService } from "../support/whole-service.ts";

/** What every answer says to the browser, whoever asks for whatever: exactly this, and nothing besides. */

const POLICY =
  "default-src 'none';style-src 'self';script-src 'self';connect-src 'self';font-src 'self';img-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'";
/** The one exception among pages: the reader of the API's description is a page of its vendor's, with style and script in it. */
const REFERENCE = {
  path: "/docs",
  policy:
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
};
const always = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "origin-agent-cluster": "?1",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-dns-prefetch-control": "off",
  "x-download-options": "noopen",
  "x-frame-options": "DENY",
  "x-permitted-cross-domain-policies": "none",
  "x-xss-protection": "0",
};
/** Of the answer's content and way, not of what a browser may do with it. */
const about = new Set([
  "content-type",
  "content-length",
  "content-disposition",
  "date",
  "connection",
  "location",
  "etag",
  "last-modified",
  "accept-ranges",
  "set-cookie",
  "www-authenticate",
  "vary",
  "retry-after",
  "transfer-encoding",
]);

type Asked = Pick<InjectOptions, "method"> & { readonly url: string };

interface House {
  readonly app: FastifyInstance;
  readonly routes: readonly Asked[];
}

let database: ScratchDatabase;
let db: Db;
const connection = Connection.lazy({ address: "127.0.0.1:1" });
const client = new Client({ connection });

const params: Record<string, string> = {
  cycle: rehearsal,
  id: `${rehearsal}-data-meti`,
  hash: "0".repeat(64),
  person: "meti-officer",
};
/** An address that the route answers, as far as names go. */
const filled = (url: string): string =>
  url
    .replaceAll(/:(\w+)(\([^)]*\))?/g, (_, name: string) => params[name] ?? "none")
    .replaceAll("*", "nothing.css");

const build = async (publicUrl: string): Promise<House> => {
  const { app, routes } = await buildWholeService({
    db,
    client,
    publicUrl,
    clock: () => now,
    sessionOf: async ({ headers }) => {
      const actor = { preparer: asPreparer, meti: asMeti }[String(headers["x-test-reader"])];
      return actor === undefined ? null : { actor, formToken: "of this test" };
    },
  });
  return { app, routes: routes.map(({ method, url }) => ({ method: method as "GET", url: filled(url) })) };
};

let plain: House;
let secure: House;
beforeAll(async () => {
  database = await startScratchDatabase();
  db = makeDb({ url: database.url, applicationName: "headers-test" });
  await storeScreensYear(db, await fy2014());
  params["file"] = await storeEvidence({ db });
  [plain, secure] = [await build("http://127.0.0.1:8080"), await build("https://nenrin.example")];
});
afterAll(async () => {
  await Promise.all([plain.app.close(), secure.app.close()]);
  await connection.close();
  await closeDb(db);
  await database.stop();
});

const readers = [null, "preparer", "meti"] as const;
const strange: readonly Asked[] = [
  { method: "GET", url: "/nowhere" },
  { method: "GET", url: "/api/v1/nowhere" },
  { method: "PUT", url: "/" },
  { method: "OPTIONS", url: "/" },
  { method: "GET", url: "/%E0%A4%A" },
  { method: "GET", url: `/mails/${"x".repeat(300)}` },
  { method: "GET", url: "/assets/nenrin.css" },
  { method: "GET", url: "/assets/fonts/index.css" },
  { method: "GET", url: "/assets/../server.ts" },
  { method: "GET", url: "/docs/" },
  { method: "GET", url: "/openapi.json" },
];

const ask = ({ app }: House, asked: Asked, reader: (typeof readers)[number]) =>
  app.inject({
    ...asked,
    headers: {
      ...(reader !== null && { "x-test-reader": reader }),
      "sec-fetch-site": "same-origin",
      "x-form-token": "of this test",
      ...(asked.method === "POST" && { "content-type": "application/x-www-form-urlencoded" }),
    },
  });
/** A ministry's file may do nothing at all, not even what our own pages may. */
const FILE_POLICY = "sandbox; default-src 'none'";
const policyOf = ({ url }: Asked, status: number): string => {
  if (url.startsWith(REFERENCE.path)) return REFERENCE.policy;
  return status === 200 && url.endsWith(`/files/${params["file"]}`) ? FILE_POLICY : POLICY;
};
/** Files that are the same for everybody may be kept for a day. */
const mayBeKept = ({ url }: Asked, status: number): boolean =>
  /^\/assets\/.*\.(css|svg|js|woff2)$/.test(url) && [200, 304].includes(status);

/** What is among the answers: pages, data, downloads, files of ours, redirects and every kind of refusal. */
const kindsOfAnswers: readonly string[] = [
  "200 text/html",
  "200 application/json",
  "200 text/csv",
  "200 application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "200 application/octet-stream",
  "200 text/css",
  "200 application/javascript",
  "204 undefined",
  "303 undefined",
  ...[400, 401, 403, 404].flatMap((status) => [`${status} application/problem+json`, `${status} text/html`]),
  "422 text/html",
  "503 text/html",
];

describe("every answer", () => {
  it.each([
    ["http on loopback", () => plain, {}],
    ["https", () => secure, { "strict-transport-security": "max-age=31536000; includeSubDomains" }],
  ] as const)(
    "over %s says exactly what it has to say",
    async (_, house, more) => {
      const { routes } = house();
      expect(routes.length).toBeGreaterThan(150);
      const wrong: unknown[] = [];
      let asked = 0;
      const kinds = new Set<string>();
      for (const route of [...routes, ...strange])
        for (const reader of readers) {
          const { headers, statusCode } = await ask(house(), route, reader);
          const kept = String(headers["cache-control"]);
          const found = Object.fromEntries(
            Object.entries(headers).filter(([name]) => !about.has(name) && name !== "cache-control"),
          );
          const expected = {
            ...always,
            ...more,
            "content-security-policy": policyOf(route, statusCode),
          };
          const keeps = mayBeKept(route, statusCode) ? /^public, max-age=86400/ : /^no-store$/;
          asked += 1;
          kinds.add(`${statusCode} ${String(headers["content-type"]).replace(/;.*/, "")}`);
          if (!keeps.test(kept) || JSON.stringify(sorted(found)) !== JSON.stringify(sorted(expected)))
            wrong.push([
              route.method,
              route.url.slice(0, 80),
              reader,
              statusCode,
              kept,
              ...differing(found, expected).slice(0, 3),
            ]);
        }
      expect(wrong).toEqual([]);
      expect(asked).toBeGreaterThan(450);
      expect([...kinds]).toEqual(expect.arrayContaining([...kindsOfAnswers]));
    },
    180_000,
  );

  it("never holds a form that changes something without its session's token", async () => {
    let forms = 0;
    const pages = plain.routes.filter(
      ({ method, url }) => method === "GET" && !url.startsWith(REFERENCE.path),
    );
    for (const route of pages)
      for (const reader of ["preparer", "meti"] as const) {
        const { body, headers } = await ask(plain, route, reader);
        if (!String(headers["content-type"]).startsWith("text/html")) continue;
        for (const [form] of body.matchAll(/<form[^>]*method="post".*?<\/form>/gs)) {
          expect([route.url, form]).toEqual([
            route.url,
            expect.stringContaining('<input type="hidden" name="form-token" value="of this test"'),
          ]);
          forms += 1;
        }
        expect([
          route.url,
          /<(script(?! src)|style|[a-z]+ [^>]*\son\w+=|[a-z]+ [^>]*\sstyle=)/i.exec(body)?.[0],
        ]).toEqual([route.url, undefined]);
      }
    expect(forms).toBeGreaterThan(40);
  }, 120_000);
});

const sorted = (headers: Readonly<Record<string, unknown>>) =>
  Object.entries(headers).toSorted(([one], [other]) => one.localeCompare(other));
const differing = (found: Readonly<Record<string, unknown>>, expected: Readonly<Record<string, unknown>>) =>
  [...new Set([...Object.keys(found), ...Object.keys(expected)])]
    .filter((name) => found[name] !== expected[name])
    .map((name) => [name, found[name], expected[name]]);

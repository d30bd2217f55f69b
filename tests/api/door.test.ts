import { eq } from "drizzle-orm";
import type { InjectOptions } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { people, tokens } from "../../db/schema/acts.ts";
import { organisationId, personId } from "../../domain/ids.ts";
import { addSeconds } from "../../domain/time.ts";
import { hashOfSecret } from "../../api/secrets.ts";
import {
  FORM_TOKEN,
  START,
  startApiService,
  tokenFor,
  WEB,
  type ApiService,
} from "../support/api-service.ts";

let api: ApiService;
beforeAll(async () => {
  api = await startApiService();
});
afterAll(() => api.stop());
beforeEach(() => {
  api.time.now = START;
  api.session.actor = null;
});

const TOKEN = { label: "手元", actions: ["requests"], organisation: null, cycle: null };
const me = (headers: Record<string, string>) => api.app.inject({ url: "/api/v1/me", headers });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe("who asks", () => {
  it("is known by his token, in the one post it was made for", async () => {
    const reply = await api.askByToken("meti", { url: "/api/v1/me" });
    expect(reply.json()).toEqual({
      person: "meti-officer",
      name: expect.any(String),
      role: "contact",
      organisation: "meti",
    });
  });

  it.each([
    ["nothing at all", {}],
    ["a token nobody has", bearer("x".repeat(43))],
    ["something that is no token", bearer("a b")],
    ["another scheme", { authorization: "Basic bmlzYzpuaXNj" }],
  ])("is nobody with %s", async (_what, headers) => {
    const reply = await me(headers);
    expect(reply.statusCode).toBe(401);
    expect(reply.headers["www-authenticate"]).toBe('Bearer realm="nenrin"');
    expect(reply.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect(reply.json()).toMatchObject({ code: "not-signed-in", status: 401 });
  });

  it("is nobody once the token's time is over", async () => {
    const token = await tokenFor(api.db, "meti", addSeconds(START, 60));
    expect((await me(bearer(token))).statusCode).toBe(200);
    api.time.now = addSeconds(START, 60);
    expect((await me(bearer(token))).statusCode).toBe(401);
  });

  it("is nobody once the token is revoked", async () => {
    const token = await tokenFor(api.db, "meti");
    await api.db
      .update(tokens)
      .set({ revokedAt: START })
      .where(eq(tokens.hash, hashOfSecret(token)));
    expect((await me(bearer(token))).statusCode).toBe(401);
  });

  it("is nobody once the person has lost the post", async () => {
    const person = personId("mic-officer");
    await api.db.update(people).set({ contact: [] }).where(eq(people.id, person));
    expect((await api.askByToken("mic", { url: "/api/v1/me" })).statusCode).toBe(401);
    await api.db
      .update(people)
      .set({ contact: ["officer"] })
      .where(eq(people.id, person));
    expect((await api.askByToken("mic", { url: "/api/v1/me" })).statusCode).toBe(200);
  });
});

describe("a session", () => {
  const storing = { method: "POST", url: "/api/v1/tokens", payload: TOKEN } as const;
  const post = (headers: Record<string, string>, key: string) =>
    api.app.inject({ ...storing, headers: { "idempotency-key": key, ...headers } });
  beforeEach(() => {
    api.session.actor = {
      person: personId("meti-officer"),
      role: "contact",
      organisation: organisationId("meti"),
    };
  });

  it("speaks for who has signed in", async () => {
    expect((await me({})).json()).toMatchObject({ person: "meti-officer" });
  });

  it("does not help a token that is not valid", async () => {
    expect((await me(bearer("x".repeat(43)))).statusCode).toBe(401);
  });

  it.each([
    ["our own page", { "sec-fetch-site": "same-origin" }, "done"],
    [
      "our own page, which tells nobody where it is",
      { "sec-fetch-site": "same-origin", origin: "null" },
      "done",
    ],
    ["our own page, in a browser that says only its origin", { origin: WEB }, "done"],
    ["another site", { "sec-fetch-site": "cross-site", origin: WEB }, "cross-site"],
    ["another site of the same domain", { "sec-fetch-site": "same-site" }, "cross-site"],
    ["another origin", { origin: "https://evil.example" }, "cross-site"],
    [
      "an origin that contradicts the site",
      { "sec-fetch-site": "same-origin", origin: "https://evil.example" },
      "cross-site",
    ],
    ["who knows where", {}, "cross-site"],
    [
      "our own page without its token",
      { "sec-fetch-site": "same-origin", "x-form-token": "" },
      "form-expired",
    ],
    [
      "a page of another session",
      { "sec-fetch-site": "same-origin", "x-form-token": "x".repeat(20) },
      "form-expired",
    ],
  ])("changes something for %s", async (what, headers, outcome) => {
    const reply = await post(
      { "x-form-token": FORM_TOKEN, ...headers },
      `csrf ${what}`.replaceAll(/[ ,]/g, "-"),
    );
    expect(reply.statusCode).toBe(outcome === "done" ? 200 : 403);
    expect(reply.json().code ?? "done").toBe(outcome);
  });
});

describe("every answer", () => {
  const asked: readonly (readonly [string, InjectOptions])[] = [
    ["a page of the API", { url: "/api/v1/cycles" }],
    ["an address that is none", { url: "/nowhere" }],
    ["the description", { url: "/openapi.json" }],
  ];
  it.each(asked)("of %s carries safe headers", async (_what, request) => {
    const { headers } = await api.ask("preparer", request);
    expect(headers["content-security-policy"]).toMatch(/default-src 'none';style-src 'self'/);
    expect(headers["content-security-policy"]).not.toContain("unsafe");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["x-frame-options"]).toBe("DENY");
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
    expect(headers).not.toHaveProperty("x-powered-by");
  });

  it("of the API is kept by nobody on the way", async () => {
    for (const url of ["/api/v1/cycles", "/api/v1/requests/none"])
      expect((await api.ask("preparer", { url })).headers["cache-control"]).toBe("no-store");
  });

  it("that is no success is a problem, also where there is no such address", async () => {
    const reply = await api.ask("preparer", { url: "/api/v1/nowhere" });
    expect(reply.statusCode).toBe(404);
    expect(reply.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect(reply.json()).toMatchObject({ code: "not-found", title: "見つかりません" });
  });

  it("says nothing of the inside when something breaks", async () => {
    await api.db.execute("alter table cycles rename to cycles_gone");
    const reply = await api.ask("preparer", { url: "/api/v1/cycles" });
    await api.db.execute("alter table cycles_gone rename to cycles");
    expect(reply.statusCode).toBe(500);
    expect(reply.body).not.toMatch(/cycles|select|drizzle|postgres|\.ts/i);
    expect(reply.json()).toMatchObject({ code: "internal" });
  });

  it("lets the reference page run its own script and style, and nobody else's", async () => {
    const reply = await api.app.inject({ url: "/docs/" });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers["content-security-policy"]).toContain("script-src 'self' 'unsafe-inline'");
    expect(reply.body).not.toMatch(/(src|href)="https?:/);
  });
});

describe("a body", () => {
  const send = (headers: Record<string, string>, payload: string | Buffer) =>
    api.ask("meti", {
      method: "POST",
      url: "/api/v1/tokens",
      headers: { "idempotency-key": "body", ...headers },
      payload,
    });
  const json = { "content-type": "application/json" };

  it.each([
    [
      "another character set",
      { "content-type": "application/json; charset=Shift_JIS" },
      '{"label":"a"}',
      415,
      "unsupported-charset",
    ],
    [
      "a form",
      { "content-type": "application/x-www-form-urlencoded" },
      "label=a",
      415,
      "unsupported-media-type",
    ],
    ["no type", {}, '{"label":"a"}', 415, "unsupported-media-type"],
    ["no JSON", json, "{label:1}", 400, "malformed-body"],
    ["nothing", json, "", 400, "malformed-body"],
    ["a name twice", json, '{"label":"a","label":"b"}', 400, "malformed-body"],
    ["U+0000", json, String.raw`{"label":"a\u0000"}`, 400, "malformed-body"],
    ["half a character", json, String.raw`{"label":"\ud83d"}`, 400, "malformed-body"],
    ["bytes that are not UTF-8", json, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, "malformed-body"],
    ["more than a megabyte", json, JSON.stringify({ label: "あ".repeat(400_000) }), 413, "too-large"],
    ["a number for a text", json, '{"label":7}', 422, "invalid-body"],
    ["null for a text", json, '{"label":null}', 422, "invalid-body"],
    ["a list around it", json, '{"label":["a"]}', 422, "invalid-body"],
    ["a member nobody knows", json, '{"label":"a","role":"admin"}', 422, "invalid-body"],
    ["a member too few", json, "{}", 422, "invalid-body"],
    ["a list", json, "[]", 422, "invalid-body"],
  ] as const)("with %s is refused", async (_what, headers, payload, status, code) => {
    const reply = await send(headers, payload);
    expect([reply.statusCode, reply.json().code]).toEqual([status, code]);
    expect(reply.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  });

  it("says where it is wrong, in Japanese", async () => {
    const reply = await send(json, JSON.stringify({ ...TOKEN, label: 7, role: "admin" }));
    expect(reply.json().errors).toEqual([
      { pointer: "/label", message: expect.stringMatching(/\p{Script=Hiragana}/u) },
      { pointer: "", message: expect.stringContaining("role") },
    ]);
  });

  it("is not coerced on its way into the address either", async () => {
    const url = "/api/v1/cycles/2014-r1/requests";
    for (const query of ["limit=1.5", "limit=0", "limit=x", "kind=none", "unknown=1", "limit=1&limit=2"]) {
      const reply = await api.ask("preparer", { url: `${url}?${query}` });
      expect([query, reply.statusCode, reply.json().code]).toEqual([query, 400, "invalid-query"]);
    }
  });
});

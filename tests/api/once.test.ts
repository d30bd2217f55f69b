import { randomUUID } from "node:crypto";
import { and, count, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEvents } from "../../db/schema/audit.ts";
import { acts, tokens } from "../../db/schema/acts.ts";
import { contents } from "../../db/schema/content.ts";
import { plansOf } from "../../db/queries/plans.ts";
import { verifyChain } from "../../db/queries/audit.ts";
import { addSeconds } from "../../domain/time.ts";
import type { Plan } from "../../domain/plan.ts";
import { fy2014 } from "../support/scene.ts";
import { START, startApiService, type ApiService, type Who } from "../support/api-service.ts";

/** What happens to a change that is sent twice. The engine is silent, so that an act stays on its way. */

/** A silent engine is waited for. */
const SLOW = { timeout: 40_000 };

let api: ApiService;
let plan: Plan;
beforeAll(async () => {
  [api, plan] = await Promise.all([startApiService(), fy2014()]);
});
afterAll(() => api.stop());
beforeEach(() => {
  api.time.now = START;
});

const post = (who: Who, url: string, payload: object, key: string) =>
  api.ask(who, {
    method: "POST",
    url: `/api/v1${url}`,
    headers: key === "" ? {} : { "idempotency-key": key },
    payload,
  });
const TOKEN = { label: "手元", actions: ["requests"], organisation: null, cycle: null };
const howMany = async (table: typeof contents | typeof tokens | typeof auditEvents | typeof acts) =>
  (await api.db.select({ many: count() }).from(table))[0]?.many;

describe("a change", () => {
  it.each([
    ["without a key", ""],
    ["with a key that no header can carry well", "鍵".replaceAll("鍵", "a b")],
    ["with an endless key", "k".repeat(256)],
  ])("%s is not done", async (_what, key) => {
    const before = await howMany(acts);
    const reply = await post("preparer", "/tokens", TOKEN, key);
    expect([reply.statusCode, reply.json().code]).toEqual([400, "key-missing"]);
    expect(await howMany(acts)).toBe(before);
  });
});

describe("a plan", () => {
  it("is stored once under one key, whatever order its members come in", async () => {
    const before = [await howMany(contents), await howMany(auditEvents)];
    const first = await post("preparer", "/plans", plan, "plan-1");
    expect(first.statusCode).toBe(200);
    expect(first.json()).toEqual({
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      findings: expect.any(Array),
    });
    const turned = Object.fromEntries(Object.entries(plan).toReversed());
    const second = await post("preparer", "/plans", turned, "plan-1");
    expect([second.statusCode, second.body]).toEqual([200, first.body]);
    expect([await howMany(contents), await howMany(auditEvents)]).toEqual(before.map((n) => (n ?? 0) + 1));
    expect(await verifyChain(api.db)).toMatchObject({ is: "intact" });
  });

  it("comes back as it was stored, and stands in the list once", async () => {
    const { hash } = (await post("preparer", "/plans", plan, "plan-2")).json();
    expect((await api.ask("preparer", { url: `/api/v1/plans/${hash}` })).json()).toEqual(plan);
    const { plans } = (await api.ask("preparer", { url: "/api/v1/plans" })).json();
    expect(plans.filter((one: { hash: string }) => one.hash === hash)).toHaveLength(1);
  });

  it("is another act under the same key: refused", async () => {
    const other = await post("preparer", "/plans", { ...plan, title: "別の計画" }, "plan-1");
    expect([other.statusCode, other.json().code]).toEqual([422, "key-reused"]);
  });

  it("of another person may have the same key", async () => {
    expect((await post("admin", "/plans", plan, "plan-1")).statusCode).toBe(200);
  });

  it("that lint blocks is not stored, and lint says why", async () => {
    const before = await howMany(contents);
    const blocked = { ...plan, holidays: [] };
    const reply = await post("preparer", "/plans", blocked, "plan-3");
    expect([reply.statusCode, reply.json().code]).toEqual([422, "plan-blocked"]);
    expect(reply.json().findings).toContainEqual(
      expect.objectContaining({ level: "block", code: "no-holiday-data" }),
    );
    expect(await howMany(contents)).toBe(before);
  });

  it("with a member nobody knows is refused where it stands", async () => {
    const reply = await post(
      "preparer",
      "/plans",
      { ...plan, dates: { ...plan.dates, soon: true } },
      "plan-4",
    );
    expect([reply.statusCode, reply.json().errors[0].pointer]).toEqual([422, "/dates"]);
  });
});

describe("a token", () => {
  it("is shown once, works, and is over when it is revoked", async () => {
    const first = (await post("meti", "/tokens", TOKEN, "token-1")).json();
    const again = (await post("meti", "/tokens", TOKEN, "token-1")).json();
    expect(first.token).toMatch(/^[\w-]{43}$/);
    expect(again).toEqual({ ...first, token: null });
    const headers = { authorization: `Bearer ${first.token}` };
    const me = () => api.app.inject({ url: "/api/v1/me", headers });
    expect((await me()).json()).toMatchObject({ person: "meti-officer", role: "contact" });
    const revoke = () =>
      api.ask("meti", {
        method: "DELETE",
        url: `/api/v1/tokens/${first.hash}`,
        headers: { "idempotency-key": "token-2" },
      });
    const [one, two] = [await revoke(), await revoke()];
    expect([one.statusCode, two.statusCode, two.body]).toEqual([200, 200, one.body]);
    expect((await me()).statusCode).toBe(401);
  });

  it("is kept as its hash only", async () => {
    const { token } = (await post("meti", "/tokens", TOKEN, "token-3")).json();
    const rows = JSON.stringify([await api.db.select().from(tokens), await api.db.select().from(acts)]);
    expect(rows).not.toContain(token);
  });
});

describe("an act whose engine is silent", SLOW, () => {
  const url = "/cycles/2014-r1/policy";
  const text = { title: "実施方針", text: "本文" };

  it("is kept, and answered with where its result will be", async () => {
    const reply = await post("preparer", url, text, "act-1");
    expect(reply.statusCode).toBe(202);
    const { act, state } = reply.json();
    expect(state).toBe("stored");
    expect(reply.headers.location).toBe(`/api/v1/acts/${act}`);
    const standing = await api.ask("preparer", { url: `/api/v1/acts/${act}` });
    expect(standing.json()).toMatchObject({ act, name: "cycle.submit-policy", state: "stored" });
    expect(standing.json()).toMatchObject({ cycle: "2014-r1", storedAt: START });
  });

  it("is asked for again too soon: it is in flight", async () => {
    const reply = await post("preparer", url, text, "act-1");
    expect([reply.statusCode, reply.json().code]).toEqual([409, "in-flight"]);
  });

  it("is sent again later under the same id, and stays one act with one text", async () => {
    const before = [await howMany(acts), await howMany(contents)];
    const first = (await api.db.select().from(acts).where(eq(acts.key, "act-1")))[0];
    api.time.now = addSeconds(START, 60);
    const reply = await post("preparer", url, text, "act-1");
    expect([reply.statusCode, reply.json().act]).toEqual([202, first?.id]);
    expect([await howMany(acts), await howMany(contents)]).toEqual(before);
  });

  it("is never mistaken for another under its key", async () => {
    const reply = await post("preparer", url, { ...text, text: "別の本文" }, "act-1");
    expect([reply.statusCode, reply.json().code]).toEqual([422, "key-reused"]);
    const elsewhere = await post("preparer", "/tokens", TOKEN, "act-1");
    expect([elsewhere.statusCode, elsewhere.json().code]).toEqual([422, "key-reused"]);
  });

  it("is one act also when it comes five times at once", async () => {
    const sent = await Promise.all([1, 2, 3, 4, 5].map(() => post("preparer", url, text, "act-5")));
    expect(sent.map(({ statusCode }) => String(statusCode)).toSorted()).toEqual([
      "202",
      "409",
      "409",
      "409",
      "409",
    ]);
    const stored = await api.db
      .select({ many: count() })
      .from(acts)
      .where(and(eq(acts.key, "act-5"), eq(acts.state, "stored")));
    expect(stored[0]?.many).toBe(1);
  });

  it("carries the cycle's now, and when it was stored by the wall", async () => {
    const [row] = await api.db.select().from(acts).where(eq(acts.key, "act-5"));
    expect(row?.act?.at).toBe("2015-04-27T09:00:00+09:00");
    expect(row?.storedAt).toBe(START);
  });
});

describe("an answer", SLOW, () => {
  const url = "/requests/2014-r1-data-meti/answers";
  const body = { answers: [{ item: "2014-r1-data-meti/second", says: "value", number: 3, text: "三件" }] };
  const answer = (headers: Record<string, string>) =>
    api.ask("meti", {
      method: "POST",
      url: `/api/v1${url}`,
      headers: { "idempotency-key": randomUUID(), ...headers },
      payload: body,
    });

  it("needs to say which state of the request was read", async () => {
    const reply = await answer({});
    expect([reply.statusCode, reply.json().code]).toEqual([428, "precondition-missing"]);
  });

  it("is refused when another has been there first", async () => {
    const reply = await answer({ "if-match": '"r7"' });
    expect([reply.statusCode, reply.json().code]).toEqual([412, "stale"]);
    expect(await api.db.select().from(contents).where(eq(contents.kind, "answer"))).toHaveLength(1);
  });

  it("is taken with the ETag that the request itself gave", async () => {
    const { headers, statusCode } = await api.ask("meti", { url: "/api/v1/requests/2014-r1-data-meti" });
    expect([statusCode, headers.etag]).toEqual([200, '"r1"']);
    expect((await answer({ "if-match": String(headers.etag) })).statusCode).toBe(202);
  });
});

describe("a cycle", SLOW, () => {
  it("whose days are past is only rehearsed, from a plan that is there", async () => {
    const [stored] = await plansOf(api.db);
    const real = await post("preparer", "/cycles", { plan: stored?.hash, rehearsal: false }, "cycle-1");
    expect([real.statusCode, real.json().code]).toEqual([422, "only-as-rehearsal"]);
    const none = await post("preparer", "/cycles", { plan: "0".repeat(64), rehearsal: true }, "cycle-2");
    expect([none.statusCode, none.json().code]).toEqual([422, "unknown-plan"]);
  });

  it("gets a number that no other wish has, also while none has been opened yet", async () => {
    const [stored] = await plansOf(api.db);
    const wish = { plan: stored?.hash, rehearsal: true };
    const keys = ["cycle-3", "cycle-4", "cycle-5"];
    const opened = await Promise.all(keys.map((key) => post("preparer", "/cycles", wish, key)));
    expect(opened.map(({ statusCode }) => statusCode)).toEqual([202, 202, 202]);
    expect(opened.map((reply): string => reply.json().cycle).toSorted()).toEqual([
      "2014-r2",
      "2014-r3",
      "2014-r4",
    ]);
  });
});

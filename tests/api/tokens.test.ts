import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hashOfSecret } from "../../api/secrets.ts";
import { tokens } from "../../db/schema/acts.ts";
import { addSeconds } from "../../domain/time.ts";
import { storeObjects } from "../support/api-objects.ts";
import { START, startApiService, type ApiService, type Who } from "../support/api-service.ts";

/** 利用者トークン: made by who is signed in, for as much as he says, and never for more than he may himself. */

let api: ApiService;
let otherCycle = "";
beforeAll(async () => {
  api = await startApiService();
  const { cycle } = await storeObjects(api);
  otherCycle = cycle[1]?.params["cycle"] ?? "";
});
afterAll(() => api.stop());
beforeEach(() => {
  api.time.now = START;
});

const ours = { label: "集計", actions: ["requests", "request"], organisation: "meti", cycle: "2014-r1" };
const make = (who: Who, more: object = {}): Promise<LightMyRequestResponse> =>
  api.ask(who, {
    method: "POST",
    url: "/api/v1/tokens",
    headers: { "idempotency-key": crypto.randomUUID() },
    payload: { ...ours, ...more },
  });
const made = async (who: Who, more: object = {}): Promise<string> => (await make(who, more)).json().token;
const by = (token: string, url: string, more: object = {}): Promise<LightMyRequestResponse> =>
  api.app.inject({ url: `/api/v1${url}`, headers: { authorization: `Bearer ${token}` }, ...more });
const said = async (reply: Promise<LightMyRequestResponse>) => {
  const { statusCode, body } = await reply;
  return statusCode === 200 ? 200 : [statusCode, JSON.parse(body).code];
};
const BEYOND = [403, "beyond-token"];

describe("a token", () => {
  it("reaches the actions, the organisation and the year it was made for, and nothing besides", async () => {
    const token = await made("preparer");
    expect(await said(by(token, "/requests/2014-r1-data-meti"))).toBe(200);
    expect(await said(by(token, "/cycles/2014-r1/requests?organisation=meti"))).toBe(200);
    for (const url of [
      "/cycles/2014-r1/surveys?organisation=meti",
      "/cycles/2014-r1/board?organisation=meti",
      "/requests/2014-r1-data-mic",
      "/cycles/2014-r1/requests?organisation=mic",
      "/cycles/2014-r1/requests",
      `/requests/${otherCycle}-data-meti`,
      `/cycles/${otherCycle}/requests?organisation=meti`,
    ])
      expect([url, await said(by(token, url))]).toEqual([url, BEYOND]);
  });

  it("of a ministry is its ministry's, whatever is asked for", async () => {
    const token = await made("meti", { organisation: "mic" });
    expect(await said(by(token, "/requests/2014-r1-data-meti"))).toBe(200);
    expect(await said(by(token, "/requests/2014-r1-data-mic"))).toEqual([404, "not-found"]);
  });

  it("is good for ninety days, and kept as a hash alone", async () => {
    const reply = (await make("preparer")).json();
    expect(reply.expiresAt).toBe(addSeconds(START, 90 * 86_400));
    const rows = JSON.stringify(await api.db.select().from(tokens));
    expect([rows.includes(reply.token), rows.includes(hashOfSecret(reply.token))]).toEqual([false, true]);
    const listed = await api.ask("preparer", { url: "/api/v1/tokens" });
    expect([listed.statusCode, listed.body.includes(reply.token)]).toEqual([200, false]);
    const use = () => said(by(reply.token, "/requests/2014-r1-data-meti"));
    api.time.now = addSeconds(START, 90 * 86_400 - 1);
    expect(await use()).toBe(200);
    api.time.now = addSeconds(START, 90 * 86_400);
    expect(await use()).toEqual([401, "not-signed-in"]);
  });

  it("ends at once when its owner says so, and is nobody else's to end", async () => {
    const token = await made("meti");
    const end = (who: Who) =>
      api.ask(who, {
        method: "POST",
        url: `/api/v1/tokens/${hashOfSecret(token)}/revocation`,
        headers: { "idempotency-key": crypto.randomUUID() },
        payload: {},
      });
    expect((await end("mic")).statusCode).toBe(404);
    expect(await said(by(token, "/requests/2014-r1-data-meti"))).toBe(200);
    expect((await end("meti")).statusCode).toBe(200);
    expect(await said(by(token, "/requests/2014-r1-data-meti"))).toEqual([401, "not-signed-in"]);
  });

  it.each(["report.approve", "cycle.decide-policy", "post.ask", "token.create", "request.sign-off"])(
    "is not to be had for %s",
    async (action) => {
      for (const who of ["approver", "recorder", "admin", "meti"] as const)
        expect((await make(who, { actions: [action] })).statusCode).toBe(422);
    },
  );

  it("is not to be had for what its owner may not do himself, and makes no other", async () => {
    expect((await make("meti", { actions: ["board"] })).statusCode).toBe(422);
    expect((await make("preparer", { actions: ["request.grant-extension"] })).statusCode).toBe(422);
    const making = { method: "POST", payload: ours };
    expect(await said(by(api.tokens.preparer, "/tokens", making))).toEqual([403, "forbidden"]);
  });

  it("of an auditor reads and takes away, and is not to be had for anything else", async () => {
    const everywhere = { organisation: null, cycle: null };
    const token = await made("auditor", { actions: ["audit", "bundle"], ...everywhere });
    expect(await said(by(token, "/cycles/2014-r1/audit"))).toBe(200);
    expect(await said(by(token, "/cycles/2014-r1/board"))).toEqual(BEYOND);
    for (const action of ["session.revoke", "token.revoke", "request.accept"])
      expect((await make("auditor", { actions: [action], ...everywhere })).statusCode).toBe(422);
  });
});

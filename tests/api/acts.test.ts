import { and, eq } from "drizzle-orm";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { acts } from "../../db/schema/acts.ts";
import { verifyChain } from "../../db/queries/audit.ts";
import { instant } from "../../domain/time.ts";
import { startApiYear, WALL, type ApiYear } from "../support/api-year.ts";

/** One year's beginning through the API, each test going on where the one before stopped. */

let api: ApiYear;
beforeAll(async () => {
  api = await startApiYear();
}, 180_000);
afterAll(() => api.stop(), 60_000);

const preparer = "nisc-preparer-1 preparer";
const recorder = "nisc-recorder recorder";
const auditor = "nisc-auditor auditor";
const first = "meti-officer contact";
const second = "mic-officer contact";
const base = "/cycles/2014-r1";
const requestId = "2014-r1-data-meti";

const said = (reply: LightMyRequestResponse) => [reply.statusCode, reply.json().code];
const hashes = { plan: "", policy: "" };

describe("opening", () => {
  it("starts a workflow and answers with the cycle it is", async () => {
    hashes.plan = (await api.post(preparer, "/plans", api.plan)).json().hash;
    const wish = { plan: hashes.plan, rehearsal: true };
    const reply = await api.post(preparer, "/cycles", wish, { key: "open" });
    expect([reply.statusCode, reply.json()]).toEqual([
      200,
      { act: expect.any(String), sequence: expect.any(Number), hash: hashes.plan, cycle: "2014-r1" },
    ]);
    const again = await api.post(preparer, "/cycles", wish, { key: "open" });
    expect([again.statusCode, again.body]).toEqual([200, reply.body]);
    expect((await api.get(auditor, "/cycles")).json().cycles).toHaveLength(1);
  });

  it("shows the cycle at the plan's first morning", async () => {
    expect((await api.get(first, base)).json()).toMatchObject({
      cycle: "2014-r1",
      year: 2014,
      stage: "policy",
      stepped: true,
      now: "2015-01-13T09:00:00+09:00",
      plan: hashes.plan,
      nextPlan: null,
      stages: [{ stage: "policy", enteredAt: "2015-01-13T09:00:00+09:00" }],
      policy: { hash: null, turn: null },
    });
    expect((await api.get(preparer, `${base}/plan`)).json()).toEqual(api.plan);
  });
});

describe("the policy", () => {
  it("is submitted, and nobody approves before his turn", async () => {
    const text = { title: "実施方針", text: "次のとおり評価を行う。" };
    const submitted = await api.post(preparer, `${base}/policy`, text);
    expect(submitted.statusCode).toBe(200);
    hashes.policy = submitted.json().hash;
    const early = await api.post(
      "nisc-director approver",
      `${base}/policy/approval`,
      { hash: hashes.policy },
      { key: "early" },
    );
    expect(said(early)).toEqual([409, "not-your-turn"]);
    expect(early.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect((await api.get(recorder, `${base}/policy`)).json()).toMatchObject({
      hash: hashes.policy,
      turn: "nisc-counsellor",
      ...text,
    });
  });

  it("is refused with the same words under the same key, whatever has come since", async () => {
    for (const person of ["nisc-counsellor", "nisc-deputy-director"])
      expect(
        (await api.post(`${person} approver`, `${base}/policy/approval`, { hash: hashes.policy })).statusCode,
      ).toBe(200);
    const director = "nisc-director approver";
    const path = `${base}/policy/approval`;
    const again = await api.post(director, path, { hash: hashes.policy }, { key: "early" });
    expect(said(again)).toEqual([409, "not-your-turn"]);
    const [row] = await api.house.db
      .select()
      .from(acts)
      .where(and(eq(acts.key, "early"), eq(acts.state, "refused")));
    expect(row).toMatchObject({ refusal: "not-your-turn", result: null });
    const act = await api.get(director, `/acts/${row?.id}`);
    expect(act.json()).toMatchObject({ state: "refused", code: "not-your-turn", title: expect.any(String) });
    expect((await api.post(director, path, { hash: hashes.policy })).statusCode).toBe(200);
  });

  it("is decided in the version that was approved", async () => {
    const held = { outcome: "decided", meeting: "情報セキュリティ政策会議", heldOn: "2015-01-13" };
    const other = { ...held, hash: hashes.plan };
    expect(said(await api.post(recorder, `${base}/policy/decision`, other))).toEqual([409, "other-version"]);
    const decided = { ...held, hash: hashes.policy };
    expect((await api.post(recorder, `${base}/policy/decision`, decided)).statusCode).toBe(200);
    expect((await api.get(auditor, base)).json()).toMatchObject({ stage: "underway" });
  });
});

describe("the stepped clock", () => {
  it("rests until the collection's day, and goes there in one step", async () => {
    const rest = await api.get(preparer, `${base}/rest`);
    expect(rest.json()).toEqual({ now: "2015-01-13T09:00:00+09:00", wakesAt: "2015-04-01T00:00:00+09:00" });
    const step = await api.post(preparer, `${base}/advance`, {}, { key: "step-1" });
    expect(step.json()).toEqual({ now: "2015-04-01T00:00:00+09:00", wakesAt: null });
    expect((await api.get(preparer, base)).json()).toMatchObject({ stage: "collection" });
  });

  it("takes the same step once", async () => {
    const again = await api.post(preparer, `${base}/advance`, {}, { key: "step-1" });
    expect(again.json()).toEqual({ now: "2015-04-01T00:00:00+09:00", wakesAt: null });
  });

  it("does not go on where only people can", async () => {
    const reply = await api.post(preparer, `${base}/advance`, {});
    expect(said(reply)).toEqual([409, "nothing-to-wait-for"]);
  });

  it("goes to a wished hour before anything wakes, and never back", async () => {
    const to = instant("2015-04-01T09:00:00+09:00");
    expect((await api.post(preparer, `${base}/advance`, { to })).json()).toEqual({ now: to, wakesAt: null });
    expect(said(await api.post(preparer, `${base}/advance`, { to }))).toEqual([422, "not-forward"]);
  });
});

describe("a request", () => {
  it("opens with all the others, and each ministry sees its own", async () => {
    expect((await api.post(preparer, `${base}/requests`, {})).statusCode).toBe(200);
    const seenBy = async (who: string) =>
      (await api.get(who, `${base}/requests?kind=data`)).json().requests.map(({ id }: { id: string }) => id);
    expect(await seenBy(first)).toEqual([requestId]);
    expect(await seenBy(second)).toEqual(["2014-r1-data-mic"]);
    expect(await seenBy(preparer)).toEqual(expect.arrayContaining([requestId, "2014-r1-data-mic"]));
    expect((await api.get(second, `/requests/${requestId}`)).statusCode).toBe(404);
  });

  it("wakes its chasers: the next step is the next morning somebody is owed a reminder", async () => {
    const { now, wakesAt } = (await api.get(preparer, `${base}/rest`)).json();
    expect(now).toBe("2015-04-01T09:00:00+09:00");
    expect(wakesAt).toBe("2015-04-02T09:00:00+09:00");
  });

  it("takes an answer once, by the state that was read", async () => {
    const { headers, body } = await api.get(first, `/requests/${requestId}`);
    const { items } = JSON.parse(body);
    const answers = items.map(({ id }: { id: string }, n: number) => ({
      item: id,
      says: "value",
      number: n,
      unit: "件",
      text: `回答${n}`,
    }));
    const send = (key: string) =>
      api.post(first, `/requests/${requestId}/answers`, { answers }, { key, ifMatch: String(headers.etag) });
    const done = await send("answer-1");
    expect(done.statusCode).toBe(200);
    expect((await send("answer-1")).body).toBe(done.body);
    expect(said(await send("answer-2"))).toEqual([412, "stale"]);
  });

  it("shows what was answered to who has to review it, who accepts what he has read", async () => {
    const read = (await api.get(preparer, `/requests/${requestId}`)).json();
    expect(read.items[0].answers[0]).toMatchObject({ version: 1, says: "value", by: "meti-officer" });
    expect(read.items[0].answers[0].written).toEqual({ number: 0, unit: "件", text: "回答0" });
    const items = read.items.map(
      ({ id, state }: { id: string; state: { answer: { content: { hash: string } } } }) => ({
        item: id,
        hash: state.answer.content.hash,
      }),
    );
    const path = `/requests/${requestId}/acceptance`;
    const other = { items: [{ ...items[0], hash: hashes.policy }] };
    expect(said(await api.post(preparer, path, other))).toEqual([409, "other-version"]);
    expect((await api.post(preparer, path, { items })).statusCode).toBe(200);
    const settled = (await api.get(first, `/requests/${requestId}`)).json();
    expect([settled.is, settled.items[0].is]).toEqual(["settled", "value"]);
  });

  it("that has ended takes nothing more: its workflow is gone", async () => {
    const { headers, body } = await api.get(first, `/requests/${requestId}`);
    const [item] = JSON.parse(body).items;
    const answers = [{ item: item.id, says: "nil", text: "" }];
    const reply = await api.post(
      first,
      `/requests/${requestId}/answers`,
      { answers },
      { ifMatch: String(headers.etag) },
    );
    expect(said(reply)).toEqual([409, "closed"]);
  });

  it("moves by the clock: a step later there are reminders, and the ledger has them page by page", async () => {
    let wakesAt: string | null = "";
    let mails: readonly { letter: string; organisation: string }[] = [];
    while (!mails.some(({ letter }) => letter === "digest") && wakesAt !== null) {
      ({ wakesAt } = (await api.post(preparer, `${base}/advance`, {})).json());
      mails = (await api.get(preparer, `${base}/mails?limit=500`)).json().mails;
    }
    const reminded = mails.filter(({ letter }) => letter === "digest");
    expect(new Set(reminded.map(({ organisation }) => organisation))).toContain("mic");
    const page = (await api.get(preparer, `${base}/mails?limit=2`)).json();
    expect([page.mails.length, typeof page.next]).toEqual([2, "string"]);
    const next = (await api.get(preparer, `${base}/mails?limit=2&cursor=${page.next}`)).json();
    expect(next.mails[0].key).not.toBe(page.mails[1].key);
  }, 60_000);
});

describe("the record", () => {
  it("names every act with its person, and holds together", async () => {
    const { events } = (await api.get(auditor, `${base}/audit?limit=1000`)).json();
    expect(events.slice(0, 2)).toMatchObject([
      { action: "cycle.open", actor: "nisc-preparer-1", role: "preparer" },
      { action: "cycle.submit-policy", hash: hashes.policy },
    ]);
    const refused = events.filter(({ action }: { action: string }) => action === "cycle.approve-policy");
    expect(refused).toHaveLength(3);
    expect(await verifyChain(api.house.db)).toMatchObject({ is: "intact" });
    const after = events[1].sequence;
    const rest = (await api.get(auditor, `${base}/audit?after=${after}&limit=1`)).json();
    expect(rest.events).toEqual([events[2]]);
  });
});

describe("a year on the real clock", () => {
  it("is opened before its days, and is not stepped", async () => {
    api.time.now = instant("2014-12-01T10:00:00+09:00");
    const reply = await api.post(preparer, "/cycles", { plan: hashes.plan, rehearsal: false });
    expect([reply.statusCode, reply.json().cycle]).toEqual([200, "2014"]);
    expect(said(await api.get(preparer, "/cycles/2014/rest"))).toEqual([409, "not-stepped"]);
    expect(said(await api.post(preparer, "/cycles/2014/advance", {}))).toEqual([409, "not-stepped"]);
    const twice = await api.post(preparer, "/cycles", { plan: hashes.plan, rehearsal: false });
    expect(said(twice)).toEqual([409, "already-done"]);
    api.time.now = WALL;
  });
});

import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actingYear } from "../support/acting-year.ts";
import { startApiYear, type ApiYear } from "../support/api-year.ts";

/** What moves a request's dates, through the API on real workflows; each test goes on where the one before stopped. */

let api: ApiYear;
beforeAll(async () => {
  api = await startApiYear();
  const cycle = await api.house.openYear("2014-r1", api.plan);
  await actingYear(api.house, cycle).openRequests();
}, 180_000);
afterAll(() => api.stop(), 60_000);

const preparer = "nisc-preparer-1 preparer";
const approver = "nisc-counsellor approver";
const meti = "meti-officer contact";
const mic = "mic-officer contact";
const request = "/requests/2014-r1-data-meti";
const reason = "事務局で照会事項を確認するため";

const said = (reply: LightMyRequestResponse) => [reply.statusCode, reply.json().code];
const shown = async () => (await api.get(meti, request)).json();

describe("a pause", () => {
  it.each([
    [meti, [403, "forbidden"]],
    [approver, [403, "forbidden"]],
    [mic, [404, "not-found"]],
  ])("is not for %s", async (who, answer) => {
    expect(said(await api.post(who, `${request}/pause`, { reason }))).toEqual(answer);
  });

  it("stops and goes on again, and the request says since when and why", async () => {
    expect(said(await api.post(preparer, `${request}/pause`, {}))).toEqual([422, "invalid-body"]);
    expect((await api.post(preparer, `${request}/pause`, { reason })).statusCode).toBe(200);
    expect(await shown()).toMatchObject({ paused: { at: "2015-04-01T00:00:00+09:00", reason } });
    expect(said(await api.post(preparer, `${request}/pause`, { reason }))).toEqual([409, "already-done"]);
    expect((await api.post(preparer, `${request}/resume`, {})).statusCode).toBe(200);
    expect(await shown()).toMatchObject({ paused: null, dueAt: "2015-04-17T17:00:00+09:00" });
    expect(said(await api.post(preparer, `${request}/resume`, {}))).toEqual([409, "not-paused"]);
  });
});

describe("a shortening", () => {
  it.each([
    ["2015-04-07", "notice-too-short"],
    ["2015-04-12", "closed-day"],
    ["2015-04-17", "not-earlier"],
  ])("to %s is refused: %s", async (dueOn, code) => {
    expect(said(await api.post(preparer, `${request}/shortening`, { dueOn, reason }))).toEqual([422, code]);
  });

  it("with notice moves both dates", async () => {
    const sent = await api.post(preparer, `${request}/shortening`, { dueOn: "2015-04-16", reason });
    expect(sent.statusCode).toBe(200);
    expect(await shown()).toMatchObject({
      dueAt: "2015-04-16T17:00:00+09:00",
      closeAt: "2015-04-30T17:00:00+09:00",
    });
  });
});

describe("an extension", () => {
  it("is asked for by the ministry and granted by an approver, nobody else", async () => {
    const wish = { dueOn: "2015-04-24", reason: "集計に時間を要するため" };
    expect(said(await api.post(mic, `${request}/extension`, wish))).toEqual([404, "not-found"]);
    expect((await api.post(meti, `${request}/extension`, wish)).statusCode).toBe(200);
    expect(said(await api.post(preparer, `${request}/extension/grant`, {}))).toEqual([403, "forbidden"]);
    expect((await api.post(approver, `${request}/extension/grant`, {})).statusCode).toBe(200);
    expect(await shown()).toMatchObject({ asked: null, dueAt: "2015-04-24T17:00:00+09:00" });
  });
});

describe("a withdrawal", () => {
  it("ends the request", async () => {
    const sent = await api.post(preparer, `${request}/withdrawal`, { reason: "他の調査で足りるため" });
    expect(sent.statusCode).toBe(200);
    const after = await shown();
    expect(after.is).toBe("settled");
    const printed = "照会を取り下げた。理由：他の調査で足りるため";
    for (const { state } of after.items) expect(state).toEqual({ is: "uncollected", reason: printed });
    expect(said(await api.post(preparer, `${request}/pause`, { reason }))).toEqual([409, "closed"]);
  });
});

describe("the request's course", () => {
  it("has all of it, with names and reasons, for whoever may see the request", async () => {
    const { events } = (await api.get(meti, `${request}/timeline`)).json();
    expect(
      events.map(({ action, actor, reason: why }: Record<string, string>) => [action, actor, why]),
    ).toEqual([
      ["cycle.open-requests", "suzuki", null],
      ["request.pause", "nisc-preparer-1", reason],
      ["request.resume", "nisc-preparer-1", null],
      ["request.shorten", "nisc-preparer-1", reason],
      ["request.ask-extension", "meti-officer", "集計に時間を要するため"],
      ["request.grant-extension", "nisc-counsellor", null],
      ["request.withdraw", "nisc-preparer-1", "他の調査で足りるため"],
    ]);
    const nameOf = (id: string) => api.plan.people.find((person) => person.id === id)?.name;
    expect(events.at(-1)).toMatchObject({ name: nameOf("nisc-preparer-1"), role: "preparer" });
    expect(said(await api.get(mic, `${request}/timeline`))).toEqual([404, "not-found"]);
  });
});

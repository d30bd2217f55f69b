import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actingYear } from "../support/acting-year.ts";
import { startApiYear, type ApiYear } from "../support/api-year.ts";

/** The chain inside 警察庁, drafts and 代理入力 through the API on real workflows; each test goes on where the one before stopped. */

let api: ApiYear;
beforeAll(async () => {
  api = await startApiYear();
  const cycle = await api.house.openYear("2014-r1", api.plan);
  await actingYear(api.house, cycle).openRequests();
}, 180_000);
afterAll(() => api.stop(), 60_000);

const window = "npa-window contact";
const officer = "npa-officer contact";
const confirmer = "npa-confirmer contact";
const meti = "meti-officer contact";
const preparer = "nisc-preparer-1 preparer";
const other = "nisc-preparer-2 preparer";
const auditor = "nisc-auditor auditor";
const request = "/requests/2014-r1-data-npa";

/** What is done inside 警察庁 below, in its order. */
const insideDone = [
  "request.allocate",
  "request.prepare",
  "request.send-back",
  "request.prepare",
  "request.sign-off",
];
const insideActs: readonly string[] = insideDone;

const said = (reply: LightMyRequestResponse) => [reply.statusCode, reply.json().code];
const shown = async (who = officer) => (await api.get(who, request)).json();
const [FIRST, SECOND] = [0, 1] as const;
const itemOf = async (n: number) => (await shown()).items[n];
const revision = async (): Promise<string> => `r${(await shown()).revision}`;
const answerTo = async (n: number, text = "計画した内容を終えた。") => ({
  answers: [{ item: (await itemOf(n)).id, says: "value", text }],
});
const readOf = async (n: number) => {
  const { id, inside } = await itemOf(n);
  return { items: [{ item: id, hash: inside.work.answer.content.hash }] };
};
const allocation = async (more: object = {}) => ({
  items: [(await itemOf(FIRST)).id],
  officer: "npa-officer",
  dueOn: "2015-04-10",
  ...more,
});

describe("an allocation", () => {
  it.each([
    [meti, [404, "not-found"]],
    [preparer, [403, "forbidden"]],
    [officer, [403, "not-your-post"]],
    [confirmer, [403, "not-your-post"]],
  ])("is not for %s", async (who, answer) => {
    expect(said(await api.post(who, `${request}/allocation`, await allocation()))).toEqual(answer);
  });

  it.each([
    [{ officer: "meti-officer" }, [422, "unknown-officer"]],
    [{ officer: "npa-confirmer" }, [422, "unknown-officer"]],
    [{ dueOn: "2015-04-12" }, [422, "closed-day"]],
    [{ dueOn: "2015-04-20" }, [422, "beyond-due"]],
    [{ items: ["2014-r1-data-npa/none"] }, [422, "unknown-item"]],
    [{ items: [] }, [422, "nothing-given"]],
  ])("with %j is refused", async (more, answer) => {
    expect(said(await api.post(window, `${request}/allocation`, await allocation(more)))).toEqual(answer);
  });

  it("by 窓口 is seen by the organisation and the auditor, and by nobody else", async () => {
    expect((await api.post(window, `${request}/allocation`, await allocation())).statusCode).toBe(200);
    for (const who of [officer, auditor])
      expect((await shown(who)).items[FIRST].inside).toMatchObject({
        work: { is: "allocated", officer: "npa-officer", dueAt: "2015-04-10T17:00:00+09:00" },
      });
    expect((await shown(preparer)).items[FIRST].inside).toBeNull();
  });

  it("is none where one step answers", async () => {
    const own = "/requests/2014-r1-data-meti";
    const [item] = (await api.get(meti, own)).json().items;
    const body = { items: [item.id], officer: "meti-officer", dueOn: "2015-04-10" };
    expect(said(await api.post(meti, `${own}/allocation`, body))).toEqual([409, "one-step"]);
  });
});

describe("a prepared answer", () => {
  it("is the officer's to whom it was allocated", async () => {
    const ifMatch = await revision();
    const first = await answerTo(FIRST);
    expect(said(await api.post(meti, `${request}/preparation`, first, { ifMatch }))).toEqual([
      404,
      "not-found",
    ]);
    expect(said(await api.post(window, `${request}/preparation`, first, { ifMatch }))).toEqual([
      403,
      "not-your-post",
    ]);
    expect(said(await api.post(officer, `${request}/preparation`, first))).toEqual([
      428,
      "precondition-missing",
    ]);
    expect(said(await api.post(officer, `${request}/preparation`, first, { ifMatch: "r999" }))).toEqual([
      412,
      "stale",
    ]);
    expect(
      said(await api.post(officer, `${request}/preparation`, await answerTo(SECOND), { ifMatch })),
    ).toEqual([403, "not-allocated"]);
    expect((await api.post(officer, `${request}/preparation`, first, { ifMatch })).statusCode).toBe(200);
    expect((await itemOf(FIRST)).inside).toMatchObject({
      work: { is: "prepared", by: "npa-officer" },
      written: { text: "計画した内容を終えた。" },
    });
  });

  it("is no answer: not for the secretariat, and not past 確認者", async () => {
    const { items } = await shown(preparer);
    expect(items[FIRST]).toMatchObject({ is: "owed", answers: [], inside: null });
    const ifMatch = await revision();
    const answers = await answerTo(FIRST);
    expect(said(await api.post(window, `${request}/answers`, answers, { ifMatch }))).toEqual([
      409,
      "not-signed-off",
    ]);
    expect(said(await api.post(window, `${request}/submission`, await readOf(FIRST)))).toEqual([
      409,
      "not-signed-off",
    ]);
  });
});

describe("確認", () => {
  it("is 確認者's, sent back with a reason, then signed off in the version he has read", async () => {
    const read = await readOf(FIRST);
    expect(said(await api.post(meti, `${request}/sign-off`, read))).toEqual([404, "not-found"]);
    expect(said(await api.post(officer, `${request}/sign-off`, read))).toEqual([403, "not-your-post"]);
    expect(said(await api.post(preparer, `${request}/sign-off`, read))).toEqual([403, "forbidden"]);
    expect(said(await api.post(confirmer, `${request}/send-back`, read))).toEqual([422, "invalid-body"]);
    const reason = "対象の期間を記載すること。";
    expect(said(await api.post(officer, `${request}/send-back`, { ...read, reason }))).toEqual([
      403,
      "not-your-post",
    ]);
    expect((await api.post(confirmer, `${request}/send-back`, { ...read, reason })).statusCode).toBe(200);
    expect((await itemOf(FIRST)).inside.work).toMatchObject({ is: "sent-back", reason });
    const ifMatch = await revision();
    const again = await answerTo(FIRST, "平成26年度に、計画した内容を終えた。");
    expect((await api.post(officer, `${request}/preparation`, again, { ifMatch })).statusCode).toBe(200);
    expect(said(await api.post(confirmer, `${request}/sign-off`, read))).toEqual([409, "other-version"]);
    expect((await api.post(confirmer, `${request}/sign-off`, await readOf(FIRST))).statusCode).toBe(200);
  });

  it("lets 窓口 submit that very answer, which then counts as any other", async () => {
    const read = await readOf(FIRST);
    expect(said(await api.post(meti, `${request}/submission`, read))).toEqual([404, "not-found"]);
    expect(said(await api.post(confirmer, `${request}/submission`, read))).toEqual([403, "not-your-post"]);
    expect((await api.post(window, `${request}/submission`, read)).statusCode).toBe(200);
    const { items } = await shown(preparer);
    expect(items[FIRST]).toMatchObject({
      is: "submitted",
      answers: [
        { by: "npa-window", onBehalfOf: null, written: { text: "平成26年度に、計画した内容を終えた。" } },
      ],
    });
  });

  it("stands in the request's timeline for the organisation and the auditor only", async () => {
    const actionsFor = async (who: string): Promise<readonly string[]> =>
      (await api.get(who, `${request}/timeline`))
        .json()
        .events.map(({ action }: { action: string }) => action);
    for (const who of [officer, auditor])
      expect((await actionsFor(who)).slice(1)).toEqual([...insideDone, "request.submit"]);
    expect((await actionsFor(preparer)).slice(1)).toEqual(["request.submit"]);
  });

  it("stands in the record for the auditor only, in whatever way it is looked for", async () => {
    const record = async (who: string): Promise<readonly { action: string; sequence: number }[]> =>
      (await api.get(who, "/cycles/2014-r1/audit?limit=1000")).json().events;
    const steps = (await record(auditor)).filter(({ action }) => insideActs.includes(action));
    expect(steps.map(({ action }) => action)).toEqual(insideDone);
    expect((await record(preparer)).map(({ action }) => action)).toEqual(
      (await record(auditor)).map(({ action }) => action).filter((action) => !insideActs.includes(action)),
    );
    const statusOf = async (who: string) =>
      (await api.look(who, `/cycles/2014-r1/audit/${steps[0]?.sequence}`)).statusCode;
    expect([await statusOf(auditor), await statusOf(preparer)]).toEqual([200, 404]);
    for (const path of [
      "/cycles/2014-r1/audit",
      "/cycles/2014-r1/audit?action=request.sign-off",
      "/cycles/2014-r1/histories/request-2014-r1-data-npa",
      `${request}/timeline`,
    ]) {
      const [whole, rest] = [await api.look(auditor, path), await api.look(preparer, path)];
      expect([path, whole.statusCode, rest.statusCode]).toEqual([path, 200, 200]);
      expect([path, whole.body.includes("回答案の確認"), rest.body.includes("回答案の確認")]).toEqual([
        path,
        true,
        false,
      ]);
    }
  });
});

describe("代理入力", () => {
  const reason = "電話により回答を受けたため。";
  it("needs somebody of the organisation and a reason, and is not for others", async () => {
    const ifMatch = await revision();
    const body = { ...(await answerTo(SECOND)), of: "npa-window", reason };
    const entry = `${request}/entry`;
    expect(said(await api.post(meti, entry, body, { ifMatch }))).toEqual([404, "not-found"]);
    expect(said(await api.post(officer, entry, body, { ifMatch }))).toEqual([403, "forbidden"]);
    expect(said(await api.post(preparer, entry, { ...body, of: "meti-window" }, { ifMatch }))).toEqual([
      422,
      "unknown-contact",
    ]);
    expect(said(await api.post(preparer, entry, { ...body, reason: "" }, { ifMatch }))).toEqual([
      422,
      "invalid-body",
    ]);
    expect((await api.post(preparer, entry, body, { ifMatch })).statusCode).toBe(200);
    expect((await itemOf(SECOND)).answers).toMatchObject([
      { by: "nisc-preparer-1", onBehalfOf: "npa-window" },
    ]);
    const { events } = (await api.get(officer, `${request}/timeline`)).json();
    expect(events.at(-1)).toMatchObject({ action: "request.enter", actor: "nisc-preparer-1", reason });
    expect(events.at(-1).onBehalfOf).not.toBeNull();
  });

  it("is accepted by another preparer than who entered it", async () => {
    const { id, state } = await itemOf(SECOND);
    const read = { items: [{ item: id, hash: state.answer.content.hash }] };
    expect(said(await api.post(preparer, `${request}/acceptance`, read))).toEqual([403, "contributed"]);
    expect((await api.post(other, `${request}/acceptance`, read)).statusCode).toBe(200);
  });
});

describe("a draft", () => {
  it("is a person's own, of his own organisation's request, and no act", async () => {
    const { id } = await itemOf(SECOND + 1);
    const fields = { [`text:${id}`]: ["集計中"], "form-token": ["never kept"] };
    const draft = `${request}/draft`;
    expect(said(await api.post(meti, draft, { fields }))).toEqual([404, "not-found"]);
    expect(said(await api.post(preparer, draft, { fields }))).toEqual([403, "forbidden"]);
    const events = async () => (await api.get(officer, `${request}/timeline`)).json().events.length;
    const before = await events();
    expect((await api.post(officer, draft, { fields })).statusCode).toBe(200);
    expect((await api.get(officer, draft)).json().draft.fields).toEqual({ [`text:${id}`]: ["集計中"] });
    expect((await api.get(window, draft)).json()).toEqual({ draft: null });
    expect(said(await api.get(auditor, draft))).toEqual([403, "forbidden"]);
    expect(await events()).toBe(before);
    // What names no item changes none.
    expect((await api.post(officer, draft, { fields: {} })).statusCode).toBe(200);
    expect((await api.get(officer, draft)).json().draft.fields).toEqual({ [`text:${id}`]: ["集計中"] });
    expect((await api.remove(officer, draft)).statusCode).toBe(200);
    expect((await api.get(officer, draft)).json()).toEqual({ draft: null });
  });
});

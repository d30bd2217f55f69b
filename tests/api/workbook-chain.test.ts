import { randomUUID } from "node:crypto";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actingYear } from "../support/acting-year.ts";
import { startApiYear, type ApiYear } from "../support/api-year.ts";
import { startSpreadsheets, type FilledRows, type Spreadsheets } from "../support/spreadsheets.ts";

/** 担当者 of 警察庁 answers on Excel what was allocated to him; each test goes on where the one before stopped. */

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const request = "/requests/2014-r1-data-npa";
const window = "npa-window contact";
const officer = "npa-officer contact";
const confirmer = "npa-confirmer contact";
const preparer = "nisc-preparer-1 preparer";

interface Shown {
  readonly id: string;
  readonly is: string;
  readonly answers: readonly unknown[];
  readonly inside: {
    readonly work: { readonly is: string; readonly answer?: { readonly content: { readonly hash: string } } };
    readonly written: unknown;
  } | null;
}

let api: ApiYear;
let spreadsheets: Spreadsheets;
let own: readonly string[];
let other: string;
beforeAll(async () => {
  [api, spreadsheets] = await Promise.all([startApiYear(), startSpreadsheets()]);
  const cycle = await api.house.openYear("2014-r1", api.plan);
  await actingYear(api.house, cycle).openRequests();
  const [first = "", second = "", third = ""] = (await shown()).map(({ id }) => id);
  [own, other] = [[first, second], third];
  const allocation = { items: own, officer: "npa-officer", dueOn: "2015-04-10" };
  const reply = await api.post(window, `${request}/allocation`, allocation);
  if (reply.statusCode !== 200) throw new Error(reply.body);
}, 600_000);
afterAll(async () => {
  await Promise.all([api.stop(), spreadsheets.stop()]);
}, 60_000);

const said = (reply: LightMyRequestResponse) => [reply.statusCode, reply.json().code];
const shown = async (who = officer): Promise<readonly Shown[]> => (await api.get(who, request)).json().items;
const taken = async (who = officer) => (await api.get(who, `${request}/workbook`)).rawPayload;
const filled = async (rows: FilledRows) => spreadsheets.fill(await taken(), rows);
const send = (who: string, file: Uint8Array, key: string = randomUUID()) =>
  api.send(who, `${request}/workbook`, Buffer.from(file), { key, type: XLSX });
const stages = async () => (await shown()).map(({ inside }) => inside?.work.is ?? null).slice(0, 3);
const prepared = async () => ({
  items: (await shown()).flatMap(({ id, inside }) =>
    inside?.work.answer === undefined ? [] : [{ item: id, hash: inside.work.answer.content.hash }],
  ),
});
const counted = { 回答の区分: "確定値", 数値: 3, 単位: "回", 回答: "演習に３回参加した。" };
const nothing = { 回答の区分: "該当なし" };

describe("調査票 filled inside an organisation", () => {
  it.each([
    ["窓口", window, [403, "not-your-post"]],
    ["確認者", confirmer, [403, "not-your-post"]],
    ["the secretariat", preparer, [403, "forbidden"]],
    ["another ministry", "meti-officer contact", [404, "not-found"]],
  ])("is not for %s to bring back", async (_who, who, answer) => {
    expect(said(await send(who, await filled({ [own[0] ?? ""]: counted })))).toEqual(answer);
  });

  it("with an item that is another's is refused whole", async () => {
    const reply = await send(officer, await filled({ [own[0] ?? ""]: counted, [other]: nothing }));
    expect(said(reply)).toEqual([403, "not-allocated"]);
    expect(await stages()).toEqual(["allocated", "allocated", null]);
  });

  it("with a cell that is wrong is refused whole, and says which", async () => {
    const reply = await send(
      officer,
      await filled({ [own[0] ?? ""]: counted, [own[1] ?? ""]: { 回答の区分: "不明" } }),
    );
    expect(said(reply)).toEqual([422, "form-refused"]);
    expect(reply.json().errors[0].message).toContain("「不明」という区分はありません");
    expect(await stages()).toEqual(["allocated", "allocated", null]);
  });

  it("is what 担当者 has prepared: for 確認者, and no answer yet", async () => {
    const file = await filled({ [own[0] ?? ""]: counted, [own[1] ?? ""]: nothing });
    const done = await send(officer, file, "prepared");
    expect(done.statusCode).toBe(200);
    expect((await send(officer, file, "prepared")).body).toBe(done.body);
    expect(await stages()).toEqual(["prepared", "prepared", null]);
    expect((await shown())[0]?.inside?.written).toEqual({
      number: 3,
      unit: "回",
      text: "演習に３回参加した。",
    });
    expect((await shown(preparer))[0]).toMatchObject({ is: "owed", answers: [], inside: null });
    expect(said(await send(officer, file))).toEqual([412, "form-stale"]);
  });

  it("sent back comes on the next one, and is signed off and submitted as any other", async () => {
    const [first] = (await prepared()).items;
    const back = { items: [first], reason: "回数の内訳を記載すること。" };
    expect((await api.post(confirmer, `${request}/send-back`, back)).statusCode).toBe(200);
    const again = { ...counted, 回答: "演習に３回（うち分野横断的演習１回）参加した。" };
    expect((await send(officer, await filled({ [own[0] ?? ""]: again }))).statusCode).toBe(200);
    expect((await api.post(confirmer, `${request}/sign-off`, await prepared())).statusCode).toBe(200);
    expect((await api.post(window, `${request}/submission`, await prepared())).statusCode).toBe(200);
    expect((await shown(preparer)).slice(0, 3)).toMatchObject([
      { is: "submitted", answers: [{ by: "npa-window", says: "value", written: { text: again.回答 } }] },
      { is: "submitted", answers: [{ by: "npa-window", says: "nil" }] },
      { is: "owed", answers: [] },
    ]);
  });
});

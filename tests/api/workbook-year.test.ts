import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApiYear, type ApiYear } from "../support/api-year.ts";
import { startSpreadsheets, type Spreadsheets } from "../support/spreadsheets.ts";

/** A ministry answers on Excel: real workflows, and a spreadsheet library that is not ours. */

const ID = "2014-r1-data-meti";
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const base = "/cycles/2014-r1";
const preparer = "nisc-preparer-1 preparer";
const meti = "meti-officer contact";

let api: ApiYear;
let spreadsheets: Spreadsheets;
beforeAll(async () => {
  [api, spreadsheets] = await Promise.all([startApiYear(), startSpreadsheets()]);
  await openRequests();
}, 600_000);
afterAll(async () => {
  await Promise.all([api.stop(), spreadsheets.stop()]);
}, 60_000);

const done = async (post: string, path: string, body: object) => {
  const reply = await api.post(post, path, body);
  if (reply.statusCode !== 200) throw new Error(`${path}: ${reply.body}`);
  return reply.json();
};
const openRequests = async (): Promise<void> => {
  const { hash: plan } = await done(preparer, "/plans", api.plan);
  await done(preparer, "/cycles", { plan, rehearsal: true });
  const policy = { title: "実施方針", text: "次のとおり評価を行う。" };
  const { hash } = await done(preparer, `${base}/policy`, policy);
  for (const person of ["nisc-counsellor", "nisc-deputy-director", "nisc-director"])
    await done(`${person} approver`, `${base}/policy/approval`, { hash });
  const held = { outcome: "decided", meeting: "情報セキュリティ政策会議", heldOn: "2015-01-13" };
  await done("nisc-recorder recorder", `${base}/policy/decision`, { ...held, hash });
  await done(preparer, `${base}/advance`, {});
  await done(preparer, `${base}/requests`, {});
};

const send = (file: Uint8Array, key: string) =>
  api.send(meti, `/requests/${ID}/workbook`, Buffer.from(file), { key, type: XLSX });
const shown = async () => (await api.get(meti, `/requests/${ID}`)).json();

describe("調査票", () => {
  it("that was filled in is the request answered: what is returned comes on the next one", async () => {
    const form = (await api.get(meti, `/requests/${ID}/workbook`)).rawPayload;
    const { items } = await shown();
    const [first, ...others] = items.map(({ id }: { readonly id: string }) => id);
    const filled = await spreadsheets.fill(form, {
      [first]: { 回答の区分: "暫定値", 数値: 12.5, 単位: "％", 回答: "令和の髙い値。" },
      ...Object.fromEntries(others.map((id: string) => [id, { 回答の区分: "該当なし" }])),
    });
    const done = await send(filled, "first");
    expect(done.statusCode).toBe(200);
    expect((await send(filled, "first")).body).toBe(done.body);

    const answered = await shown();
    expect(answered.revision).toBeGreaterThan(1);
    expect(new Set(answered.items.map(({ is }: { readonly is: string }) => is))).toEqual(
      new Set(["submitted", "provisional"]),
    );
    const [one] = answered.items.filter(({ id }: { readonly id: string }) => id === first);
    expect(one.answers[0]).toMatchObject({
      says: "provisional",
      by: "meti-officer",
      written: { number: 12.5, unit: "％", text: "令和の髙い値。" },
    });

    const stale = await send(filled, "second");
    expect([stale.statusCode, stale.json().code]).toEqual([412, "form-stale"]);

    const { hash } = one.state.answer.content;
    const returned = { items: [{ item: first, hash }], reason: "内訳を示してください。" };
    expect((await api.post(preparer, `/requests/${ID}/return`, returned)).statusCode).toBe(200);
    const anew = (await api.get(meti, `/requests/${ID}/workbook`)).rawPayload;
    const { sheets } = await spreadsheets.facts(anew);
    expect(sheets[0]?.rows.flat()).toContain("内訳を示してください。");
    const corrected = await spreadsheets.fill(anew, {
      [first]: { 回答の区分: "確定値", 数値: 13, 単位: "％" },
    });
    expect((await send(corrected, "third")).json()).toMatchObject({ sequence: expect.any(Number) });
    const versions = (await shown()).items.find(({ id }: { readonly id: string }) => id === first).answers;
    expect(versions.map(({ says }: { readonly says: string }) => says)).toEqual(["value", "provisional"]);
  }, 180_000);
});

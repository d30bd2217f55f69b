import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { yearRequests } from "../../db/queries/year-requests.ts";
import { cycleKey } from "../../domain/ids.ts";
import { actingYear } from "../support/acting-year.ts";
import { startApiYear, WALL, type ApiYear } from "../support/api-year.ts";
import { pdf } from "../support/evidence-files.ts";

/** Answers that say nothing of 格付け, 公表前 and 添付, over HTTP before real workflows; each test goes on where the one before stopped. */

let api: ApiYear;
beforeAll(async () => {
  api = await startApiYear();
  const cycle = await api.house.openYear("2014-r1", api.plan);
  await actingYear(api.house, cycle).openRequests();
}, 180_000);
afterAll(() => api.stop(), 60_000);

const meti = "meti-officer contact";
const preparer = "nisc-preparer-1 preparer";
const METI = "/requests/2014-r1-data-meti";
const NPA = "/requests/2014-r1-data-npa";

const shown = async (request: string, who = preparer) => (await api.get(who, request)).json();
const itemOf = async (request: string, n = 0, who = preparer) => (await shown(request, who)).items[n];
const send = async (path: string, who: string, answer: object, more: object = {}, n = 0) => {
  const request = path.slice(0, path.lastIndexOf("/"));
  const { id } = await itemOf(request, n);
  const ifMatch = `r${(await shown(request)).revision}`;
  const answers = [{ item: id, says: "value", text: "計画のとおり行った。", ...answer }];
  const reply = await api.post(who, path, { answers, ...more }, { ifMatch });
  expect([reply.statusCode, reply.json().code]).toEqual([200, undefined]);
};
const attached = async (who: string, request: string, n = 0) => {
  const form = new FormData();
  form.set("item", (await itemOf(request, n)).id);
  form.set("file", new Blob([new Uint8Array(pdf)]), "内訳.pdf");
  const sent = new Response(form);
  const as = { key: randomUUID(), type: sent.headers.get("content-type") ?? "" };
  const reply = await api.send(who, `${request}/files`, Buffer.from(await sent.arrayBuffer()), as);
  const { file, sha256 } = reply.json();
  return { file, sha256 };
};
/** How many answers whoever is not to know of 公表前 can count. */
const counted = async (withoutEmbargoed: boolean): Promise<number> => {
  const rows = await yearRequests(api.house.db, { cycle: cycleKey("2014-r1"), now: WALL, withoutEmbargoed });
  return rows.reduce((sum, { counts }) => sum + counts.submitted, 0);
};

const held = { confidentiality: 1, handling: ["concerned-only"], embargoed: true };

describe("an answer that says nothing of its labels", () => {
  it("has those of the default where it is the first", async () => {
    await send(`${METI}/answers`, meti, {}, {}, 1);
    const { state, answers } = await itemOf(METI, 1);
    expect(state.answer).not.toHaveProperty("embargoed");
    expect(answers[0].written).toEqual({ number: null, unit: null, text: "計画のとおり行った。" });
  });

  it("keeps what is there, 公表前 before all, so that others go on knowing nothing of it", async () => {
    await send(`${METI}/answers`, meti, { ...held, files: [await attached(meti, METI)] });
    expect([await counted(false), await counted(true)]).toEqual([2, 1]);
    await send(`${METI}/answers`, meti, { text: "計画のとおり、３回行った。" });
    const { state, answers } = await itemOf(METI);
    expect(state.answer.embargoed).toBe(true);
    expect(answers.map(({ version }: { readonly version: number }) => version)).toEqual([2, 1]);
    expect(answers[0].written).toMatchObject({
      text: "計画のとおり、３回行った。",
      labels: held,
      files: [{ name: "内訳.pdf", hash: createHash("sha256").update(pdf).digest("hex") }],
    });
    expect([await counted(false), await counted(true)]).toEqual([2, 1]);
    expect((await api.get("mod-officer contact", METI)).statusCode).toBe(404);
  });

  it("keeps it too where the secretariat enters it at the ministry's request", async () => {
    await send(`${METI}/entry`, preparer, {}, { of: "meti-officer", reason: "電話により回答を受けたため。" });
    const { state, answers } = await itemOf(METI);
    expect(state.answer.embargoed).toBe(true);
    expect(answers[0]).toMatchObject({
      version: 3,
      written: { labels: held, files: [{ name: "内訳.pdf" }] },
    });
  });

  it("lifts and drops only what it says it does", async () => {
    await send(`${METI}/answers`, meti, { embargoed: false });
    expect((await itemOf(METI)).answers[0].written).toMatchObject({
      labels: { confidentiality: 1, handling: ["concerned-only"] },
      files: [{ name: "内訳.pdf" }],
    });
    expect((await itemOf(METI)).state.answer).not.toHaveProperty("embargoed");
    expect(await counted(true)).toBe(2);
    await send(`${METI}/answers`, meti, { handling: [], files: [] });
    const { written } = (await itemOf(METI)).answers[0];
    expect(written.labels).toEqual({ confidentiality: 1 });
    expect(written).not.toHaveProperty("files");
  });
});

describe("an answer prepared inside the organisation", () => {
  const officer = "npa-officer contact";
  const inside = async () => (await itemOf(NPA, 0, officer)).inside;

  it("keeps what the officer has prepared so far", async () => {
    const items = [(await itemOf(NPA)).id];
    const allocation = { items, officer: "npa-officer", dueOn: "2015-04-10" };
    expect((await api.post("npa-window contact", `${NPA}/allocation`, allocation)).statusCode).toBe(200);
    await send(`${NPA}/preparation`, officer, { ...held, files: [await attached(officer, NPA)] });
    await send(`${NPA}/preparation`, officer, { text: "改めた。" });
    expect((await inside()).work.answer.embargoed).toBe(true);
    expect((await inside()).written).toMatchObject({
      text: "改めた。",
      labels: held,
      files: [{ name: "内訳.pdf" }],
    });
  });

  it("lends nothing to what the secretariat enters, which has not seen it", async () => {
    await send(`${NPA}/entry`, preparer, {}, { of: "npa-window", reason: "電話により回答を受けたため。" });
    const { written } = (await itemOf(NPA)).answers[0];
    expect(written).toEqual({ number: null, unit: null, text: "計画のとおり行った。" });
  });
});

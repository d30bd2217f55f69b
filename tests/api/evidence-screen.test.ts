import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { acts } from "../../db/schema/acts.ts";
import { contents } from "../../db/schema/content.ts";
import { files } from "../../db/schema/file.ts";
import {
  asMeti,
  asPreparer,
  resetScreens,
  startScreens,
  type ScreensService,
} from "../support/screens-service.ts";
import { pdf } from "../support/evidence-files.ts";

/** 添付 and 格付け on the form of a ministry, which runs no script. */

const ID = "2014-r1-data-meti";
const ITEM = `${ID}/second`;
const page = `/requests/${ID}`;

let service: ScreensService;
beforeAll(async () => {
  service = await startScreens();
});
afterAll(() => service.stop());
beforeEach(async () => {
  resetScreens(service);
  service.settings.reader = asMeti;
});

type Sent = Readonly<Record<string, string | readonly string[] | File>>;
/** As a browser sends the form: with an empty place for every file that was not chosen. */
const send = async (fields: Sent) => {
  const form = new FormData();
  const all: Sent = { key: randomUUID(), revision: "r1", [`file:${ID}/first`]: new File([], ""), ...fields };
  for (const [name, value] of Object.entries(all))
    if (value instanceof File) form.append(name, value);
    else for (const one of [value].flat()) form.append(name, one);
  const sent = new Response(form);
  return service.app.inject({
    method: "POST",
    url: `${page}/answers`,
    headers: { "content-type": sent.headers.get("content-type") ?? "", "sec-fetch-site": "same-origin" },
    payload: Buffer.from(await sent.arrayBuffer()),
  });
};
const file = (name: string, bytes: Buffer = pdf) => new File([new Uint8Array(bytes)], name);
const stored = () => service.db.select().from(files).where(eq(files.item, ITEM));
const boxOf = (body: string, name: string): string =>
  new RegExp(`value="([0-9a-f-]{36} [0-9a-f]{64} ${name})"`).exec(body)?.[1] ?? "";
const answer = { [`says:${ITEM}`]: "value", [`text:${ITEM}`]: "別添のとおり。" };

describe("the form of a ministry", () => {
  it("has a place for a file and the labels of every item that it can answer", async () => {
    const { body } = await service.app.inject({ url: page });
    expect(body).toContain('enctype="multipart/form-data"');
    for (const part of ["file", "confidentiality", "handling", "embargoed"])
      expect(body).toContain(`name="${part}:${ITEM}"`);
    expect(body).toContain("機密性３情報は提出できません");
  });

  it("sends its files and its answer in one go, and gives a receipt", async () => {
    const fields = { ...answer, [`file:${ITEM}`]: file("根拠.pdf") };
    const labels = { [`confidentiality:${ITEM}`]: "1", [`handling:${ITEM}`]: ["no-copying", "encrypted"] };
    const reply = await send({ ...fields, ...labels, [`embargoed:${ITEM}`]: "yes" });
    expect(reply.statusCode).toBe(303);
    expect(reply.headers.location).toMatch(/^\/acts\//);
    const [act] = await service.db.select().from(acts).orderBy(desc(acts.storedAt)).limit(1);
    const args = act?.act?.args;
    const [given] = args !== undefined && "answers" in args ? args.answers : [];
    const [row] = await service.db
      .select()
      .from(contents)
      .where(eq(contents.id, given?.content.id ?? randomUUID()));
    const handling = ["no-copying", "encrypted"];
    expect(row?.body).toMatchObject({
      text: "別添のとおり。",
      labels: { confidentiality: 1, handling, embargoed: true },
      files: [{ name: "根拠.pdf", version: 1, confidentiality: 1, handling }],
    });
    expect(given?.embargoed).toBe(true);
  });

  it("keeps what was attached and typed where something else is wrong", async () => {
    const reply = await send({
      ...answer,
      [`number:${ITEM}`]: "たくさん",
      [`file:${ITEM}`]: file("集計.pdf"),
    });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain("数値は、数字で記入してください");
    expect(reply.body).toContain("別添のとおり。");
    expect(reply.body).toMatch(/value="[0-9a-f-]{36} [0-9a-f]{64} 集計.pdf" checked/);
    expect((await stored()).filter(({ name }) => name === "集計.pdf").length).toBe(1);
  });

  it("says beside the file why it is not taken, and stores nothing", async () => {
    const before = (await stored()).length;
    const reply = await send({ ...answer, [`file:${ITEM}`]: file("請求書.exe.pdf") });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain("ファイル名に拡張子が二つあります");
    expect(reply.body).toContain("別添のとおり。");
    expect((await stored()).length).toBe(before);
  });

  it("says what to do with 機密性３", async () => {
    const reply = await send({ ...answer, [`confidentiality:${ITEM}`]: "3" });
    expect([reply.statusCode, reply.body.includes("事務局に直接連絡してください")]).toEqual([422, true]);
  });

  it("attaches alone where that is all that is asked, in the next version, and takes back", async () => {
    const attach = async (bytes: Buffer, more: Sent = {}) =>
      send({ ...answer, ...more, do: "attach", [`file:${ITEM}`]: file("版.pdf", bytes) });
    const first = await attach(pdf);
    expect([first.statusCode, first.body.includes("ファイルを添付しました")]).toEqual([200, true]);
    const before = boxOf(first.body, "版.pdf");
    const next = Buffer.concat([pdf, Buffer.from("\n")]);
    const second = await attach(next, { [`attached:${ITEM}`]: before });
    expect(second.body).toContain("第2版");
    const ticked = [...second.body.matchAll(/value="([^"]* 版\.pdf)" checked/g)].map(([, box]) => box);
    expect(ticked).toHaveLength(1);
    expect(ticked).not.toContain(before);
    const id = before.split(" ")[0] ?? "";
    const back = await send({ ...answer, do: `take-back ${id}` });
    expect([back.statusCode, back.body.includes("添付を取り消しました")]).toEqual([200, true]);
    expect(back.body).toContain("別添のとおり。");
    expect((await stored()).filter(({ name }) => name === "版.pdf").map(({ version }) => version)).toEqual([
      2,
    ]);
  });

  it("says so where no file was chosen to attach", async () => {
    const reply = await send({ ...answer, do: "attach" });
    expect(reply.body).toContain("添付するファイルが選ばれていません");
  });

  it("too large by a byte is refused in words, and what was typed stays", async () => {
    const large = file("大きい.txt", Buffer.alloc(20 * 2 ** 20 + 1, "a"));
    const reply = await send({ ...answer, [`file:${ITEM}`]: large });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain("ファイルが大きすぎます。20MB以下にしてください。");
    expect(reply.body).toContain("別添のとおり。");
  });
});

describe("who reads the answer", () => {
  it("finds 印 and the files of each version, with their hashes, as downloads", async () => {
    service.settings.reader = asPreparer;
    const { body } = await service.app.inject({ url: page });
    expect(body).toContain("機密性２情報");
    expect(body).not.toContain("添付だけを行う");
  });
});

import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { acts } from "../../db/schema/acts.ts";
import { cycleKey } from "../../domain/ids.ts";
import { requests } from "../../db/schema/request.ts";
import { header } from "../../api/workbook/form.ts";
import {
  actor,
  asMeti,
  asPreparer,
  resetScreens,
  startScreens,
  type ScreensService,
} from "../support/screens-service.ts";
import { now } from "../support/screens-year.ts";

const ID = "2014-r1-data-meti";
const url = `/requests/${ID}/workbook`;

let service: ScreensService;
beforeAll(async () => {
  service = await startScreens();
});
afterAll(() => service.stop());
beforeEach(() => {
  resetScreens(service);
  service.settings.reader = asMeti;
});

/** As a browser sends a form with a file, without any script. */
const send = async (file: Blob | null, name: string, site = "same-origin") => {
  const form = new FormData();
  form.set("key", randomUUID());
  form.set("file", file ?? new Blob([]), file === null ? "" : name);
  const sent = new Response(form);
  return service.app.inject({
    method: "POST",
    url: `${url}/form`,
    headers: { "content-type": sent.headers.get("content-type") ?? "", "sec-fetch-site": site },
    payload: Buffer.from(await sent.arrayBuffer()),
  });
};
const csv = async (says: string): Promise<Blob> => {
  const { body } = await service.app.inject({ url: `/api/v1${url}?format=csv` });
  const at = header.indexOf("回答の区分");
  const [head = "", ...rows] = body.split("\r\n");
  const written = rows.map((row) =>
    row.startsWith(`${ID}/second`)
      ? row
          .split(",")
          .map((cell, n) => (n === at ? says : cell))
          .join(",")
      : row,
  );
  return new Blob([[head, ...written].join("\r\n")]);
};

describe("the screen of a form", () => {
  it("is where the request leads who answers", async () => {
    const { body } = await service.app.inject({ url: `/requests/${ID}` });
    expect(body).toMatch(new RegExp(`<a href="${url}">Excelで回答する`));
  });

  it("hands it out in every format, and takes it back from whoever may answer", async () => {
    const { body, statusCode } = await service.app.inject({ url });
    expect(statusCode).toBe(200);
    for (const format of ["xlsx", "csv", "csv-cp932"])
      expect(body).toContain(`href="/api/v1${url}?format=${format}"`);
    expect(body).toContain(`enctype="multipart/form-data"`);
    service.settings.reader = asPreparer;
    expect((await service.app.inject({ url })).body).not.toContain("multipart");
  });

  it("takes a filled form as the answers it holds, and gives a receipt", { timeout: 40_000 }, async () => {
    const reply = await send(await csv("該当なし"), "調査票.csv");
    expect(reply.statusCode).toBe(303);
    const [act] = await service.db.select().from(acts).orderBy(desc(acts.storedAt)).limit(1);
    expect(reply.headers.location).toBe(`/acts/${act?.id}`);
    expect(act?.act?.args).toMatchObject({ answers: [{ item: `${ID}/second`, says: "nil" }] });
  });

  it("says of every cell what is wrong", async () => {
    const reply = await send(await csv("不明"), "調査票.csv");
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain("「不明」という区分はありません");
    expect(reply.body).toContain("調査票に直すべき点があります");
    expect(reply.body).toContain("どの項目も提出されていません");
    expect(reply.body).not.toContain("errors");
  });

  it.each([
    ["no file", null, "", "提出する調査票を選んでください"],
    ["a workbook that is none", new Blob(["PK"]), "a.xlsx", "壊れているか"],
  ])("refuses %s in words", async (_what, file, name, words) => {
    const reply = await send(file, name);
    expect([reply.statusCode, reply.body.includes(words)]).toEqual([422, true]);
    expect(reply.body).not.toContain("errors");
  });

  it("takes nothing from another site", async () => {
    expect((await send(await csv("該当なし"), "調査票.csv", "cross-site")).statusCode).toBe(403);
  });

  it("does not fall over a body that is no form", async () => {
    const reply = await service.app.inject({
      method: "POST",
      url: `${url}/form`,
      headers: { "content-type": "multipart/form-data; boundary=x", "sec-fetch-site": "same-origin" },
      payload: "--y\r\n",
    });
    expect(reply.statusCode).toBe(400);
  });

  it("is none where opinions are asked for", async () => {
    const { organisation } = asMeti;
    const id = "2014-r1-consultation-meti";
    const asked = { id, cycle: cycleKey("2014-r1"), organisation, sentAt: now, dueAt: now, closeAt: now };
    const consultation = { ...asked, kind: "consultation", is: "open", round: 1 } as const;
    await service.db.insert(requests).values(consultation);
    expect((await service.app.inject({ url: `/requests/${id}/workbook` })).statusCode).toBe(409);
  });

  it("is 担当者's alone to bring back where answers are signed off inside, and goes to 確認者", async () => {
    await service.db.update(requests).set({ chain: "signed-off" }).where(eq(requests.id, ID));
    const { body } = await service.app.inject({ url });
    expect(body).toContain("記入した調査票を確認者に回す");
    expect(body).not.toContain("調査票を提出する");
    service.settings.reader = actor("meti-window", "contact", "meti");
    expect((await service.app.inject({ url })).body).not.toContain("multipart");
  });
});

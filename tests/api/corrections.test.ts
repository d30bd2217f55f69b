import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { storeContent } from "../../db/content.ts";
import { contentsOf } from "../../db/queries/content.ts";
import { acts } from "../../db/schema/acts.ts";
import { files } from "../../db/schema/file.ts";
import { items } from "../../db/schema/request.ts";
import type { FileRef } from "../../domain/file.ts";
import { indicatorKey, organisationId, personId, sha256 } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { formTokenIn } from "../support/form-posting.ts";
import { asPreparer, resetScreens, startScreens, type ScreensService } from "../support/screens-service.ts";
import { now } from "../support/screens-year.ts";

/** 訂正 of what a ministry said before it was public: nothing gets out by being left out. */

const REQUEST = "2014-r1-data-meti";
const ITEM = `${REQUEST}/third`;
const page = "/cycles/2014-r1/corrections";
const reason = "経済産業省からの申出による。";

/** The item asks for a table of one row. */
const asksTable = (plan: Plan): Plan => ({
  ...plan,
  data: [
    ...plan.data,
    {
      key: "third",
      text: "会合の開催状況",
      indicators: [indicatorKey("1-1-1-ア/1")],
      owners: [{ organisation: organisationId("meti"), basis: "named" }],
      expects: {
        is: "table",
        rows: [{ key: "first", label: "上期" }],
        columns: [{ key: "held", label: "開催" }],
      },
    },
  ],
});

const file: FileRef = {
  id: randomUUID(),
  name: "集計.pdf",
  version: 1,
  size: 3,
  hash: sha256("a".repeat(64)),
  confidentiality: 2,
};
const labels = { confidentiality: 2, handling: ["concerned-only"], embargoed: true } as const;

let service: ScreensService;
let was: string;
beforeAll(async () => {
  service = await startScreens(asksTable);
  const { db } = service;
  const [by, table] = [personId("meti-officer"), { first: { held: 3 } }];
  const stored = { request: REQUEST, item: ITEM, place: "database" as const, storedBy: by, storedAt: now };
  await db.insert(files).values({ ...file, handling: [], ...stored });
  const content = await storeContent(db, {
    kind: "answer",
    body: { number: null, unit: "回", text: "上期は３回開催した。", table, labels, files: [file] },
    storedBy: by,
    storedAt: now,
  });
  was = content.hash;
  const answer = { item: ITEM, says: "value", content, why: null, embargoed: true } as const;
  await db
    .update(items)
    .set({ is: "value", state: { is: "value", answer } })
    .where(eq(items.id, ITEM));
}, 120_000);
afterAll(() => service.stop());
beforeEach(() => {
  resetScreens(service);
  service.settings.reader = asPreparer;
});

const corrected = { item: ITEM, says: "value", number: null, unit: "回", text: "４回であった。" };
const table = { first: { held: 4 } };
const correct = async (more: object, key: string = randomUUID()) =>
  service.app.inject({
    method: "POST",
    url: `/api/v1${page}`,
    headers: {
      "idempotency-key": key,
      "sec-fetch-site": "same-origin",
      "x-form-token": formTokenIn((await service.app.inject({ url: page })).body) ?? "",
    },
    payload: { ...corrected, was, reason, ...more },
  });

/** What the act of that key gives, with its content. */
const givenBy = async (key: string) => {
  const [row] = await service.db.select().from(acts).where(eq(acts.key, key));
  const args = row?.act?.args;
  const given = args !== undefined && "answer" in args ? args.answer : undefined;
  const id = given?.content.id ?? randomUUID();
  return { given, body: (await contentsOf(service.db, "answer", [id])).get(id)?.body };
};

describe("a correction", () => {
  it("leaves 公表前, 取扱制限 and files as they stood where it says nothing of them", async () => {
    const key = randomUUID();
    expect((await correct({ table }, key)).statusCode).toBe(202);
    const { given, body } = await givenBy(key);
    expect(given?.embargoed).toBe(true);
    expect(given?.files).toEqual([file.hash]);
    expect(body).toEqual({ number: null, unit: "回", text: "４回であった。", table, labels, files: [file] });
  });

  it("lifts and drops what it says it does", async () => {
    const said = { confidentiality: 1, handling: [], embargoed: false, files: [] };
    const key = randomUUID();
    expect((await correct({ table, ...said }, key)).statusCode).toBe(202);
    const { given, body } = await givenBy(key);
    expect(given).not.toHaveProperty("embargoed");
    expect(given).not.toHaveProperty("files");
    expect(body?.labels).toEqual({ confidentiality: 1 });
    expect(body).not.toHaveProperty("files");
  });

  it.each([
    ["a number for a table", { number: 4 }, "invalid-body", ["/number", "/table"]],
    ["no cell of the table", {}, "invalid-body", ["/table"]],
    ["a table beside 該当なし", { says: "nil", table, unit: null }, "invalid-body", ["/table"]],
    ["機密性３", { table, confidentiality: 3 }, "too-confidential", undefined],
    [
      "a file of nobody",
      { table, files: [{ file: randomUUID(), sha256: "b".repeat(64) }] },
      "unknown-file",
      undefined,
    ],
  ])("is refused with %s", async (_what, more, code, pointers) => {
    const reply = await correct(more);
    expect([reply.statusCode, reply.json().code]).toEqual([422, code]);
    const errors: readonly { readonly pointer: string }[] | undefined = reply.json().errors;
    expect(errors?.map(({ pointer }) => pointer)).toEqual(pointers);
  });
});

describe("the form of a correction", () => {
  const shown = async () =>
    (await service.app.inject({ url: `${page}?item=${encodeURIComponent(ITEM)}` })).body;
  const send = (fields: Readonly<Record<string, string>>, key: string = randomUUID()) =>
    service.app.inject({
      method: "POST",
      url: `${page}/answer`,
      headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
      payload: new URLSearchParams({
        item: ITEM,
        was,
        key,
        says: "value",
        reason,
        ...fields,
      }).toString(),
    });
  const box = `${file.id} ${file.hash} ${file.name}`;
  const kept = {
    text: "４回であった。",
    [`cell.first.held:${ITEM}`]: "4",
    [`unit:${ITEM}`]: "回",
    [`confidentiality:${ITEM}`]: "2",
    [`handling:${ITEM}`]: "concerned-only",
    [`embargoed:${ITEM}`]: "yes",
    [`attached:${ITEM}`]: box,
  };

  it("starts with what stands: every cell, its labels ticked, its files ticked", async () => {
    const body = await shown();
    expect(body).toMatch(new RegExp(`name="cell.first.held:${ITEM}"[^>]*value="3"`));
    expect(body).toContain(`name="attached:${ITEM}" value="${box}" checked`);
    expect(body).toContain(`name="embargoed:${ITEM}" value="yes" checked`);
    expect(body).toContain(`name="handling:${ITEM}" value="concerned-only" checked`);
    expect(body).not.toContain(`name="number:${ITEM}"`);
  });

  it("says all of it as it was left", async () => {
    const key = randomUUID();
    expect((await send(kept, key)).statusCode).toBe(303);
    const { given, body } = await givenBy(key);
    expect(given?.embargoed).toBe(true);
    expect(body).toMatchObject({ table, labels, files: [file] });
  });

  it("unticked, lifts the embargo and leaves the file out", async () => {
    const { [`embargoed:${ITEM}`]: _embargoed, [`attached:${ITEM}`]: _file, ...rest } = kept;
    const key = randomUUID();
    expect((await send(rest, key)).statusCode).toBe(303);
    const { given, body } = await givenBy(key);
    expect(given).not.toHaveProperty("embargoed");
    expect(body).not.toHaveProperty("files");
    expect(body?.labels).toEqual({ confidentiality: 2, handling: ["concerned-only"] });
  });

  it("says beside the table what is missing", async () => {
    const reply = await send({ ...kept, [`cell.first.held:${ITEM}`]: "" });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain("表の全ての欄の数値を記入してください。");
    expect(reply.body).not.toContain("asIs");
  });
});

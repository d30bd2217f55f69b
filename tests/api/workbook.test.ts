import { randomUUID } from "node:crypto";
import { count } from "drizzle-orm";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentsOf } from "../../db/queries/content.ts";
import { storeContent } from "../../db/content.ts";
import { acts } from "../../db/schema/acts.ts";
import { contents } from "../../db/schema/content.ts";
import { cycles } from "../../db/schema/cycle.ts";
import { items, requests } from "../../db/schema/request.ts";
import { cycleKey, fiscalYear, organisationId, personId } from "../../domain/ids.ts";
import { header } from "../../api/workbook/form.ts";
import { renderWorkbook } from "../../api/workbook/xlsx.ts";
import { startApiService, START, type ApiService, type Who } from "../support/api-service.ts";
import { hostileForms } from "../support/hostile-forms.ts";
import { sampleForm } from "../support/sample-form.ts";
import { now } from "../support/screens-year.ts";

/** 経済産業省's request: an answer returned, one owed, one settled. The engine is silent: an act stays on its way. */

const SLOW = { timeout: 40_000 };
const ID = "2014-r1-data-meti";
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

let api: ApiService;
beforeAll(async () => {
  api = await startApiService();
});
afterAll(() => api.stop());

const get = (who: Who, format: string, id = ID) =>
  api.ask(who, { url: `/api/v1/requests/${id}/workbook?format=${format}` });
const post = (
  payload: string | Uint8Array,
  { type = "text/csv", key = String(randomUUID()), who = "meti" as Who, id = ID } = {},
) =>
  api.ask(who, {
    method: "POST",
    url: `/api/v1/requests/${id}/workbook`,
    headers: { "content-type": type, "idempotency-key": key },
    payload: Buffer.from(payload),
  });
const stored = async () => [
  (await api.db.select({ many: count() }).from(acts))[0]?.many,
  (await api.db.select({ many: count() }).from(contents))[0]?.many,
];
const problemIn = (reply: LightMyRequestResponse) => {
  const { code, errors = [] } = reply.json();
  const pointers = errors.map(({ pointer }: { readonly pointer: string }) => pointer);
  return [reply.statusCode, code, pointers];
};

/** The form as CSV, with these cells written, by item and title. None of its own cells has a comma. */
const filled = async (rows: Readonly<Record<string, Readonly<Record<string, string>>>>): Promise<string> => {
  const lines = (await get("meti", "csv")).body.replace("\u{feff}", "").trimEnd().split("\r\n");
  return lines
    .map((line) => {
      const cells = line.split(",");
      const written = rows[cells[0]?.replace(`${ID}/`, "") ?? ""] ?? {};
      return cells.map((cell, at) => written[header[at] ?? ""] ?? cell).join(",");
    })
    .join("\r\n");
};

describe("the form of a request", () => {
  it.each([
    ["xlsx", XLSX, "xlsx"],
    ["csv", "text/csv; charset=utf-8", "csv"],
    ["csv-cp932", "text/csv; charset=windows-31j", "csv"],
  ])("is handed out as %s", async (format, type, ending) => {
    const reply = await get("meti", format);
    expect([reply.statusCode, reply.headers["content-type"]]).toEqual([200, type]);
    const name = decodeURIComponent(String(reply.headers["content-disposition"]));
    expect(name).toMatch(
      new RegExp(`^attachment; filename\\*=UTF-8''調査票_${ID}_r1-[0-9a-f]{8}\\.${ending}$`),
    );
  });

  it("is handed out to whoever may see the request, and its answers taken from whoever may answer", async () => {
    const form = await filled({ second: { 回答の区分: "該当なし" } });
    expect((await get("preparer", "xlsx")).statusCode).toBe(200);
    expect((await get("mic", "xlsx")).statusCode).toBe(404);
    expect((await post(form, { who: "preparer" })).statusCode).toBe(403);
    expect((await post(form, { who: "mic" })).statusCode).toBe(404);
  });

  it("has last year's answer, of the same kind of year", async () => {
    await storeLastYear();
    const [, row = ""] = (await get("meti", "csv")).body
      .split("\r\n")
      .filter((line) => /first|管理/.test(line));
    expect(row).toContain(",90,人,昨年は90人。,");
  });

  it("is none where opinions are asked for", async () => {
    const id = "2014-r1-consultation-meti";
    const terms = { sentAt: now, dueAt: now, closeAt: now, organisation: organisationId("meti") };
    const kind = "consultation";
    await api.db
      .insert(requests)
      .values({ id, cycle: cycleKey("2014-r1"), is: "open", round: 1, kind, ...terms });
    expect(problemIn(await get("meti", "xlsx", id))).toEqual([409, "no-form", []]);
  });

  it("is refused as Windows-31J where a character would be lost, before anything is lost", async () => {
    await api.db.update(items).set({ text: "𠮷野〜" });
    const reply = await get("meti", "csv-cp932");
    expect(problemIn(reply)).toEqual([
      422,
      "letters-lost",
      [2, 3, 4].map((row) => `/データ/${row}/照会事項`),
    ]);
    expect(reply.json().errors[0].message).toContain("𠮷 〜");
    await api.db.update(items).set({ text: "件数" });
  });
});

const storeLastYear = async (): Promise<void> => {
  const by = personId("meti-officer");
  for (const [key, stepped, number] of [
    ["2013-r1", true, 90],
    ["2013", false, 70],
  ] as const) {
    const body = { number, unit: "人", text: `昨年は${number}人。` };
    const content = await storeContent(api.db, { kind: "answer", body, storedBy: by, storedAt: START });
    const cycle = cycleKey(key);
    const [year, stage, id] = [fiscalYear(2013), "carry-over", `${key}-data-meti`] as const;
    await api.db
      .insert(cycles)
      .values({ key: cycle, year, plan: content.hash, stage, stepped, now, openedAt: now });
    const terms = { sentAt: now, dueAt: now, closeAt: now, organisation: organisationId("meti") };
    await api.db.insert(requests).values({ id, cycle, kind: "data", is: "settled", round: 0, ...terms });
    const answer = { item: `${id}/first`, says: "value", content, why: null } as const;
    const [is, text] = ["value", "件数"] as const;
    const item = { id: `${id}/first`, request: id, datum: "first", text, indicators: [] };
    await api.db.insert(items).values({ ...item, is, state: { is, answer }, dueAt: now });
  }
};

describe("a filled form", () => {
  it("is the same act as the API's answers, once", SLOW, async () => {
    const form = await filled({
      first: { 回答の区分: "確定値", 数値: "0", 単位: "人", 回答: "なかった。" },
      second: { 回答の区分: "把握困難", 把握困難の理由: "その他", 回答: "集計していない。" },
    });
    const reply = await post(form, { key: "form" });
    expect(reply.statusCode).toBe(202);
    const answers = [
      { item: `${ID}/first`, says: "value", number: 0, unit: "人", text: "なかった。" },
      { item: `${ID}/second`, says: "unmeasurable", why: "other", text: "集計していない。" },
    ];
    const asked = await api.ask("meti", {
      method: "POST",
      url: `/api/v1/requests/${ID}/answers`,
      headers: { "if-match": '"r1"', "idempotency-key": "json" },
      payload: { answers },
    });
    expect(asked.statusCode).toBe(202);
    const [byForm, byJson] = await Promise.all([reply, asked].map((one) => toldBy(one.json().act)));
    expect(byForm).toEqual(byJson);
    expect(byForm?.answers).toHaveLength(2);
    const before = await stored();
    const other = await filled({ first: { 回答の区分: "該当なし" } });
    expect(problemIn(await post(other, { key: "form" }))).toEqual([422, "key-reused", []]);
    expect(await stored()).toEqual(before);
  });

  it.each<readonly [string, (form: string) => string | Uint8Array, readonly unknown[]]>([
    ["one bad row among good ones", (form) => form, [422, "form-refused", ["/データ/4/回答の区分"]]],
    [
      "a line that is too long",
      (form) => form.replace("該当なし", "").replace(",1,人,", `,1,${"人".repeat(501)},`),
      [422, "form-refused", ["/データ/2/単位"]],
    ],
    [
      "another's row",
      (form) => form.replace(`${ID}/first`, "2014-r1-data-mic/first"),
      [422, "form-refused", ["/データ/2/管理番号", "/データ/4/回答の区分"]],
    ],
    [
      "an older edition",
      (form) => form.replaceAll(/r1-[0-9a-f]{8}/g, "r0-00000000"),
      [412, "form-stale", []],
    ],
    ["a formula", (form) => form.replace("なかった。", "=1+1"), [422, "file-refused", ["/2行"]]],
    ["no text at all", () => Buffer.from([0x81, 0xff]), [422, "file-refused", [""]]],
  ])("with %s is refused whole", async (_what, change, refused) => {
    const form = await filled({
      first: { 回答の区分: "確定値", 数値: "1", 単位: "人", 回答: "なかった。" },
      third: { 回答の区分: "該当なし" },
    });
    const before = await stored();
    expect(problemIn(await post(change(form)))).toEqual(refused);
    expect(await stored()).toEqual(before);
  });

  it("says of each cell in words what is wrong", async () => {
    const form = await filled({ first: { 回答の区分: "不明" } });
    expect((await post(form)).json().errors).toEqual([
      {
        pointer: "/データ/2/回答の区分",
        message: "データ　2行「回答の区分」：「不明」という区分はありません。",
      },
    ]);
  });

  it("on which nothing was written is no answer", SLOW, async () => {
    const reply = await post(await filled({}));
    // The workflow would refuse it; here it only waits for it.
    expect((await toldBy(reply.json().act))?.answers).toEqual([]);
  });
});

/** What an act says, without the ids of what it says. */
const toldBy = async (id: string) => {
  const row = (await api.db.select().from(acts)).find((one) => one.id === id);
  if (!row?.act || !("answers" in row.act.args)) return undefined;
  const { answers } = row.act.args;
  const texts = await contentsOf(
    api.db,
    "answer",
    answers.map(({ content }) => content.id),
  );
  return {
    actor: row.actor,
    workflow: row.workflow,
    answers: answers.map(({ content, ...answer }) => ({
      ...answer,
      hash: content.hash,
      body: texts.get(content.id)?.body,
    })),
  };
};

describe("a body", () => {
  it.each([
    ["JSON", "application/json", "{}", 415],
    ["a workbook with macros", "application/vnd.ms-excel.sheet.macroEnabled.12", "PK", 415],
    ["a form of the browser", "multipart/form-data; boundary=x", "--x--", 415],
    ["more than 10 MiB", XLSX, "x".repeat(10 * 2 ** 20 + 1), 413],
    ["a text that says it is a workbook", XLSX, "管理番号", 422],
  ])("that is %s is refused", async (_what, type, payload, status) => {
    expect((await post(payload, { type })).statusCode).toBe(status);
  });

  it("that is a file is one only here", async () => {
    const reply = await api.ask("meti", {
      method: "POST",
      url: `/api/v1/requests/${ID}/answers`,
      headers: { "content-type": "text/csv", "idempotency-key": "csv", "if-match": '"r1"' },
      payload: "a,b",
    });
    expect(problemIn(reply)).toEqual([415, "unsupported-media-type", []]);
  });

  it("that is hostile does nothing: the service says why and goes on", SLOW, async () => {
    const before = await stored();
    const hostile = hostileForms(await renderWorkbook(sampleForm)).filter(({ codes }) =>
      codes.includes("macro"),
    );
    for (const { file } of hostile)
      expect(problemIn(await post(file, { type: XLSX })).slice(0, 2)).toEqual([422, "file-refused"]);
    expect(await stored()).toEqual(before);
    expect((await get("meti", "xlsx")).statusCode).toBe(200);
  });
});

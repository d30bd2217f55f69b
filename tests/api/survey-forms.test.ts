import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { storeContent } from "../../db/content.ts";
import { actByKey } from "../../db/queries/acts.ts";
import { items } from "../../db/schema/request.ts";
import { surveys } from "../../db/schema/survey.ts";
import { organisationId, personId, sha256 } from "../../domain/ids.ts";
import type { SurveyProtocol } from "../../domain/survey.ts";
import { instant, plainDate } from "../../domain/time.ts";
import {
  actor,
  asMeti,
  asPreparer,
  resetScreens,
  startScreens,
  type ScreensService,
} from "../support/screens-service.ts";
import { now, rehearsal } from "../support/screens-year.ts";

/** The forms with which a running survey is carried on, over real rows; the engine is silent, so acts stay stored. */

const id = `${rehearsal}-survey-mic-1`;
const other = `${rehearsal}-survey-meti-1`;
const item = `${rehearsal}-data-mic/second`;
const url = `/surveys/${id}`;
const asMic = actor("mic-officer", "contact", "mic");
const SILENCE_MS = 40_000;

const protocol: SurveyProtocol = {
  method: "documents",
  label: "文献・公表資料調査",
  resultOn: plainDate("2015-05-13"),
  steps: [
    {
      key: "read",
      label: "資料の確認",
      by: "secretariat",
      dueBusinessDays: 5,
      records: "該当箇所",
      needs: "sources",
      done: null,
    },
  ],
  asked: [],
};

let service: ScreensService;
let hash = sha256("0".repeat(64));
beforeAll(async () => {
  service = await startScreens();
  const stored = { storedBy: personId("mic-officer"), storedAt: now } as const;
  const said = await storeContent(service.db, {
    kind: "answer",
    body: { number: 42, unit: "件", text: "集計が終わった。" },
    ...stored,
  });
  const method = await storeContent(service.db, {
    kind: "survey-method",
    body: { text: "公表資料により推計する。" },
    ...stored,
  });
  ({ hash } = said);
  await service.db.update(surveys).set({ method: method.id, protocol }).where(eq(surveys.id, id));
  const offered = { item, says: "value" as const, why: null, content: said };
  const until = instant("2015-05-01T17:00:00+09:00");
  await service.db
    .update(items)
    .set({ state: { is: "surveying", until, survey: id, offered } })
    .where(eq(items.id, item));
  await service.db.insert(surveys).values({
    id: other,
    cycle: rehearsal,
    request: `${rehearsal}-data-meti`,
    organisation: organisationId("meti"),
    cause: "silence",
    justification: "締切までに回答がなかった。",
    isSecretariats: true,
    items: [`${rehearsal}-data-meti/second`],
    openedAt: now,
    dueOn: plainDate("2015-05-20"),
  });
});
afterAll(() => service.stop());
beforeEach(() => {
  resetScreens(service);
  service.settings.reader = asPreparer;
});

const page = async (): Promise<string> => (await service.app.inject({ url })).body;
const send = async (form: string, fields: Readonly<Record<string, string>>) => {
  const key = crypto.randomUUID();
  const { statusCode, body, headers } = await service.app.inject({
    method: "POST",
    url: `${url}/${form}`,
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    payload: new URLSearchParams({ key, ...fields }).toString(),
  });
  const act = await actByKey(service.db, { person: service.settings.reader?.person ?? asMic.person, key });
  return { statusCode, body, location: headers.location, act };
};

const late = () => ({ items: `${item} ${hash}` });
const change = { title: "推計調査", scope: "国内に限る。", items: item, reason: "対象を絞るため。" };
const merge = { from: other, reason: "原因が同じため。" };
const step = { step: "read", needsSources: "yes", on: "2015-04-27", text: "白書を確認した。" };

describe("a running survey's screen", () => {
  it("offers the secretariat to change, to merge, to record the step and to decide on what came late", async () => {
    const body = await page();
    for (const form of ["change", "merge", "stop", "step", "late"])
      expect(body).toContain(`action="${url}/${form}"`);
    expect(body).toContain(`<option value="${other}"`);
    expect(body).toContain("調査中に届いた回答（1件）");
    expect(body).toContain("42 件");
    expect(body).toContain("「資料の確認」を記録する");
  });

  it("leaves to the organisation neither what the survey is about nor what becomes of its late answer", async () => {
    service.settings.reader = asMic;
    const body = await page();
    for (const form of ["change", "merge", "stop", "late"])
      expect(body).not.toContain(`action="${url}/${form}"`);
    expect(body).toContain("（事務局の判断待ち）");
    expect([(await send("merge", merge)).statusCode, (await send("change", change)).statusCode]).toEqual([
      403, 403,
    ]);
    service.settings.reader = asMeti;
    expect((await send("change", change)).statusCode).toBe(404);
  });
});

describe("what a form lacks is said beside it, and all that was typed is kept", () => {
  it.each([
    ["change", { ...change, reason: "" }, "変更の理由を記入してください。", "国内に限る。"],
    ["change", { ...change, title: "" }, "名称を記入してください。", "対象を絞るため。"],
    ["merge", { ...merge, from: "" }, "統合される調査を選んでください。", "原因が同じため。"],
    ["merge", { ...merge, reason: "" }, "統合の理由を記入してください。", "選んでください"],
    ["step", step, "出典を一つ以上記入してください。", "白書を確認した。"],
    ["step", { ...step, sources: "白書" }, "「白書」を、日付（2015-05-11の形）", "白書を確認した。"],
    ["late", { do: "take", reason: "読んだ。" }, "回答を一つ以上選んでください。", "読んだ。"],
  ])("%s %o", async (form, fields, message, kept) => {
    const { statusCode, body, act } = await send(form, fields);
    expect([statusCode, act]).toEqual([422, undefined]);
    expect(body).toMatch(new RegExp(`role="alert"[\\s\\S]*${message}`));
    expect(body).toContain(kept);
  });

  it("late: not taken without a reason", async () => {
    const { statusCode, body } = await send("late", { ...late(), do: "leave" });
    expect(statusCode).toBe(422);
    expect(body).toContain("採用しない理由を記入してください。");
  });
});

describe("what a form holds goes through the API's door", () => {
  const items = (): object => [{ item, hash }];
  it.each([
    ["change", () => change, "survey.change", () => ({ items: [item] })],
    ["merge", () => merge, "survey.merge", () => ({ from: other })],
    ["step", () => ({ ...step, sources: "2015-03-31 白書" }), "survey.step", () => ({ step: "read" })],
    ["late", () => ({ ...late(), do: "take" }), "request.take-late", () => ({ items: items() })],
    [
      "late",
      () => ({ ...late(), do: "leave", reason: "推計による。" }),
      "request.leave-late",
      () => ({ items: items() }),
    ],
  ] as const)(
    "%s",
    async (form, fields, name, args) => {
      const { statusCode, act, location, body } = await send(form, fields());
      expect([statusCode, body.slice(0, 500)]).toEqual([303, ""]);
      expect(location).toContain(url);
      expect(act).toMatchObject({ name, act: { args: args() } });
    },
    SILENCE_MS,
  );
});

describe("home", () => {
  it("tells the secretariat of the late answer and of the step that is due", async () => {
    const { body } = await service.app.inject({ url: "/" });
    expect(body).toContain("調査中に届いた回答1件について");
    expect(body).toMatch(/までに、補完調査1件の手順を行い、記録してください。/);
    service.settings.reader = asMic;
    expect((await service.app.inject({ url: "/" })).body).not.toContain("調査中に届いた回答");
  });

  it("does no longer once the answer is left aside", async () => {
    const [row] = await service.db.select({ state: items.state }).from(items).where(eq(items.id, item));
    if (row?.state.is !== "surveying") throw new Error("the item is not surveyed");
    await service.db
      .update(items)
      .set({ state: { ...row.state, left: true } })
      .where(eq(items.id, item));
    expect((await service.app.inject({ url: "/" })).body).not.toContain("調査中に届いた回答");
  });
});

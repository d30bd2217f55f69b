import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { actByKey } from "../../db/queries/acts.ts";
import { rehearsal } from "../support/screens-year.ts";
import {
  actor,
  asMeti,
  asPreparer,
  resetScreens,
  startScreens,
  type ScreensService,
} from "../support/screens-service.ts";

/** Forms over real rows and the API's own door; only the engine is silent, so that what is accepted stays stored. */

let service: ScreensService;
beforeAll(async () => {
  service = await startScreens();
});
afterAll(() => service.stop());
beforeEach(() => {
  resetScreens(service);
});

const asApprover = actor("nisc-counsellor", "approver", "nisc");
const asRecorder = actor("nisc-recorder", "recorder", "nisc");
const asAuditor = actor("nisc-auditor", "auditor", "nisc");
const meti = `/requests/${rehearsal}-data-meti`;
const second = `${rehearsal}-data-meti/second`;
const year = `/cycles/${rehearsal}`;

const page = async (url: string) => {
  const { body, statusCode } = await service.app.inject({ url });
  return { body, statusCode };
};
const send = async (url: string, form: Readonly<Record<string, string>>, headers = {}) => {
  const {
    body,
    statusCode,
    headers: answered,
  } = await service.app.inject({
    method: "POST",
    url,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "same-origin",
      ...headers,
    },
    payload: new URLSearchParams({ key: crypto.randomUUID(), ...form }).toString(),
  });
  return { body, statusCode, location: answered.location };
};

describe("the ministry's form", () => {
  beforeEach(() => {
    service.settings.reader = asMeti;
  });

  it("asks of every open item what kind of answer it is, and of none that is settled", async () => {
    const { body } = await page(meti);
    expect(body).toContain(`name="says:${second}" value="unmeasurable"`);
    expect(body).toContain(`name="says:${rehearsal}-data-meti/first"`);
    expect(body).not.toContain(`name="says:${rehearsal}-data-meti/third"`);
    expect(body).toContain('name="revision" value="r1"');
    expect(body).toContain("統計なし");
  });

  it("starts a returned item with what was returned", async () => {
    expect((await page(meti)).body).toMatch(/name="number:[^"]*first"[^>]*value="180"/);
  });

  it("says beside the field and in a summary what is wrong, and keeps all that was typed", async () => {
    const { statusCode, body } = await send(`${meti}/answers`, {
      revision: "r1",
      [`says:${second}`]: "unmeasurable",
      [`text:${second}`]: "集計\r\nしていない",
      [`number:${second}`]: "たくさん",
    });
    expect(statusCode).toBe(422);
    expect(body).toMatch(/role="alert"[\s\S]*把握困難の理由を選んでください。/);
    expect(body).toContain("数値は、数字で記入してください");
    expect(body).toContain("集計\nしていない");
    expect(body).toContain('value="たくさん"');
    expect(body).toMatch(/value="unmeasurable"[^>]*checked|checked[^>]*value="unmeasurable"/);
    const [, target = "none"] = /href="#(answers-why[^"]*)"/.exec(body) ?? [];
    expect(body).toContain(`id="${target}"`);
  });

  it("does not drop in silence what was typed without saying what it is", async () => {
    const { statusCode, body } = await send(`${meti}/answers`, {
      revision: "r1",
      [`says:${second}`]: "",
      [`text:${second}`]: "実施した。",
      [`was-text:${second}`]: "",
    });
    expect(statusCode).toBe(422);
    expect(body).toContain("区分を選んでください。");
    expect(body).toContain("実施した。");
  });

  it("loses nothing where somebody else was faster", async () => {
    const { statusCode, body } = await send(`${meti}/answers`, {
      revision: "r0",
      [`says:${second}`]: "value",
      [`text:${second}`]: "遅れて書いた。",
    });
    expect(statusCode).toBe(412);
    expect(body).toContain("ほかの方が先に更新しています");
    expect(body).toContain("遅れて書いた。");
    expect(body).toContain('name="revision" value="r1"');
  });

  it("goes through the API's door: stored once for a double click, with a receipt", async () => {
    const form = {
      key: "twice",
      revision: "r1",
      [`says:${second}`]: "value",
      [`text:${second}`]: "実施した。",
    };
    const sent = await send(`${meti}/answers`, form);
    const again = await send(`${meti}/answers`, form);
    const act = await actByKey(service.db, { person: asMeti.person, key: "twice" });
    expect(act?.name).toBe("request.submit");
    expect([sent.statusCode, sent.location]).toEqual([303, `/acts/${act?.id ?? ""}`]);
    expect(again).toMatchObject({ statusCode: 303, location: sent.location });
    const receipt = await page(sent.location ?? "");
    expect(receipt.body).toContain("照会への回答の控え");
    expect(receipt.body).toContain("metiのsecond");
  }, 20_000);

  it.each([
    ["another ministry", actor("mic-officer", "contact", "mic"), {}, 404],
    ["another site", asMeti, { "sec-fetch-site": "cross-site" }, 403],
    ["nobody", null, {}, 401],
  ] as const)("is not for %s", async (_, reader, headers, status) => {
    service.settings.reader = reader;
    const form = { revision: "r1", [`says:${second}`]: "nil" };
    expect((await send(`${meti}/answers`, form, headers)).statusCode).toBe(status);
  });

  it("asks for an extension with a day and a reason, or says what is missing", async () => {
    const { statusCode, body } = await send(`${meti}/extension`, { dueOn: "", reason: "集計中" });
    expect(statusCode).toBe(422);
    expect(body).toContain("希望する期限を記入してください。");
    expect(body).toContain("集計中");
    const wrong = await send(`${meti}/extension`, { dueOn: "2015-02-30", reason: "集計中" });
    expect(wrong.body).toContain("実在する日付");
  });
});

describe("the secretariat's forms", () => {
  const mic = `/requests/${rehearsal}-data-mic`;
  beforeEach(() => {
    service.settings.reader = asPreparer;
  });

  it("names the very version that was read", async () => {
    const { body } = await page(mic);
    expect(body).toMatch(/name="items" value="2014-r1-data-mic\/first [0-9a-f]{64}"/);
  });

  it("ticks everything that waits where one asks for it", async () => {
    expect((await page(`${mic}?select=all`)).body).toMatch(/<input[^>]*name="items"[^>]*checked/);
  });

  it.each([
    ["review", { do: "accept" }, "回答を一つ以上選んでください。"],
    ["review", { do: "return", items: "x y" }, "差戻しの理由を記入してください。"],
    ["give-up", { items: "x" }, "未把握とする理由を記入してください。"],
    ["pause", {}, "停止の理由を記入してください。"],
    ["shortening", { reason: "x" }, "新しい期限を記入してください。"],
    ["withdrawal", {}, "取下げの理由を記入してください。"],
  ])("%s says what is missing", async (form, fields, said) => {
    const { statusCode, body } = await send(`${mic}/${form}`, { ...fields });
    expect([statusCode, body.includes(said)]).toEqual([422, true]);
  });

  it("shows no form to who may not use it, and refuses who sends it nevertheless", async () => {
    service.settings.reader = asApprover;
    expect((await page(mic)).body).not.toContain('action="/requests/2014-r1-data-mic/review"');
    const hash = "0".repeat(64);
    const { statusCode, body } = await send(`${mic}/review`, { do: "accept", items: `x ${hash}` });
    expect(statusCode).toBe(403);
    expect(body).toContain("この役職では行えません");
  });

  it("plans a survey, with a method and a day", async () => {
    const url = `/surveys/${rehearsal}-survey-mic-1`;
    expect((await page(url)).body).toContain("方法と期限を定める");
    const { statusCode, body } = await send(`${url}/method`, { text: "", dueOn: "2015-05-13" });
    expect([statusCode, body.includes("方法を記入してください。")]).toEqual([422, true]);
  });
});

describe("the year's screens", () => {
  const screens = ["policy", "opening", "surveys", "evaluations", "report", "comments", "findings", "audit"];

  it.each(screens)("shows %s to the secretariat and the auditor", async (screen) => {
    for (const reader of [asPreparer, asApprover, asAuditor]) {
      service.settings.reader = reader;
      expect((await page(`${year}/${screen}`)).statusCode).toBe(200);
    }
  });

  it.each([
    ["policy", asMeti, 403],
    ["evaluations", asMeti, 403],
    ["audit", asMeti, 403],
    ["audit", asRecorder, 403],
    ["surveys", asRecorder, 403],
    ["report", asRecorder, 200],
    ["comments", asMeti, 200],
  ] as const)("%s as the table says", async (screen, reader, status) => {
    service.settings.reader = reader;
    expect((await page(`${year}/${screen}`)).statusCode).toBe(status);
  });

  it("offers ways only to what the reader may open", async () => {
    service.settings.reader = asRecorder;
    const { body } = await page("/");
    expect(body).toContain(`href="${year}/report"`);
    expect(body).not.toContain(`href="${year}/audit"`);
  });

  it("gives an auditor nothing to press but to search and to leave", async () => {
    service.settings.reader = asAuditor;
    for (const screen of screens) {
      const { body } = await page(`${year}/${screen}`);
      expect(body.match(/<form[^>]*method="post"[^>]*action="([^"]*)"/g)).toEqual([
        '<form method="post" action="/sign-out"',
      ]);
    }
    expect((await page(meti)).body.match(/method="post"/g)).toHaveLength(1);
  });

  it("counts down in business days", async () => {
    service.settings.reader = asMeti;
    expect((await page("/")).body).toContain("6開庁日超過");
    expect((await page(meti)).body).toContain("6開庁日超過");
  });

  it.each([
    ["policy/text", asPreparer, { title: "件名", text: "" }, "本文を記入してください。"],
    ["policy/review", asApprover, { do: "return", hash: "0".repeat(64) }, "差戻しの理由を記入してください。"],
    [
      "policy/decision",
      asRecorder,
      { outcome: "returned" },
      "修正の内容又は差戻しの理由を記入してください。",
    ],
    ["evaluations/review", asApprover, { do: "approve" }, "評価を一つ以上選んでください。"],
    ["evaluations/outcome/1-1/text", asPreparer, { text: "x" }, "評価を選んでください。"],
    [
      "evaluations/outcome/1-1/analysis",
      asPreparer,
      { needed: "true", reason: "x" },
      "分析の内容を記入してください。",
    ],
    ["comments/dispositions", asPreparer, { reason: "x" }, "意見を一つ以上選んでください。"],
    [
      "findings/carry",
      asPreparer,
      { followUp: "dropped", findings: "x" },
      "反映しない理由を記入してください。",
    ],
  ] as const)("%s says what is missing", async (form, reader, fields, said) => {
    service.settings.reader = reader;
    const { statusCode, body } = await send(`${year}/${form}`, { ...fields });
    expect([statusCode, body.includes(said)]).toEqual([422, true]);
  });

  it("searches the record by person, object, action and day, and finds nothing where there is nothing", async () => {
    service.settings.reader = asAuditor;
    const { body, statusCode } = await page(`${year}/audit?person=%25&object=x&action=&from=2015-04-01&to=`);
    expect([statusCode, body.includes("該当する記録はありません。")]).toEqual([200, true]);
    expect((await page(`${year}/audit?from=yesterday`)).statusCode).toBe(400);
  });

  it.each(["evaluations/output/none", "evaluations/none/1-1", `report/versions/${"0".repeat(64)}`])(
    "does not know %s",
    async (path) => {
      service.settings.reader = asPreparer;
      expect((await page(`${year}/${path}`)).statusCode).toBe(404);
    },
  );
});

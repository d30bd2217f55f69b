import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mailOf } from "../../db/queries/mail.ts";
import { acts } from "../../db/schema/acts.ts";
import { mailReports, mails } from "../../db/schema/mail.ts";
import { sha256Of } from "../../db/chain.ts";
import type { Sha256 } from "../../domain/ids.ts";
import { addSeconds } from "../../domain/time.ts";
import { givenMail } from "../support/given-mails.ts";
import { HOSTILE, now, rehearsal } from "../support/screens-year.ts";
import {
  actor,
  asMeti,
  asPreparer,
  resetScreens,
  startScreens,
  type ScreensService,
} from "../support/screens-service.ts";

let service: ScreensService;
beforeAll(async () => {
  service = await startScreens();
});
afterAll(() => service.stop());
beforeEach(async () => {
  resetScreens(service);
  service.settings.reader = asPreparer;
  await service.db.execute(sql`truncate mails, mail_attempts, mail_reports`);
});

const page = async (url: string) => {
  const { body, statusCode, headers } = await service.app.inject({ url });
  return { body, statusCode, headers };
};
const submit = (url: string, form: Readonly<Record<string, string>>, headers = {}) =>
  service.app.inject({
    method: "POST",
    url,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "same-origin",
      ...headers,
    },
    payload: new URLSearchParams(form).toString(),
  });
const stateOf = async (key: Sha256) => (await mailOf(service.db, key))?.state;
const list = `/cycles/${rehearsal}/mails`;
const given = (...more: Parameters<typeof givenMail> extends [unknown, infer More] ? [More] : never) =>
  givenMail(service.db, ...more);

const subjectsIn = (part: string): readonly (string | undefined)[] =>
  [...part.matchAll(/<a href="\/mails\/[0-9a-f]{64}">【訓練】([^<]+)<\/a>/g)].map(([, name]) => name);

describe("the mails that want something done", () => {
  it("are listed, each with what to do, those first of which nobody is sure", async () => {
    await given({ state: "queued", occurrence: "1", subject: "待機" });
    await given({ state: "queued", occurrence: "2", subject: "停滞", nextTryAt: addSeconds(now, -121) });
    await given({ state: "accepted", occurrence: "3", subject: "完了" });
    const uncertain = await given({ state: "uncertain", occurrence: "4", subject: "不明" });
    await given({ state: "rejected", occurrence: "5", subject: "返送" });
    const { body, statusCode } = await page(list);
    expect(statusCode).toBe(200);
    const [trouble = "", ledger = ""] = body.split("メールの台帳（新しい順）");
    expect(subjectsIn(trouble)).toEqual(["不明", "返送", "停滞"]);
    expect(subjectsIn(ledger)).toEqual(["返送", "不明", "完了", "停滞", "待機"]);
    expect(body).toContain("対応を要するメール（3通）");
    expect(body).toContain(`/mails/${uncertain}`);
    for (const todo of ["結果を記録してください", "別の方法で連絡してください", "運用担当に確認してください"])
      expect(body).toContain(todo);
  });

  it("stand on the home screen, the first few of them, and lead to all", async () => {
    for (const n of [1, 2, 3, 4, 5, 6, 7]) await given({ state: "uncertain", occurrence: String(n) });
    const { body } = await page("/");
    expect(body.match(/<a href="\/mails\//g)).toHaveLength(5);
    expect(body).toContain("対応を要するメール（7通のうち5通）");
    expect(body).toContain(`<a href="${list}">メールを全て見る</a>`);
    expect(body).toContain("送達不明のメール7通について");
    expect(subjectsIn((await page(list)).body)).toHaveLength(7 + 7);
  });

  it("are a ministry's own, and nobody's who did not sign in", async () => {
    await given({ state: "uncertain", organisation: "mic", occurrence: "1" });
    service.settings.reader = asMeti;
    expect((await page(list)).body).toContain("対応を要するメールはありません。");
    service.settings.reader = null;
    expect((await page("/")).body).not.toContain("/mails/");
    expect((await page(list)).statusCode).toBe(401);
  });

  it("are none where everything went well", async () => {
    await given({ state: "accepted", occurrence: "1" });
    expect((await page(list)).body).toContain("対応を要するメールはありません。");
    expect((await page("/")).body).not.toContain("対応を要するメール（");
  });
});

describe("the ledger", () => {
  it("comes in pages, each mail once", async () => {
    for (let n = 1; n <= 101; n += 1)
      await given({ state: "accepted", occurrence: String(n), subject: `${n}` });
    const first = (await page(list)).body;
    const [, next = ""] = /<a href="([^"]+)">これより前のメールを見る/.exec(first) ?? [];
    const second = (await page(next)).body;
    expect([...subjectsIn(first), ...subjectsIn(second)]).toEqual(
      Array.from({ length: 101 }, (_, n) => String(101 - n)),
    );
    expect(second).not.toContain("これより前のメールを見る");
    expect((await page(`${list}?before=x`)).statusCode).toBe(200);
  });
});

describe("a mail", () => {
  it("shows what is sent to whom, what was tried, and what was reported later", async () => {
    const key = await given({
      state: "rejected",
      reply: "5.1.1 no such user",
      text: "期限までに御回答ください。",
    });
    const report = sha256Of("a report");
    const said = {
      action: "failed",
      status: "5.1.1",
      recipient: "x@meti.example",
      diagnostic: "550 unknown",
    } as const;
    await service.db.insert(mailReports).values({ mail: key, report, readAt: now, ...said });
    const { body } = await page(`/mails/${key}`);
    for (const said of [
      "officer@meti.example",
      "経済産業省",
      "期限までに御回答ください。",
      "これは訓練のメールです。",
      "5.1.1 no such user",
      "550 unknown",
      "x@meti.example",
      `@nisc.example`,
      "届きませんでした",
    ])
      expect(body).toContain(said);
    expect(body).not.toContain('<form class="act"');
  });

  it.each([
    ["queued", "送信を待っています"],
    ["accepted", "受け付けました"],
    ["cancelled", "取り消した"],
    ["captured", "訓練のため"],
    ["uncertain", "自動では送り直しません"],
    ["rejected", "別の方法で連絡してください"],
  ] as const)("that is %s says so in words", async (state, said) => {
    const key = await given({ state });
    expect((await page(`/mails/${key}`)).body).toContain(said);
  });

  it("that was put off says when it is tried again", async () => {
    const key = await given({ state: "queued", attempts: 2, nextTryAt: addSeconds(now, 300) });
    expect((await page(`/mails/${key}`)).body).toContain(
      "平成27年4月27日（月）9時5分以後に、もう一度送信します",
    );
  });

  it("shows what was written and replied as text, whatever it is", async () => {
    const key = await given({ state: "uncertain", text: HOSTILE, subject: HOSTILE, reply: HOSTILE });
    const { body } = await page(`/mails/${key}`);
    expect(body).not.toContain(HOSTILE);
    expect(body).toContain("&lt;script>");
  });

  it.each([
    ["its ministry", asMeti, 200],
    ["an auditor", actor("nisc-auditor", "auditor", "nisc"), 200],
    ["another ministry", actor("mic-officer", "contact", "mic"), 404],
    ["who records decisions", actor("nisc-recorder", "recorder", "nisc"), 403],
    ["nobody", null, 401],
  ] as const)("is for %s: %s %i", async (_, reader, status) => {
    const key = await given({ state: "uncertain" });
    service.settings.reader = reader;
    const { statusCode, body } = await page(`/mails/${key}`);
    expect(statusCode).toBe(status);
    expect(body).not.toContain('<form class="act"');
  });

  it("that does not exist looks the same as another ministry's", async () => {
    const key = await given({ state: "uncertain", organisation: "mic" });
    service.settings.reader = asMeti;
    const [foreign, absent, odd] = [
      await page(`/mails/${key}`),
      await page(`/mails/${"0".repeat(64)}`),
      await page("/mails/x"),
    ];
    expect([foreign.body, odd.body]).toEqual([absent.body, absent.body]);
    expect(foreign.statusCode).toBe(404);
  });
});

describe("the form of an uncertain mail", () => {
  const reason = "窓口に電話で確認した。";

  it("records that it had arrived, once for a double click, and says so", async () => {
    const key = await given({ state: "uncertain" });
    const shown = (await page(`/mails/${key}`)).body;
    const [, action = ""] = /<form class="act" method="post" action="([^"]+)"/.exec(shown) ?? [];
    const [, form = ""] = /name="key" value="([^"]+)"/.exec(shown) ?? [];
    expect(action).toBe(`/mails/${key}/resolution`);
    const clicks = await Promise.all([1, 2].map(() => submit(action, { key: form, as: "accepted", reason })));
    expect(clicks.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    expect(await stateOf(key)).toBe("accepted");
    const after = (await page(String(clicks[0]?.headers.location))).body;
    expect(after).toContain("送達不明のメールの結果の記録を行いました");
    expect(after).toContain("届いていたと記録");
    expect(after).toContain(reason);
    expect(after).not.toContain("/acts/");
  });

  it("has it sent again", async () => {
    const key = await given({ state: "uncertain" });
    await submit(`/mails/${key}/resolution`, { key: "again", as: "resend", reason });
    expect(await stateOf(key)).toBe("queued");
  });

  it("keeps what was typed when something is missing", async () => {
    const key = await given({ state: "uncertain" });
    const { statusCode, body } = await submit(`/mails/${key}/resolution`, { key: "x", reason });
    expect(statusCode).toBe(422);
    expect(body).toContain("確かめた結果を選んでください。");
    expect(body).toContain(reason);
    expect(await stateOf(key)).toBe("uncertain");
  });

  it("says on the screen when another was first", async () => {
    const key = await given({ state: "uncertain" });
    await service.db.update(mails).set({ state: "accepted" }).where(eq(mails.key, key));
    const { statusCode, body } = await submit(`/mails/${key}/resolution`, {
      key: "late",
      as: "resend",
      reason,
    });
    expect(statusCode).toBe(409);
    expect(body).toContain("既に行われています");
    expect(await stateOf(key)).toBe("accepted");
  });

  it.each([
    ["nobody", null, {}, 401],
    ["a ministry", asMeti, {}, 403],
    ["another site", asPreparer, { "sec-fetch-site": "cross-site" }, 403],
  ] as const)("is not for %s", async (_, reader, headers, status) => {
    const key = await given({ state: "uncertain" });
    const before = (await service.db.select().from(acts)).length;
    service.settings.reader = reader;
    const url = `/mails/${key}/resolution`;
    const { statusCode } = await submit(url, { key: "no", as: "accepted", reason }, headers);
    expect(statusCode).toBe(status);
    expect(await stateOf(key)).toBe("uncertain");
    expect(await service.db.select().from(acts)).toHaveLength(before);
  });
});

describe("the form of a queued mail", () => {
  it("calls it back, with a reason", async () => {
    const key = await given({ state: "queued" });
    expect((await page(`/mails/${key}`)).body).toContain(`action="/mails/${key}/cancellation"`);
    const without = await submit(`/mails/${key}/cancellation`, { key: "1", reason: " " });
    expect([without.statusCode, await stateOf(key)]).toEqual([422, "queued"]);
    const done = await submit(`/mails/${key}/cancellation`, { key: "2", reason: "宛先の誤り" });
    expect([done.statusCode, await stateOf(key)]).toEqual([303, "cancelled"]);
    expect((await page(`/mails/${key}`)).body).toContain("宛先の誤り");
  });
});

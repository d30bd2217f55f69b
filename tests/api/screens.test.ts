import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eq } from "drizzle-orm";
import { cycles } from "../../db/schema/cycle.ts";
import { cycleKey } from "../../domain/ids.ts";
import { openStates, settledStates } from "../../domain/progress.ts";
import { addSeconds } from "../../domain/time.ts";
import { HOSTILE, rehearsal } from "../support/screens-year.ts";
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
beforeEach(() => {
  resetScreens(service);
});

const page = async (url: string) => {
  const { body, statusCode, headers } = await service.app.inject({ url });
  return { body, statusCode, headers };
};
const step = (form: Readonly<Record<string, string>>, headers = {}) =>
  service.app.inject({
    method: "POST",
    url: `/cycles/${rehearsal}/advance`,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "same-origin",
      ...headers,
    },
    payload: new URLSearchParams(form).toString(),
  });

describe("the year at a glance", () => {
  it("says where the year stands, in 和暦", async () => {
    const { body } = await page("/");
    expect(body).toContain("平成26年度サイバーセキュリティ政策の評価等");
    expect(body).toMatch(/aria-current="step"[^>]*><span[^>]*>照会<\/span>/);
    expect(body).toContain("平成27年4月1日");
    expect(body).toContain("平成27年4月17日（金）17時");
  });

  it("gives every state of an item a swatch of its own", async () => {
    const css = (await page("/assets/year.css")).body;
    const states = [...settledStates, ...openStates];
    const swatches = states.map((is) => css.match(`\\[data-is="${is}"\\] \\{\\s+--swatch: ([^;]+);`)?.[1]);
    expect(swatches).not.toContain(undefined);
    expect(new Set(swatches).size).toBe(states.length);
  });

  it("is the one opened last in which there is anything to do", async () => {
    const [open] = await service.db.select().from(cycles).where(eq(cycles.key, rehearsal));
    if (open === undefined) throw new Error("no cycle");
    const other = { ...open, openedAt: addSeconds(open.openedAt, 1) };
    const finished = cycleKey("2014-r8");
    await service.db.insert(cycles).values({ ...other, key: finished, stage: "finished" });
    expect((await page("/")).body).toMatch(/aria-current="page"[^>]*>2014-r1</);
    await service.db.update(cycles).set({ stage: "collection" }).where(eq(cycles.key, finished));
    expect((await page("/")).body).toMatch(/aria-current="page"[^>]*>2014-r8</);
    await service.db.delete(cycles).where(eq(cycles.key, finished));
  });

  it("says that a rehearsal is one, and what time it is there", async () => {
    const { body } = await page("/");
    expect(body).toContain("【訓練】");
    expect(body).toContain("平成27年4月27日（月）9時");
  });

  it("counts what was answered and settled of what was asked", async () => {
    const { body } = await page("/");
    expect(body).toContain("経済産業省");
    expect(body).toMatch(/1／3.*1／3/s);
    expect(body).toContain("期限超過");
  });

  it("lets nobody step the clock who is not signed in, and nobody open what was answered", async () => {
    const { body } = await page("/");
    expect(body).not.toContain("<button");
    expect(body).not.toContain("/requests/");
    expect(body).toContain('href="/sign-in"');
  });

  it("sends who is not signed in to sign in where not everybody may look", async () => {
    service.settings.openToAll = false;
    const { statusCode, headers } = await page("/?cycle=2014-r1");
    expect([statusCode, headers.location]).toEqual([303, "/sign-in?to=%2F%3Fcycle%3D2014-r1"]);
  });

  it("tells a preparer what to do first and where the clock goes", async () => {
    service.settings.reader = asPreparer;
    const { body } = await page("/");
    expect(body).toContain("提出された回答1件を確認し");
    expect(body).toContain("平成27年4月28日（火）9時");
    expect(body).toContain("督促の確認");
  });

  it.each([
    ["nothing", "人の手続を待っています"],
    ["busy", "手続が進んでいます"],
    ["unknown", "確認できませんでした"],
  ] as const)("says why there is no next step: %s", async (is, said) => {
    service.settings.reader = asPreparer;
    service.settings.ahead = { is };
    const { body } = await page("/");
    expect(body).toContain(said);
    expect(body).not.toContain("/advance");
  });

  it("shows a ministry its own requests and counts no others", async () => {
    service.settings.reader = asMeti;
    const { body } = await page("/");
    expect(body).toContain("経済産業省");
    expect(body).not.toContain("総務省");
    expect(body).toContain("平成27年4月17日（金）17時までに、照会項目2件に回答してください。");
    expect(body).toContain("補完調査はありません。");
  });

  it("shows who records decisions no requests at all", async () => {
    service.settings.reader = actor("nisc-recorder", "recorder", "nisc");
    expect((await page("/")).body).not.toContain("経済産業省");
  });

  it("answers 404 for a cycle that does not exist", async () => {
    expect((await page("/?cycle=2013")).statusCode).toBe(404);
  });

  it("may load nothing but its own files, and is kept by nobody", async () => {
    const { headers, body } = await page("/");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["content-security-policy"]).not.toContain("unsafe");
    expect(headers["cache-control"]).toBe("no-store");
    expect(body).not.toMatch(/ style=|<style|<script| on\w+=/);
  });
});

describe("次へ", () => {
  it("takes one step as who is signed in and goes back", async () => {
    service.settings.reader = asPreparer;
    const { statusCode, headers } = await step({ key: "once" });
    expect([statusCode, headers.location]).toEqual([303, "/?cycle=2014-r1"]);
    expect(service.steps).toMatchObject([{ cycle: rehearsal, actor: asPreparer, key: "once", to: null }]);
  });

  it("carries a key of its own in every form, for a double click to be one step", async () => {
    service.settings.reader = asPreparer;
    const keyIn = async () => /name="key" value="([^"]+)"/.exec((await page("/")).body)?.[1];
    const [one, other] = [await keyIn(), await keyIn()];
    expect(one).toMatch(/^[0-9a-f-]{36}$/);
    expect(other).not.toBe(one);
  });

  it("says on a screen why a step was not taken", async () => {
    service.settings.reader = asPreparer;
    service.settings.refusal = "not-forward";
    const { statusCode, body } = await step({ key: "once" });
    expect(statusCode).toBe(422);
    expect(body).toContain("時刻を戻すことはできません");
  });

  it.each([
    ["nobody", null, {}, 401],
    ["a ministry", asMeti, {}, 403],
    ["another site", asPreparer, { "sec-fetch-site": "cross-site" }, 403],
  ] as const)("is not for %s", async (_, reader, headers, status) => {
    service.settings.reader = reader;
    const { statusCode, headers: answered } = await step({ key: "once" }, headers);
    expect([statusCode, answered["content-type"]]).toEqual([status, "text/html; charset=utf-8"]);
    expect(service.steps).toEqual([]);
  });
});

describe("a request", () => {
  const meti = "/requests/2014-r1-data-meti";

  it("shows its history to the ministry that was asked", async () => {
    service.settings.reader = asMeti;
    const { body, statusCode } = await page(meti);
    expect(statusCode).toBe(200);
    expect(body).toContain("180 人");
    expect(body).toContain("暫定値");
    expect(body).toContain("期限後");
    expect(body).toContain("内訳を示してください。");
  });

  it("shows what was written as text, whatever it is", async () => {
    service.settings.reader = asPreparer;
    const { body } = await page(meti);
    expect(body).not.toContain(HOSTILE);
    expect(body).toContain("&lt;script>alert(&quot;集計中&quot;)&lt;/script>");
  });

  it.each([
    ["another ministry", actor("mic-officer", "contact", "mic"), 404],
    ["who records decisions", actor("nisc-recorder", "recorder", "nisc"), 403],
    ["nobody", null, 401],
  ] as const)("is not for %s", async (_, reader, status) => {
    service.settings.reader = reader;
    const { statusCode, body } = await page(meti);
    expect(statusCode).toBe(status);
    expect(body).not.toContain("180");
  });

  it("that does not exist looks the same as another ministry's", async () => {
    service.settings.reader = asMeti;
    const [unknown, foreign] = [await page("/requests/none"), await page("/requests/2014-r1-data-mic")];
    expect(unknown.body).toBe(foreign.body);
  });
});

describe("a survey", () => {
  it("says what it stands for and why it was opened", async () => {
    service.settings.reader = asPreparer;
    const { body } = await page("/surveys/2014-r1-survey-mic-1");
    expect(body).toContain("把握困難との回答（統計なし）");
    expect(body).toContain("micのsecond");
  });

  it("is hidden from another ministry", async () => {
    service.settings.reader = asMeti;
    expect((await page("/surveys/2014-r1-survey-mic-1")).statusCode).toBe(404);
  });
});

describe("files", () => {
  it.each([
    "/assets/nenrin.css",
    "/assets/autosave.js",
    "/assets/tokens/tokens.css",
    "/assets/fonts/index.css",
    "/assets/mark.svg",
  ])("serves %s", async (url) => {
    expect((await page(url)).statusCode).toBe(200);
  });

  it.each(["/assets/../app.ts", "/assets/tokens/tokens.js", "/assets/fonts/package.json", "/assets/"])(
    "does not serve %s",
    async (url) => {
      expect((await page(url)).statusCode).toBe(404);
    },
  );
});

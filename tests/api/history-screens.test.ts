import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CycleKey } from "../../domain/ids.ts";
import { cycleWorkflowId, requestWorkflowId } from "../../workflows/contract.ts";
import type { Browser } from "playwright-core";
import { assetRoutes } from "../../api/routes/assets.ts";
import { opened, startChromium, violationsOn } from "../support/chromium.ts";
import { buildApp } from "../../api/app.ts";
import { historyScreens } from "../../api/routes/history-screens.ts";
import { yearScreens } from "../../api/routes/year-screens.ts";
import { actingYear } from "../support/acting-year.ts";
import { actor } from "../support/screens-service.ts";
import { twoAgencies } from "../support/two-agencies.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";
import type { FastifyInstance } from "fastify";
import type { Actor } from "../../domain/acts.ts";
import { judge, roles } from "../../domain/policy.ts";
import { instant } from "../../domain/time.ts";
import { chaseWorkflowId } from "../../workflows/contract.ts";

let house: YearHouse;
let cycle: CycleKey;
let app: FastifyInstance;
let reader: Actor = actor("nisc-auditor", "auditor", "nisc");
let asked = "";
let browser: Browser;
let web: string;

const get = async (path: string): Promise<string> => {
  const reply = await app.inject({ url: path });
  if (reply.statusCode !== 200) throw new Error(`${path}: ${reply.statusCode} ${reply.body.slice(0, 500)}`);
  return reply.body;
};
const linkIn = (page: string, to: RegExp): string => {
  const found = to.exec(page)?.[1];
  if (found === undefined) throw new Error(`no link ${String(to)}`);
  return found;
};

beforeAll(async () => {
  browser = await startChromium();
  house = await startYearHouse();
  cycle = await house.openYear("2014-r1", await twoAgencies());
  const year = actingYear(house, cycle);
  await year.openRequests();
  const [first] = await year.asked("data");
  asked = first?.id ?? "";
  const answers = [await year.answer(first?.item ?? "")];
  await year.request(asked)("request.submit", { answers }, { at: instant("2015-04-02T10:00:00+09:00") });
  await house.step(chaseWorkflowId(cycle), instant("2015-04-20T09:00:00+09:00"));
  app = await buildApp({
    db: house.db,
    client: house.client,
    taskQueue: house.taskQueue,
    publicUrl: "http://127.0.0.1:8080",
    clock: () => instant("2026-11-25T10:00:00+09:00"),
    logger: false,
    sessionOf: async () => ({ actor: reader, formToken: "of this test" }),
    beside: ({ desk, actorOf, situations }) => [
      assetRoutes,
      yearScreens({ db: house.db, clock: desk.clock, actorOf, situations, openToAll: false }),
      historyScreens({
        db: house.db,
        clock: desk.clock,
        actorOf,
        situations,
        openToAll: false,
        readHistories: desk.readHistories,
        histories: "http://127.0.0.1:8233/namespaces/default",
      }),
    ],
  });
  web = await app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await browser.close();
  await app.close();
  await house.stop();
});

const FIRST_OF_APRIL = encodeURIComponent("2015-04-01T17:00:00+09:00");

describe("a date or a state", () => {
  const events = (page: string): readonly string[] => page.match(/\/cycles\/2014-r1\/audit\/\d+/g) ?? [];

  it("of a request leads to the event that made it so, and that to its act", async () => {
    const page = await get(`/requests/${asked}`);
    for (const name of ["送付", "期限", "締切", "状態"]) {
      const href = linkIn(page, new RegExp(`<dt>${name}</dt><dd><a href="([^"]+)">`));
      expect(await get(href)).toContain("照会の開始");
    }
    const answered = linkIn(page, /<a href="([^"]+)"><span class="tag" data-item="submitted">/);
    const given = linkIn(page, /<th[^>]*>第1版<\/th><td[^>]*>(?:<[^a][^>]*>)*<a href="([^"]+)"><time/);
    expect(given).toBe(answered);
    const event = await get(answered);
    expect(event).toContain("照会への回答");
    expect(event).toMatch(/href="\/acts\/[0-9a-f-]{36}"/);
    const owed = linkIn(page, /<a href="([^"]+)"><span class="tag" data-item="owed">/);
    expect(await get(owed)).toContain("照会の開始");
  });

  it("of an approval leads to what was approved and decided", async () => {
    const page = await get(`/cycles/${cycle}/policy`);
    expect(await get(linkIn(page, /本部の議決：<a href="([^"]+)">/))).toContain("実施方針の本部決定の記録");
    const submitted = linkIn(page, /<p><a href="([^"]+)"><time[^>]*>[^<]*<\/time><\/a>に、/);
    expect(await get(submitted)).toContain("実施方針の提出");
    const table = page.slice(page.indexOf("決裁の順序"));
    expect(await get(linkIn(table, /href="([^"]+)"><time/))).toContain("実施方針の承認");
    const reviews = await get(`/cycles/${cycle}/reviews`);
    expect(await get(linkIn(reviews, /承認　<a href="([^"]+)"/))).toContain("実施方針の承認");
  });

  it("leads nowhere for who may not read the record", async () => {
    reader = actor("agency-1-officer", "contact", "agency-1");
    expect(events(await get(`/requests/${asked}`))).toEqual([]);
    reader = actor("nisc-auditor", "auditor", "nisc");
  });
});

describe("a screen as it was", () => {
  const shown = [`/cycles/2014-r1/board`, `/cycles/2014-r1/report`];

  it("says which instant it shows, and offers nothing to do", async () => {
    reader = actor("nisc-preparer-1", "preparer", "nisc");
    for (const path of [...shown, `/requests/${asked}`]) {
      const main = (await get(`${path}?asOf=${FIRST_OF_APRIL}`)).split("<main")[1] ?? "";
      expect(main).toMatch(/role="note".*平成27年4月1日.*の時点/s);
      expect(main).not.toContain("<form");
      expect(main).toContain(`href="${path}"`);
    }
    expect((await get(`/requests/${asked}`)).split("<main")[1]).toContain("<form");
    reader = actor("nisc-auditor", "auditor", "nisc");
    for (const submitted of ["照会への回答", "第1版", `data-item="submitted"`]) {
      expect(await get(`/requests/${asked}?asOf=${FIRST_OF_APRIL}`)).not.toContain(submitted);
      expect(await get(`/requests/${asked}`)).toContain(submitted);
    }
  });

  it("is led to from 時点, and is not for ministries, nor before there was anything", async () => {
    const past = await get(`/cycles/${cycle}/past?on=2015-04-01&time=17:00`);
    for (const path of [...shown, `/requests/${asked}`])
      expect(past).toContain(`href="${path}?asOf=${FIRST_OF_APRIL}"`);
    const status = async (path: string) => (await app.inject({ url: path })).statusCode;
    const before = encodeURIComponent("2015-02-20T17:00:00+09:00");
    expect(await status(`/requests/${asked}?asOf=${before}`)).toBe(404);
    expect(await status(`/cycles/${cycle}/board?asOf=2014-01-01T00:00:00Z`)).toBe(404);
    expect(await status(`/cycles/${cycle}/board?asOf=yesterday`)).toBe(400);
    reader = actor("agency-1-officer", "contact", "agency-1");
    expect(await status(`/requests/${asked}?asOf=${FIRST_OF_APRIL}`)).toBe(403);
    reader = actor("nisc-auditor", "auditor", "nisc");
  });
});

describe("what happened, in words", () => {
  it("tells every workflow of the year, and a request's from its start to what was recorded", async () => {
    expect(await get(`/cycles/${cycle}/histories`)).toContain(requestWorkflowId(asked));
    const page = await get(`/cycles/${cycle}/histories/${requestWorkflowId(asked)}`);
    for (const words of [
      "手続を始めた",
      "照会への回答を受け付けた",
      "照会への回答を記録した",
      "処理系の内部の出来事",
    ])
      expect(page).toContain(words);
    expect(page).toContain("http://127.0.0.1:8233/namespaces/default/workflows/");
  });

  it("tells of each digest what it was and why it was sent, and leads to the mail", async () => {
    const page = await get(`/cycles/${cycle}/histories/${chaseWorkflowId(cycle)}`);
    expect(page).toMatch(/督促（1開庁日後）を送信/);
    expect(page).toMatch(/理由: 期限 4月17日17:00 に未提出 [23]項目/);
    expect(page).toMatch(/href="\/mails\/[0-9a-f]{64}"/);
  });

  it("leads from an event to its act and its workflow, and to the mails it brought about", async () => {
    const page = await get(`/cycles/${cycle}/histories/${cycleWorkflowId(cycle)}`);
    const opened = page.slice(page.search(/照会\d+件を送付した/));
    const event = await get(linkIn(opened, /href="(\/cycles\/2014-r1\/audit\/\d+)"/));
    expect(event).toMatch(/href="\/acts\/[0-9a-f-]{36}"/);
    expect(event).toContain(`/cycles/${cycle}/histories/${cycleWorkflowId(cycle)}`);
    expect(event).toMatch(/href="\/mails\/[0-9a-f]{64}"/);
  });

  it("puts a request's answers, mails and its workflow's own doings into one column", async () => {
    const page = await get(`/requests/${asked}/timeline`);
    for (const words of ["照会の開始", "照会への回答", "を送信", "手続を始めた"])
      expect(page).toContain(words);
    reader = actor("agency-1-officer", "contact", "agency-1");
    const own = await get(`/requests/${asked}/timeline`);
    expect(own).toContain("照会への回答");
    expect(own).not.toContain("8233");
    expect(own).not.toContain("/audit/");
    reader = actor("nisc-auditor", "auditor", "nisc");
  });

  it.each(roles.filter((role) => role !== "machine"))(
    "shows a reader with the post of %s what the table lets it see",
    async (role) => {
      reader = actor("nisc-somebody", role, role === "contact" ? "agency-1" : "nisc");
      for (const view of ["histories", "past"] as const) {
        const { statusCode } = await app.inject({ url: `/cycles/${cycle}/${view}` });
        expect([view, statusCode]).toEqual([view, judge(role, view, "open") === "allowed" ? 200 : 403]);
      }
      const { statusCode, body } = await app.inject({ url: `/cycles/${cycle}/histories/chase-${cycle}` });
      if (statusCode === 200)
        expect(body.includes(":8233/")).toBe(judge(role, "engine", "open") === "allowed");
      reader = actor("nisc-auditor", "auditor", "nisc");
    },
  );

  it.each([
    ["the histories", () => `/cycles/${cycle}/histories`],
    ["a request's history", () => `/cycles/${cycle}/histories/${requestWorkflowId(asked)}`],
    ["the chase's history", () => `/cycles/${cycle}/histories/${chaseWorkflowId(cycle)}`],
    ["an event", () => `/cycles/${cycle}/audit/3`],
    ["a request's timeline", () => `/requests/${asked}/timeline`],
    ["an instant", () => `/cycles/${cycle}/past?on=2015-04-01`],
    ["the board as it was", () => `/cycles/${cycle}/board?asOf=${FIRST_OF_APRIL}`],
    ["a request as it was", () => `/requests/${asked}?asOf=${FIRST_OF_APRIL}`],
    ["an approval", () => `/cycles/${cycle}/policy`],
  ])(
    "has nothing in %s against WCAG 2.2 AA, wide and narrow, and needs no scrolling sideways",
    async (_, pathOf) => {
      const path = pathOf();
      for (const width of [1280, 320]) {
        const page = await opened(browser, `${web}${path}`, { viewport: { width, height: 900 } });
        expect({ path, width, against: await violationsOn(page) }).toEqual({ path, width, against: [] });
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
        await page.context().close();
      }
    },
    120_000,
  );

  it("shows the year as it was at an instant", async () => {
    const before = await get(`/cycles/${cycle}/past?on=2015-02-10&time=17:00`);
    expect(before).toContain("照会はまだ始まっていません");
    expect(await get(`/cycles/${cycle}/past?on=2015-04-01&time=17:00`)).toContain(asked);
  });
});

import { randomUUID } from "node:crypto";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { provideFirstYear } from "../../dev/first-year.ts";
import { removePostgresHome } from "../../dev/postgres-home.ts";
import { startService, type Service } from "../../dev/service.ts";
import { personId } from "../../domain/ids.ts";
import { signIn } from "../../rehearsals/signing-in.ts";
import { opened, startChromium, violationsOn } from "../support/chromium.ts";

/** The first days of a rehearsal as staff train on it: real engines, real sign-in, real browser. */

const Done = z.object({ hash: z.string().nullable() });
const Audit = z.object({ events: z.array(z.object({ action: z.string() })) });

let state = "";
let service: Service;
let browser: Browser;
let cycle = "";

beforeAll(async () => {
  state = realpathSync(mkdtempSync(join(tmpdir(), "nenrin-browser-")));
  [service, browser] = await Promise.all([startService({ state }), startChromium()]);
  ({ cycle } = await provideFirstYear({ ...service, api: service.addresses.api }));
});
afterAll(async () => {
  await browser.close();
  await service.stop();
  removePostgresHome(state);
  rmSync(state, { recursive: true, force: true });
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const headersOf = (person: string) => {
  const token = service.tokens.find((one) => one.person === person)?.token ?? "";
  return { authorization: `Bearer ${token}`, "content-type": "application/json" };
};
const act = async (person: string, path: string, body: object): Promise<string> => {
  // Approvals and decisions are nothing a token does.
  const { role = "preparer" } = service.tokens.find((one) => one.person === person) ?? {};
  const session = await signIn(service.addresses.web, { person: personId(person), role });
  const response = await fetch(`${service.addresses.api}/cycles/${cycle}${path}`, {
    method: "POST",
    headers: { ...session, "content-type": "application/json", "idempotency-key": randomUUID() },
    body: JSON.stringify(body),
  });
  expect([path, response.status]).toEqual([path, 200]);
  return Done.parse(await response.json()).hash ?? "";
};
const steps = async (): Promise<number> => {
  const address = `${service.addresses.api}/cycles/${cycle}/audit`;
  const response = await fetch(address, { headers: headersOf("nisc-auditor") });
  const { events } = Audit.parse(await response.json());
  return events.filter(({ action }) => action === "cycle.advance").length;
};

/** As a person signs in: by the link, then by picking who to be. */
const signedIn = async (name: string, options: BrowserContextOptions = {}): Promise<Page> => {
  const page = await opened(browser, service.addresses.web, options);
  await page.getByRole("banner").getByRole("link", { name: "サインイン" }).click();
  await page.getByRole("button", { name }).click();
  await page.waitForURL(service.addresses.web);
  return page;
};
const present = (page: Page) => page.locator('[aria-current="step"] .step-name').textContent();

/** The policy as its approvers and the headquarters have it, on the first day. */
const decidePolicy = async (): Promise<void> => {
  const hash = await act("nisc-preparer-1", "/policy", { title: "実施方針", text: "本文。" });
  for (const person of ["nisc-counsellor", "nisc-deputy-director", "nisc-director"])
    await act(person, "/policy/approval", { hash });
  await act("nisc-recorder", "/policy/decision", {
    hash,
    outcome: "decided",
    meeting: "サイバーセキュリティ戦略本部",
    heldOn: "2015-01-13",
  });
};

describe("a year on screen", () => {
  it("can be looked at by anybody on this machine, and moved by nobody", async () => {
    const page = await opened(browser, service.addresses.web);
    expect(await present(page)).toBe("実施方針");
    expect(await page.getByRole("button").count()).toBe(0);
    expect(await violationsOn(page)).toEqual([]);
  });

  it("tells a preparer what to do first, who he is, and that the clock waits for people", async () => {
    const page = await signedIn("佐藤 一郎");
    expect(await page.getByRole("banner").textContent()).toContain("佐藤 一郎");
    expect(await page.locator(".tasks").textContent()).toContain("実施方針の案を提出してください。");
    expect(await page.locator(".panel-next").textContent()).toContain("人の手続を待っています");
    expect(await violationsOn(page)).toEqual([]);
  });

  it("goes on to the collection day by 「次へ」, without JavaScript", async () => {
    await decidePolicy();
    const page = await signedIn("佐藤 一郎", { javaScriptEnabled: false });
    expect(await present(page)).toBe("施策の実施");
    expect(await page.locator(".panel-next").textContent()).toContain("平成27年4月1日（水）0時");
    await page.getByRole("button", { name: "次へ" }).click();
    await page.waitForURL(/cycle=2014-r1/);
    expect(await present(page)).toBe("照会");
    expect(await page.locator(".rehearsal").textContent()).toContain("平成27年4月1日（水）0時");
    expect(await steps()).toBe(1);
  });

  it("takes one step for a form that is sent twice", async () => {
    await act("nisc-preparer-1", "/requests", {});
    const page = await signedIn("佐藤 一郎");
    const before = await steps();
    const sentAlong = (name: string) => page.locator(`.panel-next input[name="${name}"]`).inputValue();
    const form = { key: await sentAlong("key"), "form-token": await sentAlong("form-token") };
    const address = `${service.addresses.web}cycles/${cycle}/advance`;
    const headers = { "sec-fetch-site": "same-origin" };
    const sent = [1, 2].map(() => page.request.post(address, { form, headers, maxRedirects: 0 }));
    expect((await Promise.all(sent)).map((response) => response.status())).toEqual([303, 303]);
    expect((await steps()) - before).toBe(1);
  });

  it("lists every request with its due date, and counts what is settled", async () => {
    const page = await signedIn("佐藤 一郎");
    const rows = page.getByRole("table", { name: /照会の一覧/ }).getByRole("row");
    expect(await rows.count()).toBeGreaterThan(20);
    expect(await rows.filter({ hasText: "経済産業省" }).textContent()).toContain("平成27年4月17日（金）17時");
    expect(await page.locator(".item-counts").textContent()).toContain("確定 0件");
    expect(await violationsOn(page)).toEqual([]);
  });

  it("shows a ministry what it owes and nothing of the others", async () => {
    const page = await signedIn("中山 久美");
    expect(await page.getByRole("rowheader").allTextContents()).toEqual(["経済産業省"]);
    await page.locator(".tasks").getByRole("link").click();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("経済産業省　データ照会");
    expect(await violationsOn(page)).toEqual([]);
  });

  it("ends for who signs out", async () => {
    const page = await signedIn("佐藤 一郎");
    await page.getByRole("button", { name: "サインアウト" }).click();
    await page.waitForURL(`${service.addresses.web}signed-out`);
    expect(await page.getByRole("button").count()).toBe(0);
  });
});

import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { done, startWalkedYear, walkers, type WalkedYear } from "../support/walked-year.ts";

/** The four main jobs without a mouse: Tab, Space, Enter, the arrow keys and what one types. */

let year: WalkedYear;
beforeAll(async () => {
  year = await startWalkedYear();
});
afterAll(() => year.stop());

/** Further than anybody would go. */
const MOST_TABS = 500;

const tabTo = async (page: Page, target: Locator): Promise<void> => {
  for (let n = 0; n < MOST_TABS; n += 1) {
    if (await target.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`not to be reached by Tab: ${String(target)}`);
};
const pressOn = async (page: Page, target: Locator, key: "Enter" | "Space"): Promise<void> => {
  await tabTo(page, target);
  await page.keyboard.press(key);
};
const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });

const atHome = async (name: string): Promise<Page> => {
  const page = await year.reading(name);
  await page.goto(year.service.addresses.web);
  return page;
};
/** By Enter on the link; what another has just done comes through the engine, so one looks again. */
const follow = async (page: Page, link: Locator): Promise<void> => {
  await vi.waitUntil(
    async () => {
      if ((await link.count()) > 0) return true;
      await page.reload();
      return false;
    },
    { timeout: 20_000, interval: 100 },
  );
  await pressOn(page, link, "Enter");
  await page.waitForURL((url) => url.pathname !== "/");
};
const task = (page: Page, text: string): Locator =>
  page.locator(".tasks > li").filter({ hasText: text }).getByRole("link");

describe("without a mouse", () => {
  it("approves a version", async () => {
    await year.goOnUntil("policy", ({ cycle: { policy } }) => policy.hash !== null);
    const page = await atHome(walkers.firstApprover);
    await follow(page, task(page, "実施方針の案を確認し"));
    await pressOn(page, button(page, "承認する"), "Enter");
    await page.locator(".done").waitFor();
    expect(await done(page)).toContain("実施方針の承認を行いました");
  });

  it("records a decision", async () => {
    await year.goOnUntil("policy", ({ cycle: { policy } }) =>
      policy.steps.every(({ approvedAt }) => approvedAt !== null),
    );
    const page = await atHome(walkers.recorder);
    await follow(page, task(page, "本部決定を記録"));
    await pressOn(page, page.getByLabel("決定", { exact: true }), "Space");
    await tabTo(page, page.getByLabel("会議の名称"));
    await page.keyboard.type("サイバーセキュリティ戦略本部");
    await tabTo(page, page.getByLabel("開催日"));
    // Month, day and year in turn: Chromium's own language orders them, whatever the page's.
    await page.keyboard.type("01132015");
    expect(await page.getByLabel("開催日").inputValue()).toBe("2015-01-13");
    await pressOn(page, button(page, "本部決定を記録する"), "Enter");
    await page.locator(".done").waitFor();
    expect(await done(page)).toContain("本部決定の記録を行いました");
  });

  it("answers an item", async () => {
    await year.goOnUntil("collection", ({ requests }) => requests.length > 0);
    const page = await atHome(walkers.officer);
    await follow(page, task(page, "照会項目"));
    const item = page.locator("#item-1");
    // The kinds of answer are one stop; the last of them, that there is none now, is where one starts.
    await tabTo(page, item.getByRole("radio", { name: /^今回は回答しない/ }));
    await page.keyboard.press("ArrowDown");
    expect(await item.getByRole("radio", { name: /^確定値/ }).isChecked()).toBe(true);
    await tabTo(page, item.getByLabel("内容・説明"));
    await page.keyboard.type("演習に参加した。");
    await pressOn(page, button(page, "回答を提出する"), "Enter");
    await page.waitForURL(/\/acts\//);
    expect(await page.textContent("h1")).toBe("照会への回答の控え");
  });

  it("reviews an answer", async () => {
    const page = await atHome(walkers.preparer);
    await follow(page, page.getByRole("link", { name: "経済産業省" }));
    await pressOn(page, page.getByLabel("1の回答を選ぶ"), "Space");
    await pressOn(page, button(page, "受領する"), "Enter");
    await page.locator(".done").waitFor();
    expect(await done(page)).toContain("回答の受領を行いました");
  });
});

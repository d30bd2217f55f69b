import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  against,
  done,
  openTask,
  press,
  startWalkedYear,
  summary,
  walkers,
  type WalkedYear,
} from "../support/walked-year.ts";

/** An answer goes through 警察庁 hand by hand, by forms that need no JavaScript: 窓口, 担当者, 確認者, and 窓口 again. */

let year: WalkedYear;
beforeAll(async () => {
  year = await startWalkedYear();
  await year.goOnUntil("collection", ({ requests }) => requests.length > 0);
});
afterAll(() => year.stop());

const [window, officer, confirmer] = ["石川 学", "山下 恵子", "中島 茂"] as const;
const place = (): string => `/requests/${year.cycle}-data-npa`;
const itemOn = (page: Page, n: number) => page.locator(`#item-${n}`);
const tasks = { [window]: "割り当ててください", [officer]: "回答案を作成", [confirmer]: "回答案を確認" };
const openRequest = async (who: keyof typeof tasks, task = tasks[who]): Promise<Page> => {
  const page = await year.as(who);
  await openTask(page, task);
  return page;
};

describe("組織内の手順", () => {
  it("begins with 窓口, who says whose it is and by when", async () => {
    const page = await openRequest(window);
    await press(page, "割り当てる");
    expect(await summary(page)).toContain("照会項目を一つ以上選んでください。");
    expect(await summary(page)).toContain("担当者を選んでください。");
    const form = page.getByRole("form", { name: "担当者への割当て" });
    for (const box of (await form.getByRole("checkbox").all()).slice(0, 2)) await box.check();
    await form.getByLabel("担当者").selectOption({ index: 1 });
    await form.getByLabel("組織内の期限").fill("2015-04-10");
    await press(page, "割り当てる");
    expect(await done(page)).toContain("回答の割当てを行いました");
    expect(await itemOn(page, 1).textContent()).toContain("担当：山下 恵子");
    expect(await page.getByRole("button", { name: "確認者に回す" }).count()).toBe(0);
  });

  it("keeps what 担当者 types as he types it, where scripts run, without leaving the page", async () => {
    const page = await year.reading(officer);
    await page.goto(new URL(place(), year.service.addresses.web).href);
    const text = itemOn(page, 2).getByLabel("内容・説明");
    await text.fill("集計しているところである。");
    await page.getByText("下書きを自動で保存しました").waitFor();
    expect(page.url()).toContain(place());
    await page.reload();
    expect(await text.inputValue()).toBe("集計しているところである。");
    await press(page, "下書きを捨てる");
    expect(await text.inputValue()).toBe("");
  });

  it("goes on with 担当者, who drafts, comes back to the draft, and hands it on", async () => {
    const page = await openRequest(officer);
    const [first, second] = [itemOn(page, 1), itemOn(page, 2)];
    expect(await itemOn(page, 3).getByRole("radio").count()).toBe(0);
    await first.getByRole("radio", { name: /^確定値/ }).check();
    await first.getByLabel("内容・説明").fill("演習に参加した。");
    await press(page, "下書きを保存する");
    const again = await openRequest(officer);
    expect(await again.textContent(".draft")).toContain("下書きがあります");
    expect(await first.getByLabel("内容・説明").inputValue()).toBe("演習に参加した。");
    expect(await first.getByRole("radio", { name: /^確定値/ }).isChecked()).toBe(true);
    await second.getByRole("radio", { name: /^該当なし/ }).check();
    await press(page, "確認者に回す");
    expect(await page.textContent("h1")).toBe("回答案の作成の控え");
    const after = await year.as(officer);
    expect(await after.locator(".tasks").count()).toBe(0);
    await after.goto(new URL(place(), year.service.addresses.web).href);
    expect(await after.locator(".draft").count()).toBe(0);
  });

  it("comes to 確認者, who sends one back once, with a reason", async () => {
    const page = await openRequest(confirmer);
    const form = page.getByRole("form", { name: "回答案の確認" });
    expect(await itemOn(page, 1).textContent()).toContain("演習に参加した。");
    await form.getByRole("checkbox").first().check();
    await press(page, "差し戻す");
    expect(await summary(page)).toContain("差戻しの理由を記入してください。");
    await page.getByLabel("差戻しの理由").fill("参加した回数を記載すること。");
    await press(page, "差し戻す");
    expect(await done(page)).toContain("回答案の差戻しを行いました");
  });

  it("is mended by 担当者 with what he wrote before him, and signed off", async () => {
    const page = await openRequest(officer);
    expect(await itemOn(page, 1).textContent()).toContain("参加した回数を記載すること。");
    expect(await itemOn(page, 1).getByLabel("内容・説明").inputValue()).toBe("演習に参加した。");
    await itemOn(page, 1)
      .getByRole("radio", { name: /^確定値/ })
      .check();
    await itemOn(page, 1).getByLabel("内容・説明").fill("演習に３回参加した。");
    await press(page, "確認者に回す");
    const own = await openRequest(confirmer);
    for (const box of await own.getByRole("form", { name: "回答案の確認" }).getByRole("checkbox").all())
      await box.check();
    await press(own, "確認済みとする");
    expect(await done(own)).toContain("回答案の確認を行いました");
  });

  it("is not for the secretariat to see before 窓口 submits it, with a receipt", async () => {
    const before = await year.as(walkers.preparer);
    await before.goto(new URL(place(), year.service.addresses.web).href);
    expect(await before.textContent("main")).not.toContain("演習に");
    expect(await before.textContent("main")).not.toContain("回答案");
    const page = await openRequest(window, "事務局に提出");
    await press(page, "事務局に提出する");
    expect(await page.textContent("h1")).toBe("照会への回答の控え");
    expect(await page.textContent("main")).toContain("対象（2件）");
    await before.reload();
    expect(await itemOn(before, 1).textContent()).toContain("演習に３回参加した。");
  });
});

describe("代理入力", () => {
  it("is entered by the secretariat with both names, and said so wherever the answer stands", async () => {
    const page = await year.as(walkers.preparer);
    await page.goto(new URL(place(), year.service.addresses.web).href);
    await page.getByRole("link", { name: "府省庁の依頼により、回答を代理で入力する" }).click();
    await itemOn(page, 3)
      .getByRole("radio", { name: /^該当なし/ })
      .check();
    await press(page, "代理で入力する");
    expect(await summary(page)).toContain("依頼した方を選んでください。");
    await page.getByLabel("依頼した方").selectOption({ label: window });
    await page.getByLabel("代理で入力する理由").fill("電話により回答を受けたため。");
    await press(page, "代理で入力する");
    expect(await page.textContent("h1")).toBe("回答の代理入力の控え");
    const own = await year.as(window);
    await own.goto(new URL(place(), year.service.addresses.web).href);
    expect(await itemOn(own, 3).textContent()).toContain("代理入力（石川 学の依頼による）");
    expect(await own.textContent("main")).toContain("回答の代理入力（石川 学様の依頼による）");
  });
});

describe("the screens of the chain", () => {
  it.each([
    ["窓口", window],
    ["担当者", officer],
    ["確認者", confirmer],
    ["who enters on behalf", walkers.preparer],
  ])("have nothing against them for %s", async (_, name) => {
    const paths = name === walkers.preparer ? [place(), `${place()}/on-behalf`] : [place()];
    expect(await against(year, name, paths)).toEqual([]);
  });
});

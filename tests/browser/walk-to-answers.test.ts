import { readFile } from "node:fs/promises";
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
import { startSpreadsheets, type WorkbookFacts } from "../support/spreadsheets.ts";

/** The first half of a year by its forms, as newcomers of each role do it: from the home screen, without JavaScript. */

let year: WalkedYear;
beforeAll(async () => {
  year = await startWalkedYear();
});
afterAll(() => year.stop());

const { preparer, approvers, firstApprover, recorder, officer, window, auditor } = walkers;
/** 外務省's 担当者. */
const byExcel = "斉藤 隆";
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/** What the rows of the first sheet are about, in its first column. */
const itemsIn = ({ sheets: [sheet] }: WorkbookFacts): readonly string[] =>
  (sheet?.rows ?? []).slice(1).map(([id]) => String(id));
const present = async (page: Page): Promise<string | null> => {
  await page.goto(year.service.addresses.web);
  return page.locator('[aria-current="step"] .step-name').textContent();
};
const nameItem = (page: Page, n: number) => page.locator(`#item-${n}`);

describe("実施方針", () => {
  it("is submitted by who prepares it, who is told what is missing and loses nothing", async () => {
    const page = await year.as(preparer);
    await openTask(page, "実施方針の案を提出");
    await page.getByLabel("件名").fill("平成26年度の実施方針");
    await press(page, "決裁に上げる");
    expect(await summary(page)).toContain("本文を記入してください。");
    expect(await page.getByLabel("件名").inputValue()).toBe("平成26年度の実施方針");
    await page.getByLabel("本文").fill("施策の実施状況を、指標により把握する。");
    await press(page, "決裁に上げる");
    expect(await done(page)).toContain("実施方針の提出を行いました");
  });

  it("is returned by the approver with a reason, which he may not leave out", async () => {
    const page = await year.as(firstApprover);
    await openTask(page, "実施方針の案を確認し");
    expect(await page.textContent("main")).toContain("佐藤 一郎が決裁に上げました");
    await press(page, "差し戻す");
    expect(await summary(page)).toContain("差戻しの理由を記入してください。");
    await page.getByLabel("差戻しの理由").fill("評価の時期を明記すること。");
    await press(page, "差し戻す");
    expect(await done(page)).toContain("実施方針の差戻しを行いました");
  });

  it("is mended, approved step by step and decided", async () => {
    const page = await year.as(preparer);
    await openTask(page, "実施方針の案を提出");
    expect(await page.textContent("main")).toContain("評価の時期を明記すること。");
    await page.getByLabel("本文").fill("施策の実施状況を、平成27年5月までに指標により把握する。");
    await press(page, "決裁に上げる");
    for (const name of approvers) {
      const own = await year.as(name);
      await openTask(own, "実施方針の案を確認し");
      await press(own, "承認する");
      expect(await done(own)).toContain("実施方針の承認を行いました");
    }
    const recording = await year.as(recorder);
    await openTask(recording, "本部決定を記録");
    await recording.getByLabel("決定", { exact: true }).check();
    await recording.getByLabel("会議の名称").fill("サイバーセキュリティ戦略本部");
    await recording.getByLabel("開催日").fill("2015-01-13");
    await press(recording, "本部決定を記録する");
    expect(await done(recording)).toContain("本部決定の記録を行いました");
    expect(await present(recording)).toBe("施策の実施");
  });

  it("has screens that nothing is against", async () => {
    expect(await against(year, preparer, ["/", "policy", "opening"])).toEqual([]);
  });
});

describe("照会", () => {
  it("is opened by one press, after seeing whom it goes to", async () => {
    const page = await year.as(preparer);
    await press(page, "次へ");
    await openTask(page, "府省庁への照会を一括で開始");
    expect(await page.textContent("table")).toContain("経済産業省");
    await press(page, "照会を始める");
    expect(await done(page)).toContain("照会の開始を行いました");
  });

  it("is answered in part, one item as not to be measured, with a receipt", async () => {
    const page = await year.as(officer);
    await openTask(page, "照会項目");
    const [first, second] = [nameItem(page, 1), nameItem(page, 2)];
    await first.getByRole("radio", { name: /^確定値/ }).check();
    await first.getByLabel("数値（示せる場合）").fill("千二百");
    await first.getByLabel("内容・説明").fill("演習に参加した。");
    await second.getByRole("radio", { name: /^把握困難/ }).check();
    await press(page, "回答を提出する");
    expect(await summary(page)).toContain("数値は、数字で記入してください");
    expect(await summary(page)).toContain("把握困難の理由を選んでください。");
    expect(await first.getByLabel("内容・説明").inputValue()).toBe("演習に参加した。");
    await first.getByLabel("数値（示せる場合）").fill("１，２００");
    await first.getByLabel("単位（件、人など）").fill("人");
    await second.getByLabel("把握困難の理由").selectOption({ index: 1 });
    await press(page, "回答を提出する");
    expect(await page.textContent("h1")).toBe("照会への回答の控え");
    expect(await page.textContent("main")).toContain("対象（2件）");
  });

  it("is answered by Excel, taken from the request's page and brought back filled, with a receipt", async () => {
    const page = await year.as(byExcel);
    await openTask(page, "照会項目");
    await page.getByRole("link", { name: /^Excelで回答する/ }).click();
    const arriving = page.waitForEvent("download");
    await page.getByRole("link", { name: "Excel（xlsx）" }).click();
    const taken = await (await arriving).path();
    const excel = await startSpreadsheets();
    try {
      const blank = await readFile(taken);
      const [first = ""] = itemsIn(await excel.facts(blank));
      const send = async (says: string): Promise<void> => {
        const buffer = Buffer.from(
          await excel.fill(blank, { [first]: { 回答の区分: says, 回答: "実績はない。" } }),
        );
        const file = { name: "調査票.xlsx", mimeType: XLSX, buffer };
        await page.locator('input[type="file"]').setInputFiles(file);
        await press(page, "調査票を提出する");
      };
      await send("ない");
      expect(await summary(page)).toContain("「ない」という区分はありません");
      await send("該当なし");
    } finally {
      await excel.stop();
    }
    expect(await page.textContent("h1")).toBe("照会への回答の控え");
    expect(await page.textContent("main")).toContain("対象（1件）");
  });

  it("keeps what the slower of two has typed, beside what the faster one has sent", async () => {
    const [slow, fast] = [await year.as(officer), await year.as(window)];
    for (const page of [slow, fast]) {
      await openTask(page, "照会項目");
      await nameItem(page, 3)
        .getByRole("radio", { name: /^該当なし/ })
        .check();
    }
    await nameItem(fast, 3).getByLabel("内容・説明").fill("実績はない。");
    await press(fast, "回答を提出する");
    await nameItem(slow, 3).getByLabel("内容・説明").fill("集計の対象がない。");
    await press(slow, "回答を提出する");
    expect(await summary(slow)).toContain("ほかの方が先に更新しています");
    expect(await nameItem(slow, 3).textContent()).toContain("実績はない。");
    expect(await nameItem(slow, 3).getByLabel("内容・説明").inputValue()).toBe("集計の対象がない。");
    await press(slow, "回答を提出する");
    expect(await slow.textContent("h1")).toBe("照会への回答の控え");
  });

  it("may take longer if the ministry asks and an approver grants it", async () => {
    const page = await year.as(officer);
    await openTask(page, "照会項目");
    await page.getByLabel("希望する期限").fill("2015-04-26");
    await page.getByLabel("理由", { exact: false }).last().fill("集計に時間を要するため。");
    await press(page, "延長を申し出る");
    expect(await summary(page)).toContain("閉庁日は期限にできません");
    await page.getByLabel("希望する期限").fill("2015-04-24");
    await press(page, "延長を申し出る");
    expect(await page.textContent("h1")).toBe("期限延長の申出の控え");
    const granting = await year.as(firstApprover);
    await granting.getByRole("link", { name: "経済産業省" }).click();
    await press(granting, "延長を認める");
    expect(await done(granting)).toContain("期限延長の承認を行いました");
  });

  it("is accepted and returned by the secretariat, each by what it has before it", async () => {
    const page = await year.as(preparer);
    await page.getByRole("link", { name: "経済産業省" }).click();
    await press(page, "受領する");
    expect(await summary(page)).toContain("回答を一つ以上選んでください。");
    await page.getByLabel("1の回答を選ぶ").check();
    await press(page, "受領する");
    expect(await done(page)).toContain("回答の受領を行いました");
    await page.getByLabel("3の回答を選ぶ").check();
    await page.getByLabel("差戻しの理由").fill("該当しない理由を示してください。");
    await press(page, "差し戻す");
    expect(await done(page)).toContain("回答の差戻しを行いました");
    expect(await nameItem(page, 3).textContent()).toContain("該当しない理由を示してください。");
  });

  it("lets the secretariat plan and conclude the survey of what can't be measured", async () => {
    const page = await year.as(preparer);
    await openTask(page, "補完調査");
    await page.getByRole("rowheader").getByRole("link").first().click();
    await page.getByRole("radio", { name: /^文献・公表資料調査/ }).check();
    await page.getByRole("textbox", { name: /^方法/ }).fill("公表資料により推計する。");
    await page.locator('input[name="dueOn"]').fill("2015-05-13");
    await press(page, "方法と期限を定める");
    expect(await done(page)).toContain("補完調査の方法の決定を行いました");
    await page.getByRole("textbox", { name: /^記録/ }).fill("白書の該当箇所を確認した。");
    await page.getByRole("textbox", { name: /^出典/ }).fill("白書");
    await press(page, "手順を記録する");
    expect(await summary(page)).toContain("日付");
    await page.getByRole("textbox", { name: /^出典/ }).fill("2015-03-31 情報セキュリティ白書");
    await press(page, "手順を記録する");
    expect(await done(page)).toContain("補完調査の手順の記録を行いました");
    await page.getByLabel("把握した", { exact: true }).check();
    await page.getByText("値、質及び根拠").click();
    await page.getByLabel("結果の質").selectOption("b");
    await page.getByRole("textbox", { name: /^結果必須/ }).fill("約300件と推計した。");
    await page.getByRole("textbox", { name: "結果の限界" }).fill("公表された事案に限る。");
    await press(page, "結果を記録する");
    expect(await done(page)).toContain("補完調査の結果の記録を行いました");
  });
});

describe("監査", () => {
  it("explains a mail: by the event that caused it, its act, and the workflow's history in words", async () => {
    const page = await year.as(auditor);
    await page.getByRole("link", { name: "メール", exact: true }).first().click();
    await page
      .getByRole("link", { name: /差戻し/ })
      .first()
      .click();
    expect(await page.textContent("main")).toContain("該当しない理由を示してください。");
    await page.getByRole("link", { name: /^監査記録 第\d+号$/ }).click();
    const number = (await page.textContent("h1")) ?? "";
    expect(await page.getByRole("table").textContent()).toContain("理由: 該当しない理由を示してください。");
    await page.getByRole("link", { name: "操作" }).click();
    expect(await page.textContent("h1")).toBe("回答の差戻しの控え");
    expect(await page.textContent("main")).toMatch(/行った人\s*佐藤 一郎/);
    await page.goBack();
    await page.getByRole("table").getByRole("link", { name: "手続の履歴" }).click();
    const recorded = page.getByRole("row").filter({ hasText: "回答の差戻しを記録した" });
    expect(await recorded.getByRole("cell").first().textContent()).toMatch(
      /^回答の差戻しを記録した（項目が「差戻し中」.*）理由: 該当しない理由を示してください。$/,
    );
    expect(await recorded.getByRole("link", { name: number }).count()).toBe(1);
    expect(await page.getByRole("button").allTextContents()).toEqual(["サインアウト"]);
  });
});

describe("the screens of the collection", () => {
  const meti = () => `/requests/${year.cycle}-data-meti`;
  const survey = () => `/surveys/${year.cycle}-survey-meti-1`;
  it.each([
    ["who answers", officer],
    ["who reviews", preparer],
    ["who grants", firstApprover],
  ])("have nothing against them for %s", async (_, name) => {
    expect(await against(year, name, ["/", meti(), "surveys", survey(), "mails"])).toEqual([]);
  });
});

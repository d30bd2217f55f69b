import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violationsOn } from "../support/chromium.ts";
import { press, startWalkedYear, type WalkedYear } from "../support/walked-year.ts";

/** One year by its forms, as newcomers of each role do it: from the home screen, without JavaScript. */

let year: WalkedYear;
beforeAll(async () => {
  year = await startWalkedYear();
}, 120_000);
afterAll(() => year.stop());

const preparer = "佐藤 一郎";
const approvers = ["高橋 学", "伊藤 茂", "渡辺 明美"];
const [firstApprover = ""] = approvers;
const recorder = "山本 修";
const officer = "中山 久美";

const openTask = async (page: Page, text: string | RegExp): Promise<void> => {
  await page.locator(".tasks > li").filter({ hasText: text }).getByRole("link").click();
};
const done = (page: Page) => page.locator(".done").textContent();
const summary = (page: Page) => page.locator(".summary").textContent();
const present = async (page: Page): Promise<string | null> => {
  await page.goto(year.service.addresses.web);
  return page.locator('[aria-current="step"] .step-name').textContent();
};
/** Screens of the year as the person sees them, wide and narrow. */
const nothingAgainst = async (name: string, paths: readonly string[]): Promise<void> => {
  const page = await year.reading(name);
  for (const path of paths) {
    const address = new URL(
      path.startsWith("/") ? path : `/cycles/${year.cycle}/${path}`,
      year.service.addresses.web,
    );
    await page.goto(path === "" ? year.service.addresses.web : address.href);
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect([path, width, await violationsOn(page)]).toEqual([path, width, []]);
      const wide = await page.evaluate("document.documentElement.scrollWidth");
      expect([path, wide]).toEqual([path, width]);
    }
  }
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

  it("has screens that nothing is against", () => nothingAgainst(preparer, ["", "policy", "opening"]));
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

  it("keeps what the slower of two has typed, beside what the faster one has sent", async () => {
    const [slow, fast] = [await year.as(officer), await year.as("竹内 修")];
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
    await page.getByRole("textbox", { name: /^方法/ }).fill("公表資料により推計する。");
    await page.locator('input[name="dueOn"]').fill("2015-05-13");
    await press(page, "方法と期限を定める");
    expect(await done(page)).toContain("補完調査の方法の決定を行いました");
    await page.getByLabel("把握した", { exact: true }).check();
    await page.getByRole("textbox", { name: /^結果必須/ }).fill("約300件と推計した。");
    await page.getByRole("textbox", { name: "結果の限界" }).fill("公表された事案に限る。");
    await press(page, "結果を記録する");
    expect(await done(page)).toContain("補完調査の結果の記録を行いました");
  });
});

describe("the screens of the collection", () => {
  const meti = () => `/requests/${year.cycle}-data-meti`;
  it.each([
    ["who answers", officer],
    ["who reviews", preparer],
    ["who grants", firstApprover],
  ])("have nothing against them for %s", (_, name) => nothingAgainst(name, ["", meti(), "surveys", "mails"]));
});

describe("評価", () => {
  it("is written with the answers beside it, and approved by another after a return", async () => {
    await year.goOnUntil("evaluation");
    const page = await year.as(preparer);
    await openTask(page, "評価");
    await page.getByRole("link", { name: /^1-/ }).first().click();
    expect(await page.textContent("main")).toContain("判断の材料");
    await press(page, "評価を記入する");
    expect(await summary(page)).toContain("評価を選んでください。");
    await page.getByRole("radio").first().check();
    await page.getByLabel("評価の理由・説明").fill("計画どおり実施された。");
    await press(page, "評価を記入する");
    expect(await done(page)).toContain("評価の記入を行いました");
    const approving = await year.as(firstApprover);
    await openTask(approving, "評価");
    await approving.getByRole("checkbox").first().check();
    await approving.getByLabel("差戻しの理由").fill("根拠を示すこと。");
    await press(approving, "差し戻す");
    expect(await done(approving)).toContain("評価の差戻しを行いました");
    await page.getByLabel("評価の理由・説明").fill("回答のとおり、計画どおり実施された。");
    await press(page, "評価を記入する");
    await approving.getByRole("link", { name: "評価", exact: true }).first().click();
    await approving.getByRole("checkbox").first().check();
    await press(approving, "承認する");
    expect(await done(approving)).toContain("評価の承認を行いました");
  });

  it("is decided of a domain whether it is analysed", async () => {
    const page = await year.as(preparer);
    await openTask(page, "分析の要否");
    await page
      .getByRole("link", { name: /^分野の成果/ })
      .first()
      .click();
    await page.getByLabel("分析を行わない").check();
    await page.getByLabel("要否の理由").fill("評価で足りるため。");
    await press(page, "分析の要否を決める");
    expect(await done(page)).toContain("分析の要否の決定を行いました");
  });

  it("has screens that nothing is against", async () => {
    await nothingAgainst(preparer, ["evaluations", "evaluations/outcome/1-1", "report"]);
    await nothingAgainst(firstApprover, ["evaluations"]);
  });
});

describe("年次報告", () => {
  it("is compiled, written on and put before the ministries", async () => {
    await year.goOnUntil("drafting");
    const page = await year.as(preparer);
    await openTask(page, "原案を作成");
    await press(page, "原案を編纂する");
    expect(await done(page)).toContain("年次報告の編纂を行いました");
    await page.getByRole("link", { name: "第1版を読む" }).click();
    await page
      .getByRole("link", { name: /に加筆する/ })
      .first()
      .click();
    await page.getByLabel("加筆する文章").fill("本年度の特徴を述べる。");
    await press(page, "加筆を保存する");
    expect(await done(page)).toContain("年次報告への加筆を行いました");
    await page
      .getByRole("navigation", { name: "現在の位置" })
      .getByRole("link", { name: "年次報告" })
      .click();
    await press(page, "改めて編纂する");
    await page.getByRole("link", { name: "第1版との違い" }).click();
    expect(await page.textContent("main")).toContain("本年度の特徴を述べる。");
    await page
      .getByRole("navigation", { name: "現在の位置" })
      .getByRole("link", { name: "年次報告" })
      .click();
    await press(page, "意見照会を始める");
    expect(await done(page)).toContain("意見照会の開始を行いました");
  });

  it("is commented on by a ministry that reads it first", async () => {
    const page = await year.as(officer);
    await openTask(page, "原案への意見の有無");
    await press(page, "意見を提出する");
    expect(await summary(page)).toContain("意見の有無を選んでください。");
    await page.getByLabel("意見あり").check();
    await page.getByLabel("対象の箇所").first().selectOption({ index: 1 });
    await page.getByLabel("意見の内容").first().fill("表現を改められたい。");
    await page.getByLabel("修正文案").first().fill("……を推進した。");
    await nothingAgainst(officer, [`/requests/${year.cycle}-consultation-meti`]);
    await press(page, "意見を提出する");
    expect(await page.textContent("h1")).toBe("照会への回答の控え");
  });

  it("has each opinion disposed of with a reason, and goes up", async () => {
    await year.goOnUntil(
      "consultation",
      ({ requests, comments }) =>
        comments.length > 0 && requests.every(({ kind, is }) => kind !== "consultation" || is === "settled"),
    );
    await nothingAgainst(preparer, ["comments"]);
    const page = await year.as(preparer);
    await openTask(page, "への対応");
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await page.getByLabel("反映", { exact: true }).check();
    await page.getByLabel("対応の理由").fill("趣旨を踏まえ、表現を改めた。");
    await press(page, "対応を決める");
    expect(await done(page)).toContain("意見への対応の決定を行いました");
    await page.getByRole("link", { name: "年次報告", exact: true }).first().click();
    await press(page, "決裁に上げる");
    expect(await done(page)).toContain("年次報告の提出を行いました");
  });

  it("is returned once, approved in turn, decided and published", async () => {
    const first = await year.as(firstApprover);
    await openTask(first, "年次報告の版を確認し");
    await nothingAgainst(firstApprover, ["report"]);
    await first.getByLabel("差戻しの理由").fill("要約を付すこと。");
    await press(first, "差し戻す");
    const page = await year.as(preparer);
    await openTask(page, "年次報告の版を決裁に上げ");
    await press(page, "決裁に上げる");
    for (const name of approvers) {
      const own = await year.as(name);
      await openTask(own, "年次報告の版を確認し");
      await press(own, "承認する");
    }
    const recording = await year.as(recorder);
    await openTask(recording, "本部決定を記録");
    await recording.getByLabel("修正の上、決定").check();
    await recording
      .getByLabel("開催日")
      .fill((await recording.locator(".rehearsal time").getAttribute("datetime"))?.slice(0, 10) ?? "");
    await press(recording, "本部決定を記録する");
    expect(await summary(recording)).toContain("修正の内容又は差戻しの理由を記入してください。");
    await recording.getByLabel("修正の内容").fill("第２章の表現を改める。");
    await press(recording, "本部決定を記録する");
    expect(await done(recording)).toContain("本部決定の記録を行いました");
    const publishing = await year.as(preparer);
    await openTask(publishing, "公表してください");
    await press(publishing, "公表する");
    expect(await publishing.textContent("main")).toMatch(/年次報告の公表を(行い|受け付け)ました/);
  });

  it("leaves what is open to the next plan", async () => {
    await year.goOnUntil("carry-over");
    await nothingAgainst(preparer, ["findings", "report"]);
    const page = await year.as(preparer);
    await openTask(page, "残った課題");
    await page.getByRole("checkbox").first().check();
    await page.getByLabel("反映しない理由").fill("施策が終了したため。");
    await press(page, "反映しない");
    await page.getByRole("link", { name: "全て選ぶ" }).click();
    await press(page, "次年度に反映する");
    await press(page, "次年度の計画を書き出す");
    expect(await page.textContent("main")).toContain("次年度の計画の作成を行いました");
  });
});

describe("監査", () => {
  it("finds who returned what and why", async () => {
    const page = await year.as("中村 久美");
    await page.getByRole("link", { name: "監査記録" }).first().click();
    await page.getByLabel("人", { exact: true }).fill("高橋");
    await page.getByLabel("行為").selectOption({ label: "年次報告の差戻し" });
    await press(page, "検索する");
    expect(await page.getByRole("table").textContent()).toContain("要約を付すこと。");
    expect(await page.getByRole("button").allTextContents()).toEqual(["サインアウト", "検索する"]);
    await nothingAgainst("中村 久美", ["audit", "mails"]);
  });
});

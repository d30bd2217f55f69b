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

/** The second half of a year by its forms, as newcomers of each role do it: from the home screen, without JavaScript. */

let year: WalkedYear;
beforeAll(async () => {
  year = await startWalkedYear();
  await year.goOnUntil("evaluation");
});
afterAll(() => year.stop());

const { preparer, approvers, firstApprover, recorder, officer, auditor } = walkers;

describe("評価", () => {
  it("is written with the answers beside it, and approved by another after a return", async () => {
    const page = await year.as(preparer);
    await openTask(page, "評価");
    await page
      .getByRole("link", { name: /^\d-\d-\d-/ })
      .first()
      .click();
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
    expect(await against(year, preparer, ["evaluations", "evaluations/outcome/1-1", "report"])).toEqual([]);
    expect(await against(year, firstApprover, ["evaluations"])).toEqual([]);
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
    await page.getByRole("navigation", { name: "目次" }).getByRole("link").first().click();
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
    const [title = ""] = await page
      .locator("datalist option")
      .evaluateAll((all) => all.map((one) => one.getAttribute("value") ?? ""));
    await page.getByLabel("対象の箇所").first().fill(title);
    await page.getByLabel("意見の内容").first().fill("表現を改められたい。");
    await page.getByLabel("修正文案").first().fill("……を推進した。");
    expect(await against(year, officer, [`/requests/${year.cycle}-consultation-meti`])).toEqual([]);
    await press(page, "意見を提出する");
    expect(await page.textContent("h1")).toBe("照会への回答の控え");
  });

  it("has each opinion disposed of with a reason, and goes up", async () => {
    await year.goOnUntil(
      "consultation",
      ({ requests, comments }) =>
        comments.length > 0 && requests.every(({ kind, is }) => kind !== "consultation" || is === "settled"),
    );
    expect(await against(year, preparer, ["comments"])).toEqual([]);
    const page = await year.as(preparer);
    await openTask(page, "への対応");
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await page.getByLabel("反映", { exact: true }).check();
    await page.getByLabel("対応の理由").fill("趣旨を踏まえ、表現を改めた。");
    await press(page, "対応を決める");
    expect(await summary(page)).toContain("修正の内容を記入してください。");
    await page.getByLabel("修正の内容").fill("「推進した」に改めた。");
    await press(page, "対応を決める");
    expect(await done(page)).toContain("意見への対応の決定を行いました");
    await page.getByRole("link", { name: "年次報告", exact: true }).first().click();
    await press(page, "決裁に上げる");
    expect(await done(page)).toContain("年次報告の提出を行いました");
  });

  it("is returned once, approved in turn, decided and published", async () => {
    const first = await year.as(firstApprover);
    await openTask(first, "年次報告の版を確認し");
    expect(await against(year, firstApprover, ["report"])).toEqual([]);
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
    await recording.getByRole("link", { name: "決裁と本部決定の記録" }).click();
    expect(await recording.textContent("main")).toContain("失効（差戻し又は新しい版による）");
    await recording.getByLabel("誤りのある記録").selectOption({ index: 1 });
    await press(recording, "訂正を記録する");
    expect(await summary(recording)).toContain("正しい内容を記入してください。");
    await recording.getByLabel("正しい内容").fill("会議の名称は、第２回会合である。");
    await recording.getByLabel("訂正の理由").fill("誤記のため。");
    await press(recording, "訂正を記録する");
    expect(await done(recording)).toContain("決裁・決定の記録の訂正を行いました");
    expect(await recording.textContent("main")).toContain("訂正（");
    expect(await against(year, recorder, ["reviews"])).toEqual([]);
    const publishing = await year.as(preparer);
    await openTask(publishing, "公表してください");
    await press(publishing, "公表する");
    expect(await publishing.textContent("main")).toMatch(/年次報告の公表を(行い|受け付け)ました/);
  });

  it("leaves what is open to the next plan", async () => {
    await year.goOnUntil("carry-over");
    expect(
      await against(year, preparer, [
        "findings",
        "report",
        "report/diff",
        "corrections",
        "years",
        "years/outcome/1-1",
        "years/output/1-1-1-ア",
      ]),
    ).toEqual([]);
    const page = await year.as(preparer);
    await openTask(page, "残った課題");
    await page.getByRole("checkbox").first().check();
    await page.getByLabel("反映しない", { exact: false }).check();
    await press(page, "扱いを決める");
    expect(await summary(page)).toContain("反映しない理由を記入してください。");
    await page.getByLabel("理由", { exact: true }).fill("施策が終了したため。");
    await press(page, "扱いを決める");
    await page.getByRole("link", { name: "全て選ぶ" }).click();
    await page.getByLabel("継続").check();
    await press(page, "扱いを決める");
    await press(page, "次年度の計画を作成し、決裁に回す");
    expect(await page.textContent("main")).toContain("次年度の計画の作成を行いました");
    expect(await against(year, preparer, ["next-plan"])).toEqual([]);
  });

  it("has the list of changes approved by somebody else, who may send it back", async () => {
    const page = await year.as(firstApprover);
    await openTask(page, "次年度の計画（案）");
    expect(await against(year, firstApprover, ["next-plan"])).toEqual([]);
    await press(page, "差し戻す");
    expect(await summary(page)).toContain("差戻しの理由を記入してください。");
    await press(page, "承認する");
    expect(await page.textContent("main")).toContain("次年度の計画の承認を行いました");
  });
});

describe("監査", () => {
  it("finds who returned what and why", async () => {
    const page = await year.as(auditor);
    await page.getByRole("link", { name: "監査記録" }).first().click();
    await page.getByLabel("人", { exact: true }).fill("高橋");
    await page.getByLabel("行為").selectOption({ label: "年次報告の差戻し" });
    await press(page, "検索する");
    expect(await page.getByRole("table").textContent()).toContain("要約を付すこと。");
    expect(await page.getByRole("button").allTextContents()).toEqual(["サインアウト", "検索する"]);
    expect(await against(year, auditor, ["audit", "mails"])).toEqual([]);
  });
});

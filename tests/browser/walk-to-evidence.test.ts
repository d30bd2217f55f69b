import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pdf } from "../support/evidence-files.ts";
import {
  against,
  openTask,
  press,
  startWalkedYear,
  walkers,
  type WalkedYear,
} from "../support/walked-year.ts";

/** 担当者 of 経済産業省 lets an answer rest on a file, by forms that need no JavaScript; each goes on where the one before stopped. */

let year: WalkedYear;
beforeAll(async () => {
  year = await startWalkedYear();
  await year.goOnUntil("collection", ({ requests }) => requests.length > 0);
});
afterAll(() => year.stop());

const NAME = "実施状況の内訳.pdf";
const second = Buffer.concat([pdf, Buffer.from("\n")]);
const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

const place = (): string => `/requests/${year.cycle}-data-meti`;
const open = async (name: string): Promise<Page> => {
  const page = await year.as(name);
  await page.goto(new URL(place(), year.service.addresses.web).href);
  return page;
};
const itemOn = (page: Page): Locator => page.locator("#item-1");
/** What is folded away, an answer that is given again before all, is unfolded from without to within. */
const unfold = async (page: Page): Promise<void> => {
  for (const folded of await itemOn(page).locator("details").all())
    if ((await folded.getAttribute("open")) === null) await folded.locator("> summary").click();
};
const attach = async (page: Page, name: string, buffer: Buffer): Promise<void> => {
  await unfold(page);
  const file = { name, mimeType: "application/pdf", buffer };
  await itemOn(page).getByLabel("ファイルの添付").setInputFiles(file);
  await itemOn(page).getByRole("button", { name: "添付だけを行う" }).click();
  await page.locator(".summary").waitFor();
};
const submit = async (page: Page): Promise<void> => {
  await unfold(page);
  await itemOn(page)
    .getByRole("radio", { name: /^確定値/ })
    .check();
  await itemOn(page).getByLabel("内容・説明").fill("添付のとおり実施した。");
  await press(page, "回答を提出する");
  expect(await page.textContent("h1")).toBe("照会への回答の控え");
};
/** Each file that the item's answers name: what is said of it, and its hash. */
const named = async (page: Page): Promise<readonly (readonly [string, string])[]> => {
  const all = await itemOn(page).locator(".files > li").all();
  return Promise.all(
    all.map(async (file) => {
      const said = (await file.textContent()) ?? "";
      return [/第\d版/.exec(said)?.[0] ?? "", (await file.locator("code").textContent()) ?? ""] as const;
    }),
  );
};

describe("a file beside an answer", () => {
  it("is refused where it is not what it says, in words, and nothing typed is lost", async () => {
    const page = await year.as(walkers.officer);
    await openTask(page, "照会項目");
    await itemOn(page).getByLabel("内容・説明").fill("添付のとおり。");
    await attach(page, "内訳.xlsx", pdf);
    expect(await page.locator(".summary").textContent()).toContain("内訳.xlsx");
    expect(await itemOn(page).getByLabel("内容・説明").inputValue()).toBe("添付のとおり。");
    expect(await itemOn(page).locator(".attached").count()).toBe(0);
  });

  it("is attached alone, then named by the answer, and listed with its SHA-256", async () => {
    const page = await open(walkers.officer);
    await attach(page, NAME, pdf);
    expect(await page.locator(".summary").textContent()).toContain("ファイルを添付しました");
    expect(await itemOn(page).locator(".attached").textContent()).toContain(`${NAME}（第1版`);
    await submit(page);
    expect(await named(await open(walkers.officer))).toEqual([["第1版", hashOf(pdf)]]);
  });

  it("is handed over as a download that no browser opens, and is what was sent", async () => {
    const page = await open(walkers.preparer);
    const link = itemOn(page).locator(".files").getByRole("link", { name: NAME });
    const url = new URL((await link.getAttribute("href")) ?? "", year.service.addresses.web).href;
    const { status, headers } = await page
      .context()
      .request.get(url)
      .then((reply) => ({ status: reply.status(), headers: reply.headers() }));
    expect(status).toBe(200);
    expect(headers["content-disposition"]).toBe(`attachment; filename*=UTF-8''${encodeURIComponent(NAME)}`);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    const arriving = page.waitForEvent("download");
    await link.click();
    const download = await arriving;
    expect(download.suggestedFilename()).toBe(NAME);
    expect(hashOf(await readFile(await download.path()))).toBe(hashOf(pdf));
  });

  it("is replaced by its second version, while the answer before goes on naming the first", async () => {
    const page = await open(walkers.officer);
    await attach(page, NAME, second);
    expect(await page.locator(".summary").textContent()).toContain("ファイルを添付しました");
    const attached = itemOn(page).locator(".attached");
    expect(await attached.first().textContent()).toContain("第2版");
    expect(await attached.first().getByRole("checkbox").isChecked()).toBe(true);
    expect(await attached.nth(1).getByRole("checkbox").isChecked()).toBe(false);
    await submit(page);
    expect(await named(await open(walkers.preparer))).toEqual([
      ["第2版", hashOf(second)],
      ["第1版", hashOf(pdf)],
    ]);
  });

  it.each([
    ["担当者", walkers.officer],
    ["the secretariat", walkers.preparer],
  ])("has nothing against it on the screen of %s", async (_who, name) => {
    expect(await against(year, name, [place()])).toEqual([]);
  });
});

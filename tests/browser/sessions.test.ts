import { afterAll, beforeAll, expect, it } from "vitest";
import { press, startWalkedYear, walkers, type WalkedYear } from "../support/walked-year.ts";

/** Who has left a browser open somewhere ends it from another one. */

let year: WalkedYear;
beforeAll(async () => {
  year = await startWalkedYear();
}, 120_000);
afterAll(() => year.stop(), 60_000);

it("ends the sessions of a person in every browser, and nobody else's", async () => {
  const here = await year.as(walkers.preparer);
  const there = await year.reading(walkers.preparer);
  const another = await year.as(walkers.officer);
  const { web } = year.service.addresses;
  await here.goto(`${web}account`);
  expect(await here.getByRole("table").first().getByRole("button", { name: "終える" }).count()).toBe(2);
  await press(here, "全ての端末からサインアウトする");
  for (const page of [here, there]) {
    await page.goto(web);
    expect(await page.getByRole("banner").getByRole("link", { name: "サインイン" }).count()).toBe(1);
  }
  await another.reload();
  expect(await another.getByRole("button", { name: "サインアウト" }).count()).toBe(1);
}, 120_000);

import { describe, expect, it } from "vitest";
import { organisationId, personId } from "../../domain/ids.ts";
import { insideTasks, type InsideMatter } from "../../domain/inside-agenda.ts";
import type { ContactRole } from "../../domain/plan.ts";
import { instant } from "../../domain/time.ts";

const at = (day: string) => instant(`2015-04-${day}T17:00:00+09:00`);
const [first, second] = [personId("first"), personId("second")];
const matter: InsideMatter = {
  request: "2014-data-npa",
  organisation: organisationId("npa"),
  dueAt: at("17"),
  unallocated: 4,
  works: [
    { is: "allocated", officer: first, by: null, dueAt: at("14") },
    { is: "sent-back", officer: first, by: first, dueAt: at("10") },
    { is: "allocated", officer: second, by: null, dueAt: at("09") },
    { is: "prepared", officer: first, by: first, dueAt: at("13") },
    { is: "signed-off", officer: second, by: second, dueAt: at("08") },
  ],
};
const tasks = (posts: readonly ContactRole[], person = first, of = matter) =>
  insideTasks(of, { person, posts }).map(({ do: what, items, dueAt }) => [what, items, dueAt]);

describe("what each post does first about a request that is answered in several steps", () => {
  it("is for 窓口 to submit what is signed off and to allocate what is nobody's, by the secretariat's date", () => {
    expect(tasks(["window"])).toEqual([
      ["submit", 1, at("17")],
      ["allocate", 4, at("17")],
    ]);
  });

  it("is for 担当者 to prepare what is his, by the earliest of the dates inside", () => {
    expect(tasks(["officer"])).toEqual([["prepare", 2, at("10")]]);
    expect(tasks(["officer"], second)).toEqual([["prepare", 1, at("09")]]);
    expect(tasks(["officer"], personId("third"))).toEqual([]);
  });

  it("is for 確認者 to sign off what others prepared, never his own", () => {
    expect(tasks(["confirmer"], second)).toEqual([["sign-off", 1, at("13")]]);
    expect(tasks(["confirmer"], first)).toEqual([]);
  });

  it("is everything for who holds every post", () => {
    expect(tasks(["window", "officer", "confirmer"], second).map(([what]) => what)).toEqual([
      "submit",
      "sign-off",
      "prepare",
      "allocate",
    ]);
  });

  it("is nothing where nothing is left", () => {
    expect(tasks(["window", "officer"], first, { ...matter, unallocated: 0, works: [] })).toEqual([]);
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CycleKey } from "../../domain/ids.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { readPlan } from "../../plans/read-plan.ts";
import { writePlan } from "../../plans/write-plan.ts";
import type { Rehearsed } from "../../rehearsals/rehearsal.ts";
import type { Timeline } from "../../rehearsals/timeline.ts";
import type { Deed } from "../oracle/deed.ts";
import { requestDifferences, yearDifferences } from "../support/against-oracle.ts";
import { deedsIn } from "../support/deeds.ts";
import { startRehearsalHouse, type RehearsalHouse } from "../support/rehearsal-house.ts";
import { fy2014, hardScript } from "../support/scene.ts";
import { smallYear } from "../support/small-year.ts";

/** Between them everybody in the hard script comes up. */
const SEEDS = [4, 9, 13] as const;
/** A one-off closed day between 督促 and 再督促: the plan says so and no list of holidays does. */
const CLOSED = { date: plainDate("2015-04-21"), name: "臨時の閉庁日" };
const CLOSED_AT = instant("2015-04-21T09:00:00+09:00");

type Year = Rehearsed & { readonly cycle: CycleKey; readonly deeds: readonly Deed[] };
const folder = mkdtempSync(join(tmpdir(), "nenrin-oracle-"));
let house: RehearsalHouse;
let years: ReadonlyMap<number, Year>;

beforeAll(async () => {
  const small = smallYear(await fy2014());
  await writePlan({ plan: { ...small, holidays: [...small.holidays, CLOSED] }, folder });
  const [read, script] = await Promise.all([readPlan(folder), hardScript()]);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { plan } = read;
  house = await startRehearsalHouse();
  const playing = SEEDS.map(async (seed): Promise<[number, Year]> => {
    const played = await house.play({ plan, script, seed });
    return [seed, { ...played, deeds: await deedsIn(house.service.engines.databaseUrl, played.cycle) }];
  });
  years = new Map(await Promise.all(playing));
}, 600_000);
afterAll(async () => {
  await house.stop();
  rmSync(folder, { recursive: true });
});

const yearOf = (seed: number): Year => {
  const year = years.get(seed);
  if (year === undefined) throw new Error(`seed ${seed} was not played`);
  return year;
};
/** The year of the first seed as it would have been reported with other mails. */
const withMails = (change: (mails: Timeline["mails"]) => Timeline["mails"]): readonly string[] => {
  const { deeds, timeline } = yearOf(SEEDS[0]);
  return yearDifferences({ folder, deeds, timeline: { ...timeline, mails: change(timeline.mails) } });
};

describe("a hard year", () => {
  it.each(SEEDS)("goes as the oracle says, mail by mail: seed %i", (seed) => {
    expect(yearDifferences({ ...yearOf(seed), folder })).toEqual([]);
  });

  it.each(SEEDS)("ends with the dates and answers the oracle says: seed %i", (seed) => {
    const { cycle, requests, deeds } = yearOf(seed);
    expect(requestDifferences({ folder, deeds }, cycle, requests)).toEqual([]);
  });

  it("shows all that can happen to a due date, and every rung", () => {
    const all = [...years.values()];
    const actions = new Set(all.flatMap(({ deeds }) => deeds.map(({ action }) => action)));
    for (const what of ["submit", "return", "accept", "give-up", "pause", "resume", "shorten", "withdraw"])
      expect(actions).toContain(`request.${what}`);
    for (const what of ["request.ask-extension", "request.grant-extension", "survey.plan", "survey.conclude"])
      expect(actions).toContain(what);
    const causes = new Set(all.flatMap(({ surveys }) => surveys.map(({ cause }) => cause)));
    expect(causes).toEqual(new Set(["said-unmeasurable", "silence", "not-corrected"]));
    const rungs = new Set(all.flatMap(({ timeline }) => timeline.mails.map(({ rung }) => rung)));
    for (const rung of ["remind-10", "remind-3", "remind-1", "dun-1", "dun-3", "escalate-5", "escalate-2"])
      expect(rungs).toContain(rung);
  });
});

describe("a year that went otherwise is told apart from the oracle's", () => {
  const isDigest = ({ rung }: Timeline["mails"][number]): boolean => rung !== null;

  it("by a 督促 that is missing, and by one too many", () => {
    const [lost] = yearOf(SEEDS[0]).timeline.mails.filter(isDigest);
    if (lost === undefined) throw new Error("no digest");
    const named = `${lost.at.slice(0, 19)} ${lost.contact} (${lost.organisation}) digest ${lost.rung}`;
    expect(withMails((mails) => mails.filter((mail) => mail !== lost))).toContain(
      `${named}  ← was foretold, did not happen`,
    );
    expect(withMails((mails) => [...mails, lost])).toContain(`${named}  ← happened, was not foretold`);
  });

  it("by what a 督促 holds", () => {
    const other = withMails((mails) =>
      mails.map((mail) => (isDigest(mail) ? { ...mail, items: ["something-else"] } : mail)),
    );
    expect(other.some((line) => line.endsWith(": something-else  ← happened, was not foretold"))).toBe(true);
  });

  it("by the day of a 督促, and by a letter nothing called for", () => {
    const late = withMails((mails) =>
      mails.map((mail) => (mail.rung === "dun-1" ? { ...mail, at: CLOSED_AT } : mail)),
    );
    expect(late.some((line) => line.startsWith(CLOSED.date))).toBe(true);
    const stray = withMails((mails) =>
      mails.map((mail) => (mail.kind === "notice" ? { ...mail, at: CLOSED_AT } : mail)),
    );
    expect(stray.some((line) => line.endsWith("notice  ← nothing happened then"))).toBe(true);
  });
});

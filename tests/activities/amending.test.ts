import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { people } from "../../db/schema/acts.ts";
import { rungs } from "../../db/schema/request.ts";
import { organisationId, personId } from "../../domain/ids.ts";
import type { LadderRung, Plan } from "../../domain/plan.ts";
import { plainDate, plainTime } from "../../domain/time.ts";
import { april, chasing, CLOSE, DUE, MOD, OPENED, type Chasing } from "../support/chasing.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import {
  at,
  itemsOfRequest,
  mailsIn,
  requestRow,
  startYearDesk,
  type YearDesk,
} from "../support/year-desk.ts";

/** What an amended plan does to a year in mid-collection. */

let database: ScratchDatabase;
let desk: YearDesk;
let year: Chasing;
beforeAll(async () => {
  database = await startScratchDatabase();
  desk = await startYearDesk(database.url);
  year = chasing(desk);
});
afterAll(async () => {
  await desk.close();
  await database.stop();
});
beforeEach(async () => {
  await desk.openYear();
  await desk.open(["data"], OPENED);
});

const amend = async (more: Partial<Plan>, now: string): Promise<void> => {
  const { hash: plan } = await desk.store("plan", { ...desk.plan, ...more });
  await desk.record({ now: at(now), changes: [{ write: "plan", plan }] });
};
const holidaysWith = (date: string): Pick<Plan, "holidays"> => ({
  holidays: [...desk.plan.holidays, { date: plainDate(date), name: "臨時閉庁日" }],
});
const dataLadder = (change: (rungs: readonly LadderRung[]) => readonly LadderRung[]) => ({
  ladders: { ...desk.plan.ladders, data: change(desk.plan.ladders.data) },
});
const workdays = april(1, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 20, 21, 22, 23, 24, 27, 28, 30);
const chaseFrom = (first: string): Promise<void> => year.chaseOn(...workdays.filter((day) => day >= first));
const laddersOf = (request: string) =>
  desk.db.select().from(rungs).where(eq(rungs.request, request)).orderBy(rungs.position);

describe("an amended plan", () => {
  it("moves the rungs still to come off a day that is closed now; the due date stays where it was told", async () => {
    await year.chaseOn(...april(3, 14));
    await amend(holidaysWith("2015-04-21"), "2015-04-15T11:00:00");
    expect(await requestRow(desk.db, MOD)).toMatchObject({ dueAt: DUE, closeAt: CLOSE });
    await chaseFrom("2015-04-15");
    expect(await year.digestsTo("mod-window")).toEqual([
      "04-03 remind-10",
      "04-14 remind-3",
      "04-16 remind-1",
      "04-20 dun-1",
      "04-23 dun-3",
      "04-27 escalate-5",
    ]);
  });

  it("sends nothing again that had come before, wherever it would now lie", async () => {
    await year.chaseOn(...april(3, 14));
    await amend(holidaysWith("2015-04-16"), "2015-04-14T11:00:00");
    // 3 business days before the due date is the 13th now, and one the 15th.
    await chaseFrom("2015-04-15");
    expect((await year.digestsTo("mod-window")).slice(0, 3)).toEqual([
      "04-03 remind-10",
      "04-14 remind-3",
      "04-15 remind-1",
    ]);
  });

  it("goes by a ladder with other rungs from then on, without asking after a day that has passed", async () => {
    await year.chaseOn(...april(3, 14));
    const rung = desk.plan.ladders.data.find(({ name }) => name === "dun-1");
    if (rung === undefined) throw new Error("the plan has a dun-1");
    await amend(
      dataLadder((known) => [
        ...known.filter(({ name }) => name === "remind-10"),
        { ...rung, name: "remind-4", offsetBusinessDays: -4 },
        { ...rung, name: "dun-2", offsetBusinessDays: 2 },
      ]),
      "2015-04-14T11:00:00",
    );
    await chaseFrom("2015-04-15");
    expect(await year.digestsTo("mod-window")).toEqual(["04-03 remind-10", "04-14 remind-3", "04-21 dun-2"]);
    expect((await laddersOf(MOD)).map(({ name, position }) => [name, position])).toEqual([
      ["remind-10", 0],
      ["remind-3", 1],
      ["dun-2", 2],
    ]);
  });

  it("puts up a ladder where there was none", async () => {
    await desk.openYear(dataLadder(() => []));
    await desk.open(["data"], OPENED);
    await amend({}, "2015-04-15T11:00:00");
    await chaseFrom("2015-04-15");
    expect((await year.digestsTo("mod-window"))[0]).toBe("04-16 remind-1");
  });

  it("catches up with a rung that it has put behind us", async () => {
    await year.chaseOn(...april(3, 14));
    await amend(
      { sendWindow: { from: plainTime("08:00"), until: plainTime("16:00") } },
      "2015-04-16T08:30:00",
    );
    await year.chaseAt(at("2015-04-16T08:30:00"));
    expect((await year.digestsTo("mod-window")).at(-1)).toBe("04-16 remind-1");
  });

  it("moves what is to come into the send window as it is now", async () => {
    await amend(
      { sendWindow: { from: plainTime("10:00"), until: plainTime("16:00") } },
      "2015-04-01T11:00:00",
    );
    expect(await year.chaseAt(at("2015-04-03T09:00:00"))).toEqual({ digests: 0, over: false });
    await year.chaseAt(at("2015-04-03T10:00:00"));
    expect(await year.digestsTo("mod-window")).toEqual(["04-03 remind-10"]);
  });

  it("brings a survey's ladder along", async () => {
    const survey = "2014-survey-mod-1";
    const opened = at("2015-05-01T17:00:01");
    const items = await year.become(() => ({ is: "surveying", until: CLOSE, survey }), opened);
    const opening = { survey, items, cause: "silence" as const, why: null };
    const of = { survey, request: MOD, organisation: organisationId("mod") };
    const row = {
      ...of,
      opening,
      dueOn: plainDate("2015-05-26"),
      justification: "締切までに回答がなかった。",
      method: null,
      protocol: null,
      scope: null,
      end: null,
    };
    await desk.record({ now: opened, changes: [{ write: "survey", ...row }] });
    await amend(holidaysWith("2015-05-25"), "2015-05-08T11:00:00");
    await year.chaseOn("2015-05-11", "2015-05-20", "2015-05-22");
    expect(await year.digestsTo("mod-window")).toEqual([
      "05-11 remind-10",
      "05-20 remind-3",
      "05-22 remind-1",
    ]);
  });

  it("writes to whom it names: the new window is told where things stand, the old one nothing more", async () => {
    await year.chaseOn(...april(3, 14, 16, 20));
    const renamed = desk.plan.people.map((one) =>
      one.id === "mod-window" ? { ...one, id: personId("mod-successor"), email: "next@mod.example" } : one,
    );
    await amend({ people: renamed }, "2015-04-20T11:00:00");
    await chaseFrom("2015-04-21");
    expect(await year.digestsTo("mod-window")).toHaveLength(4);
    expect(await year.digestsTo("mod-successor")).toEqual(["04-21 dun-1", "04-22 dun-3", "04-24 escalate-5"]);
    const [left] = await desk.db
      .select()
      .from(people)
      .where(eq(people.id, personId("mod-window")));
    expect(left).toMatchObject({ contact: [], staff: [] });
  });

  it("that changes nothing of all that sends nobody anything, and leaves the directory alone", async () => {
    await year.chaseOn(...april(3, 14));
    const before = { mails: await mailsIn(desk.db), ladders: await laddersOf(MOD) };
    await amend({ title: "改題" }, "2015-04-15T11:00:00");
    await year.chaseOn("2015-04-15");
    expect({ mails: await mailsIn(desk.db), ladders: await laddersOf(MOD) }).toEqual(before);
    const known = await desk.db.select().from(people);
    expect(new Set(known.map(({ revision }) => revision))).toEqual(new Set([1]));
    expect(await itemsOfRequest(desk.db, MOD)).not.toEqual([]);
  });
});

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rungs } from "../../db/schema/request.ts";
import { forecast } from "../../domain/forecast.ts";
import { organisationId } from "../../domain/ids.ts";
import { plainDate } from "../../domain/time.ts";
import { april, chasing, CLOSE, DUE, MOD, OPENED, type Chasing } from "../support/chasing.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { standingAt } from "../support/silent-year.ts";
import {
  at,
  itemsOfRequest,
  mailsTo,
  requestRow,
  startYearDesk,
  type YearDesk,
} from "../support/year-desk.ts";

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

describe("what moves the ladder", () => {
  it("a granted extension: rungs count from the new due date, from then on", async () => {
    await year.chaseOn(...april(1, 2, 3, 6, 7, 8, 9, 10, 13, 14));
    const dueAt = at("2015-04-24T17:00:00");
    const closeAt = at("2015-05-13T17:00:00");
    await desk.record({
      now: at("2015-04-15T11:00:00"),
      changes: [
        ...(await itemsOfRequest(desk.db, MOD)).map(({ id: item }) => ({
          write: "item" as const,
          item,
          state: { is: "owed" as const, until: closeAt },
        })),
        { write: "term", request: MOD, dueAt, closeAt, asked: null, paused: null },
      ],
    });
    expect(await requestRow(desk.db, MOD)).toMatchObject({ dueAt, closeAt, askedDueOn: null, revision: 2 });
    expect(new Set((await itemsOfRequest(desk.db, MOD)).map((item) => item.dueAt))).toEqual(new Set([dueAt]));
    await year.chaseOn(...april(15, 16, 17, 20, 21, 22, 23, 24, 27));
    expect(await year.digestsTo("mod-window")).toEqual([
      "04-03 remind-10",
      "04-14 remind-3",
      "04-21 remind-3",
      "04-23 remind-1",
      "04-27 dun-1",
    ]);
    const standing = await desk.db.select().from(rungs).where(eq(rungs.request, MOD));
    expect(new Set(standing.map((rung) => rung.dueAt))).toEqual(new Set([dueAt]));
  });

  it("an extension asked for moves nothing yet", async () => {
    const asked = { dueOn: plainDate("2015-04-24"), reason: "集計中" };
    await desk.record({
      changes: [{ write: "term", request: MOD, dueAt: DUE, closeAt: CLOSE, asked, paused: null }],
    });
    expect(await requestRow(desk.db, MOD)).toMatchObject({
      askedDueOn: "2015-04-24",
      askedReason: "集計中",
      dueAt: DUE,
    });
    await year.chaseOn("2015-04-20");
    expect(await year.digestsTo("mod-window")).toEqual(["04-20 dun-1"]);
  });

  it("a returned answer has days of its own: it is not escalated at once, the rest is", async () => {
    const until = at("2015-05-07T17:00:00");
    await year.become(year.submitted, at("2015-04-10T10:00:00"));
    const [item] = await year.become(
      async (id) => ({ is: "returned", until, answer: await year.given(id), reason: "対象期間", returns: 1 }),
      at("2015-04-27T10:00:00"),
      1,
    );
    await year.chaseOn(...april(27, 28, 30), "2015-05-01", "2015-05-07", "2015-05-08");
    expect(await year.digestsTo("mod-window")).toEqual(["04-28 remind-3", "05-01 remind-1", "05-08 dun-1"]);
    expect((await mailsTo(desk.db, "mod-window")).at(-1)?.items).toEqual([item]);
    expect(await year.digestsTo("meti-confirmer")).toEqual(["04-27 escalate-5"]);
  });

  it("an item returned later than another, for the same day, is not reminded of what had come by then", async () => {
    const returned = async (id: string) =>
      ({ is: "returned", until: CLOSE, answer: await year.given(id), reason: "内訳", returns: 1 }) as const;
    await year.become(year.submitted, at("2015-04-08T10:00:00"));
    const [first] = await year.become(returned, at("2015-04-10T16:00:00"), 1);
    await year.chaseOn("2015-04-16");
    const both = await year.become(returned, at("2015-04-16T16:00:00"), 2);
    const foretold = forecast(await standingAt(desk, at("2015-04-16T16:00:00")), "nobody").mails.filter(
      ({ contact, letter }) => contact === "mod-window" && letter === "digest",
    );
    await year.chaseOn(...april(17, 27, 30));
    const digests = (await mailsTo(desk.db, "mod-window")).filter(({ letter }) => letter === "digest");
    expect(digests.map(({ at: sent, rung, items }) => [sent.slice(5, 10), rung, items.toSorted()])).toEqual([
      ["04-16", "remind-10", [first]],
      ["04-27", "remind-3", both],
      ["04-30", "remind-1", both],
    ]);
    expect(foretold.slice(0, 2).map(({ at: sent, rung }) => `${sent.slice(5, 10)} ${rung}`)).toEqual([
      "04-27 remind-3",
      "04-30 remind-1",
    ]);
  });

  it("a survey is chased under its own id, by its own ladder, for what still waits for it", async () => {
    const survey = "2014-survey-mod-1";
    const items = await year.become(
      () => ({ is: "surveying", until: CLOSE, survey }),
      at("2015-05-01T17:00:01"),
    );
    const row = {
      write: "survey" as const,
      survey,
      request: MOD,
      organisation: organisationId("mod"),
      opening: { survey, items, cause: "silence" as const, why: null },
      justification: "締切までに回答がなかった。",
      method: null,
      protocol: null,
      scope: null,
      end: null,
    };
    await desk.record({
      now: at("2015-05-01T17:00:01"),
      changes: [{ ...row, dueOn: plainDate("2015-05-26") }],
    });
    await year.chaseOn("2015-05-07", "2015-05-12", "2015-05-21");
    expect(await year.digestsTo("mod-window")).toEqual(["05-12 remind-10", "05-21 remind-3"]);
    const [mail] = (await mailsTo(desk.db, "mod-window")).slice(-1);
    expect(mail).toMatchObject({ request: survey });
    expect(mail?.text).toContain("【リマインド】補完調査（防衛省）");
    const moved = {
      ...row,
      dueOn: plainDate("2015-06-09"),
      method: await desk.store("survey-method", { text: "聴取" }),
    };
    await desk.record({ now: at("2015-05-22T10:00:00"), changes: [moved] });
    await year.chaseOn("2015-05-25", "2015-05-26");
    expect(await year.digestsTo("mod-window")).toEqual([
      "05-12 remind-10",
      "05-21 remind-3",
      "05-26 remind-10",
    ]);
    await year.become(() => ({ is: "surveyed", survey }), at("2015-06-01T10:00:00"));
    await desk.record({
      now: at("2015-06-01T10:00:00"),
      changes: [{ ...moved, end: { is: "found", content: null } }],
    });
    await year.chaseOn("2015-06-04", "2015-06-08", "2015-06-10");
    expect(await year.digestsTo("mod-window")).toHaveLength(3);
  });
});

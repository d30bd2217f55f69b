import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Change } from "../../activities/contract.ts";
import { mails } from "../../db/schema/mail.ts";
import { reminders, rungs } from "../../db/schema/request.ts";
import { plainDate } from "../../domain/time.ts";
import { april, chasing, CLOSE, DUE, MOD, OPENED, tick, type Chasing } from "../support/chasing.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import {
  at,
  itemsOfRequest,
  mailsTo,
  person,
  requestRow,
  startYearDesk,
  type YearDesk,
} from "../support/year-desk.ts";

/** What becomes of what was planned for a request that stands still, was moved or is withdrawn. */
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

const paused = { at: at("2015-04-13T11:00:00"), reason: "照会事項を確認するため" };
const term = (more: Partial<Change & { write: "term" }>): Change => ({
  write: "term",
  request: MOD,
  dueAt: DUE,
  closeAt: CLOSE,
  asked: null,
  paused: null,
  ...more,
});
const callBack = (planned: "reminders" | "everything"): Change => ({
  write: "call-back",
  request: MOD,
  planned,
});
const lettersTo = async (person: string) =>
  (await mailsTo(desk.db, person)).map(({ letter, state }) => `${letter} ${state}`);

describe("a paused request", () => {
  it("is not chased; what is not paused is", async () => {
    await desk.record({ now: paused.at, changes: [term({ paused })] });
    expect(await requestRow(desk.db, MOD)).toMatchObject({
      pausedAt: paused.at,
      pausedReason: paused.reason,
    });
    await year.chaseOn(...april(14, 16, 20, 22, 24));
    expect(await year.digestsTo("mod-window")).toEqual([]);
    expect(await year.digestsTo("mof-window")).not.toEqual([]);
  });

  it("that goes on is chased by its new dates, from then on", async () => {
    await year.chaseOn(...april(3));
    await desk.record({ now: paused.at, changes: [term({ paused })] });
    await year.chaseOn(...april(14, 16, 20));
    const dueAt = at("2015-04-24T17:00:00");
    const closeAt = at("2015-05-13T17:00:00");
    await desk.record({ now: at("2015-04-20T11:00:00"), changes: [term({ dueAt, closeAt })] });
    await year.chaseOn(...april(21, 22, 23, 24, 27));
    expect(await year.digestsTo("mod-window")).toEqual([
      "04-03 remind-10",
      "04-21 remind-3",
      "04-23 remind-1",
      "04-27 dun-1",
    ]);
  });
});

describe("what was queued about a request", () => {
  it("is called back with its rungs, so that they come again if their day comes again", async () => {
    await year.chaseOn("2015-04-16");
    expect(await lettersTo("mod-window")).toEqual(["inquiry queued", "digest queued"]);
    await desk.record({ now: at("2015-04-16T10:00:00"), changes: [term({ paused }), callBack("reminders")] });
    expect(await lettersTo("mod-window")).toEqual(["inquiry queued", "digest cancelled"]);
    await desk.record({ now: at("2015-04-16T15:00:00"), changes: [term({})] });
    await year.chaseOn("2015-04-17");
    expect(await year.digestsTo("mod-window")).toEqual(["04-16 remind-1", "04-17 remind-1"]);
    const told = await desk.db
      .select()
      .from(reminders)
      .where(eq(reminders.person, person("mod-window")));
    expect(new Set(told.map((one) => one.at))).toEqual(new Set([tick("2015-04-17")]));
  });

  it("is left alone once a courier has it, and where it is another's", async () => {
    await year.chaseOn("2015-04-16");
    const sending = { state: "sending" } as const;
    await desk.db.update(mails).set(sending).where(eq(mails.letter, "digest"));
    await desk.record({ now: at("2015-04-16T10:00:00"), changes: [callBack("everything")] });
    expect(await lettersTo("mod-window")).toEqual(["inquiry cancelled", "digest sending"]);
    expect(await lettersTo("mof-window")).toEqual(["inquiry queued", "digest sending"]);
  });

  it("goes with everything that was planned when the request is withdrawn", async () => {
    await desk.record({ now: at("2015-04-13T10:00:00"), changes: [callBack("everything")] });
    expect(await desk.db.select().from(rungs).where(eq(rungs.request, MOD))).toEqual([]);
    await year.chaseOn(...april(14, 16, 20));
    expect(await year.digestsTo("mod-window")).toEqual([]);
  });
});

describe("an answer that waits for the engine", () => {
  it("is not asked for again; what it does not answer is", async () => {
    const [item = ""] = (await itemsOfRequest(desk.db, MOD)).map(({ id }) => id);
    const at13 = at("2015-04-13T10:00:00");
    await desk.act("request.submit", { answers: [await year.given(item)] }, { at: at13 });
    await year.chaseOn("2015-04-14");
    const [digest] = (await mailsTo(desk.db, "mod-window")).filter(({ letter }) => letter === "digest");
    expect(digest?.items).not.toContain(item);
    expect(digest?.items).not.toEqual([]);
  });
});

describe("an extension nobody has answered by the close", () => {
  const asked = { dueOn: plainDate("2015-05-15"), reason: "集計中" };

  it("is brought to the approvers' notice once every business day, until it is answered", async () => {
    await desk.record({ now: at("2015-04-30T10:00:00"), changes: [term({ asked })] });
    await year.chaseOn("2015-05-01");
    expect(await lettersTo("nisc-director")).toEqual([]);
    for (const day of ["2015-05-02", "2015-05-07", "2015-05-08"]) await year.chaseAt(tick(day));
    await year.chaseAt(tick("2015-05-08"));
    const told = (await mailsTo(desk.db, "nisc-director")).map(
      ({ at: sent, letter }) => `${sent.slice(0, 10)} ${letter}`,
    );
    expect(told).toEqual(["2015-05-07 notice", "2015-05-08 notice"]);
    await desk.record({ now: at("2015-05-08T10:00:00"), changes: [term({})] });
    await year.chaseOn("2015-05-11");
    expect(await lettersTo("nisc-director")).toHaveLength(2);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarOf } from "../../domain/calendar.ts";
import { amendedRungs, lastTick, nextTick, rungInstants, tickedUntil } from "../../domain/ladder.ts";
import type { LadderRung } from "../../domain/plan.ts";
import { addSeconds, instant, plainDate, plainTime, type Instant } from "../../domain/time.ts";
import { japaneseHolidays } from "../../plans/holidays.ts";

/** Ladders and ticks once the plan they were put up by is amended. */

const calendar = calendarOf(japaneseHolidays());
const closedOn = (date: string) =>
  calendarOf([...japaneseHolidays(), { date: plainDate(date), name: "臨時閉庁日" }]);
const window = (from: string) => ({ from: plainTime(from), until: plainTime("16:00") });
const rung = (name: string, offsetBusinessDays: number): LadderRung => {
  const to = { to: ["window"], cc: [], lead: false } as const;
  return { name, label: name, offsetBusinessDays, ...to };
};
const ladder = [rung("remind-3", -3), rung("remind-1", -1), rung("dun-1", 1), rung("dun-3", 3)];
const dueAt = instant("2015-04-17T17:00:00+09:00");
const openedAt = instant("2015-04-01T09:00:00+09:00");
const asked = { ladder, dueAt, sendWindow: window("09:00"), calendar };
const standing = rungInstants({ ...asked, openedAt });
const days = (rungs: readonly { readonly name: string; readonly at: Instant }[]) =>
  rungs.map(({ name, at }) => `${name} ${at.slice(5, 16)}`);

describe("a ladder under an amended plan", () => {
  const now = instant("2015-04-15T11:00:00+09:00");
  const amended = (more: Partial<typeof asked>, at = now) =>
    days(amendedRungs({ ...asked, ...more, standing, now: at }));

  it("is the same where nothing of it is amended", () => {
    expect(amended({})).toEqual(days(standing));
  });
  it("keeps what has come where it came, and moves the rest", () => {
    expect(amended({ calendar: closedOn("2015-04-20"), sendWindow: window("10:00") })).toEqual([
      "remind-3 04-14T09:00",
      "remind-1 04-16T10:00",
      "dun-1 04-21T10:00",
      "dun-3 04-23T10:00",
    ]);
  });
  it("has no new rung where it would have come already", () => {
    expect(amended({ ladder: [rung("remind-4", -4), rung("today", 0)] })).toEqual([
      "remind-3 04-14T09:00",
      "today 04-17T09:00",
    ]);
  });
  it("keeps a rung that was to come although it would have come already", () => {
    expect(amended({ calendar: closedOn("2015-04-16") })[1]).toBe("remind-1 04-15T09:00");
  });

  it("never comes twice, nor loses what it had to come", () => {
    const date = fc
      .integer({ min: 0, max: 40 })
      .map((n) => `2015-04-${String((n % 30) + 1).padStart(2, "0")}`);
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 30 * 24 }), (closed, hours) => {
        const at = addSeconds(openedAt, hours * 3600);
        const becomes = amendedRungs({ ...asked, calendar: closedOn(closed), standing, now: at });
        expect(becomes.map(({ name }) => name).toSorted()).toEqual(
          standing.map(({ name }) => name).toSorted(),
        );
        expect(becomes.map((one) => one.at)).toEqual(becomes.map((one) => one.at).toSorted());
        for (const come of standing.filter((one) => one.at <= at)) expect(becomes).toContainEqual(come);
      }),
    );
  });
});

describe("ticks under an amended send window", () => {
  const next = (last: string, was: string, becomes: string) =>
    nextTick(tickedUntil(instant(`${last}+09:00`), window(was), window(becomes)), window(becomes), calendar);
  it.each([
    [
      "a day that has ticked ticks no second time",
      "2015-04-15T09:00:00",
      "09:00",
      "13:00",
      "2015-04-16T13:00:00+09:00",
    ],
    ["nor where it starts earlier", "2015-04-15T09:00:00", "09:00", "08:00", "2015-04-16T08:00:00+09:00"],
    [
      "a day that has not ticks, also later",
      "2015-04-15T08:00:00",
      "09:00",
      "13:00",
      "2015-04-15T13:00:00+09:00",
    ],
    ["and also where that has passed", "2015-04-15T08:30:00", "09:00", "08:00", "2015-04-15T08:00:00+09:00"],
  ])("%s", (_, last, was, becomes, tick) => {
    expect(next(last, was, becomes)).toBe(tick);
  });

  it("go on from the last", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_400_000_000 }), (seconds) => {
        const now = addSeconds(instant("2004-03-01T00:00:00+09:00"), seconds);
        const last = lastTick(now, window("09:00"), calendar);
        expect(last <= now).toBe(true);
        expect(nextTick(last, window("09:00"), calendar)).toBe(nextTick(now, window("09:00"), calendar));
      }),
    );
  });
});

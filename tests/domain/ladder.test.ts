import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { japaneseHolidays } from "../../plans/holidays.ts";
import { calendarOf, isOpen } from "../../domain/calendar.ts";
import type { ItemState } from "../../domain/answer.ts";
import {
  insideSendWindow,
  ladderDueAt,
  nextTick,
  ownRungs,
  owedRung,
  rungInstants,
  type RungInstant,
} from "../../domain/ladder.ts";
import { sha256 } from "../../domain/ids.ts";
import type { LadderRung } from "../../domain/plan.ts";
import {
  addDays,
  addSeconds,
  at,
  dateOf,
  instant,
  plainDate,
  plainTime,
  type Instant,
} from "../../domain/time.ts";

const calendar = calendarOf(japaneseHolidays());
const sendWindow = { from: plainTime("09:00"), until: plainTime("16:00") };
const rung = (name: string, label: string, offsetBusinessDays: number): LadderRung => ({
  name,
  label,
  offsetBusinessDays,
  to: ["window"],
  cc: [],
  lead: false,
});
const ladder = [
  rung("remind-10", "リマインド", -10),
  rung("remind-3", "リマインド", -3),
  rung("remind-1", "リマインド", -1),
  rung("dun-1", "督促", 1),
  rung("dun-3", "再督促", 3),
  rung("escalate-5", "上申", 5),
];
const rungsFor = (dueOn: string, openedAt: Instant): readonly RungInstant[] =>
  rungInstants({ ladder, dueAt: at(plainDate(dueOn), plainTime("17:00")), sendWindow, calendar, openedAt });

describe("the instants of a ladder", () => {
  it("lie at the send window's start, counted in business days from the due date", () => {
    expect(rungsFor("2015-04-30", instant("2015-04-01T10:00:00+09:00"))).toEqual([
      { name: "remind-10", at: "2015-04-15T09:00:00+09:00" },
      { name: "remind-3", at: "2015-04-24T09:00:00+09:00" },
      { name: "remind-1", at: "2015-04-28T09:00:00+09:00" },
      { name: "dun-1", at: "2015-05-01T09:00:00+09:00" },
      { name: "dun-3", at: "2015-05-08T09:00:00+09:00" },
      { name: "escalate-5", at: "2015-05-12T09:00:00+09:00" },
    ]);
  });

  it("leave out what is not later than the opening", () => {
    const names = (openedAt: string) => rungsFor("2015-04-30", instant(openedAt)).map(({ name }) => name);
    expect(names("2015-04-24T08:59:59+09:00")[0]).toBe("remind-3");
    expect(names("2015-04-24T09:00:00+09:00")[0]).toBe("remind-1");
    expect(names("2015-06-01T09:00:00+09:00")).toEqual([]);
  });

  it("stay business days when the due date itself has become a closed one", () => {
    const closed = calendarOf([...japaneseHolidays(), { date: plainDate("2015-04-17"), name: "臨時閉庁日" }]);
    const onTheDay = [rung("today", "リマインド", 0)];
    const openedAt = instant("2015-04-01T10:00:00+09:00");
    const dueAt = instant("2015-04-17T17:00:00+09:00");
    expect(rungInstants({ ladder: onTheDay, dueAt, sendWindow, calendar: closed, openedAt })).toEqual([
      { name: "today", at: "2015-04-16T09:00:00+09:00" },
    ]);
  });
});

it("a ladder that others share begins for an item when it comes to count from its due date", () => {
  const shared: readonly RungInstant[] = ["16", "27", "30"].map((day) => ({
    name: `on-${day}`,
    at: instant(`2015-04-${day}T09:00:00+09:00`),
  }));
  const names = (since: string) => ownRungs(shared, instant(since)).map(({ name }) => name);
  expect(ownRungs(shared, undefined)).toEqual(shared);
  expect(names("2015-04-16T08:59:59+09:00")).toEqual(["on-16", "on-27", "on-30"]);
  expect(names("2015-04-16T09:00:00+09:00")).toEqual(["on-27", "on-30"]);
});

describe("the rung owed", () => {
  const rungs = rungsFor("2015-04-17", instant("2015-04-01T10:00:00+09:00"));
  const owed = (now: string, ...sent: string[]) => owedRung(rungs, new Set(sent), instant(now))?.name;

  it.each([
    ["nothing before the first", "2015-04-03T08:59:59+09:00", [], undefined],
    ["the first at its instant", "2015-04-03T09:00:00+09:00", [], "remind-10"],
    ["nothing once it is sent", "2015-04-13T09:00:00+09:00", ["remind-10"], undefined],
    ["a lost one at the next tick", "2015-04-10T09:00:00+09:00", [], "remind-10"],
    ["the latest of several lost ones", "2015-04-20T09:00:00+09:00", ["remind-10"], "dun-1"],
    ["never the superseded ones afterwards", "2015-04-20T09:00:01+09:00", ["remind-10", "dun-1"], undefined],
    ["the last for good", "2015-06-30T09:00:00+09:00", [], "escalate-5"],
  ])("is %s", (_, now, sent, name) => {
    expect(owed(now, ...sent)).toBe(name);
  });
});

describe("a chase with days lost", () => {
  /** Ticks from the opening on, of which the worker misses some. */
  const ticksFrom = (openedAt: Instant, count: number): readonly Instant[] => {
    const ticks: Instant[] = [];
    for (let now = openedAt; ticks.length < count; ticks.push(now)) now = nextTick(now, sendWindow, calendar);
    return ticks;
  };
  const chase = () =>
    fc.record({
      opened: fc.integer({ min: 0, max: 16_000 }).map((days) => addDays(plainDate("2004-01-01"), days)),
      lead: fc.integer({ min: 0, max: 25 }),
      lost: fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
    });

  it("sends each rung at most once, the latest owed, on open days only, and nothing before the opening", () => {
    fc.assert(
      fc.property(chase(), ({ opened, lead, lost }) => {
        const openedAt = at(opened, plainTime("10:30"));
        const rungs = rungsFor(addDays(opened, lead), openedAt);
        const sent: { name: string; now: Instant }[] = [];
        for (const now of ticksFrom(openedAt, 60).filter((_, n) => lost[n] === false)) {
          const owed = owedRung(rungs, new Set(sent.map(({ name }) => name)), now);
          const reached = rungs.filter((one) => one.at <= now).at(-1);
          if (owed !== undefined) sent.push({ name: owed.name, now });
          // Whatever was lost: after a tick that ran nothing newer is owed than what has been sent last.
          expect(sent.at(-1)?.name).toBe(reached?.name);
        }
        expect(new Set(sent.map(({ name }) => name)).size).toBe(sent.length);
        expect(sent.every(({ now }) => now > openedAt && insideSendWindow(now, sendWindow, calendar))).toBe(
          true,
        );
        const order = sent.map(({ name }) => rungs.findIndex((one) => one.name === name));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
    );
  });

  it("loses no rung when no day is lost", () => {
    fc.assert(
      fc.property(chase(), ({ opened, lead }) => {
        const openedAt = at(opened, plainTime("10:30"));
        const rungs = rungsFor(addDays(opened, lead), openedAt);
        const sent: string[] = [];
        for (const now of ticksFrom(openedAt, 60)) {
          const owed = owedRung(rungs, new Set(sent), now);
          if (owed === undefined) continue;
          expect(owed.at).toBe(now);
          sent.push(owed.name);
        }
        expect(sent).toEqual(rungs.map(({ name }) => name));
      }),
    );
  });
});

describe("the next tick", () => {
  it.each([
    ["the same morning", "2015-04-17T08:59:59+09:00", "2015-04-17T09:00:00+09:00"],
    ["strictly later", "2015-04-16T09:00:00+09:00", "2015-04-17T09:00:00+09:00"],
    ["over a weekend", "2015-04-17T12:00:00+09:00", "2015-04-20T09:00:00+09:00"],
    ["over a holiday in the early morning", "2015-04-29T03:00:00+09:00", "2015-04-30T09:00:00+09:00"],
    ["over the turn of the year", "2014-12-26T16:00:00+09:00", "2015-01-05T09:00:00+09:00"],
  ])("is %s", (_, now, tick) => {
    expect(nextTick(instant(now), sendWindow, calendar)).toBe(tick);
  });

  it("is the first start of a window after now", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_400_000_000 }), (seconds) => {
        const now = addSeconds(instant("2004-01-01T00:00:00+09:00"), seconds);
        const tick = nextTick(now, sendWindow, calendar);
        expect(tick > now && insideSendWindow(tick, sendWindow, calendar)).toBe(true);
        for (let day = dateOf(now); day < dateOf(tick); day = addDays(day, 1))
          expect(isOpen(day, calendar) && at(day, sendWindow.from) > now).toBe(false);
      }),
    );
  });
});

describe("the send window", () => {
  it.each([
    ["2015-04-17T08:59:59+09:00", false],
    ["2015-04-17T09:00:00+09:00", true],
    ["2015-04-17T15:59:59+09:00", true],
    ["2015-04-17T16:00:00+09:00", false],
    ["2015-04-18T12:00:00+09:00", false],
    ["2015-04-29T12:00:00+09:00", false],
    ["2015-04-17T03:00:00Z", true],
  ])("at %s is open: %s", (now, open) => {
    expect(insideSendWindow(instant(now), sendWindow, calendar)).toBe(open);
  });
});

describe("what an item's ladder counts from", () => {
  const dueAt = instant("2015-04-17T17:00:00+09:00");
  const closeAt = instant("2015-05-01T17:00:00+09:00");
  const later = instant("2015-05-08T17:00:00+09:00");
  const content = { id: "", hash: sha256("a".repeat(64)) };
  const answer = { item: "", says: "value", why: null, content } as const;
  const returned = { is: "returned", answer, reason: "", returns: 1 } as const;
  it.each<[string, ItemState, Instant | undefined]>([
    ["of what is owed the due date", { is: "owed", until: closeAt }, dueAt],
    ["of what is owed longer than all else its own day", { is: "owed", until: later }, later],
    ["of a returned answer the day by which it is wanted", { ...returned, until: later }, later],
    ["also where that is the close", { ...returned, until: closeAt }, closeAt],
    ["of an answered item nothing", { is: "submitted", until: closeAt, answer, returns: 0 }, undefined],
    ["of a surveyed item nothing", { is: "surveying", until: closeAt, survey: "" }, undefined],
    ["of a settled item nothing", { is: "nil", answer }, undefined],
  ])("is %s", (_, item, expected) => {
    expect(ladderDueAt(item, { dueAt, closeAt })).toBe(expected);
  });
});

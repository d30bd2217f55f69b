import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { japaneseHolidays } from "../../plans/holidays.ts";
import {
  addBusinessDays,
  businessDaysBetween,
  calendarOf,
  isOpen,
  rollForward,
} from "../../domain/calendar.ts";
import { extend, pause, resume, shorten, termOf, type Term, type TermRules } from "../../domain/deadline.ts";
import { isRefused } from "../../domain/refusal.ts";
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
const rules: TermRules = { calendar, closingTime: plainTime("17:00"), closedDays: "next" };
const date = plainDate;
const seventeen = (day: string) => at(date(day), plainTime("17:00"));
const term = (dueOn: string, closeOn: string): Term => ({
  dueAt: seventeen(dueOn),
  closeAt: seventeen(closeOn),
});
const openDate = () =>
  fc.integer({ min: 0, max: 16_500 }).map((days) => rollForward(addDays(date("2004-01-05"), days), calendar));

describe("the term of a request", () => {
  it("with fixed days ends on them at the closing time", () => {
    const fixed = { is: "fixed", dueOn: date("2015-04-17"), closeOn: date("2015-05-01") } as const;
    expect(termOf({ term: fixed, openedOn: date("2015-04-01"), rules })).toEqual({
      dueAt: "2015-04-17T17:00:00+09:00",
      closeAt: "2015-05-01T17:00:00+09:00",
      why: { due: ["計画で定めた日"], close: ["計画で定めた日"] },
    });
  });

  it.each([
    ["next", "2015-04-30T17:00:00+09:00", "2015-05-07T17:00:00+09:00", "翌開庁日とする"],
    ["previous", "2015-04-28T17:00:00+09:00", "2015-05-01T17:00:00+09:00", "前開庁日とする"],
  ] as const)(
    "moves off a closed day to the %s business day, and says so",
    (closedDays, dueAt, closeAt, moved) => {
      const fixed = { is: "fixed", dueOn: date("2015-04-29"), closeOn: date("2015-05-05") } as const;
      expect(termOf({ term: fixed, openedOn: date("2015-04-01"), rules: { ...rules, closedDays } })).toEqual({
        dueAt,
        closeAt,
        why: {
          due: [`4月29日が閉庁日（昭和の日）のため、${moved}`],
          close: [`5月5日が閉庁日（こどもの日）のため、${moved}`],
        },
      });
    },
  );

  it("with counted days ends that many business days after the day it opens", () => {
    const counted = { is: "counted", dueBusinessDays: 8, closeBusinessDays: 10 } as const;
    expect(termOf({ term: counted, openedOn: date("2015-04-17"), rules })).toEqual({
      dueAt: "2015-04-30T17:00:00+09:00",
      closeAt: "2015-05-07T17:00:00+09:00",
      why: {
        due: ["照会の日の8開庁日後", "4月29日（昭和の日）を除く"],
        close: [
          "照会の日の10開庁日後",
          "4月29日（昭和の日）を除く",
          "5月4日（みどりの日）を除く",
          "5月5日（こどもの日）を除く",
          "5月6日（振替休日）を除く",
        ],
      },
    });
  });

  it("of a request opened and due on the same closed day moves like any other", () => {
    const now = { is: "counted", dueBusinessDays: 0, closeBusinessDays: 1 } as const;
    expect(termOf({ term: now, openedOn: date("2015-04-25"), rules })).toMatchObject({
      dueAt: "2015-04-27T17:00:00+09:00",
      closeAt: "2015-04-27T17:00:00+09:00",
      why: { due: ["照会の日の当日", "4月25日が閉庁日（土曜日）のため、翌開庁日とする"] },
    });
  });

  it("that would close before it is due is a mistake of the plan", () => {
    const wrong = { is: "fixed", dueOn: date("2015-04-17"), closeOn: date("2015-04-16") } as const;
    expect(() => termOf({ term: wrong, openedOn: date("2015-04-01"), rules })).toThrow(/correct the plan/);
  });
});

describe("an extension", () => {
  const asked = {
    term: term("2015-04-17", "2015-05-01"),
    newDueOn: date("2015-04-24"),
    reason: "集計に時間を要するため",
    askedAt: instant("2015-04-15T10:00:00+09:00"),
    now: instant("2015-04-15T10:00:00+09:00"),
    rules,
  };

  it("moves the close by as many business days as the due date", () => {
    expect(extend(asked)).toEqual(term("2015-04-24", "2015-05-13")); // five each, over 3 to 6 May
  });

  it.each([
    ["without a reason", { reason: " 　\n" }, "reason-missing"],
    ["asked for after the close", { askedAt: instant("2015-05-01T17:00:01+09:00") }, "closed"],
    ["to the same day", { newDueOn: date("2015-04-17") }, "not-later"],
    ["to an earlier day", { newDueOn: date("2015-04-16") }, "not-later"],
    [
      "to a later day that has passed already",
      { newDueOn: date("2015-04-20"), now: instant("2015-04-21T09:00:00+09:00") },
      "not-later",
    ],
    ["to a holiday", { newDueOn: date("2015-04-29") }, "closed-day"],
    ["to a Saturday", { newDueOn: date("2015-04-25") }, "closed-day"],
    ["to a year without known holidays", { newDueOn: date("2051-04-24") }, "closed-day"],
  ])("%s is refused", (_, change, code) => {
    expect(extend({ ...asked, ...change })).toEqual({ refused: code });
  });

  it("is possible to the last second before the close", () => {
    const late = { newDueOn: date("2015-05-08"), askedAt: instant("2015-05-01T17:00:00+09:00") };
    expect(extend({ ...asked, ...late })).toEqual(term("2015-05-08", "2015-05-21"));
  });

  it("that was asked for in time is granted also after the close, unless its own day has passed", () => {
    const late = { newDueOn: date("2015-05-08"), askedAt: instant("2015-05-01T16:00:00+09:00") };
    const after = instant("2015-05-07T10:00:00+09:00");
    expect(extend({ ...asked, ...late, now: after })).toEqual(term("2015-05-08", "2015-05-21"));
    const tooLate = instant("2015-05-08T17:00:00+09:00");
    expect(extend({ ...asked, ...late, now: tooLate })).toEqual({ refused: "not-later" });
  });

  it("never lets the close come before the due date, and both stay business days", () => {
    fc.assert(
      fc.property(openDate(), fc.nat(20), fc.integer({ min: 1, max: 60 }), (dueOn, grace, more) => {
        const before = term(dueOn, addBusinessDays(dueOn, grace, calendar));
        const newDueOn = addBusinessDays(dueOn, more, calendar);
        const after = extend({ ...asked, term: before, newDueOn, askedAt: before.dueAt, now: before.dueAt });
        if (isRefused(after)) throw new Error(after.refused);
        expect(after.dueAt).toBe(seventeen(newDueOn));
        const days = [dateOf(after.dueAt), dateOf(after.closeAt)] as const;
        expect(businessDaysBetween(...days, calendar)).toBe(grace);
        expect(days.every((day) => isOpen(day, calendar))).toBe(true);
      }),
    );
  });
});

describe("a shortening", () => {
  const asked = {
    term: term("2015-04-24", "2015-05-12"),
    newDueOn: date("2015-04-17"),
    reason: "本部の会議が早まったため",
    now: instant("2015-04-10T10:00:00+09:00"),
    rules,
  };

  it("moves the close by as many business days as the due date", () => {
    expect(shorten(asked)).toEqual(term("2015-04-17", "2015-04-30")); // five each, over 3 to 6 May
  });

  it.each([
    ["without a reason", { reason: "　" }, "reason-missing"],
    ["after the close", { now: instant("2015-05-12T17:00:01+09:00") }, "closed"],
    ["to the same day", { newDueOn: date("2015-04-24") }, "not-earlier"],
    ["to a later day", { newDueOn: date("2015-04-27") }, "not-earlier"],
    ["to a Saturday", { newDueOn: date("2015-04-18") }, "closed-day"],
    ["with four business days' notice", { newDueOn: date("2015-04-16") }, "notice-too-short"],
    ["on the day before", { newDueOn: date("2015-04-13") }, "notice-too-short"],
    ["after hours, when the day is over", { now: instant("2015-04-10T17:00:01+09:00") }, "notice-too-short"],
    ["on a Saturday, which is no notice", { now: instant("2015-04-11T10:00:00+09:00") }, "notice-too-short"],
  ])("%s is refused", (_, change, code) => {
    expect(shorten({ ...asked, ...change })).toEqual({ refused: code });
  });

  it("whenever and to whatever day leaves at least five business days, and the grace", () => {
    const days = fc.tuple(openDate(), fc.nat(15), fc.nat(40), fc.nat(60));
    fc.assert(
      fc.property(days, ([newDueOn, grace, earlier, before]) => {
        const dueOn = addBusinessDays(newDueOn, earlier + 1, calendar);
        const whole = term(dueOn, addBusinessDays(dueOn, grace, calendar));
        const now = addSeconds(seventeen(newDueOn), -86_400 * before);
        const after = shorten({ ...asked, term: whole, newDueOn, now });
        if (isRefused(after)) {
          expect(after.refused).toBe("notice-too-short");
          return;
        }
        expect(after.dueAt).toBe(seventeen(newDueOn));
        expect(businessDaysBetween(dateOf(now), newDueOn, calendar)).toBeGreaterThanOrEqual(5);
        expect(businessDaysBetween(newDueOn, dateOf(after.closeAt), calendar)).toBe(grace);
      }),
    );
  });
});

describe("a pause", () => {
  const running = term("2015-04-17", "2015-05-01");
  const monday = instant("2015-04-13T11:00:00+09:00");
  const reason = "事務局で照会事項を確認するため";

  it("keeps the business days that were left, whatever holidays lie in it", () => {
    const paused = pause({ term: running, reason, now: monday });
    if (isRefused(paused)) throw new Error(paused.refused);
    const resumed = resume({ paused, now: instant("2015-04-30T09:00:00+09:00"), rules });
    // Four business days from 13 April to the 17th; four from 30 April, over 3 to 6 May.
    expect(resumed).toEqual(term("2015-05-11", "2015-05-22"));
  });

  it("that ends on the day it began moves nothing", () => {
    const paused = pause({ term: running, reason, now: monday });
    if (isRefused(paused)) throw new Error(paused.refused);
    expect(resume({ paused, now: addSeconds(monday, 3600), rules })).toEqual(running);
  });

  it("is refused without a reason, after the close, and backwards", () => {
    expect(pause({ term: running, reason: "", now: monday })).toEqual({ refused: "reason-missing" });
    const late = instant("2015-05-01T17:00:01+09:00");
    expect(pause({ term: running, reason, now: late })).toEqual({ refused: "closed" });
    const paused = { ...running, pausedAt: monday };
    expect(resume({ paused, now: addSeconds(monday, -1), rules })).toEqual({ refused: "not-forward" });
  });

  it.each([
    ["on a Saturday", "2015-04-25T11:00:00+09:00", "2015-04-27"],
    ["after hours", "2015-04-24T17:00:01+09:00", "2015-04-27"],
    ["at the closing time", "2015-04-24T17:00:00+09:00", "2015-04-24"],
  ])("on the due day that ends %s never leaves an answer late", (_, now, dueOn) => {
    const paused = { ...running, pausedAt: instant("2015-04-17T16:00:00+09:00") };
    expect(resume({ paused, now: instant(now), rules })).toMatchObject({ dueAt: seventeen(dueOn) });
  });

  it("of a weekend only moves nothing", () => {
    const paused = { ...running, pausedAt: instant("2015-04-11T10:00:00+09:00") };
    expect(resume({ paused, now: instant("2015-04-12T10:00:00+09:00"), rules })).toEqual(running);
  });

  it("keeps the distance in business days wherever it begins and ends", () => {
    fc.assert(
      fc.property(openDate(), fc.nat(40), fc.nat(60), fc.nat(15), (dueOn, before, length, grace) => {
        const whole = term(dueOn, addBusinessDays(dueOn, grace, calendar));
        const pausedAt = addSeconds(whole.dueAt, -86_400 * before);
        const now = addSeconds(pausedAt, 86_400 * length);
        const resumed = resume({ paused: { ...whole, pausedAt }, now, rules });
        if (isRefused(resumed)) throw new Error(resumed.refused);
        const left = (from: Term, since: Instant) =>
          businessDaysBetween(rollForward(dateOf(since), calendar), dateOf(from.dueAt), calendar);
        expect(left(resumed, now)).toBe(left(whole, pausedAt));
        expect(businessDaysBetween(dateOf(resumed.dueAt), dateOf(resumed.closeAt), calendar)).toBe(grace);
      }),
    );
  });
});

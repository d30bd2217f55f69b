import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import holidayJp from "@holiday-jp/holiday_jp";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { japaneseHolidays } from "../../plans/holidays.ts";
import {
  addBusinessDays,
  businessDaysBetween,
  calendarOf,
  closedDaysOf,
  closedReason,
  explainAdd,
  explainRoll,
  fiscalYearOf,
  hasYear,
  isOpen,
  rollBack,
  rollForward,
} from "../../domain/calendar.ts";
import { addDays, plainDate } from "../../domain/time.ts";

const calendar = calendarOf(japaneseHolidays());
const date = plainDate;

/** Every business day of 2003–2050, found without our code: UTC days, the collection's dates and the law's text. */
const openDays: readonly string[] = (() => {
  const holidays = new Set(Object.keys(holidayJp.holidays));
  const days: string[] = [];
  for (let day = Date.UTC(2003, 0, 1); day < Date.UTC(2051, 0, 1); day += 86_400_000) {
    const at = new Date(day);
    const yearEnd =
      (at.getUTCMonth() === 11 && at.getUTCDate() >= 29) || (at.getUTCMonth() === 0 && at.getUTCDate() <= 3);
    const weekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
    const text = at.toISOString().slice(0, 10);
    if (!yearEnd && !weekend && !holidays.has(text)) days.push(text);
  }
  return days;
})();
const open = new Set(openDays);

const anyDate = () => fc.integer({ min: 0, max: 16_900 }).map((days) => addDays(date("2004-01-01"), days)); // to April 2050
const openDate = () => anyDate().map((day) => rollForward(day, calendar));
const distance = () => fc.integer({ min: -120, max: 120 });

describe("a day on which the offices are closed", () => {
  it.each([
    // 国民の休日, 祝日法 art. 3 (3): a working day between two holidays
    ["2009-09-22", "国民の休日"],
    ["2015-09-22", "国民の休日"],
    ["2026-09-22", "国民の休日"],
    ["2032-09-21", "国民の休日"],
    // 振替休日, art. 3 (2): the next day that is no holiday after one on a Sunday
    ["2009-05-06", "振替休日"],
    ["2015-05-06", "振替休日"],
    ["2027-03-22", "振替休日"],
    // 平成30年法律第99号: ten days in a row
    ["2019-04-27", "土曜日"],
    ["2019-04-28", "日曜日"],
    ["2019-04-29", "昭和の日"],
    ["2019-04-30", "国民の休日"],
    ["2019-05-01", "天皇の即位の日"],
    ["2019-05-02", "国民の休日"],
    ["2019-05-06", "振替休日"],
    ["2019-10-22", "即位礼正殿の儀の行われる日"],
    // moved for the games of 2020 and 2021
    ["2020-07-24", "スポーツの日"],
    ["2021-07-22", "海の日"],
    ["2021-08-09", "振替休日"],
    // 行政機関の休日に関する法律 art. 1 (1) 3
    ["2014-12-29", "年末年始"],
    ["2014-12-31", "年末年始"],
    ["2015-01-01", "元日"],
    ["2015-01-02", "年末年始"],
    ["2015-01-03", "年末年始"],
  ])("%s is one: %s", (day, reason) => {
    expect(closedReason(date(day), calendar)).toBe(reason);
    expect(isOpen(date(day), calendar)).toBe(false);
  });

  it.each([
    "2014-12-26",
    "2015-01-05",
    "2018-12-28",
    "2019-12-23",
    "2019-02-22",
    "2020-10-12",
    "2021-10-11",
    "2028-02-29",
  ])("%s is none", (day) => {
    expect(closedReason(date(day), calendar)).toBeUndefined();
  });

  it("is one exactly when the law says so, every day from 2004 to 2050", () => {
    const differing: string[] = [];
    for (let day = date("2004-01-01"); day < "2051-01-01"; day = addDays(day, 1))
      if (isOpen(day, calendar) !== open.has(day)) differing.push(day);
    expect(differing).toEqual([]);
  });

  it("is listed with its reason, in order", () => {
    const days = closedDaysOf(2026, calendar);
    expect(days).toHaveLength(365 - openDays.filter((day) => day.startsWith("2026")).length);
    expect(days.slice(0, 4).map(({ reason }) => reason)).toEqual(["元日", "年末年始", "年末年始", "日曜日"]);
    expect(days.map((day) => day.date)).toEqual(days.map((day) => day.date).toSorted());
  });

  it("can be a single one that an official adds", () => {
    const added = [...japaneseHolidays(), { date: date("2019-02-22"), name: "臨時閉庁日" }];
    expect(closedReason(date("2019-02-22"), calendarOf(added))).toBe("臨時閉庁日");
  });
});

describe("counting business days", () => {
  it.each([
    ["2015-04-24", 3, "2015-04-30"],
    ["2015-04-17", 10, "2015-05-07"],
    ["2014-12-26", 1, "2015-01-05"],
    ["2015-01-05", -1, "2014-12-26"],
    ["2019-04-26", 1, "2019-05-07"],
    ["2026-09-18", 1, "2026-09-24"],
    ["2027-03-19", 1, "2027-03-23"],
    ["2032-09-17", 1, "2032-09-23"],
    // from a closed day: it doesn't count itself
    ["2015-04-25", 1, "2015-04-27"],
    ["2015-04-25", -1, "2015-04-24"],
    ["2015-04-25", 0, "2015-04-25"],
  ])("%s and %i make %s", (from, n, to) => {
    expect(addBusinessDays(date(from), n, calendar)).toBe(to);
  });

  it("finds the n-th business day of a list made without it", () => {
    fc.assert(
      fc.property(anyDate(), distance(), (from, n) => {
        const after = openDays.findIndex((day) => day > from);
        const before = openDays.findLastIndex((day) => day < from);
        const expected = n > 0 ? openDays[after + n - 1] : openDays[before + n + 1];
        expect(addBusinessDays(from, n, calendar)).toBe(n === 0 ? from : expected);
      }),
    );
  });

  it("comes back from a business day when it is subtracted again", () => {
    fc.assert(
      fc.property(openDate(), distance(), (from, n) => {
        expect(addBusinessDays(addBusinessDays(from, n, calendar), -n, calendar)).toBe(from);
      }),
    );
  });

  it("is later for a later start or a larger distance", () => {
    fc.assert(
      fc.property(anyDate(), fc.nat(30), distance(), fc.nat(30), (from, days, n, more) => {
        const there = addBusinessDays(from, n, calendar);
        expect(addBusinessDays(addDays(from, days), n, calendar) >= there).toBe(true);
        if (n !== 0 && n + more !== 0) expect(addBusinessDays(from, n + more, calendar) >= there).toBe(true);
      }),
    );
  });

  it("has the distance between two days as its inverse", () => {
    fc.assert(
      fc.property(anyDate(), openDate(), distance(), (from, to, n) => {
        const near = rollForward(addDays(from, n), calendar);
        expect(addBusinessDays(from, businessDaysBetween(from, near, calendar), calendar)).toBe(near);
        if (n !== 0) expect(businessDaysBetween(from, addBusinessDays(from, n, calendar), calendar)).toBe(n);
        expect(businessDaysBetween(to, to, calendar)).toBe(0);
      }),
    );
  });

  it("refuses a part of a day", () => {
    expect(() => addBusinessDays(date("2015-04-24"), 0.5, calendar)).toThrow(RangeError);
  });
});

describe("rolling to a business day", () => {
  it("leaves a business day alone, and goes no further than the nearest one", () => {
    fc.assert(
      fc.property(anyDate(), (day) => {
        const [forward, back] = [rollForward(day, calendar), rollBack(day, calendar)];
        expect(forward).toBe(openDays.find((other) => other >= day));
        expect(back).toBe(openDays.findLast((other) => other <= day));
        expect([rollForward(forward, calendar), rollBack(back, calendar)]).toEqual([forward, back]);
      }),
    );
  });
});

describe("a year without known holidays", () => {
  const only2015 = calendarOf(japaneseHolidays().filter((holiday) => holiday.date.startsWith("2015")));

  it("is an error that names it and says what to do, never a year without holidays", () => {
    for (const ask of [
      () => isOpen(date("2014-06-02"), only2015),
      () => isOpen(date("2014-06-01"), only2015), // a Sunday
      () => addBusinessDays(date("2015-01-05"), -1, only2015),
      () => businessDaysBetween(date("2015-01-05"), date("2014-12-26"), only2015),
      () => rollBack(date("2015-01-01"), only2015),
      () => closedDaysOf(2014, only2015),
      () => explainAdd(date("2015-01-05"), -1, only2015),
    ])
      expect(ask).toThrow(/^no holidays are known for 2014: add /);
    expect(() => isOpen(date("2014-06-02"), only2015)).toThrow(RangeError);
    expect([hasYear(2014, only2015), hasYear(2015, only2015)]).toEqual([false, true]);
  });

  it("does not become known by a single day an official adds", () => {
    const added = calendarOf([{ date: date("2016-02-22"), name: "臨時閉庁日" }]);
    expect(() => isOpen(date("2016-02-23"), added)).toThrow(/2016/);
  });
});

describe("the why of a date", () => {
  it("names the days left out, but not the weekends everybody leaves out", () => {
    expect(explainAdd(date("2015-04-16"), 10, calendar)).toEqual({
      date: "2015-05-01",
      why: ["10開庁日後", "4月29日（昭和の日）を除く"],
    });
    expect(explainAdd(date("2015-04-24"), 3, calendar).why.join("。")).toBe(
      "3開庁日後。4月29日（昭和の日）を除く",
    );
  });

  it("counts back in the same words, and takes the turn of the year as one", () => {
    expect(explainAdd(date("2016-01-14"), -10, calendar)).toEqual({
      date: "2015-12-24",
      why: ["10開庁日前", "12月29日から1月3日まで（年末年始）を除く", "1月11日（成人の日）を除く"],
    });
    expect(explainAdd(date("2015-04-25"), 0, calendar)).toEqual({ date: "2015-04-25", why: ["当日"] });
  });

  it("gives the very date the count gives", () => {
    fc.assert(
      fc.property(anyDate(), distance(), (from, n) => {
        expect(explainAdd(from, n, calendar).date).toBe(addBusinessDays(from, n, calendar));
      }),
    );
  });

  it("says where a date on a closed day went, and nothing of one that stays", () => {
    expect(explainRoll(date("2015-04-29"), "next", calendar)).toEqual({
      date: "2015-04-30",
      why: ["4月29日が閉庁日（昭和の日）のため、翌開庁日とする"],
    });
    expect(explainRoll(date("2015-05-06"), "previous", calendar)).toEqual({
      date: "2015-05-01",
      why: ["5月6日が閉庁日（振替休日）のため、前開庁日とする"],
    });
    expect(explainRoll(date("2015-04-30"), "next", calendar).why).toEqual([]);
  });
});

describe("the fiscal year", () => {
  it.each([
    ["2015-03-31", 2014],
    ["2015-04-01", 2015],
    ["2015-12-31", 2015],
  ])("of %s is %i", (day, year) => {
    expect(fiscalYearOf(date(day))).toBe(year);
  });
});

describe("the calendar", () => {
  it("is plain JSON: a workflow's history gives back the same answers", () => {
    expect(JSON.parse(JSON.stringify(calendar))).toEqual(calendar);
  });

  it("answers the same wherever the machine stands", async () => {
    const script = fileURLToPath(new URL("../support/calendar-answers.ts", import.meta.url));
    const zones = ["UTC", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati"];
    const answers = await Promise.all(
      zones.map(async (zone) => {
        const run = promisify(execFile)(process.execPath, ["--import", "tsx", script], {
          env: { ...process.env, TZ: zone },
          maxBuffer: 1e7,
        });
        return JSON.parse((await run).stdout);
      }),
    );
    expect(new Set(answers.map(({ offset }) => offset)).size).toBe(4);
    expect(answers[0].dates).toHaveLength(3 * 47 * 12);
    for (const { dates } of answers) expect(dates).toEqual(answers[0].dates);
  }, 30_000);
});

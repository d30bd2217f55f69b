import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fiscalYear } from "../../domain/ids.ts";
import { addDays, instant, plainDate } from "../../domain/time.ts";
import { fiscalYearLabel, wareki, warekiTime, warekiWithWeekday } from "../../domain/wareki.ts";

describe("和暦", () => {
  it.each([
    ["1873-01-01", "明治6年1月1日"],
    ["1912-07-29", "明治45年7月29日"],
    ["1912-07-30", "大正元年7月30日"],
    ["1926-12-24", "大正15年12月24日"],
    ["1926-12-25", "昭和元年12月25日"],
    ["1989-01-07", "昭和64年1月7日"],
    ["1989-01-08", "平成元年1月8日"],
    ["1990-01-01", "平成2年1月1日"],
    ["2015-04-17", "平成27年4月17日"],
    ["2019-04-30", "平成31年4月30日"],
    ["2019-05-01", "令和元年5月1日"],
    ["2020-01-01", "令和2年1月1日"],
  ])("of %s is %s", (day, text) => {
    expect(wareki(plainDate(day))).toBe(text);
  });

  it("is what ICU writes for every day since the solar calendar", () => {
    const icu = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { dateStyle: "full", timeZone: "UTC" });
    const day = fc.integer({ min: 0, max: 119_000 }).map((days) => addDays(plainDate("1873-01-01"), days));
    fc.assert(
      fc.property(day, (date) => {
        expect(warekiWithWeekday(date).replace(/（(.)）/, "$1曜日")).toBe(icu.format(Date.parse(date)));
      }),
      { numRuns: 1000 },
    );
  });

  it("does not exist before the solar calendar", () => {
    expect(() => wareki(plainDate("1872-12-31"))).toThrow(RangeError);
  });

  it.each([
    ["2015-04-17T17:00:00+09:00", "平成27年4月17日（金）17時"],
    ["2015-04-19T09:05:59+09:00", "平成27年4月19日（日）9時5分"],
    ["2019-04-30T15:00:00Z", "令和元年5月1日（水）0時"],
  ])("of the instant %s is %s", (at, text) => {
    expect(warekiTime(instant(at))).toBe(text);
  });
});

describe("the label of a fiscal year", () => {
  it.each([
    [1988, "昭和63年度"],
    [1989, "平成元年度"],
    [2014, "平成26年度"],
    [2018, "平成30年度"],
    [2019, "令和元年度"], // 平成31年4月1日 関係省庁連絡会議申合せ, though its 1 April was 平成31年
    [2020, "令和2年度"],
    [2026, "令和8年度"],
  ])("%i is %s", (year, label) => {
    expect(fiscalYearLabel(fiscalYear(year))).toBe(label);
  });
});

import { describe, expect, it } from "vitest";
import { japaneseHolidays } from "../../plans/holidays.ts";
import { instant, plainDate, plainTime } from "../../domain/time.ts";
import { diaryOf } from "../../rehearsals/diary.ts";
import { reportPlan } from "../support/report-plan.ts";

const diary = diaryOf({ ...reportPlan, holidays: japaneseHolidays() }, plainTime("11:00"));

describe("a diary", () => {
  it.each([
    ["the same morning", "2015-04-17T09:00:00+09:00", 0, "2015-04-17T11:00:00+09:00"],
    ["their very hour", "2015-04-17T11:00:00+09:00", 0, "2015-04-17T11:00:00+09:00"],
    ["over the weekend once the hour is past", "2015-04-17T17:00:00+09:00", 0, "2015-04-20T11:00:00+09:00"],
    ["a closed day", "2015-04-29T00:00:00+09:00", 0, "2015-04-30T11:00:00+09:00"],
    ["business days later", "2015-04-30T17:00:00+09:00", 2, "2015-05-07T11:00:00+09:00"],
  ])("knows when work goes on after %s", (_, from, days, to) => {
    expect(diary.after(instant(from), days)).toBe(to);
  });

  it("moves a meeting on a closed day to the next business day", () => {
    expect(diary.on(plainDate("2015-06-27"))).toBe("2015-06-29T11:00:00+09:00");
    expect(diary.on(plainDate("2015-06-25"))).toBe("2015-06-25T11:00:00+09:00");
  });
});

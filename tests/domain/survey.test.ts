import { describe, expect, it } from "vitest";
import { calendarOf } from "../../domain/calendar.ts";
import { organisationId } from "../../domain/ids.ts";
import { decideSurvey, type Survey, type SurveyAct } from "../../domain/survey.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { japaneseHolidays } from "../../plans/holidays.ts";
import { actOf, contentOf, type Circumstances } from "../support/given-acts.ts";

const rules = { calendar: calendarOf(japaneseHolidays()), methods: [], grades: [] };
const survey: Survey = {
  id: "2014-survey-meti-1",
  request: "2014-data-meti",
  organisation: organisationId("meti"),
  opening: { survey: "2014-survey-meti-1", items: ["a"], cause: "silence", why: null },
  justification: "締切までに回答がなかった。",
  dueOn: plainDate("2015-05-26"),
  method: null,
  protocol: null,
  scope: null,
  end: null,
};
const planned: Survey = { ...survey, method: contentOf("聞き取り") };
const ended: Survey = { ...planned, end: { is: "found", content: contentOf("結果") } };
const on = instant("2015-05-07T10:00:00+09:00");
const plan = (dueOn: string) =>
  actOf("survey.plan", { content: contentOf("聞き取り"), dueOn: plainDate(dueOn) }, { at: on });
const conclude = (outcome: "found" | "impossible", when: Circumstances = {}) =>
  actOf("survey.conclude", { outcome, content: contentOf("結果") }, when);

describe("a survey", () => {
  it.each<[string, Survey, SurveyAct, Survey]>([
    [
      "gets a method and a due date",
      survey,
      plan("2015-05-29"),
      { ...planned, dueOn: plainDate("2015-05-29") },
    ],
    ["may be planned anew", planned, plan("2015-06-05"), { ...planned, dueOn: plainDate("2015-06-05") }],
    ["finds something", planned, conclude("found"), ended],
    [
      "finds that nothing can be known",
      planned,
      conclude("impossible", { reason: "記録がない。" }),
      { ...planned, end: { is: "impossible", reason: "記録がない。", content: contentOf("結果") } },
    ],
    [
      "is stopped, also before it has a method",
      survey,
      actOf("survey.stop", {}, { reason: "回答があった。" }),
      { ...survey, end: { is: "stopped", reason: "回答があった。", content: null } },
    ],
  ])("%s", (_, before, act, after) => {
    expect(decideSurvey(before, act, rules)).toEqual(after);
  });

  it.each<[string, string, Survey, SurveyAct]>([
    ["not-later", "a due date that is today", survey, plan("2015-05-07")],
    ["closed-day", "a Sunday", survey, plan("2015-05-31")],
    ["closed-day", "a day of a year whose holidays nobody knows", survey, plan("2515-05-31")],
    ["not-yet", "a result without a method", survey, conclude("found")],
    ["reason-missing", "impossible without a reason", planned, conclude("impossible")],
    ["reason-missing", "a stop without a reason", planned, actOf("survey.stop", {})],
    ["already-done", "a second end", ended, conclude("found")],
    ["already-done", "a plan after the end", ended, plan("2015-05-29")],
    ["already-done", "a stop after the end", ended, actOf("survey.stop", {}, { reason: "不要" })],
  ])("refuses as %s %s", (code, _, before, act) => {
    expect(decideSurvey(before, act, rules)).toEqual({ refused: code });
  });
});

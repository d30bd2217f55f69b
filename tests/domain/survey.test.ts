import { describe, expect, it } from "vitest";
import { calendarOf } from "../../domain/calendar.ts";
import { organisationId } from "../../domain/ids.ts";
import { isRefused } from "../../domain/refusal.ts";
import type { SurveyMethod } from "../../domain/survey-method.ts";
import {
  currentStep,
  decideSurvey,
  hearReply,
  repliesDueOn,
  responsible,
  withoutNeedless,
  type Survey,
  type SurveyAct,
} from "../../domain/survey.ts";
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

describe("a method of the plan", () => {
  const method: SurveyMethod = {
    key: "two-steps",
    label: "二段の調査",
    steps: [
      {
        key: "ask",
        label: "質問",
        by: "organisation",
        dueBusinessDays: 3,
        records: "回答",
        needs: "replies",
      },
      {
        key: "read",
        label: "資料",
        by: "secretariat",
        dueBusinessDays: 2,
        records: "資料名",
        needs: "sources",
      },
    ],
  };
  const graded = { ...rules, methods: [method], grades: ["a", "b"] };
  const meti = organisationId("meti");
  const asks = { respondents: [meti], questions: 1 };
  const choose = (more: object = { asks }) =>
    actOf(
      "survey.plan",
      { content: contentOf("方法"), dueOn: plainDate("2015-05-29"), method: "two-steps", ...more },
      { at: on },
    );
  const chosen = (): Survey => {
    const after = decideSurvey(survey, choose(), graded);
    if (isRefused(after)) throw new Error(after.refused);
    return after;
  };
  const asked = "2014-survey-meti-1-q1-meti";
  const replied = () => hearReply(chosen(), { request: asked, at: on, calendar: rules.calendar });
  const read = (sources: number) =>
    actOf("survey.step", { step: "read", content: contentOf("記録"), sources }, { at: on });

  it("brings its steps, the first one's day, and whom it asks", () => {
    const after = chosen();
    expect(after).toMatchObject({
      dueOn: "2015-05-12",
      protocol: { method: "two-steps", resultOn: "2015-05-29", asked: [{ request: asked, settled: false }] },
    });
    expect(currentStep(after)?.key).toBe("ask");
    expect(responsible(survey)).toBe("organisation");
    expect(repliesDueOn(method, on, rules.calendar)).toBe("2015-05-12");
  });

  it("goes on by itself once all replies are in, and hears no other", () => {
    const other = hearReply(chosen(), { request: "else", at: on, calendar: rules.calendar });
    expect(currentStep(other)?.key).toBe("ask");
    expect(currentStep(replied())?.key).toBe("read");
    expect(replied().dueOn).toBe("2015-05-11");
    expect(responsible(replied())).toBe("secretariat");
  });

  it("wants its result by the day it was promised, once all steps are done", () => {
    const after = decideSurvey(replied(), read(1), graded);
    expect(after).toMatchObject({ dueOn: "2015-05-29" });
  });

  it.each<[string, string, Survey, SurveyAct]>([
    ["unknown-method", "one the plan does not have", survey, choose({ method: "telepathy" })],
    ["unknown-method", "none, where there are some", survey, plan("2015-05-29")],
    ["nothing-given", "nobody to ask", survey, choose({})],
    ["given-twice", "the same twice", survey, choose({ asks: { respondents: [meti, meti], questions: 1 } })],
    ["not-yet", "a step before a method", survey, read(1)],
    ["other-step", "a step out of its turn", chosen(), read(1)],
    ["source-missing", "no source where one is needed", replied(), read(0)],
    ["steps-left", "a result before the last step", chosen(), conclude("found")],
  ])("refuses as %s %s", (code, _, before, act) => {
    expect(decideSurvey(before, act, graded)).toEqual({ refused: code });
  });

  it("takes a result only with a grade the plan knows, and a failure at any time with its reason", () => {
    const done = decideSurvey(replied(), read(1), graded);
    if (isRefused(done)) throw new Error(done.refused);
    expect(decideSurvey(done, conclude("found"), graded)).toEqual({ refused: "unknown-grade" });
    const graded1 = actOf("survey.conclude", { outcome: "found", content: contentOf("結果"), grade: "b" });
    expect(decideSurvey(done, graded1, graded)).toMatchObject({ end: { is: "found" } });
    const failed = conclude("impossible", { reason: "記録がない。" });
    expect(decideSurvey(chosen(), failed, graded)).toMatchObject({ end: { is: "impossible" } });
  });
});

describe("what a survey stands for", () => {
  const both: Survey = { ...survey, opening: { ...survey.opening, items: ["a", "b"] } };
  const change = (items: readonly string[], why: string | null = "範囲を絞る。") =>
    actOf("survey.change", { content: contentOf("範囲"), items }, { reason: why });
  const merge = (from: string, items: readonly string[], why: string | null = "同じ事項のため。") =>
    actOf("survey.merge", { from, items }, { reason: why });

  it("becomes less by a change, and more by a merger", () => {
    expect(decideSurvey(both, change(["b"]), rules)).toMatchObject({ opening: { items: ["b"] } });
    expect(decideSurvey(both, merge("2014-survey-mic-1", ["c"]), rules)).toMatchObject({
      opening: { items: ["a", "b", "c"] },
    });
  });

  it.each<[string, SurveyAct]>([
    ["reason-missing", change(["a"], null)],
    ["nothing-given", change([])],
    ["unknown-item", change(["z"])],
    ["given-twice", change(["a", "a"])],
    ["given-twice", merge("2014-survey-meti-1", ["c"])],
    ["reason-missing", merge("2014-survey-mic-1", ["c"], null)],
    ["nothing-given", merge("2014-survey-mic-1", [])],
  ])("refuses as %s", (code, act) => {
    expect(decideSurvey(both, act, rules)).toEqual({ refused: code });
  });

  it("shrinks by what was settled otherwise, and ends with the last of it", () => {
    const reason = "対象の照会項目が全て決着したため。";
    expect(withoutNeedless(both, { items: ["a"], reason })).toMatchObject({
      end: null,
      opening: { items: ["b"] },
    });
    expect(withoutNeedless(both, { items: ["a", "b"], reason })).toMatchObject({
      end: { is: "stopped" },
      opening: { items: ["a", "b"] },
    });
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSettled, type ItemState } from "../../domain/answer.ts";
import { isRefused } from "../../domain/refusal.ts";
import { decideRequest } from "../../domain/request-acts.ts";
import {
  concludeSurvey,
  nextDeadline,
  passDeadline,
  type Request,
  type RequestAct,
  type SurveyEnd,
} from "../../domain/request.ts";
import { addSeconds, instant } from "../../domain/time.ts";
import { actOf, read, says } from "../support/given-acts.ts";
import {
  rules,
  closeAt,
  closed,
  owed,
  request,
  submitted,
  returned,
  surveying,
  submit,
} from "../support/given-request.ts";

describe("silence", () => {
  it("has no consequence up to the last instant", () => {
    expect(passDeadline(request(), closeAt)).toEqual({ request: request(), opens: [] });
  });

  it("replaces data by surveys: one for what was never answered, one for what was not corrected", () => {
    const before = request({ a: owed, b: returned(says("b"), 1), c: submitted(says("c")), d: owed });
    expect(passDeadline(before, closed)).toEqual({
      request: {
        ...before,
        surveys: 2,
        items: {
          a: surveying("2014-r1-survey-meti-1"),
          b: surveying("2014-r1-survey-meti-2"),
          c: submitted(says("c")),
          d: surveying("2014-r1-survey-meti-1"),
        },
      },
      opens: [
        { survey: "2014-r1-survey-meti-1", items: ["a", "d"], cause: "silence", why: null },
        { survey: "2014-r1-survey-meti-2", items: ["b"], cause: "not-corrected", why: null },
      ],
    });
  });

  it("in a consultation is recorded as no comment, never as agreement", () => {
    const { request: after } = passDeadline(request({ a: owed }, { kind: "consultation" }), closed);
    expect(after.items["a"]).toEqual({
      is: "uncollected",
      reason: "期限までに意見の提出がありませんでした。",
    });
  });

  it("about a chapter waits for the secretariat", () => {
    const chapter = request({ a: owed }, { kind: "chapter" });
    expect(passDeadline(chapter, closed)).toEqual({ request: chapter, opens: [] });
  });

  it("is next looked for at the earliest deadline not passed yet", () => {
    const until = instant("2015-05-12T17:00:00+09:00");
    const before = request({ a: owed, b: returned(says("b"), 1, until), c: submitted(says("c")) });
    expect(nextDeadline(before, null)).toBe(closeAt);
    expect(nextDeadline(before, closeAt)).toBe(until);
    expect(nextDeadline(before, until)).toBeUndefined();
    expect(nextDeadline(request({ a: submitted(says("a")) }), null)).toBeUndefined();
  });
});

describe("the end of a survey", () => {
  const now = instant("2015-05-20T11:00:00+09:00");
  const survey = "2014-r1-survey-meti-1";
  const after = (end: SurveyEnd, items: Request["items"] = { a: surveying(), b: surveying("other") }) =>
    concludeSurvey(request(items), { survey, end, now, rules });

  it.each<[SurveyEnd, ItemState]>([
    [{ is: "found" }, { is: "surveyed", survey }],
    [
      { is: "impossible", reason: "調査によっても把握できない。" },
      { is: "uncollected", reason: "調査によっても把握できない。" },
    ],
    [
      { is: "stopped", reason: "数値が出せるとの連絡があった。" },
      { is: "owed", until: instant("2015-05-27T17:00:00+09:00") },
    ],
  ])("%o settles its items, or gives them back to the ministry", (end, a) => {
    expect(after(end).items).toEqual({ a, b: surveying("other") });
  });

  it("leaves alone what was answered meanwhile", () => {
    const items = { a: submitted(says("a")), b: { is: "nil", answer: says("b", "nil") } } as const;
    expect(after({ is: "found" }, items).items).toEqual(items);
  });

  it("that is stopped early leaves at least the request's own term", () => {
    const soon = instant("2015-04-06T11:00:00+09:00");
    const stopped = { survey, end: { is: "stopped", reason: "不要" }, now: soon, rules } as const;
    expect(concludeSurvey(request({ a: surveying() }), stopped).items).toEqual({ a: owed });
  });
});

describe("for any item", () => {
  const anySays = fc.constantFrom("value", "provisional", "nil", "not-applicable", "unmeasurable" as const);
  const anyOpen = fc.oneof(
    fc.constant(owed),
    anySays.map((what) => submitted(says("a", what))),
    fc.nat({ max: 3 }).map((returns) => returned(says("a"), returns)),
    fc.constant(surveying()),
  );
  const anyNow = fc
    .integer({ min: -3_000_000, max: 30_000_000 })
    .map((seconds) => addSeconds(closeAt, seconds));

  it("no silence, however long, settles data or a chapter", () => {
    fc.assert(
      fc.property(anyOpen, anyNow, fc.constantFrom("data", "chapter" as const), (item, now, kind) => {
        const { request: after } = passDeadline(request({ a: item }, { kind }), now);
        expect(Object.values(after.items).some(isSettled)).toBe(false);
      }),
    );
  });

  it("passing a deadline twice is passing it once", () => {
    fc.assert(
      fc.property(anyOpen, anyNow, (item, now) => {
        const once = passDeadline(request({ a: item }), now).request;
        expect(passDeadline(once, now)).toEqual({ request: once, opens: [] });
      }),
    );
  });

  it("what is settled stays as it is", () => {
    const answer = says("a");
    const anySettled = fc.constantFrom<ItemState>(
      { is: "value", answer },
      { is: "nil", answer },
      { is: "not-applicable", answer },
      { is: "surveyed", survey: "2014-r1-survey-meti-1" },
      { is: "uncollected", reason: "把握できない。" },
    );
    const acts: readonly RequestAct[] = [
      submit([answer]),
      actOf("request.accept", { items: [read(answer)] }),
      actOf("request.return", { items: [read(answer)] }, { reason: "再度" }),
      actOf("request.give-up", { items: ["a"] }, { reason: "断念" }),
    ];
    fc.assert(
      fc.property(anySettled, fc.constantFrom(...acts), anyNow, (item, act, now) => {
        const before = request({ a: item });
        expect(isRefused(decideRequest(before, act, rules))).toBe(true);
        expect(passDeadline(before, now).request).toEqual(before);
      }),
    );
  });
});

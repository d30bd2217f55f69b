import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSettled, type ItemState } from "../../domain/answer.ts";
import { businessDaysBetween } from "../../domain/calendar.ts";
import { isRefused } from "../../domain/refusal.ts";
import { decideRequest } from "../../domain/request-acts.ts";
import {
  concludeSurvey,
  isRequestSettled,
  needlessSurveys,
  nextDeadline,
  passDeadline,
  type Request,
  type RequestAct,
} from "../../domain/request.ts";
import { addSeconds, dateOf, instant, plainDate } from "../../domain/time.ts";
import { actOf, read, says } from "../support/given-acts.ts";
import {
  closeAt,
  closed,
  done,
  opened,
  owed,
  request,
  returned,
  rules,
  stateOf,
  submit,
  submitted,
  surveying,
} from "../support/given-request.ts";

const at = (raw: string) => instant(`2015-${raw}+09:00`);
const why = { reason: "事務局で照会事項を確認するため" };
const asked = { dueOn: plainDate("2015-04-24"), reason: "集計が終わらない。" };
const paused = { at: at("04-13T11:00:00"), reason: why.reason };
const pause = (when = paused.at) => actOf("request.pause", {}, { ...why, at: when });
const resume = (when: string) => actOf("request.resume", {}, { at: at(when) });
const shorten = (dueOn: string, when = opened) =>
  actOf("request.shorten", { dueOn: plainDate(dueOn) }, { ...why, at: when });
const withdraw = actOf("request.withdraw", {}, { reason: "他の調査で足りるため" });

describe("what is refused", () => {
  const held = request(undefined, { asked });
  const still = request({ a: submitted(says("a")), b: owed }, { paused });
  it.each<[string, Request, RequestAct]>([
    ["reason-missing", request(), actOf("request.pause", {})],
    ["already-done", still, pause()],
    ["closed", request(), pause(closed)],
    ["not-paused", request(), resume("04-14T10:00:00")],
    ["not-forward", still, resume("04-13T10:59:59")],
    ["paused", still, actOf("request.ask-extension", { dueOn: asked.dueOn }, why)],
    ["paused", { ...still, asked }, actOf("request.grant-extension", {})],
    ["paused", still, shorten("2015-04-16")],
    ["paused", still, actOf("request.return", { items: [read(says("a"))] }, why)],
    ["reason-missing", request(), actOf("request.shorten", { dueOn: plainDate("2015-04-16") })],
    ["not-earlier", request(), shorten("2015-04-17")],
    ["closed-day", request(), shorten("2015-04-12")],
    ["notice-too-short", request(), shorten("2015-04-16", at("04-10T09:00:00"))],
    ["closed", request(), shorten("2015-04-16", closed)],
    ["reason-missing", request(), actOf("request.withdraw", {})],
    ["paused", still, actOf("request.remind", {})],
    ["nothing-owed", request({ a: submitted(says("a")) }), actOf("request.remind", {})],
    ["not-later", held, actOf("request.grant-extension", {}, { at: at("04-24T17:00:00") })],
  ])("%s", (code, before, act) => {
    expect(decideRequest(before, act, rules)).toEqual({ refused: code });
  });
});

it("a reminder by hand moves nothing", () => {
  const before = request({ a: owed, b: submitted(says("b")) });
  expect(done(before, actOf("request.remind", {}))).toEqual({ request: before, opens: [] });
});

describe("an extension asked for in time and not answered by the close", () => {
  const late = at("05-08T10:00:00");
  const held = request(
    { a: owed, b: returned(says("b"), 1) },
    { asked: { ...asked, dueOn: plainDate("2015-05-15") } },
  );

  it("holds the close: no deadline passes, and answers are taken", () => {
    expect(nextDeadline(held, null)).toBeUndefined();
    expect(passDeadline(held, late)).toEqual({ request: held, opens: [] });
    expect(stateOf(done(held, submit([says("a")], { at: late })), "a")).toMatchObject({ is: "submitted" });
  });

  it("can be granted after the close", () => {
    const { request: after } = done(held, actOf("request.grant-extension", {}, { at: late }));
    expect(after).toMatchObject({ asked: null, dueAt: at("05-15T17:00:00") });
    expect(nextDeadline(after, null)).toBe(after.closeAt);
    expect(after.closeAt > late).toBe(true);
  });

  it("lets the close pass once it is refused", () => {
    const { request: after } = done(held, actOf("request.refuse-extension", {}, { ...why, at: late }));
    expect(nextDeadline(after, null)).toBe(closeAt);
    expect(passDeadline(after, late).opens.map(({ cause }) => cause)).toEqual(["silence", "not-corrected"]);
    expect(decideRequest(after, submit([says("a")], { at: late }), rules)).toEqual({ refused: "closed" });
  });
});

describe("a paused request", () => {
  const before = request({ a: owed, b: submitted(says("b")), c: { is: "nil", answer: says("c", "nil") } });
  const still = done(before, pause()).request;

  it("keeps its dates, and none of them passes", () => {
    expect(still).toEqual({ ...before, paused });
    expect(nextDeadline(still, null)).toBeUndefined();
    expect(passDeadline(still, at("06-30T10:00:00"))).toEqual({ request: still, opens: [] });
  });

  it("takes answers, also after the close it would have had, and lets them be accepted", () => {
    const { request: answered } = done(still, submit([says("a")], { at: at("05-20T10:00:00") }));
    const items = [read(says("a")), read(says("b"))];
    const { request: after } = done(
      answered,
      actOf("request.accept", { items }, { at: at("05-20T11:00:00") }),
    );
    expect(isRequestSettled(after)).toBe(true);
  });

  it("goes on with as many business days as were left, of each of its items", () => {
    const until = at("05-08T17:00:00");
    const own = request({ a: owed, b: returned(says("b"), 1, until) }, { paused });
    // 13 to 30 April is 12 business days without 昭和の日.
    expect(done(own, resume("04-30T09:00:00")).request).toEqual({
      ...own,
      paused: null,
      dueAt: at("05-11T17:00:00"),
      closeAt: at("05-22T17:00:00"),
      items: {
        a: { is: "owed", until: at("05-22T17:00:00") },
        b: { ...own.items["b"], until: at("05-26T17:00:00") },
      },
    });
  });

  it("moves nothing where it goes on the same day", () => {
    expect(done(still, resume("04-13T16:00:00")).request).toEqual(before);
  });

  it("can be paused again, and may have asked for more time before", () => {
    const twice = done(done({ ...before, asked }, pause()).request, resume("04-14T10:00:00")).request;
    expect(twice).toMatchObject({ paused: null, asked, dueAt: at("04-20T17:00:00") });
    const refused = actOf("request.refuse-extension", {}, why);
    expect(done({ ...still, asked }, refused).request).toEqual(still);
    expect(done(twice, pause(at("04-15T10:00:00"))).request.paused).toMatchObject({
      at: at("04-15T10:00:00"),
    });
  });

  it("gives what a stopped survey leaves its term from the end of the pause on", () => {
    const waiting = request({ a: surveying() }, { paused: { ...paused, at: at("04-30T10:00:00") } });
    const stopped = {
      survey: "2014-r1-survey-meti-1",
      end: { is: "stopped", reason: "不要" },
      rules,
    } as const;
    const back = concludeSurvey(waiting, { ...stopped, now: at("05-20T10:00:00") });
    const until = stateOf(done(back, resume("05-20T10:00:00")), "a");
    // Five business days from 20 May.
    expect(until).toEqual({ is: "owed", until: at("05-27T17:00:00") });
  });

  it("never has less time than before, whenever it goes on, nor is then late by the pause", () => {
    const seconds = fc.integer({ min: 0, max: 30 * 86_400 });
    fc.assert(
      fc.property(seconds, seconds, (begun, lasted) => {
        const start = addSeconds(opened, begun);
        const end = addSeconds(start, lasted);
        const decided = decideRequest(before, pause(start), rules);
        if (isRefused(decided)) return start > closeAt;
        const after = done(decided.request, actOf("request.resume", {}, { at: end })).request;
        const left = businessDaysBetween(dateOf(before.dueAt), dateOf(after.dueAt), rules.calendar);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(after.closeAt >= end).toBe(true);
        expect(nextDeadline(after, null)).toBe(after.closeAt);
        return true;
      }),
    );
  });
});

describe("a shortened request", () => {
  it("closes as many business days earlier, except what has a day of its own", () => {
    const until = at("05-12T17:00:00");
    const before = request({
      a: owed,
      b: returned(says("b"), 1, until),
      c: { is: "nil", answer: says("c", "nil") },
    });
    const { request: after } = done(before, shorten("2015-04-09"));
    const earlier = at("04-22T17:00:00");
    expect(after).toEqual({
      ...before,
      dueAt: at("04-09T17:00:00"),
      closeAt: earlier,
      items: { ...before.items, a: { is: "owed", until: earlier } },
    });
  });
});

describe("a withdrawn request", () => {
  it("asks for nothing any more; what was settled stays", () => {
    const nil: ItemState = { is: "nil", answer: says("c", "nil") };
    const before = request({ a: owed, b: surveying(), c: nil }, { asked, paused });
    const { request: after } = done(before, withdraw);
    const given = { is: "uncollected", reason: "照会を取り下げた。理由：他の調査で足りるため" };
    expect(after).toMatchObject({ asked: null, paused: null, items: { a: given, b: given, c: nil } });
    expect(isRequestSettled(after)).toBe(true);
  });

  it("ends from any state, whatever its kind", () => {
    const anyItem = fc.constantFrom<ItemState>(
      owed,
      submitted(says("a")),
      returned(says("a"), 1),
      surveying(),
    );
    const kinds = fc.constantFrom("data", "chapter", "consultation" as const);
    fc.assert(
      fc.property(anyItem, kinds, fc.boolean(), (item, kind, stands) => {
        const before = request({ a: item }, { kind, paused: stands ? paused : null });
        expect(Object.values(done(before, withdraw).request.items).every(isSettled)).toBe(true);
      }),
    );
  });
});

describe("a survey", () => {
  const opening = {
    survey: "2014-r1-survey-meti-1",
    items: ["a", "b"],
    cause: "silence",
    why: null,
  } as const;
  const needless = (items: Request["items"]) => needlessSurveys(request(items), [opening]);

  it("is needless once all it was opened for was settled in another way, and not before", () => {
    const nil: ItemState = { is: "nil", answer: says("a", "nil") };
    expect(needless({ a: surveying(), b: surveying() })).toEqual([]);
    expect(needless({ a: nil, b: surveying() })).toEqual([]);
    expect(needless({ a: nil, b: submitted(says("b")) })).toEqual([]);
    expect(needless({ a: nil, b: { is: "uncollected", reason: "断念" } })).toEqual([opening]);
  });
});

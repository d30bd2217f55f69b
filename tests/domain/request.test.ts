import { describe, expect, it } from "vitest";
import { decideRequest } from "../../domain/request-acts.ts";
import {
  changedItems,
  isRequestSettled,
  passDeadline,
  type Request,
  type RequestAct,
} from "../../domain/request.ts";
import { instant, plainDate, type Instant } from "../../domain/time.ts";
import { actOf, hashOf, read, says } from "../support/given-acts.ts";
import {
  rules,
  opened,
  closeAt,
  closed,
  owed,
  request,
  submitted,
  surveying,
  submit,
  done,
  stateOf,
} from "../support/given-request.ts";

describe("what a request refuses", () => {
  const answer = says("a");
  const why = { reason: "集計が終わらない。" };
  const term = request(
    { a: submitted(answer) },
    { asked: { dueOn: plainDate("2015-04-24"), reason: "遅延" } },
  );
  it.each<[string, Request, RequestAct]>([
    ["nothing-given", request(), submit([])],
    ["given-twice", request(), submit([answer, says("a", "nil")])],
    ["unknown-item", request(), submit([says("z")])],
    ["already-settled", request({ a: { is: "value", answer } }), submit([answer])],
    ["closed", request(), submit([answer], { at: closed })],
    ["data-only", request({ a: owed }, { kind: "chapter" }), submit([says("a", "unmeasurable", "x")])],
    ["data-only", request({ a: owed }, { kind: "consultation" }), submit([says("a", "not-applicable")])],
    ["already-done", request({ a: surveying() }), submit([says("a", "unmeasurable", "confidential")])],
    ["nothing-given", term, actOf("request.accept", { items: [] })],
    ["unknown-item", term, actOf("request.accept", { items: [read(says("z"))] })],
    ["not-submitted", request(), actOf("request.accept", { items: [read(answer)] })],
    ["other-version", term, actOf("request.accept", { items: [{ item: "a", hash: hashOf("older") }] })],
    ["reason-missing", term, actOf("request.return", { items: [read(answer)] })],
    ["not-submitted", request(), actOf("request.return", { items: [read(answer)] }, why)],
    ["reason-missing", request(), actOf("request.give-up", { items: ["a"] })],
    ["nothing-given", request(), actOf("request.give-up", { items: [] }, why)],
    ["unknown-item", request(), actOf("request.give-up", { items: ["z"] }, why)],
    [
      "already-settled",
      request({ a: { is: "nil", answer } }),
      actOf("request.give-up", { items: ["a"] }, why),
    ],
    ["reason-missing", request(), actOf("request.ask-extension", { dueOn: plainDate("2015-04-24") })],
    ["not-later", request(), actOf("request.ask-extension", { dueOn: plainDate("2015-04-17") }, why)],
    ["closed-day", request(), actOf("request.ask-extension", { dueOn: plainDate("2015-04-29") }, why)],
    [
      "closed",
      request(),
      actOf("request.ask-extension", { dueOn: plainDate("2015-05-15") }, { ...why, at: closed }),
    ],
    ["extension-pending", term, actOf("request.ask-extension", { dueOn: plainDate("2015-04-28") }, why)],
    ["no-extension", request(), actOf("request.grant-extension", {})],
    ["no-extension", request(), actOf("request.refuse-extension", {}, why)],
    ["reason-missing", term, actOf("request.refuse-extension", {})],
  ])("%s", (code, before, act) => {
    expect(decideRequest(before, act, rules)).toEqual({ refused: code });
  });

  it("nothing of an act whose one item it refuses", () => {
    const both = actOf("request.accept", { items: [read(answer), read(says("b"))] });
    expect(decideRequest(request({ a: submitted(answer), b: owed }), both, rules)).toEqual({
      refused: "not-submitted",
    });
  });
});

describe("an answer", () => {
  it("counts at the last instant, by when it was stored", () => {
    expect(stateOf(done(request(), submit([says("a")], { at: closeAt })), "a")).toEqual(submitted(says("a")));
  });

  it("replaces one that nobody has reviewed yet, and its returns stay counted", () => {
    const before = request({ a: submitted(says("a", "provisional"), 1) });
    expect(stateOf(done(before, submit([says("a")])), "a")).toEqual(submitted(says("a"), 1));
  });

  it.each([
    ["value", "value"],
    ["nil", "nil"],
    ["not-applicable", "not-applicable"],
  ] as const)("that says %s, once accepted, settles as %s", (what, settled) => {
    const answer = says("a", what);
    const decided = done(
      request({ a: submitted(answer) }),
      actOf("request.accept", { items: [read(answer)] }),
    );
    expect(stateOf(decided, "a")).toEqual({ is: settled, answer });
    expect(isRequestSettled(decided.request)).toBe(true);
  });

  it("that none can be given opens one survey for each reason", () => {
    const answers = [
      says("a", "unmeasurable", "no-statistics"),
      says("b", "unmeasurable", "confidential"),
      says("c", "unmeasurable", "no-statistics"),
    ];
    const decided = done(request({ a: owed, b: owed, c: owed }), submit(answers));
    expect(decided.opens).toEqual([
      {
        survey: "2014-r1-survey-meti-1",
        items: ["a", "c"],
        cause: "said-unmeasurable",
        why: "no-statistics",
      },
      { survey: "2014-r1-survey-meti-2", items: ["b"], cause: "said-unmeasurable", why: "confidential" },
    ]);
    expect(decided.request.surveys).toBe(2);
    expect(stateOf(decided, "b")).toEqual(surveying("2014-r1-survey-meti-2"));
  });

  it("in time although the engine was away over the close takes its item back from the survey", () => {
    const late = passDeadline(request({ a: owed }), closed).request;
    expect(stateOf(done(late, submit([says("a")], { at: closeAt })), "a")).toEqual(submitted(says("a")));
  });

  it("to a consultation needs no review", () => {
    const before = request({ a: owed, b: owed }, { kind: "consultation" });
    const decided = done(before, submit([says("a"), says("b", "nil")]));
    expect(stateOf(decided, "a")).toEqual({ is: "value", answer: says("a") });
    expect(stateOf(decided, "b")).toEqual({ is: "nil", answer: says("b", "nil") });
    expect(decided.opens).toEqual([]);
  });
});

describe("a return", () => {
  const answer = says("a");
  const back = (at: Instant) =>
    actOf("request.return", { items: [read(answer)] }, { at, reason: "内訳がない。" });

  it("gives five business days, or the rest of the term if that is longer", () => {
    const early = instant("2015-04-20T10:00:00+09:00");
    const late = instant("2015-04-30T18:00:00+09:00");
    const until = (at: Instant) => {
      const item = stateOf(done(request({ a: submitted(answer) }), back(at)), "a");
      return item?.is === "returned" ? item.until : undefined;
    };
    expect(until(early)).toBe(closeAt);
    // Over 憲法記念日, みどりの日, こどもの日 and the day off in place of the first, which was a Sunday.
    expect(until(late)).toBe("2015-05-12T17:00:00+09:00");
  });

  it("the second time turns to a survey instead", () => {
    const decided = done(request({ a: submitted(answer, 1), b: owed }), back(opened));
    expect(decided.opens).toEqual([
      { survey: "2014-r1-survey-meti-1", items: ["a"], cause: "returned-twice", why: null },
    ]);
    expect(stateOf(decided, "a")).toEqual(surveying());
  });

  it("of a chapter is asked for again however often", () => {
    const decided = done(request({ a: submitted(answer, 4) }, { kind: "chapter" }), back(opened));
    expect(decided.opens).toEqual([]);
    expect(stateOf(decided, "a")).toMatchObject({ is: "returned", returns: 5 });
  });
});

describe("an extension", () => {
  const asked = { dueOn: plainDate("2015-04-24"), reason: "集計が終わらない。" };

  it("is asked for, and moves nothing by itself", () => {
    const act = actOf("request.ask-extension", { dueOn: asked.dueOn }, { reason: asked.reason });
    expect(done(request(), act)).toEqual({ request: request(undefined, { asked }), opens: [] });
  });

  it("moves due date, close and all that is open, by as many business days", () => {
    const later = instant("2015-05-13T17:00:00+09:00");
    const before = request(
      { a: owed, b: submitted(says("b")), c: { is: "nil", answer: says("c", "nil") } },
      { asked },
    );
    const { request: after } = done(before, actOf("request.grant-extension", {}));
    expect(after).toEqual({
      ...before,
      asked: null,
      dueAt: "2015-04-24T17:00:00+09:00",
      closeAt: later,
      items: {
        ...before.items,
        a: { is: "owed", until: later },
        b: { ...submitted(says("b")), until: later },
      },
    });
  });

  it("is refused with a reason, and may be asked for again", () => {
    const { request: after } = done(
      request(undefined, { asked }),
      actOf("request.refuse-extension", {}, { reason: "間に合わない。" }),
    );
    expect(after).toEqual(request());
  });
});

describe("items", () => {
  it("whose state an act moved are told from the others", () => {
    const before = request({ a: owed, b: owed });
    expect(changedItems(before, done(before, submit([says("a")])).request)).toEqual(["a"]);
  });

  it("are given up with the reason that the report prints", () => {
    const act = actOf("request.give-up", { items: ["a"] }, { reason: "制度が廃止された。" });
    const before = request({ a: surveying(), b: owed });
    expect(stateOf(done(before, act), "a")).toEqual({ is: "uncollected", reason: "制度が廃止された。" });
  });
});

import { describe, expect, it } from "vitest";
import type { ItemState } from "../../domain/answer.ts";
import { organisationId } from "../../domain/ids.ts";
import { decideRequest } from "../../domain/request-acts.ts";
import { isRequestSettled, leftAtClose, nextDeadline, passDeadline } from "../../domain/request.ts";
import { addSeconds, instant } from "../../domain/time.ts";
import { actOf, read, says } from "../support/given-acts.ts";
import {
  closeAt,
  closed,
  done,
  owed,
  request,
  returned,
  rules,
  stateOf,
  submit,
  submitted,
  surveying,
} from "../support/given-request.ts";

/** Provisional and failing answers, and what is asked again. */

const provisional = says("a", "provisional");
const kept: ItemState = { is: "provisional", until: closeAt, answer: provisional, returns: 0 };
const bad = { ...says("a"), failing: ["at-least-none"] };
const failing: ItemState = { is: "failing", until: closeAt, answer: bad, checks: bad.failing, returns: 0 };
const accept = (given: typeof provisional, asFinal?: true) =>
  actOf("request.accept", { items: [read(given)], ...(asFinal && { asFinal }) });
const why = { reason: "内訳がない。" };

describe("a provisional value", () => {
  it("is kept, and is not settled", () => {
    const decided = done(request({ a: owed }), submit([provisional]));
    expect(stateOf(decided, "a")).toEqual(kept);
    expect(isRequestSettled(decided.request)).toBe(false);
  });

  it("becomes final by the organisation's final value, also after the close", () => {
    const late = submit([says("a")], { at: addSeconds(closeAt, 86_400) });
    expect(stateOf(done(request({ a: kept }), late), "a")).toEqual(submitted(says("a")));
  });

  it("is accepted only where the secretariat says that it is final", () => {
    expect(decideRequest(request({ a: kept }), accept(provisional), rules)).toEqual({
      refused: "provisional",
    });
    expect(stateOf(done(request({ a: kept }), accept(provisional, true)), "a")).toEqual({
      is: "value",
      answer: provisional,
    });
  });

  it("can be returned", () => {
    const back = actOf("request.return", { items: [read(provisional)] }, why);
    expect(stateOf(done(request({ a: kept }), back), "a")).toMatchObject({ is: "returned", returns: 1 });
  });

  it("neither settles nor turns to a survey by the close: it is left to the secretariat", () => {
    const before = request({ a: kept });
    expect(nextDeadline(before, null)).toBe(closeAt);
    const { request: after, opens } = passDeadline(before, closed);
    expect([after, opens]).toEqual([before, []]);
    expect(leftAtClose(after, closed)).toEqual(["a"]);
    expect(leftAtClose(after, closeAt)).toEqual([]);
    expect(nextDeadline(after, closeAt)).toBeUndefined();
  });
});

describe("an answer that is handed in as it is", () => {
  it("is kept with the checks it fails, and is no answer that could be reviewed", () => {
    const decided = done(request({ a: owed }), submit([bad]));
    expect(stateOf(decided, "a")).toEqual(failing);
    expect(decideRequest(decided.request, accept(bad), rules)).toEqual({ refused: "not-submitted" });
  });

  it("is replaced by one that fails none", () => {
    expect(stateOf(done(request({ a: failing }), submit([says("a")])), "a")).toEqual(submitted(says("a")));
  });

  it("turns to a survey at the close", () => {
    const { request: after, opens } = passDeadline(request({ a: failing, b: owed }), closed);
    expect(opens).toEqual([
      { survey: "2014-r1-survey-meti-1", items: ["b"], cause: "silence", why: null },
      { survey: "2014-r1-survey-meti-2", items: ["a"], cause: "failed-check", why: null },
    ]);
    expect(after.items["a"]).toEqual(surveying("2014-r1-survey-meti-2"));
  });

  it("ends no survey, and is of data only", () => {
    expect(decideRequest(request({ a: surveying() }), submit([bad]), rules)).toEqual({
      refused: "already-done",
    });
    expect(decideRequest(request({ a: owed }, { kind: "chapter" }), submit([bad]), rules)).toEqual({
      refused: "data-only",
    });
  });
});

describe("a return", () => {
  const both = request({ a: submitted(says("a")), b: submitted(says("b")) });
  it("gives each answer its own reason, or the act's", () => {
    const items = [{ ...read(says("a")), reason: "単位が異なる。" }, read(says("b"))];
    const decided = done(both, actOf("request.return", { items }, why));
    expect(stateOf(decided, "a")).toMatchObject({ is: "returned", reason: "単位が異なる。" });
    expect(stateOf(decided, "b")).toMatchObject({ is: "returned", reason: "内訳がない。" });
  });

  it("leaves none without a reason", () => {
    const items = [{ ...read(says("a")), reason: "単位が異なる。" }, read(says("b"))];
    expect(decideRequest(both, actOf("request.return", { items }), rules)).toEqual({
      refused: "reason-missing",
    });
  });
});

describe("a reassignment", () => {
  const other = says("a", "not-applicable");
  const to = organisationId("mic");
  const reassign = (at = instant("2015-04-06T10:00:00+09:00")) =>
    actOf("request.reassign", { items: [read(other)], to }, { at });

  it("settles the item here and asks it of the other, due like this one", () => {
    const decided = done(request({ a: submitted(other), b: owed }), reassign());
    expect(stateOf(decided, "a")).toEqual({ is: "not-applicable", answer: other, handedTo: to });
    expect(stateOf(decided, "b")).toEqual(owed);
    expect(decided.handsOn).toEqual({
      request: "2014-r1-data-mic-from-meti-1",
      organisation: "mic",
      dueAt: "2015-04-20T17:00:00+09:00",
      closeAt: "2015-05-07T17:00:00+09:00",
      items: [{ item: "2014-r1-data-mic-from-meti-1/a", from: "a" }],
    });
  });

  it("leaves whoever is asked late ten business days", () => {
    const decided = done(request({ a: submitted(other) }), reassign(instant("2015-04-30T10:00:00+09:00")));
    expect(decided.handsOn?.dueAt).toBe("2015-05-19T17:00:00+09:00");
  });

  it("numbers the requests that it opens", () => {
    const again = done(request({ a: submitted(other) }, { handedOn: 1 }), reassign());
    expect(again.handsOn?.request).toBe("2014-r1-data-mic-from-meti-2");
  });

  it.each([
    ["not-disclaimed", request({ a: submitted(says("a")) }), read(says("a")), "mic"],
    ["not-submitted", request({ a: owed }), read(other), "mic"],
    ["other-version", request({ a: submitted(other) }), read(says("a")), "mic"],
    ["already-done", request({ a: submitted(other) }), read(other), "meti"],
    ["unknown-item", request({ b: owed }), read(other), "mic"],
  ])("is refused: %s", (code, before, item, organisation) => {
    const act = actOf("request.reassign", { items: [item], to: organisationId(organisation) });
    expect(decideRequest(before, act, rules)).toEqual({ refused: code });
  });
});

describe("a reopening", () => {
  const answer = says("a");
  const settled: ItemState = { is: "value", answer };
  const reopen = (items: readonly string[], reason: string | null = "報告の値が改まった。") =>
    actOf("request.reopen", { items }, { reason });

  it("opens one item and no other", () => {
    const before = request({ a: settled, b: { is: "uncollected", reason: "廃止" }, c: owed });
    const decided = done(before, reopen(["a"]));
    expect(stateOf(decided, "a")).toEqual({
      ...returned(answer, 0),
      reason: "報告の値が改まった。",
    });
    expect(stateOf(decided, "b")).toBe(before.items["b"]);
    expect(stateOf(done(before, reopen(["b"])), "b")).toEqual(owed);
  });

  it.each([
    ["not-settled", request({ a: owed }), reopen(["a"])],
    ["reason-missing", request({ a: settled }), reopen(["a"], null)],
    ["nothing-given", request({ a: settled }), reopen([])],
    ["unknown-item", request({ a: settled }), reopen(["z"])],
    [
      "handed-on",
      request({ a: { is: "not-applicable", answer, handedTo: organisationId("mic") }, b: owed }),
      reopen(["a"]),
    ],
    ["paused", request({ a: settled }, { paused: { at: closeAt, reason: "確認" } }), reopen(["a"])],
  ])("is refused: %s", (code, before, act) => {
    expect(decideRequest(before, act, rules)).toEqual({ refused: code });
  });
});

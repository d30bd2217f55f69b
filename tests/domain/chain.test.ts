import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GivenAnswer } from "../../domain/acts.ts";
import { organisationId, personId } from "../../domain/ids.ts";
import { isRefused } from "../../domain/refusal.ts";
import { decideRequest } from "../../domain/request-acts.ts";
import type { Request, RequestAct } from "../../domain/request.ts";
import { addSeconds, instant, plainDate } from "../../domain/time.ts";
import { actOf, read, says, type Circumstances } from "../support/given-acts.ts";
import { closeAt, owed, request, rules, submit, submitted, surveying } from "../support/given-request.ts";

/** 組織内の手順: who may do what to which item, and that nothing gets out which was not signed off. */

const whole = request({ a: owed, b: owed }, { chain: "signed-off" });
const dueOn = plainDate("2015-04-14");
const contact = (person: string, more: Circumstances = {}): Circumstances => ({
  person,
  role: "contact",
  organisation: "meti",
  ...more,
});
const allocate = (items: readonly string[], more: { dueOn?: string; officer?: string } = {}) =>
  actOf(
    "request.allocate",
    {
      items,
      officer: personId(more.officer ?? "officer"),
      dueOn: more.dueOn === undefined ? dueOn : plainDate(more.dueOn),
    },
    contact("window"),
  );
const prepare = (answer: GivenAnswer, person = "officer") =>
  actOf("request.prepare", { answers: [answer] }, contact(person));
const signOff = (answer: GivenAnswer, person = "confirmer") =>
  actOf("request.sign-off", { items: [read(answer)] }, contact(person));
const sendBack = (answer: GivenAnswer, reason: string | null = "根拠を示すこと。") =>
  actOf("request.send-back", { items: [read(answer)] }, contact("confirmer", { reason }));

const after = (before: Request, ...acts: readonly RequestAct[]): Request =>
  acts.reduce((state, act) => {
    const decided = decideRequest(state, act, rules);
    if (isRefused(decided)) throw new Error(`${act.name}: ${decided.refused}`);
    return decided.request;
  }, before);
const outcome = (before: Request, act: RequestAct): string => {
  const decided = decideRequest(before, act, rules);
  return isRefused(decided) ? decided.refused : "done";
};

const one = says("a");
const other = says("a", "nil");

describe("the way of an answer through its organisation", () => {
  it("ends in an answer that is exactly what was prepared and signed off, and leaves nothing behind", () => {
    const done = after(whole, allocate(["a"]), prepare(one), signOff(one), submit([one]));
    expect(done.items["a"]).toEqual(submitted(one));
    expect(done.inner).toEqual({});
  });

  it("is no answer before it is submitted: it stays owed, and no survey opens for what can't be measured", () => {
    const hard = says("a", "unmeasurable", "no-statistics");
    const prepared = after(whole, allocate(["a"]), prepare(hard), signOff(hard));
    expect(prepared.items).toEqual(whole.items);
    expect(prepared.surveys).toBe(0);
    expect(after(prepared, submit([hard])).items["a"]?.is).toBe("surveying");
  });

  it("goes round again after a return inside, with the reason", () => {
    const back = after(whole, allocate(["a"]), prepare(one), sendBack(one));
    expect(back.inner?.["a"]).toMatchObject({ is: "sent-back", reason: "根拠を示すこと。", answer: one });
    const again = after(back, prepare(other), signOff(other));
    expect(outcome(again, submit([one]))).toBe("not-signed-off");
    expect(outcome(again, submit([other]))).toBe("done");
  });

  const allocated = after(whole, allocate(["a"]));
  const prepared = after(allocated, prepare(one));
  const signed = after(prepared, signOff(one));
  it.each<[string, Request, RequestAct, string]>([
    ["nothing allocated", whole, allocate([]), "nothing-given"],
    ["what is not asked", whole, allocate(["c"]), "unknown-item"],
    ["a closed day", whole, allocate(["a"], { dueOn: "2015-04-12" }), "closed-day"],
    ["a day that has passed", whole, allocate(["a"], { dueOn: "2015-04-09" }), "not-later"],
    ["the day itself, its hour still to come", whole, allocate(["a"], { dueOn: "2015-04-10" }), "done"],
    ["the request's own due date", whole, allocate(["a"], { dueOn: "2015-04-17" }), "done"],
    ["a day after the request is due", whole, allocate(["a"], { dueOn: "2015-04-20" }), "beyond-due"],
    ["again, to somebody else", signed, allocate(["a"], { officer: "other" }), "done"],
    ["preparing what nobody has allocated", whole, prepare(one), "not-allocated"],
    ["preparing what is another's", allocated, prepare(one, "other"), "not-allocated"],
    ["preparing anew what is signed off", signed, prepare(other), "done"],
    ["signing off nothing", allocated, signOff(one), "not-prepared"],
    ["signing off another version", prepared, signOff(other), "other-version"],
    ["signing off one's own", prepared, signOff(one, "officer"), "contributed"],
    ["signing off twice", signed, signOff(one), "not-prepared"],
    ["sending back without a reason", prepared, sendBack(one, null), "reason-missing"],
    ["sending back what was signed off", signed, sendBack(one), "done"],
    ["sending back nothing", allocated, sendBack(one), "not-prepared"],
    ["submitting what is only prepared", prepared, submit([one]), "not-signed-off"],
    ["submitting past the chain", whole, submit([one]), "not-signed-off"],
    ["submitting another answer", signed, submit([other]), "not-signed-off"],
    ["submitting more than is signed off", signed, submit([one, says("b")]), "not-signed-off"],
    ["a chain where one step answers", request(), allocate(["a"]), "one-step"],
    ["one step where one step answers", request(), submit([one]), "done"],
  ])("%s", (_, before, act, expected) => {
    expect(outcome(before, act)).toBe(expected);
  });

  it("counts an inner deadline against the day a returned answer is wanted by, once the request is due", () => {
    const late = { ...whole, dueAt: instant("2015-04-09T17:00:00+09:00") };
    expect(outcome(late, allocate(["a"], { dueOn: "2015-05-01" }))).toBe("done");
    expect(outcome(late, allocate(["a"], { dueOn: "2015-05-07" }))).toBe("beyond-due");
  });
});

describe("代理入力", () => {
  const enter = (answers: readonly GivenAnswer[], reason: string | null = "電話により回答を受けたため。") =>
    actOf("request.enter", { answers, of: personId("meti-window") }, { person: "nisc-1", reason });
  const accept = (person: string) => actOf("request.accept", { items: [read(one)] }, { person });

  it("keeps who entered it, who neither accepts nor returns it himself", () => {
    const entered = after(request(), enter([one]));
    expect(entered.items["a"]).toMatchObject({ is: "submitted", enteredBy: "nisc-1" });
    expect(outcome(entered, accept("nisc-1"))).toBe("contributed");
    const back = { items: [read(one)] };
    const giveBack = (person: string) => actOf("request.return", back, { person, reason: "内訳がない。" });
    expect([outcome(entered, giveBack("nisc-1")), outcome(entered, giveBack("nisc-2"))]).toEqual([
      "contributed",
      "done",
    ]);
    expect(after(entered, accept("nisc-2")).items["a"]?.is).toBe("value");
  });

  it("is not handed on to another organisation by who entered it", () => {
    const disclaimed = says("a", "not-applicable");
    const entered = after(request(), enter([disclaimed]));
    const handOn = (person: string) =>
      actOf("request.reassign", { items: [read(disclaimed)], to: organisationId("mic") }, { person });
    expect([outcome(entered, handOn("nisc-1")), outcome(entered, handOn("nisc-2"))]).toEqual([
      "contributed",
      "done",
    ]);
  });

  it("does not take the place of a survey, or leave it, by who entered it", () => {
    const entered = after(request({ a: surveying() }), {
      ...enter([one]),
      at: addSeconds(closeAt, 86_400),
    });
    expect(entered.items["a"]).toMatchObject({ is: "surveying", offered: one, enteredBy: "nisc-1" });
    for (const name of ["request.take-late", "request.leave-late"] as const) {
      const choose = (person: string) =>
        actOf(name, { items: [read(one)] }, { person, reason: "調査の結果による。" });
      expect([name, outcome(entered, choose("nisc-1")), outcome(entered, choose("nisc-2"))]).toEqual([
        name,
        "contributed",
        "done",
      ]);
    }
  });

  it("needs a reason, is no opinion's, and ends what was under way inside", () => {
    expect(outcome(request(), enter([one], null))).toBe("reason-missing");
    expect(outcome(request(undefined, { kind: "consultation" }), enter([one]))).toBe("data-only");
    const inside = after(whole, allocate(["a", "b"]), prepare(one), enter([one]));
    expect(Object.keys(inside.inner ?? {})).toEqual(["b"]);
  });

  it("leaves the organisation free to answer anew, which is its own again", () => {
    const again = after(request(), enter([one]), submit([other]));
    expect(again.items["a"]).toEqual(submitted(other));
    expect(outcome(again, actOf("request.accept", { items: [read(other)] }, { person: "nisc-1" }))).toBe(
      "done",
    );
  });
});

const people = ["officer", "other", "confirmer", "window"] as const;
const answers = [says("a"), says("a", "nil"), says("b"), says("b", "nil")] as const;
const anyStep = fc.oneof(
  fc.constantFrom(allocate(["a"]), allocate(["b"]), allocate(["a"], { officer: "other" })),
  fc.tuple(fc.constantFrom(...answers), fc.constantFrom(...people)).map(([one, who]) => prepare(one, who)),
  fc.tuple(fc.constantFrom(...answers), fc.constantFrom(...people)).map(([one, who]) => signOff(one, who)),
  fc.constantFrom(...answers).map((one) => sendBack(one)),
  fc.constantFrom(...answers).map((one) => submit([one], contact("window"))),
);

describe("whatever people do, in whatever order", () => {
  it("what gets out was prepared by one person and signed off by another, in that very version", () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40 }), (acts) => {
        const prepared = new Map<string, string>();
        const signed = new Map<string, string>();
        let state = whole;
        for (const act of acts) {
          const decided = decideRequest(state, act, rules);
          if (isRefused(decided)) continue;
          state = decided.request;
          const keyOf = ({ item, content }: GivenAnswer): string => `${item} ${content.hash}`;
          if (act.name === "request.prepare")
            for (const answer of act.args.answers) prepared.set(keyOf(answer), act.actor.person);
          if (act.name === "request.sign-off")
            for (const { item, hash } of act.args.items) signed.set(`${item} ${hash}`, act.actor.person);
          if (act.name !== "request.submit") continue;
          for (const answer of act.args.answers) {
            expect(signed.get(keyOf(answer))).toBeDefined();
            expect(signed.get(keyOf(answer))).not.toBe(prepared.get(keyOf(answer)));
          }
        }
      }),
    );
  });

  it("nothing inside moves an item: only what is submitted does", () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40 }), (acts) => {
        let state = whole;
        for (const act of acts) {
          const decided = decideRequest(state, act, rules);
          if (isRefused(decided)) continue;
          if (act.name !== "request.submit") expect(decided.request.items).toBe(state.items);
          state = decided.request;
        }
      }),
    );
  });
});

import type { GivenAnswer, ReviewedItem } from "./acts.ts";
import type { Says } from "./says.ts";
import { isSettled, type ItemState } from "./answer.ts";
import { decideChain, isSignedOff, withoutInner, type ChainAct } from "./chain.ts";
import type { RequestKind } from "./plan.ts";
import { isRefused, refuse, type Refused } from "./refusal.ts";
import {
  decided,
  freshTerm,
  laterOf,
  openSurveys,
  standsStill,
  withItems,
  type Decided,
  type Request,
  type RequestAct,
  type RequestRules,
} from "./request.ts";
import { reassign, reopen } from "./request-again.ts";
import { lateAnswer, leaveLate, takeLate } from "./late-answers.ts";
import { decideTerm } from "./request-terms.ts";
import type { Instant } from "./time.ts";
import { notComparable, returnedTwice, saidUnmeasurable, type Compared } from "./unmeasurable.ts";

const answerable = (
  request: Request,
  item: ItemState,
  at: Instant,
): Refused<"already-settled" | "closed"> | undefined => {
  if (isSettled(item)) return refuse("already-settled");
  // The final value was promised, and no survey has taken its place.
  if (item.is === "provisional") return undefined;
  // Late is late, but a survey that is still running can be spared by it.
  if (item.is === "surveying") return undefined;
  return "until" in item && item.until < at && !standsStill(request) ? refuse("closed") : undefined;
};

/** Only data can be provisional, somebody else's affair or not to be had. */
const takes = (kind: RequestKind, says: Says): boolean => {
  switch (says) {
    case "value":
    case "nil":
      return true;
    case "provisional":
    case "not-applicable":
    case "unmeasurable":
      return kind === "data";
  }
};

type Given = RequestAct & { name: "request.submit" | "request.prepare" | "request.enter" };
const give = (request: Request, act: Given): Decided | Refused => {
  const { answers } = act.args;
  if (answers.length === 0) return refuse("nothing-given");
  if (new Set(answers.map(({ item }) => item)).size < answers.length) return refuse("given-twice");
  const changed: Record<string, ItemState> = {};
  for (const answer of answers) {
    const was = request.items[answer.item];
    if (was === undefined) return refuse("unknown-item");
    const refusal = answerable(request, was, act.at);
    if (refusal !== undefined) return refusal;
    if (!takes(request.kind, answer.says)) return refuse("data-only");
    if (answer.failing !== undefined && request.kind !== "data") return refuse("data-only");
    // What is no answer ends no survey.
    if (was.is === "surveying" && (answer.says === "unmeasurable" || answer.failing !== undefined))
      return refuse("already-done");
    changed[answer.item] = answered(request, was, act, answer);
  }
  return openSurveys(withItems(request, changed), saidUnmeasurable(answers));
};

/** Where answers are signed off inside the organisation, those are submitted and no others. */
const submit = (request: Request, act: RequestAct & { name: "request.submit" }): Decided | Refused => {
  const { answers } = act.args;
  const given = give(request, act);
  if (isRefused(given) || request.chain === undefined) return given;
  if (!isSignedOff(request, answers)) return refuse("not-signed-off");
  return { ...given, request: withoutInner(given.request, itemsOf(answers)) };
};

/** 代理入力: what the organisation said in another way, whatever was under way inside it. */
const enter = (request: Request, act: RequestAct & { name: "request.enter" }): Decided | Refused => {
  if (act.reason === null) return refuse("reason-missing");
  // An opinion is its organisation's own.
  if (request.kind === "consultation") return refuse("data-only");
  const given = give(request, act);
  if (isRefused(given)) return given;
  return { ...given, request: withoutInner(given.request, itemsOf(act.args.answers)) };
};

/** Prepared is what could be submitted; nothing of it is submitted yet. */
const inside = (request: Request, act: ChainAct, rules: RequestRules): Decided | Refused => {
  const given = act.name === "request.prepare" ? give(request, act) : null;
  if (given !== null && isRefused(given)) return given;
  const after = decideChain(request, act, rules);
  return isRefused(after) ? after : decided(after);
};

const itemsOf = (answers: readonly GivenAnswer[]): readonly string[] => answers.map(({ item }) => item);

/**
 * A comment needs no review: it is disposed of in the report's consultation. Nor does a reply to a survey's questions:
 * the survey's own result says what came of them.
 */
const answered = (request: Request, was: ItemState, act: Given, answer: GivenAnswer): ItemState => {
  if (request.kind === "consultation" || request.kind === "survey")
    return { is: answer.says === "nil" ? "nil" : "value", answer };
  // What was given in time takes its item back from the survey.
  const entered = act.name === "request.enter" ? { enteredBy: act.actor.person } : {};
  if (was.is === "surveying" && was.until < act.at) return lateAnswer(was, { answer, ...entered });
  const kept = {
    until: "until" in was ? was.until : request.closeAt,
    answer,
    returns: "returns" in was ? was.returns : 0,
    ...entered,
  };
  if (answer.failing !== undefined) return { is: "failing", ...kept, checks: answer.failing };
  return { is: answer.says === "provisional" ? "provisional" : "submitted", ...kept };
};

type Reviewed = Extract<ItemState, { is: "submitted" | "provisional" }>;
/** Four eyes: who entered an answer on behalf neither accepts nor returns it himself. */
const review = <Item extends ReviewedItem>(
  request: Request,
  {
    args: { items },
    actor,
  }: { readonly args: { readonly items: readonly Item[] } } & Pick<RequestAct, "actor">,
  outcome: (was: Reviewed, item: Item) => ItemState | Refused,
): Decided | Refused => {
  if (items.length === 0) return refuse("nothing-given");
  const changed: Record<string, ItemState> = {};
  for (const one of items) {
    const was = request.items[one.item];
    if (was === undefined) return refuse("unknown-item");
    if (was.is !== "submitted" && was.is !== "provisional") return refuse("not-submitted");
    if (was.answer.content.hash !== one.hash) return refuse("other-version");
    if (was.enteredBy === actor.person) return refuse("contributed");
    const becomes = outcome(was, one);
    if (isRefused(becomes)) return becomes;
    changed[one.item] = becomes;
  }
  return decided(withItems(request, changed));
};

/** 受領. A provisional value only where it is taken as the final one; what can't be measured is never a value. */
const accepted = (was: Reviewed, { args }: RequestAct & { name: "request.accept" }): ItemState | Refused => {
  const { answer } = was;
  const asFinal = args.asFinal === true;
  switch (answer.says) {
    case "provisional":
      return asFinal ? { is: "value", answer } : refuse("provisional");
    case "value":
      return { is: "value", answer };
    case "nil":
    case "not-applicable":
      return { is: answer.says, answer };
    case "unmeasurable":
      return was;
  }
};

const giveUp = (request: Request, items: readonly string[], reason: string): Decided | Refused => {
  if (items.length === 0) return refuse("nothing-given");
  for (const item of items) {
    const was = request.items[item];
    if (was === undefined) return refuse("unknown-item");
    if (isSettled(was)) return refuse("already-settled");
  }
  const given: ItemState = { is: "uncollected", reason };
  return decided(withItems(request, Object.fromEntries(items.map((item) => [item, given]))));
};

/**
 * 差戻し, each answer with its own reason or the act's. Data returned twice is taken as not to be had from the
 * ministry: a survey replaces it.
 */
const giveBack = (
  request: Request,
  act: RequestAct & { name: "request.return" },
  rules: RequestRules,
): Decided | Refused => {
  // A term to correct it that does not count yet can't be named.
  if (request.paused !== null) return refuse("paused");
  const result = review(request, act, (was, { reason = act.reason }) =>
    reason === null
      ? refuse("reason-missing")
      : {
          is: "returned",
          until: laterOf(was.until, freshTerm(act.at, rules)),
          answer: was.answer,
          reason,
          returns: was.returns + 1,
        },
  );
  if (isRefused(result) || request.kind !== "data") return result;
  const given = act.args.items.map(({ item }) => item);
  return openSurveys(result.request, [returnedTwice(result.request.items, given)]);
};

/** What was accepted as a value but can't be held against last year's is surveyed beside it. */
const surveyIncomparable = (
  before: Request,
  accepting: Decided | Refused,
  compared: readonly Compared[],
): Decided | Refused => {
  if (isRefused(accepting) || compared.length === 0) return accepting;
  const found = notComparable(compared);
  const items = found.items.filter((id) => accepting.request.items[id]?.is === "value");
  const asBefore = Object.fromEntries(
    items.flatMap((id) =>
      [before.items[id]].flatMap((was) => (was === undefined ? [] : [[id, was] as const])),
    ),
  );
  return openSurveys(withItems(accepting.request, asBefore), [{ ...found, items }]);
};

/**
 * The decision on every act of a request.
 *
 * @param compared what of an acceptance is to be held against last year's answers
 * @returns a refusal, or the request as it then is
 */
export const decideRequest = (
  request: Request,
  act: RequestAct,
  rules: RequestRules,
  compared: readonly Compared[] = [],
): Decided | Refused => {
  switch (act.name) {
    case "request.submit":
      return submit(request, act);
    case "request.enter":
      return enter(request, act);
    case "request.allocate":
    case "request.prepare":
    case "request.sign-off":
    case "request.send-back":
      return inside(request, act, rules);
    case "request.accept":
      return surveyIncomparable(
        request,
        review(request, act, (was) => accepted(was, act)),
        compared,
      );
    case "request.take-late":
      return takeLate(request, act);
    case "request.leave-late":
      return act.reason === null ? refuse("reason-missing") : leaveLate(request, act);
    case "request.return":
      return giveBack(request, act, rules);
    case "request.reassign":
      return reassign(request, act, rules);
    case "request.reopen":
      return reopen(request, act, rules);
    case "request.give-up":
      return act.reason === null ? refuse("reason-missing") : giveUp(request, act.args.items, act.reason);
    case "request.ask-extension":
    case "request.grant-extension":
    case "request.refuse-extension":
    case "request.pause":
    case "request.resume":
    case "request.shorten":
    case "request.withdraw":
    case "request.remind":
      return decideTerm(request, act, rules);
  }
};

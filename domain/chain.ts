import type { ActOf, Actor, GivenAnswer, ReviewedItem } from "./acts.ts";
import { isSettled, type ItemState } from "./answer.ts";
import { isOpen } from "./calendar.ts";
import { canonicalJson } from "./canonical.ts";
import type { OrganisationId } from "./ids.ts";
import type { InnerWork } from "./inner-work.ts";
import { ladderDueAt } from "./ladder.ts";
import type { ContactRole } from "./plan.ts";
import { refuse, type Refused } from "./refusal.ts";
import { standsStill, type Request, type RequestRules } from "./request.ts";
import { at as instantAt, type Instant } from "./time.ts";

export type ChainAct = Extract<
  ActOf<"request">,
  { name: `request.${"allocate" | "prepare" | "sign-off" | "send-back"}` }
>;
/** Steps inside an organisation. */
export const chainActs: readonly string[] = [
  "request.allocate",
  "request.prepare",
  "request.sign-off",
  "request.send-back",
] satisfies readonly ChainAct["name"][];
/** Whose steps inside an organisation somebody knows of: his own organisation's; the auditor all. */
export type InsideSeen = "all" | OrganisationId;
export const insideSeenBy = ({ role, organisation }: Pick<Actor, "role" | "organisation">): InsideSeen =>
  role === "auditor" ? "all" : organisation;

/** Whether what was done is a step inside an organisation. */
export const isChainAct = (action: string): boolean => chainActs.includes(action);

type Of<Name extends ChainAct["name"]> = ChainAct & { readonly name: Name };

/** Which post inside the organisation does what, where it answers in several steps. */
export const postFor = {
  "request.allocate": "window",
  "request.prepare": "officer",
  "request.sign-off": "confirmer",
  "request.send-back": "confirmer",
  "request.submit": "window",
} as const satisfies Readonly<Partial<Record<ActOf<"request">["name"], ContactRole>>>;

const innerOf = (request: Request, item: string): InnerWork | undefined => request.inner?.[item];

const withInner = (request: Request, changed: Readonly<Record<string, InnerWork>>): Request => ({
  ...request,
  inner: { ...request.inner, ...changed },
});

/** What has been submitted, or entered by the secretariat, is not under way inside any more. */
export const withoutInner = (request: Request, items: readonly string[]): Request => {
  if (request.inner === undefined) return request;
  const left = Object.entries(request.inner).filter(([item]) => !items.includes(item));
  return { ...request, inner: Object.fromEntries(left) };
};

/** The last instant an inner deadline may name: what is asked of the organisation, if that is still ahead. */
const innerLimit = (item: ItemState, request: Request, now: Instant): Instant => {
  const due = ladderDueAt(item, request) ?? request.dueAt;
  const until = "until" in item ? item.until : request.closeAt;
  return due > now ? due : until;
};

const allocate = (request: Request, { args, at }: Of<"request.allocate">, rules: RequestRules) => {
  const { items, officer, dueOn } = args;
  if (items.length === 0) return refuse("nothing-given");
  if (!isOpen(dueOn, rules.calendar)) return refuse("closed-day");
  const dueAt = instantAt(dueOn, rules.closingTime);
  if (dueAt <= at) return refuse("not-later");
  const changed: Record<string, InnerWork> = {};
  for (const id of items) {
    const item = request.items[id];
    if (item === undefined) return refuse("unknown-item");
    if (isSettled(item)) return refuse("already-settled");
    const still = standsStill(request);
    if ("until" in item && item.until < at && !still) return refuse("closed");
    if (!still && dueAt > innerLimit(item, request, at)) return refuse("beyond-due");
    changed[id] = { is: "allocated", officer, dueAt };
  }
  return withInner(request, changed);
};

const prepare = (request: Request, { args, actor }: Of<"request.prepare">): Request | Refused => {
  const changed: Record<string, InnerWork> = {};
  for (const answer of args.answers) {
    const work = innerOf(request, answer.item);
    if (work?.officer !== actor.person) return refuse("not-allocated");
    const { officer, dueAt } = work;
    changed[answer.item] = { is: "prepared", officer, dueAt, answer, by: actor.person };
  }
  return withInner(request, changed);
};

type Reviewable = Extract<InnerWork, { is: "prepared" | "signed-off" }>;

const review = (
  request: Request,
  items: readonly ReviewedItem[],
  outcome: (work: Reviewable) => InnerWork | Refused<"contributed" | "not-prepared">,
): Request | Refused => {
  if (items.length === 0) return refuse("nothing-given");
  const changed: Record<string, InnerWork> = {};
  for (const { item, hash } of items) {
    if (request.items[item] === undefined) return refuse("unknown-item");
    const work = innerOf(request, item);
    if (work?.is !== "prepared" && work?.is !== "signed-off") return refuse("not-prepared");
    if (work.answer.content.hash !== hash) return refuse("other-version");
    const after = outcome(work);
    if ("refused" in after) return after;
    changed[item] = after;
  }
  return withInner(request, changed);
};

/** Four eyes: nobody signs off what he prepared. */
const signOff = (request: Request, { args, actor }: Of<"request.sign-off">): Request | Refused =>
  review(request, args.items, ({ officer, dueAt, answer, by, is }) => {
    if (is !== "prepared") return refuse("not-prepared");
    if (by === actor.person) return refuse("contributed");
    return { is: "signed-off", officer, dueAt, answer, by, signedBy: actor.person };
  });

/** Also of what has been signed off, while 窓口 has not submitted it. */
const sendBack = (request: Request, { args }: Of<"request.send-back">, reason: string): Request | Refused =>
  review(request, args.items, ({ officer, dueAt, answer, by }) => ({
    is: "sent-back",
    officer,
    dueAt,
    answer,
    by,
    reason,
  }));

/** The decision on every step inside the organisation. What is prepared was seen to be an answer it may give. */
export const decideChain = (request: Request, act: ChainAct, rules: RequestRules): Request | Refused => {
  if (request.chain !== "signed-off") return refuse("one-step");
  switch (act.name) {
    case "request.allocate":
      return allocate(request, act, rules);
    case "request.prepare":
      return prepare(request, act);
    case "request.sign-off":
      return signOff(request, act);
    case "request.send-back":
      return act.reason === null ? refuse("reason-missing") : sendBack(request, act, act.reason);
  }
};

/** Where answers are signed off, exactly those are submitted, with all that they say. */
export const isSignedOff = (request: Request, answers: readonly GivenAnswer[]): boolean =>
  answers.every((answer) => {
    const work = innerOf(request, answer.item);
    return work?.is === "signed-off" && canonicalJson(work.answer) === canonicalJson(answer);
  });

import { isOwed, isSettled, type ItemState } from "./answer.ts";
import { extend, movedBy, pause, resume, shorten, stoodStill, type Term } from "./deadline.ts";
import { isRefused, refuse, type Refused } from "./refusal.ts";
import {
  decided,
  entries,
  withItems,
  type Decided,
  type Request,
  type RequestAct,
  type RequestRules,
} from "./request.ts";
import type { Instant } from "./time.ts";

type TermAct = Extract<
  RequestAct,
  {
    name: `request.${"ask-extension" | "grant-extension" | "refuse-extension" | "pause" | "resume" | "shorten" | "withdraw" | "remind"}`;
  }
>;
type Of<Name extends TermAct["name"]> = TermAct & { readonly name: Name };

const termOf = ({ dueAt, closeAt }: Request): Term => ({ dueAt, closeAt });

/** Each open item's last instant as `move` has it; what is settled stays as it is. */
const withUntils = (request: Request, move: (until: Instant) => Instant): Request => ({
  ...request,
  items: Object.fromEntries(
    entries(request).map(([id, item]) => {
      if (!("until" in item)) return [id, item];
      const until = move(item.until);
      return [id, until === item.until ? item : { ...item, until }];
    }),
  ),
});

const ask = (request: Request, act: Of<"request.ask-extension">, rules: RequestRules): Decided | Refused => {
  if (request.paused !== null) return refuse("paused");
  if (request.asked !== null) return refuse("extension-pending");
  const { dueOn } = act.args;
  const reason = act.reason ?? "";
  const asking = { term: termOf(request), newDueOn: dueOn, reason, askedAt: act.at, now: act.at, rules };
  const term = extend(asking);
  return isRefused(term) ? term : decided({ ...request, asked: { dueOn, reason } });
};

/** Nothing open closes before the request does. */
const grant = (request: Request, { at }: Of<"request.grant-extension">, rules: RequestRules) => {
  const { asked } = request;
  if (asked === null) return refuse("no-extension");
  if (request.paused !== null) return refuse("paused");
  const term = extend({
    term: termOf(request),
    newDueOn: asked.dueOn,
    reason: asked.reason,
    // It was taken, so it was asked for in time; an answer that comes late is not the organisation's fault.
    askedAt: at < request.closeAt ? at : request.closeAt,
    now: at,
    rules,
  });
  if (isRefused(term)) return term;
  const open = withUntils(request, (until) => (until < term.closeAt ? term.closeAt : until));
  return decided({ ...open, ...term, asked: null });
};

const halt = (request: Request, { at, reason: given }: Of<"request.pause">): Decided | Refused => {
  if (request.paused !== null) return refuse("already-done");
  const reason = given ?? "";
  const paused = pause({ term: termOf(request), reason, now: at });
  return isRefused(paused) ? paused : decided({ ...request, paused: { at, reason } });
};

/** 再開: everything open is left as many business days as it had. */
const goOn = (request: Request, { at }: Of<"request.resume">, rules: RequestRules): Decided | Refused => {
  if (request.paused === null) return refuse("not-paused");
  const { at: pausedAt } = request.paused;
  const term = resume({ paused: { ...termOf(request), pausedAt }, now: at, rules });
  if (isRefused(term)) return term;
  const days = stoodStill(pausedAt, at, rules);
  const open = withUntils(request, (until) => movedBy(days, until, rules));
  return decided({ ...open, ...term, paused: null });
};

/** What has a day of its own, a corrected answer, keeps it. */
const bringForward = (
  request: Request,
  { args, at, reason }: Of<"request.shorten">,
  rules: RequestRules,
): Decided | Refused => {
  if (request.paused !== null) return refuse("paused");
  const asked = { term: termOf(request), newDueOn: args.dueOn, reason: reason ?? "", now: at, rules };
  const term = shorten(asked);
  if (isRefused(term)) return term;
  const open = withUntils(request, (until) => (until === request.closeAt ? term.closeAt : until));
  return decided({ ...open, ...term });
};

/** 取下げ: nothing is asked any more. What was settled stays; the rest is printed as not collected, with why. */
const withdraw = (request: Request, { reason }: Of<"request.withdraw">): Decided | Refused => {
  if (reason === null) return refuse("reason-missing");
  const given: ItemState = { is: "uncollected", reason: `照会を取り下げた。理由：${reason}` };
  const open = entries(request).filter(([, item]) => !isSettled(item));
  const items = Object.fromEntries(open.map(([id]) => [id, given]));
  return decided({ ...withItems(request, items), asked: null, paused: null });
};

/** 督促: asks once more, beside the ladder, for what is owed. Moves nothing: the mail and the record are all of it. */
const remind = (request: Request): Decided | Refused => {
  if (request.paused !== null) return refuse("paused");
  return entries(request).some(([, item]) => isOwed(item)) ? decided(request) : refuse("nothing-owed");
};

/** The decision on every act that moves a request's dates, ends it or asks for it. @returns a refusal, or the request as it then is */
export const decideTerm = (request: Request, act: TermAct, rules: RequestRules): Decided | Refused => {
  switch (act.name) {
    case "request.ask-extension":
      return ask(request, act, rules);
    case "request.grant-extension":
      return grant(request, act, rules);
    case "request.refuse-extension": {
      if (request.asked === null) return refuse("no-extension");
      return act.reason === null ? refuse("reason-missing") : decided({ ...request, asked: null });
    }
    case "request.pause":
      return halt(request, act);
    case "request.resume":
      return goOn(request, act, rules);
    case "request.shorten":
      return bringForward(request, act, rules);
    case "request.withdraw":
      return withdraw(request, act);
    case "request.remind":
      return remind(request);
  }
};

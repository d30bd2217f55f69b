import { actNames, type ActingRole, type ActName, type Actor, type DeskActName } from "./acts.ts";
import type { OrganisationId } from "./ids.ts";

/** Everything a person can look at. */
export type ViewName =
  | "me"
  | "sessions"
  | "tokens"
  | "people"
  | "plans"
  | "plan"
  | "cycles"
  | "cycle"
  | "cycle-plan"
  | "preview"
  | "what-if"
  | "rest"
  | "policy"
  | "board"
  | "requests"
  | "request"
  | "file"
  | "surveys"
  | "survey"
  | "evaluations"
  | "report"
  | "version"
  | "comments"
  | "publications"
  | "findings"
  | "next-plan"
  | "years"
  | "mails"
  | "mail"
  | "histories"
  | "past"
  | "engine"
  | "audit"
  | "bundle"
  | "act";
/** What changes nothing but what is a person's own, and leaves no trace in the record. */
type OwnAffair = "draft.keep";
/** What is stored before an act names it, and taken back while none does. */
type StoringName = "file.store" | "file.take-back";
export type Action = ActName | DeskActName | StoringName | ViewName | OwnAffair;

/**
 * How the actor stands to the object. `own`: his organisation's, or his own; `other`: another's; `open`: nobody's in
 * particular, or public; `embargoed`: what is not out yet and not his organisation's: a draft of the report that was
 * not put before it, another's answer that is 公表前.
 */
export type Situation = "open" | "own" | "other" | "embargoed" | Standing;
/**
 * What a thing has come to, where it is the actor's own or nobody's in particular. `contributed`: he had a hand in it;
 * `approved`: all its approvers have approved; `closed`: it has come to its end.
 */
export type Standing = "contributed" | "approved" | "closed";
/**
 * `hidden` looks as if there were no such thing: its mere existence is not the actor's affair. `barred`: his post does
 * it, but not to this thing, as it stands.
 */
export type Verdict = "allowed" | "forbidden" | "hidden" | "barred";

/** A session is a person at a screen; a token is whatever he has left it to. */
export type Means = "session" | "token";

/**
 * One column a role. `all`: whoever's it is. `own`: what is his or nobody's in particular. `-`: never.
 * Preparers never approve, approvers never prepare, recorders record what others decided, the auditor reads everything
 * and does nothing but see to his own sessions and tokens, the admin sees no content. A machine is its organisation's, and answers for it.
 */
type Grant = "all" | "own" | "-";
export const roles = ["preparer", "approver", "recorder", "contact", "machine", "auditor", "admin"] as const;
type Row = readonly [Grant, Grant, Grant, Grant, Grant, Grant, Grant];

// prettier-ignore
const table: Readonly<Record<Action, Row>> = {
  //                             preparer approver recorder contact machine auditor admin
  "me":                          ["all",   "all",   "all",   "all",  "all",  "all",  "all"],
  "sessions":                    ["all",   "all",   "all",   "all",  "-",    "all",  "all"],
  "tokens":                      ["all",   "all",   "all",   "all",  "-",    "all",  "all"],
  "people":                      ["-",     "-",     "-",     "-",    "-",    "all",  "all"],
  "plans":                       ["all",   "all",   "all",   "-",    "-",    "all",  "all"],
  "plan":                        ["all",   "all",   "all",   "-",    "-",    "all",  "all"],
  "cycles":                      ["all",   "all",   "all",   "all",  "all",  "all",  "all"],
  "cycle":                       ["all",   "all",   "all",   "all",  "all",  "all",  "all"],
  "cycle-plan":                  ["all",   "all",   "all",   "-",    "-",    "all",  "all"],
  "preview":                     ["all",   "all",   "all",   "-",    "-",    "all",  "all"],
  "what-if":                     ["all",   "all",   "-",     "-",    "-",    "all",  "-"],
  "rest":                        ["all",   "all",   "-",     "-",    "-",    "all",  "-"],
  "policy":                      ["all",   "all",   "all",   "-",    "-",    "all",  "-"],
  "board":                       ["all",   "all",   "-",     "-",    "-",    "all",  "-"],
  "requests":                    ["all",   "all",   "-",     "own",  "own",  "all",  "-"],
  "request":                     ["all",   "all",   "-",     "own",  "own",  "all",  "-"],
  "file":                        ["all",   "all",   "-",     "own",  "own",  "all",  "-"],
  "surveys":                     ["all",   "all",   "-",     "own",  "own",  "all",  "-"],
  "survey":                      ["all",   "all",   "-",     "own",  "own",  "all",  "-"],
  "evaluations":                 ["all",   "all",   "-",     "-",    "-",    "all",  "-"],
  "report":                      ["all",   "all",   "all",   "-",    "-",    "all",  "-"],
  "version":                     ["all",   "all",   "all",   "own",  "-",    "all",  "-"],
  "comments":                    ["all",   "all",   "-",     "own",  "own",  "all",  "-"],
  "publications":                ["all",   "all",   "all",   "all",  "all",  "all",  "all"],
  "findings":                    ["all",   "all",   "-",     "-",    "-",    "all",  "-"],
  "next-plan":                   ["all",   "all",   "-",     "-",    "-",    "all",  "-"],
  "years":                       ["all",   "all",   "all",   "-",    "-",    "all",  "-"],
  "mails":                       ["all",   "all",   "-",     "own",  "-",    "all",  "-"],
  "mail":                        ["all",   "all",   "-",     "own",  "-",    "all",  "-"],
  "histories":                   ["all",   "all",   "-",     "-",    "-",    "all",  "-"],
  "past":                        ["all",   "all",   "-",     "-",    "-",    "all",  "-"],
  "engine":                      ["all",   "all",   "all",   "-",    "-",    "all",  "all"],
  "audit":                       ["all",   "all",   "-",     "-",    "-",    "all",  "-"],
  "bundle":                      ["-",     "-",     "-",     "-",    "-",    "all",  "-"],
  "act":                         ["own",   "own",   "own",   "own",  "own",  "all",  "own"],

  "plan.store":                  ["all",   "-",     "-",     "-",    "-",    "-",    "all"],
  "token.create":                ["own",   "own",   "own",   "own",  "-",    "own",  "own"],
  "token.revoke":                ["own",   "own",   "own",   "own",  "-",    "own",  "all"],
  "session.revoke":              ["own",   "own",   "own",   "own",  "-",    "own",  "all"],
  "post.ask":                    ["-",     "-",     "-",     "-",    "-",    "-",    "all"],
  "post.confirm":                ["-",     "-",     "-",     "-",    "-",    "-",    "all"],
  "post.refuse":                 ["-",     "-",     "-",     "-",    "-",    "-",    "all"],
  "post.revoke":                 ["-",     "-",     "-",     "-",    "-",    "-",    "all"],
  "draft.keep":                  ["-",     "-",     "-",     "own",  "-",    "-",    "-"],
  "mail.resolve":                ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "mail.cancel":                 ["all",   "-",     "-",     "-",    "-",    "-",    "-"],

  "decision.correct":            ["-",     "-",     "all",   "-",    "-",    "-",    "-"],

  "cycle.open":                  ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "cycle.advance":               ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "cycle.submit-policy":         ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "cycle.approve-policy":        ["-",     "all",   "-",     "-",    "-",    "-",    "-"],
  "cycle.return-policy":         ["-",     "all",   "-",     "-",    "-",    "-",    "-"],
  "cycle.decide-policy":         ["-",     "-",     "all",   "-",    "-",    "-",    "-"],
  "cycle.amend":                 ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "cycle.open-requests":         ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "cycle.evaluate":              ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "cycle.approve-evaluations":   ["-",     "all",   "-",     "-",    "-",    "-",    "-"],
  "cycle.return-evaluations":    ["-",     "all",   "-",     "-",    "-",    "-",    "-"],
  "cycle.decide-analysis":       ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "cycle.correct":               ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "cycle.carry":                 ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "cycle.write-next-plan":       ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "cycle.approve-next-plan":     ["-",     "all",   "-",     "-",    "-",    "-",    "-"],
  "cycle.return-next-plan":      ["-",     "all",   "-",     "-",    "-",    "-",    "-"],

  "request.submit":              ["-",     "-",     "-",     "own",  "own",  "-",    "-"],
  "request.enter":               ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "request.allocate":            ["-",     "-",     "-",     "own",  "-",    "-",    "-"],
  "request.prepare":             ["-",     "-",     "-",     "own",  "own",  "-",    "-"],
  "request.sign-off":            ["-",     "-",     "-",     "own",  "-",    "-",    "-"],
  "request.send-back":           ["-",     "-",     "-",     "own",  "-",    "-",    "-"],
  "file.store":                  ["all",   "-",     "-",     "own",  "own",  "-",    "-"],
  "file.take-back":              ["all",   "-",     "-",     "own",  "own",  "-",    "-"],
  "request.ask-extension":       ["-",     "-",     "-",     "own",  "-",    "-",    "-"],
  "request.accept":              ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "request.return":              ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "request.reassign":            ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "request.reopen":              ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "request.give-up":             ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "request.grant-extension":     ["-",     "all",   "-",     "-",    "-",    "-",    "-"],
  "request.refuse-extension":    ["-",     "all",   "-",     "-",    "-",    "-",    "-"],
  "request.pause":               ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "request.resume":              ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "request.shorten":             ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "request.withdraw":            ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "request.remind":              ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "request.take-late":           ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "request.leave-late":          ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "survey.plan":                 ["all",   "-",     "-",     "own",  "-",    "-",    "-"],
  "survey.step":                 ["all",   "-",     "-",     "own",  "-",    "-",    "-"],
  "survey.conclude":             ["all",   "-",     "-",     "own",  "-",    "-",    "-"],
  "survey.change":               ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "survey.merge":                ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "survey.stop":                 ["all",   "-",     "-",     "-",    "-",    "-",    "-"],

  "report.edit":                 ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "report.compile":              ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "report.consult":              ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "report.dispose":              ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "report.submit":               ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
  "report.approve":              ["-",     "all",   "-",     "-",    "-",    "-",    "-"],
  "report.return":               ["-",     "all",   "-",     "-",    "-",    "-",    "-"],
  "report.decide":               ["-",     "-",     "all",   "-",    "-",    "-",    "-"],
  "report.publish":              ["all",   "-",     "-",     "-",    "-",    "-",    "-"],
};
export const actions = Object.keys(table) as readonly Action[];

/** Approvals, decisions and grants are a person's own: no token does them, whoever's it is. */
const inPerson: readonly Action[] = [
  "cycle.approve-policy",
  "cycle.return-policy",
  "cycle.decide-policy",
  "cycle.approve-evaluations",
  "cycle.return-evaluations",
  "cycle.decide-analysis",
  "cycle.approve-next-plan",
  "cycle.return-next-plan",
  "request.sign-off",
  "request.send-back",
  "request.grant-extension",
  "request.refuse-extension",
  "report.approve",
  "report.return",
  "report.decide",
  "decision.correct",
  "token.create",
  "post.ask",
  "post.confirm",
  "post.refuse",
  "post.revoke",
];
export const isInPerson = (action: Action): boolean => inPerson.includes(action);

/** Deeds are named after whose they are, e.g. `report.edit`; what is looked at is one word. */
export const isDeed = (action: Action): boolean => action.includes(".");

/** An auditor's token reads and takes away, so that whoever finds it can do nothing with it. */
const isBeyondTokens = (role: ActingRole, action: Action): boolean =>
  isInPerson(action) || (role === "auditor" && isDeed(action));

/** What nobody does to a thing that has come so far. Whatever is approved stays as it was approved until it is sent back. */
const bars: Readonly<Record<Standing, readonly Action[]>> = {
  contributed: ["cycle.approve-policy", "cycle.return-policy", "report.approve", "report.return"],
  approved: [
    "cycle.approve-policy",
    "cycle.return-policy",
    "report.edit",
    "report.compile",
    "report.consult",
    "report.dispose",
    "report.submit",
    "report.approve",
    "report.return",
  ],
  closed: actNames,
};
const isStanding = (situation: Situation): situation is Standing => situation in bars;

const grantOf = (role: ActingRole, action: Action): Grant => table[action][roles.indexOf(role)] ?? "-";

/** Of these roles another organisation's things are hidden, not merely forbidden. */
export const seesOnlyItsOwn = (role: ActingRole): boolean => role === "contact" || role === "machine";

/** What the post does in general, by these means and to what has come so far. */
const bySituation = (
  role: ActingRole,
  {
    action,
    situation,
    means,
  }: { readonly action: Action; readonly situation: Situation; readonly means: Means },
): Verdict => {
  if (means === "token" && isBeyondTokens(role, action)) return "forbidden";
  return isStanding(situation) && bars[situation].includes(action) ? "barred" : "allowed";
};

/** Who may do or see what. Asked by the API and the pages alike, once the object's situation is known. */
export const judge = (
  role: ActingRole,
  action: Action,
  situation: Situation,
  means: Means = "session",
): Verdict => {
  const foreign = situation === "other" || situation === "embargoed";
  const grant = grantOf(role, action);
  if (grant === "all" || (grant === "own" && !foreign))
    return bySituation(role, { action, situation, means });
  return foreign && (grant === "own" || seesOnlyItsOwn(role)) ? "hidden" : "forbidden";
};

/** What the best of it is, where a form may do one of several things. */
const bestFirst: readonly Verdict[] = ["allowed", "barred", "hidden", "forbidden"];
/** Who may come to a form that does one of these things: whoever does any of them. */
export const judgeAny = (role: ActingRole, actions: readonly Action[], situation: Situation): Verdict => {
  const verdicts = actions.map((action) => judge(role, action, situation));
  return bestFirst.find((one) => verdicts.includes(one)) ?? "forbidden";
};

/** How much of a list the actor sees: what is beyond it is neither listed nor counted. */
export type Scope = "everything" | "nothing" | { readonly organisation: OrganisationId };
export const scopeOf = ({ role, organisation }: Actor, view: ViewName): Scope => {
  switch (grantOf(role, view)) {
    case "all":
      return "everything";
    case "own":
      return { organisation };
    case "-":
      return "nothing";
  }
};

/** Whose answers under 公表前 the actor knows of: of the others' not even that they are there. */
export const embargoesSeenBy = (actor: Actor | null): "all" | OrganisationId | null => {
  if (actor === null) return null;
  return judge(actor.role, "request", "embargoed") === "allowed" ? "all" : actor.organisation;
};

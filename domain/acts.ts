import type { EvaluationKind } from "./plan.ts";
import type { OrganisationId, PersonId, Sha256 } from "./ids.ts";
import type { Says } from "./says.ts";
import type { Instant, PlainDate } from "./time.ts";

/** The post in which a person acts. A person with two posts picks one per session. */
export type ActingRole = "preparer" | "approver" | "contact" | "recorder" | "auditor" | "admin" | "machine";

export interface Actor {
  readonly person: PersonId;
  readonly role: ActingRole;
  readonly organisation: OrganisationId;
}

/** An immutable row of content: an answer's text, a version, a statement. The hash is over its canonical JSON. */
export interface ContentRef {
  readonly id: string;
  readonly hash: Sha256;
}

export interface GivenAnswer {
  readonly item: string;
  readonly says: Says;
  readonly content: ContentRef;
  /** With `unmeasurable`: the key of a leaf of the plan's reasons. */
  readonly why: string | null;
  /** 公表前: invisible to other organisations, and in no report. Absent where it is not. */
  readonly embargoed?: true;
  /** With `not-applicable`: who is proposed to own it. Absent where nobody is. */
  readonly owner?: OrganisationId;
  /** Handed in as it is: keys of the blocking checks it fails, never empty. Absent where it fails none. */
  readonly failing?: readonly string[];
  /**
   * 添付: SHA-256 of each file that the content names, so that the record itself says what was attached. Absent where
   * there is none, and in histories of release 0.1.0.
   */
  readonly files?: readonly Sha256[];
}
export interface ReviewedItem {
  readonly item: string;
  /** The answer the reviewer has read; a newer one makes the act miss. */
  readonly hash: Sha256;
}
/** 差戻し: what is wrong with this very answer; the act's reason where it says nothing of its own. */
export interface ReturnedItem extends ReviewedItem {
  readonly reason?: string;
}
export interface EvaluationEntry {
  readonly kind: EvaluationKind;
  /** A measure's key for `output`, a domain's key for `outcome`. */
  readonly key: string;
  readonly content: ContentRef;
}
export type DecisionOutcome = "decided" | "decided-with-changes" | "returned";
export interface DecisionArgs {
  readonly hash: Sha256;
  readonly outcome: DecisionOutcome;
  readonly meeting: string;
  /** 第何回会合. Absent where the meeting has no number. */
  readonly number?: number;
  readonly heldOn: PlainDate;
  /** 決定した本部 by its name on that day. Absent where the plan knows none. */
  readonly body?: string;
}
export type Disposition = "reflected" | "partly-reflected" | "not-reflected";
/** 次年度での扱い of what a year leaves open. */
export type FollowUp = "continue" | "modify" | "new" | "merge";

/** Everything a person can do in the year. The part before the dot names the workflow that owns it. */
export interface ActArgs {
  "cycle.open": { readonly plan: Sha256; readonly stepped: boolean };
  "cycle.submit-policy": { readonly content: ContentRef };
  "cycle.approve-policy": { readonly hash: Sha256 };
  "cycle.return-policy": { readonly hash: Sha256 };
  "cycle.decide-policy": DecisionArgs;
  "cycle.amend": { readonly plan: Sha256; readonly was: Sha256 };
  "cycle.open-requests": Readonly<Record<never, never>>;
  "cycle.evaluate": { readonly entries: readonly EvaluationEntry[] };
  "cycle.approve-evaluations": { readonly entries: readonly EvaluationEntry[] };
  "cycle.return-evaluations": { readonly entries: readonly EvaluationEntry[] };
  "cycle.decide-analysis": {
    readonly domain: string;
    readonly needed: boolean;
    readonly content: ContentRef | null;
  };
  "cycle.correct": {
    readonly answer: GivenAnswer;
    /** The answer it takes the place of; null where none was settled on. */
    readonly was: Sha256 | null;
  };
  "cycle.carry": {
    readonly findings: readonly string[];
    readonly into: "next" | "dropped";
    /** With `next`; absent is `continue`. */
    readonly followUp?: FollowUp;
    /** With `merge`: the measure it becomes a part of. */
    readonly target?: string;
  };
  /** `plan`: one that is stored already; absent, it is composed from this year's and what is carried over. */
  "cycle.write-next-plan": { readonly plan?: Sha256 };
  "cycle.approve-next-plan": { readonly hash: Sha256 };
  "cycle.return-next-plan": { readonly hash: Sha256 };
  "cycle.advance": { readonly to: Instant };
  "request.submit": { readonly answers: readonly GivenAnswer[] };
  /** 代理入力: what the organisation has said in another way, entered by the secretariat at the request of `of`. */
  "request.enter": { readonly answers: readonly GivenAnswer[]; readonly of: PersonId };
  "request.allocate": {
    readonly items: readonly string[];
    readonly officer: PersonId;
    /** The day inside the organisation by which the officer is to have prepared them. */
    readonly dueOn: PlainDate;
  };
  "request.prepare": { readonly answers: readonly GivenAnswer[] };
  "request.sign-off": { readonly items: readonly ReviewedItem[] };
  "request.send-back": { readonly items: readonly ReviewedItem[] };
  /** `asFinal`: a provisional value among them is taken as the final one. */
  "request.accept": { readonly items: readonly ReviewedItem[]; readonly asFinal?: true };
  "request.return": { readonly items: readonly ReturnedItem[] };
  /** 所管の付替え: what was said to be another's affair is asked of that other by a request of its own. */
  "request.reassign": { readonly items: readonly ReviewedItem[]; readonly to: OrganisationId };
  /** Settled items are open again, these and no others. */
  "request.reopen": { readonly items: readonly string[] };
  "request.give-up": { readonly items: readonly string[] };
  "request.ask-extension": { readonly dueOn: PlainDate };
  "request.grant-extension": Readonly<Record<never, never>>;
  "request.refuse-extension": Readonly<Record<never, never>>;
  "request.pause": Readonly<Record<never, never>>;
  "request.resume": Readonly<Record<never, never>>;
  "request.shorten": { readonly dueOn: PlainDate };
  "request.withdraw": Readonly<Record<never, never>>;
  "request.remind": Readonly<Record<never, never>>;
  /** 遅れて届いた回答: a survey was running when it came. What is taken settles its item. */
  "request.take-late": { readonly items: readonly ReviewedItem[] };
  /** The survey goes on; the record keeps the answer. */
  "request.leave-late": { readonly items: readonly ReviewedItem[] };
  "survey.plan": {
    readonly content: ContentRef;
    /** By when the result is wanted. */
    readonly dueOn: PlainDate;
    /** A method's key in the plan; absent where the plan has none. */
    readonly method?: string;
    /** Where the method asks: whom, and how many questions the content holds. */
    readonly asks?: { readonly respondents: readonly OrganisationId[]; readonly questions: number };
  };
  "survey.step": {
    readonly step: string;
    readonly content: ContentRef;
    /** How many sources with dates the content names. */
    readonly sources: number;
  };
  "survey.conclude": {
    readonly outcome: "found" | "impossible";
    readonly content: ContentRef;
    /** A key of the plan's grades, where it has any and something was found. */
    readonly grade?: string;
  };
  /** Another title and scope; what of the items is left out goes back to whoever owed it. */
  "survey.change": { readonly content: ContentRef; readonly items: readonly string[] };
  /** Takes over all of another survey, which ends. */
  "survey.merge": { readonly from: string; readonly items: readonly string[] };
  "survey.stop": Readonly<Record<never, never>>;
  "report.edit": { readonly section: string; readonly content: ContentRef };
  "report.compile": Readonly<Record<never, never>>;
  "report.consult": { readonly hash: Sha256 };
  "report.dispose": {
    readonly comments: readonly string[];
    readonly disposition: Disposition;
    /** 修正内容: needed where the comment is taken up, wholly or in part. */
    readonly change?: string;
    /** True where it is to be taken up next year: it becomes a finding of this one. */
    readonly nextYear?: true;
  };
  "report.submit": { readonly hash: Sha256 };
  "report.approve": { readonly hash: Sha256 };
  "report.return": { readonly hash: Sha256 };
  "report.decide": DecisionArgs;
  "report.publish": { readonly hash: Sha256 };
}
export type ActName = keyof ActArgs;

/** Acts that no workflow owns: they change no process, only what processes name. */
export type DeskActName =
  | "plan.store"
  | "token.create"
  | "token.revoke"
  | "session.revoke"
  | "post.ask"
  | "post.confirm"
  | "post.refuse"
  | "post.revoke"
  | "mail.resolve"
  | "mail.cancel"
  | "decision.correct";

/** One act of one person, as the workflow gets it. */
export interface Act<Name extends ActName = ActName> {
  readonly id: string;
  readonly name: Name;
  readonly actor: Actor;
  /** The cycle's now when the act was stored: what "on time" is judged by. */
  readonly at: Instant;
  readonly reason: string | null;
  readonly args: ActArgs[Name];
}
/** The acts whose name starts with `Owner.`, as a union one can switch on. */
export type ActOf<Owner extends string> = {
  [Name in ActName & `${Owner}.${string}`]: Act<Name>;
}[ActName & `${Owner}.${string}`];

export type Owner = "cycle" | "request" | "survey" | "report";

/** Every act once; the compiler refuses a list that misses one. */
const owners: Readonly<Record<ActName, Owner>> = {
  "cycle.open": "cycle",
  "cycle.submit-policy": "cycle",
  "cycle.approve-policy": "cycle",
  "cycle.return-policy": "cycle",
  "cycle.decide-policy": "cycle",
  "cycle.amend": "cycle",
  "cycle.open-requests": "cycle",
  "cycle.evaluate": "cycle",
  "cycle.approve-evaluations": "cycle",
  "cycle.return-evaluations": "cycle",
  "cycle.decide-analysis": "cycle",
  "cycle.correct": "cycle",
  "cycle.carry": "cycle",
  "cycle.write-next-plan": "cycle",
  "cycle.approve-next-plan": "cycle",
  "cycle.return-next-plan": "cycle",
  "cycle.advance": "cycle",
  "request.submit": "request",
  "request.enter": "request",
  "request.allocate": "request",
  "request.prepare": "request",
  "request.sign-off": "request",
  "request.send-back": "request",
  "request.accept": "request",
  "request.return": "request",
  "request.reassign": "request",
  "request.reopen": "request",
  "request.give-up": "request",
  "request.ask-extension": "request",
  "request.grant-extension": "request",
  "request.refuse-extension": "request",
  "request.pause": "request",
  "request.resume": "request",
  "request.shorten": "request",
  "request.withdraw": "request",
  "request.remind": "request",
  "request.take-late": "request",
  "request.leave-late": "request",
  "survey.plan": "survey",
  "survey.step": "survey",
  "survey.conclude": "survey",
  "survey.change": "survey",
  "survey.merge": "survey",
  "survey.stop": "survey",
  "report.edit": "report",
  "report.compile": "report",
  "report.consult": "report",
  "report.dispose": "report",
  "report.submit": "report",
  "report.approve": "report",
  "report.return": "report",
  "report.decide": "report",
  "report.publish": "report",
};
export const actNames = Object.keys(owners) as readonly ActName[];
export const ownerOf = (name: ActName): Owner => owners[name];
export const actsOwnedBy = (owner: Owner): readonly ActName[] =>
  actNames.filter((name) => owners[name] === owner);

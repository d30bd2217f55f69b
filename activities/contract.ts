import type { Deed } from "../domain/act-words.ts";
import type { Act, ContentRef, DecisionArgs, Disposition, FollowUp, GivenAnswer } from "../domain/acts.ts";
import type { ItemState } from "../domain/answer.ts";
import type { InnerWork } from "../domain/inner-work.ts";
import type { RecordMark } from "../domain/checkpoint.ts";
import type { Corrected } from "../domain/correction.ts";
import type { Stage } from "../domain/cycle.ts";
import type { CycleKey, FiscalYear, OrganisationId, PersonId, Sha256 } from "../domain/ids.ts";
import type { ContactRole, EvaluationKind, LetterKind, RequestKind, StaffRole } from "../domain/plan.ts";
import type { Instant, PlainDate } from "../domain/time.ts";
import type { Compared } from "../domain/unmeasurable.ts";
import type { CompareAnswers, Justify, Questions, SurveyChange } from "./contract-surveys.ts";
import type {
  AmendedDates,
  ChaseInput,
  ClockInput,
  PlanRules,
  ReportInput,
  RequestInput,
  SurveyInput,
} from "../workflows/contract.ts";

/** What workflows ask of the world. Types only: loaded by both sides. Payloads are ids, hashes and reasons. */
export interface Activities {
  /** One transaction: changed rows, mails, audit event, the act's result. Safe to repeat: a key counts once. */
  record(input: RecordInput): Promise<Recorded>;
  /**
   * Opens the requests of the kinds and records the act, all in one transaction, then starts their workflows. Safe
   * to repeat: the act's id is the record's key. `sequence` is the number of the act's audit event.
   */
  openRequests(input: OpenRequests): Promise<{ readonly opened: number; readonly sequence: number }>;
  /** Starts top-level workflows; one that runs or has run already counts as started. */
  startWorkflows(input: {
    readonly cycle: CycleKey;
    readonly starts: readonly WorkflowStart[];
  }): Promise<void>;
  /** Tells everything of the cycle that decides by dates what they are since the plan was amended. Safe to repeat. */
  tellAmended(input: AmendedDates & { readonly cycle: CycleKey; readonly at: Instant }): Promise<void>;
  /** Queues the digests owed now. `over` once the report is published: until then a consultation may begin. */
  chase(input: { readonly cycle: CycleKey; readonly now: Instant }): Promise<ChaseTick>;
  /** Comments of the consultation's round, in a fixed order. */
  commentsOf(input: {
    readonly cycle: CycleKey;
    readonly round: number;
  }): Promise<{ readonly comments: readonly Comment[] }>;
  /** What a cycle decides with under the plan: read anew when the plan is amended. */
  planRules(input: { readonly plan: Sha256 }): Promise<PlanRules>;
  /** Compiles the report from the record and stores it as an immutable version. Same record, same hash. */
  compileVersion(input: CompileVersion): Promise<{
    readonly content: ContentRef;
    /** Judgements it prints as not made yet. Absent in histories of release 0.1.0. */
    readonly unjudged?: number;
  }>;
  /** What the record says of an item that is to be corrected, and which judgements rest on it. */
  correctedItem(input: { readonly cycle: CycleKey; readonly item: string }): Promise<Corrected>;
  /** 開始の理由 of each survey about to be opened, in their order, from the record as it stands. */
  justify(input: Justify): Promise<{ readonly justifications: readonly string[] }>;
  /** The answers beside last year's, and what the plan says of their definitions. */
  compareAnswers(input: CompareAnswers): Promise<{ readonly compared: readonly Compared[] }>;
  /**
   * Opens a survey's questions to its respondents as requests of kind `survey`, in one transaction with the act's
   * record, then starts their workflows. Safe to repeat.
   */
  askRespondents(input: Questions & { readonly record: RecordInput }): Promise<{ readonly sequence: number }>;
  /** Renders the version to every published form and stores the files. */
  publishVersion(input: CompileVersion & { readonly hash: Sha256 }): Promise<{ readonly files: number }>;
  /** What the year leaves open, as finding ids in a fixed order; stored for the carry-over screen. */
  collectFindings(input: {
    readonly cycle: CycleKey;
    readonly now: Instant;
  }): Promise<{ readonly findings: readonly string[] }>;
  /**
   * Composes and stores next year's plan from this year's and what is carried over, or takes the one that is named.
   * Same record, same hash. `by` are those who stored it.
   */
  composeNextPlan(
    input: CompileVersion & { readonly given?: Sha256 },
  ): Promise<{ readonly plan: Sha256; readonly by?: readonly PersonId[] }>;
  /** Sends queued mails as they appear, for at most `forMs`; heartbeats. */
  runCourier(input: { readonly forMs: number }): Promise<CourierCounts>;
  /** Delivers acts that were stored while the engine could not answer, for at most `forMs`; heartbeats. */
  deliverActs(input: { readonly forMs: number }): Promise<{ readonly delivered: number }>;
  /** Keeps closed histories, and signs the record's head hourly and after every stage, for at most `forMs`; heartbeats. */
  keepRecord(input: { readonly forMs: number }): Promise<KeptRecord>;
}

export interface RecordInput {
  readonly cycle: CycleKey;
  /** Makes the record this record: repeated under the same key it changes nothing and answers the same. */
  readonly key: string;
  /** The cycle's now. */
  readonly now: Instant;
  /** null where the clock or another workflow is the cause. */
  readonly act: Act | null;
  /** The act's name, or what the clock did, e.g. `request.close`. */
  readonly action: Deed;
  /** What it was done to, e.g. `request 2014-data-meti`. */
  readonly object: string;
  readonly hash: Sha256 | null;
  readonly reason: string | null;
  readonly changes: readonly Change[];
  readonly mails: readonly MailOrder[];
}
export interface Recorded {
  /** Number of the audit event. */
  readonly sequence: number;
  /** Where it approved or decided: the record's signed head it carries, so that the history alone tells of it. */
  readonly mark?: RecordMark | null;
  /** Requests of the cycle still open after this act, by kind. */
  readonly open: Readonly<Record<RequestKind, number>>;
}

/** One row written by an act. */
export type Change =
  | {
      readonly write: "cycle";
      readonly year: FiscalYear;
      readonly plan: Sha256;
      readonly stepped: boolean;
    }
  | { readonly write: "stage"; readonly stage: Stage }
  | { readonly write: "clock"; readonly now: Instant }
  | { readonly write: "plan"; readonly plan: Sha256 }
  /** null where it came back. */
  | { readonly write: "next-plan"; readonly plan: Sha256 | null }
  | { readonly write: "process"; readonly workflow: string; readonly is: "open" | "closed" }
  | {
      readonly write: "submission";
      readonly subject: Subject;
      readonly content: ContentRef | null;
      readonly hash: Sha256;
    }
  | {
      readonly write: "approval";
      readonly subject: Subject;
      readonly hash: Sha256;
      readonly outcome: "approved" | "returned";
      readonly standsInFor: PersonId | null;
    }
  | ({ readonly write: "decision"; readonly subject: Subject } & DecisionArgs)
  | { readonly write: "request"; readonly request: string; readonly is: "settled" }
  /** 所管の付替え: a request that opens out of another one's items; `from` has theirs by the ids of its own. */
  | {
      readonly write: "handed-on";
      readonly opened: {
        readonly id: string;
        readonly kind: RequestKind;
        readonly organisation: OrganisationId;
        readonly round: number;
        readonly version: null;
        readonly sentAt: Instant;
        readonly dueAt: Instant;
        readonly closeAt: Instant;
        readonly items: Readonly<Record<string, ItemState>>;
      };
      readonly from: Readonly<Record<string, string>>;
    }
  | {
      readonly write: "term";
      readonly request: string;
      readonly dueAt: Instant;
      readonly closeAt: Instant;
      readonly asked: { readonly dueOn: PlainDate; readonly reason: string } | null;
      readonly paused: { readonly at: Instant; readonly reason: string } | null;
    }
  /** What is planned for the request and no courier has taken yet: its digests, or all its mails and rungs. */
  | { readonly write: "call-back"; readonly request: string; readonly planned: "reminders" | "everything" }
  | { readonly write: "item"; readonly item: string; readonly state: ItemState }
  /** `onBehalfOf`: with 代理入力, at whose request the secretariat entered it. */
  | { readonly write: "answer"; readonly answer: GivenAnswer; readonly onBehalfOf?: PersonId }
  /** Work on an item inside its organisation; null once nothing is under way there. */
  | {
      readonly write: "inner";
      readonly request: string;
      readonly item: string;
      readonly work: InnerWork | null;
    }
  | {
      readonly write: "comment";
      readonly request: string;
      readonly content: ContentRef;
      readonly round: number;
    }
  | SurveyChange
  | {
      readonly write: "evaluation";
      readonly kind: EvaluationKind;
      readonly key: string;
      readonly content: ContentRef;
      readonly is: "drafted" | "approved" | "returned" | "reopened";
    }
  | {
      readonly write: "analysis";
      readonly domain: string;
      readonly needed: boolean;
      readonly content: ContentRef | null;
    }
  | { readonly write: "edit"; readonly section: string; readonly content: ContentRef }
  | { readonly write: "version"; readonly content: ContentRef; readonly number: number }
  | {
      readonly write: "disposition";
      readonly comment: string;
      readonly disposition: Disposition;
      /** Absent in histories of release 0.1.0, as is `nextYear`. */
      readonly change?: string | null;
      readonly nextYear?: boolean;
    }
  | {
      readonly write: "finding";
      readonly finding: string;
      readonly into: "next" | "dropped";
      /** Absent in histories of release 0.1.0, as is `target`. */
      readonly followUp?: FollowUp | null;
      readonly target?: string | null;
    };

/** What an approval or decision is about. */
export type Subject = "policy" | "report" | "next-plan";

/** A comment's id and who made it. */
export interface Comment {
  readonly id: string;
  readonly organisation: OrganisationId;
}

/** A mail to write and queue in the same transaction. The record activity renders it from the rows. */
export interface MailOrder {
  readonly letter: Exclude<LetterKind, "digest">;
  readonly to:
    | { readonly organisation: OrganisationId; readonly contact: ContactRole }
    | { readonly person: PersonId }
    | { readonly staff: StaffRole }
    /** Everyone the plan asks anything of. */
    | { readonly everyOrganisation: ContactRole };
  readonly request: string | null;
  readonly items: readonly string[];
  /** Path of the screen the mail links to. */
  readonly path: string;
  /** With kind and person makes the mail's key: the same occurrence is never written twice. */
  readonly occurrence: string;
  /** The sentence that says what happened, where the letter's text has a place for it. */
  readonly detail: string;
  /** Where the letter gives a reason. */
  readonly reason: string | null;
  /** By when the recipient has to act, where it is not the request's due date. */
  readonly dueAt: Instant | null;
  /** With `entered`: who of the secretariat entered it, and at whose request. */
  readonly entered?: { readonly by: PersonId; readonly of: PersonId };
}

export interface OpenRequests {
  readonly cycle: CycleKey;
  readonly clock: ClockInput;
  readonly now: Instant;
  readonly kinds: readonly RequestKind[];
  readonly act: Act;
  /** With kind `consultation`: which version, and which round it is. */
  readonly consulted: { readonly hash: Sha256; readonly round: number } | null;
}

/** A top-level workflow to start: its type, what it gets, and what the Temporal UI shows of it. */
export type WorkflowStart = {
  readonly id: string;
  readonly summary: string;
  readonly attributes: SearchAttributes;
} & (
  | { readonly workflow: "request"; readonly input: RequestInput }
  | { readonly workflow: "survey"; readonly input: SurveyInput }
  | { readonly workflow: "chase"; readonly input: ChaseInput }
  | { readonly workflow: "report"; readonly input: ReportInput }
);
export interface SearchAttributes {
  readonly year: FiscalYear;
  readonly organisation: OrganisationId | null;
  readonly kind: RequestKind | null;
  readonly stage: Stage | null;
}

export interface CompileVersion {
  readonly cycle: CycleKey;
  readonly now: Instant;
}
export interface ChaseTick {
  readonly digests: number;
  readonly over: boolean;
  /** What was sent and why, in words that name nobody; absent where nothing was. */
  readonly sent?: readonly string[];
}
export interface KeptRecord {
  readonly histories: number;
  readonly checkpoints: number;
}
export interface CourierCounts {
  readonly accepted: number;
  readonly rejected: number;
  readonly uncertain: number;
  readonly retried: number;
}

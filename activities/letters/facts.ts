import type { FiscalYear } from "../../domain/ids.ts";
import type { LetterText, LetterKind } from "../../domain/plan.ts";
import type { Instant, PlainDate } from "../../domain/time.ts";

/** What every letter knows: its recipient, the year, who sends it, and the screen it is about. */
interface Addressed {
  /** The plan's texts, in which the facts are filled in. */
  readonly texts: Readonly<Record<LetterKind, LetterText>>;
  readonly organisation: string;
  /** The recipient's name, without 様. */
  readonly contact: string;
  /** The plan's title. */
  readonly title: string;
  readonly year: FiscalYear;
  /** The signature; may have several lines. */
  readonly sender: string;
  readonly link: string;
}

/** A due date and its reasons as domain/deadline.ts gives them; none if nothing needs saying. */
export interface Due {
  readonly at: Instant;
  readonly why: readonly string[];
}

/** One request in a digest. */
export interface DigestEntry {
  /** e.g. データの照会 */
  readonly name: string;
  /** Whose answer is owed. */
  readonly organisation: string;
  /** 督促 and the like. */
  readonly label: string;
  readonly due: Due;
  readonly closeAt: Instant;
  /** What is still owed. */
  readonly items: readonly string[];
  readonly link: string;
}

type Facts =
  | {
      readonly kind: "inquiry";
      readonly items: readonly string[];
      readonly due: Due;
      readonly closeAt: Instant;
    }
  /** Asked for by hand, beside the ladder; `items` are what is still owed. */
  | {
      readonly kind: "reminder";
      readonly items: readonly string[];
      readonly due: Due;
      readonly closeAt: Instant;
    }
  | {
      readonly kind: "digest";
      readonly label: string;
      /** Most urgent first, never empty; the first one's date is marked in the subject. */
      readonly requests: readonly [DigestEntry, ...DigestEntry[]];
      readonly now: Instant;
    }
  | { readonly kind: "receipt"; readonly items: readonly string[] }
  /** `detail` says who entered it, and at whose request. */
  | {
      readonly kind: "entered";
      readonly items: readonly string[];
      readonly detail: string;
      readonly reason: string;
    }
  /** `detail` says which step inside the organisation it is; the date is the inner deadline. */
  | {
      readonly kind: "inner";
      readonly items: readonly string[];
      readonly detail: string;
      readonly reason: string;
      readonly due: Due;
    }
  | {
      readonly kind: "returned";
      readonly items: readonly string[];
      readonly reason: string;
      readonly due: Due;
    }
  /** `detail` says how the term was moved, or why it was not; the dates are those that now hold. */
  | { readonly kind: "extension"; readonly detail: string; readonly due: Due; readonly closeAt: Instant }
  /** `detail` names what was done: the term stands still, or nothing is asked any more. */
  | {
      readonly kind: "halted";
      readonly detail: string;
      readonly items: readonly string[];
      readonly reason: string;
    }
  | {
      readonly kind: "survey";
      readonly items: readonly string[];
      readonly reason: string;
      readonly due: Due;
    }
  /** `detail` names the version consulted on. */
  | { readonly kind: "consultation"; readonly detail: string; readonly due: Due; readonly closeAt: Instant }
  | { readonly kind: "disposition"; readonly detail: string }
  /** `detail` names what is to be approved, was returned or decided. */
  | { readonly kind: "approval-turn"; readonly detail: string }
  | { readonly kind: "approval-returned"; readonly detail: string; readonly reason: string }
  | {
      readonly kind: "decided";
      readonly detail: string;
      readonly meeting: string;
      readonly heldOn: PlainDate;
    }
  | { readonly kind: "published" }
  | { readonly kind: "notice"; readonly detail: string; readonly items: readonly string[] };

/** All that a letter says, as plain facts; how it says it is the plan's text. */
export type LetterFacts = Addressed & Facts;

/** What goes into the ledger of mail. The outbox adds 【訓練】 to a rehearsal's. */
export interface Letter {
  /** One line. */
  readonly subject: string;
  readonly text: string;
}

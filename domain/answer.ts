import type { GivenAnswer } from "./acts.ts";
import type { OrganisationId, PersonId } from "./ids.ts";
import type { Instant } from "./time.ts";

/**
 * Where one asked item stands. `until` is the last instant at which an answer still counts.
 * Silence is never zero: only an act or a survey settles an item.
 */
export type ItemState =
  | { readonly is: "owed"; readonly until: Instant }
  | {
      readonly is: "submitted";
      readonly until: Instant;
      readonly answer: GivenAnswer;
      /** How often it has been returned before. */
      readonly returns: number;
      /** 代理入力: who of the secretariat entered it. Absent where the organisation itself submitted it. */
      readonly enteredBy?: PersonId;
    }
  | {
      readonly is: "returned";
      readonly until: Instant;
      readonly answer: GivenAnswer;
      readonly reason: string;
      readonly returns: number;
    }
  | {
      /** 暫定値: kept and shown, and the final value is still owed. Never settled by itself, also not by the close. */
      readonly is: "provisional";
      readonly until: Instant;
      readonly answer: GivenAnswer;
      readonly returns: number;
      /** 代理入力: who of the secretariat entered it. Absent where the organisation itself submitted it. */
      readonly enteredBy?: PersonId;
    }
  | {
      /**
       * 不備あり: handed in as it is although it fails blocking checks of the plan (domain/checks.ts). It is a version
       * like any other and no answer: it is owed and chased as before, and at the close a survey replaces it
       * (cause `failed-check`).
       */
      readonly is: "failing";
      readonly until: Instant;
      readonly answer: GivenAnswer;
      /** Keys of the checks it fails, never empty. */
      readonly checks: readonly string[];
      readonly returns: number;
      /** 代理入力: who of the secretariat entered it. Absent where the organisation itself submitted it. */
      readonly enteredBy?: PersonId;
    }
  | {
      readonly is: "surveying";
      readonly until: Instant;
      readonly survey: string;
      /** 調査中に届いた回答: the ministry's own word beside the survey. Absent while there is none. */
      readonly offered?: GivenAnswer;
      /** 代理入力: who of the secretariat entered what is offered. Absent where the organisation itself offered it. */
      readonly enteredBy?: PersonId;
      /** The secretariat has read it and surveys on. */
      readonly left?: true;
    }
  | { readonly is: "value"; readonly answer: GivenAnswer }
  | { readonly is: "nil"; readonly answer: GivenAnswer }
  | {
      readonly is: "not-applicable";
      readonly answer: GivenAnswer;
      /** 付替え: who owes it from then on. Absent where nobody was asked in its place. */
      readonly handedTo?: OrganisationId;
    }
  | {
      readonly is: "surveyed";
      readonly survey: string;
      /** What the ministry said meanwhile, and was not taken. */
      readonly offered?: GivenAnswer;
    }
  | { readonly is: "uncollected"; readonly reason: string };

export type SettledState = Extract<
  ItemState["is"],
  "value" | "nil" | "not-applicable" | "surveyed" | "uncollected"
>;

/** The settled state's name, undefined while the item is open. */
export const settledAs = (item: ItemState): SettledState | undefined => {
  switch (item.is) {
    case "owed":
    case "submitted":
    case "returned":
    case "provisional":
    case "failing":
    case "surveying":
      return undefined;
    case "value":
    case "nil":
    case "not-applicable":
    case "surveyed":
    case "uncollected":
      return item.is;
  }
};

export const isSettled = (item: ItemState): boolean => settledAs(item) !== undefined;

/** States in which the organisation itself still has to do something: what is chased. SQL reads this list too. */
export const owedStates = [
  "owed",
  "returned",
  "provisional",
  "failing",
] as const satisfies readonly ItemState["is"][];

export const isOwed = (item: Pick<ItemState, "is">): boolean => owedStates.some((is) => is === item.is);

const weakestFirst: readonly SettledState[] = ["uncollected", "surveyed", "value", "nil", "not-applicable"];

/**
 * One state for an indicator that several items serve: the weakest that any of them ended in, so that a
 * part that could not be collected is never hidden behind a part that could.
 */
export const weakest = (states: readonly SettledState[]): SettledState | undefined =>
  weakestFirst.find((state) => states.includes(state));

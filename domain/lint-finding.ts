export type LintCode =
  | "duplicate-key"
  | "unknown-reference"
  | "indicator-without-owner"
  | "datum-without-indicator"
  | "no-reachable-contact"
  | "nobody-to-send-to"
  | "no-name-on-date"
  | "role-missing"
  | "role-conflict"
  | "post-vacant"
  | "inner-ladder-missing"
  | "nobody-to-approve"
  | "no-holiday-data"
  | "closed-day"
  | "dates-out-of-order"
  | "ladder-out-of-order"
  | "closes-before-last-rung"
  | "send-window-empty"
  | "scale-too-short"
  | "scale-leaves-nothing"
  | "check-unfit"
  | "reason-unfit"
  | "unknown-placeholder"
  | "placeholder-missing"
  | "inferred-owners"
  | "short-lead"
  | "asked-twice";

/** One thing lint has to say, to the official who edits the plan. */
export interface LintFinding {
  /** `block`: the plan is not launched while it stands. */
  readonly level: "block" | "warn";
  readonly code: LintCode;
  /** Where in the plan, e.g. `people.yaml meti-window`. */
  readonly where: string;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

type Said = Omit<LintFinding, "level">;
export const block = (said: Said): LintFinding => ({ level: "block", ...said });
export const warn = (said: Said): LintFinding => ({ level: "warn", ...said });

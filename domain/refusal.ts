/** Why an act is not done. Texts and HTTP statuses are looked up in api/problems.ts. */
export type RefusalCode =
  | "wrong-stage"
  | "not-yet"
  | "already-done"
  | "closed"
  | "closed-day"
  | "not-later"
  | "not-forward"
  | "not-stepped"
  | "reason-missing"
  | "nothing-given"
  | "given-twice"
  | "unknown-item"
  | "unknown-key"
  | "unknown-comment"
  | "unknown-finding"
  | "already-settled"
  | "not-submitted"
  | "other-version"
  | "not-your-turn"
  | "contributed"
  | "extension-pending"
  | "no-extension"
  | "not-all-disposed"
  | "not-all-carried"
  | "consultation-missing"
  | "data-only";

export interface Refused<Code extends RefusalCode = RefusalCode> {
  readonly refused: Code;
}

export const isRefused = <Value extends object>(value: Value | Refused): value is Refused =>
  "refused" in value;

export const refuse = <Code extends RefusalCode>(code: Code): Refused<Code> => ({ refused: code });

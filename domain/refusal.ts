/** Why an act is not done. Texts and HTTP statuses are looked up in api/problems.ts. */
const codes = [
  "wrong-stage",
  "not-yet",
  "already-done",
  "closed",
  "closed-day",
  "not-later",
  "not-earlier",
  "notice-too-short",
  "not-forward",
  "not-stepped",
  "reason-missing",
  "change-missing",
  "nothing-given",
  "given-twice",
  "unknown-item",
  "unknown-key",
  "unknown-comment",
  "unknown-finding",
  "already-settled",
  "not-submitted",
  "not-settled",
  "other-version",
  "not-your-turn",
  "contributed",
  "extension-pending",
  "no-extension",
  "nothing-owed",
  "paused",
  "not-paused",
  "not-all-disposed",
  "not-all-carried",
  "not-all-evaluated",
  "consultation-missing",
  "data-only",
  "provisional",
  "not-disclaimed",
  "handed-on",
  "one-step",
  "not-allocated",
  "not-prepared",
  "not-signed-off",
  "beyond-due",
  "unknown-method",
  "other-step",
  "source-missing",
  "steps-left",
  "unknown-grade",
  "no-late-answer",
  "posts-clash",
  "second-admin",
] as const;
export type RefusalCode = (typeof codes)[number];

/** Whether a failure that comes back from a workflow is a refusal and no bug. */
export const isRefusalCode = (raw: string): raw is RefusalCode => codes.some((code) => code === raw);

export interface Refused<Code extends RefusalCode = RefusalCode> {
  readonly refused: Code;
}

export const isRefused = <Value extends object>(value: Value | Refused): value is Refused =>
  "refused" in value;

export const refuse = <Code extends RefusalCode>(code: Code): Refused<Code> => ({ refused: code });

import type { Phrases } from "./phrase.ts";

/** Words that several rooms share. */
export const other: Phrases = {
  補完調査: "Survey",
  決定者: "Decided by",
  期限: "Due date",
  理由: "Reason",
  該当なし: "Nil",
  所管外: "Not ours",
  把握: "Measured",
  未把握: "Uncollected",
  提出済み: "Submitted",
};

import type { Named, UnmeasurableReason } from "./plan.ts";

/** A reason that can be chosen; its label is the whole way to it. */
export interface ReasonLeaf extends Named {
  readonly asks?: "date" | "text";
}

/** 把握困難の理由 that can be chosen, in the order of the plan: `秘匿／捜査に支障` is one. */
export const reasonLeaves = (reasons: readonly UnmeasurableReason[], above = ""): readonly ReasonLeaf[] =>
  reasons.flatMap(({ key, label, children = [], asks }) => {
    const whole = `${above}${label}`;
    if (children.length > 0) return reasonLeaves(children, `${whole}／`);
    return [{ key, label: whole, ...(asks !== undefined && { asks }) }];
  });

/** Every reason of the tree, also those that only hold others. */
export const allReasons = (reasons: readonly UnmeasurableReason[]): readonly UnmeasurableReason[] =>
  reasons.flatMap((one) => [one, ...allReasons(one.children ?? [])]);

/** How the reason is called; null for none, the key itself where the plan has lost it. */
export const reasonLabel = (reasons: readonly UnmeasurableReason[], key: string | null): string | null =>
  reasonLeaves(reasons).find((leaf) => leaf.key === key)?.label ?? key;

import type { Plan } from "./plan.ts";
import { lintChecks } from "./lint-checks.ts";
import { lintChain } from "./lint-chain.ts";
import { lintDates } from "./lint-dates.ts";
import { lintLetters } from "./lint-letters.ts";
import { lintOwing } from "./lint-owing.ts";
import { lintPeople } from "./lint-people.ts";
import { lintReferences } from "./lint-references.ts";
import { lintScales } from "./lint-scales.ts";
import type { LintFinding } from "./lint-finding.ts";

/** What keeps a plan from being launched (`block`), and what a person should have looked at before (`warn`). */
export const lintPlan = (plan: Plan): readonly LintFinding[] =>
  [lintReferences, lintOwing, lintPeople, lintChain, lintDates, lintScales, lintChecks, lintLetters]
    .flatMap((check) => check(plan))
    .toSorted((one, other) => Number(one.level === "warn") - Number(other.level === "warn"));

export const blocks = (findings: readonly LintFinding[]): boolean =>
  findings.some(({ level }) => level === "block");

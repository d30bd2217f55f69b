import type { EvaluationEntry } from "./acts.ts";
import type { PersonId, Sha256 } from "./ids.ts";
import type { EvaluationKind } from "./plan.ts";
import { refuse, type Refused } from "./refusal.ts";

/** One judgement in words: written by one person, approved by another. */
export interface Evaluation {
  /** `reopened`: what it rests on has been corrected, and it has to be written again. */
  readonly is: "drafted" | "approved" | "returned" | "reopened";
  readonly hash: Sha256;
  /** Everyone who ever wrote on it, also before a return. */
  readonly contributors: readonly PersonId[];
}
/** By evaluation id. */
export type Evaluations = Readonly<Record<string, Evaluation>>;

export const evaluationId = (kind: EvaluationKind, key: string): string => `${kind}:${key}`;

export interface EvaluationTask {
  readonly entries: readonly EvaluationEntry[];
  readonly person: PersonId;
  /** Every evaluation id the plan asks for. */
  readonly asked: readonly string[];
}

interface Judged {
  readonly evaluations: Evaluations;
}

const refusalOf = ({ entries, asked }: EvaluationTask): Refused | undefined => {
  const ids = entries.map(({ kind, key }) => evaluationId(kind, key));
  if (ids.length === 0) return refuse("nothing-given");
  if (new Set(ids).size < ids.length) return refuse("given-twice");
  return ids.every((id) => asked.includes(id)) ? undefined : refuse("unknown-key");
};

/** A new text re-opens exactly the evaluations it is for, also approved ones. */
export const writeEvaluations = (evaluations: Evaluations, task: EvaluationTask): Judged | Refused => {
  const refusal = refusalOf(task);
  if (refusal !== undefined) return refusal;
  const written = task.entries.map(({ kind, key, content }): [string, Evaluation] => {
    const id = evaluationId(kind, key);
    const before = evaluations[id]?.contributors ?? [];
    return [id, { is: "drafted", hash: content.hash, contributors: [...new Set([...before, task.person])] }];
  });
  return { evaluations: { ...evaluations, ...Object.fromEntries(written) } };
};

/** All or none: each entry must be a draft of that very hash which the person had no hand in. */
export const reviewEvaluations = (
  evaluations: Evaluations,
  task: EvaluationTask,
  outcome: "approved" | "returned",
): Judged | Refused => {
  const refusal = refusalOf(task);
  if (refusal !== undefined) return refusal;
  const changed: Record<string, Evaluation> = {};
  for (const { kind, key, content } of task.entries) {
    const id = evaluationId(kind, key);
    const was = evaluations[id];
    if (was?.is !== "drafted") return refuse("not-submitted");
    if (was.hash !== content.hash) return refuse("other-version");
    if (was.contributors.includes(task.person)) return refuse("contributed");
    changed[id] = { ...was, is: outcome };
  }
  return { evaluations: { ...evaluations, ...changed } };
};

/** What was corrected re-opens exactly the judgements that rest on it; who contributed stays. */
export const reopenEvaluations = (
  evaluations: Evaluations,
  resting: readonly EvaluationEntry[],
): Evaluations => {
  const ids = new Set(resting.map(({ kind, key }) => evaluationId(kind, key)));
  return Object.fromEntries(
    Object.entries(evaluations).map(([id, one]) => [id, ids.has(id) ? { ...one, is: "reopened" } : one]),
  );
};

export const allApproved = (evaluations: Evaluations, asked: readonly string[]): boolean =>
  asked.every((id) => evaluations[id]?.is === "approved");

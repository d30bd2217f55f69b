import type { ContentRef, EvaluationEntry } from "../../domain/acts.ts";
import type { Tx } from "../client.ts";
import { analyses, evaluations } from "../schema/evaluation.ts";
import type { Made } from "./records.ts";

export type MovedEvaluation = EvaluationEntry & {
  readonly is: "drafted" | "approved" | "returned" | "reopened";
};

export const addEvaluations = async (
  tx: Tx,
  { cycle, by, reason, now }: Made,
  moved: readonly MovedEvaluation[],
): Promise<void> => {
  await tx.insert(evaluations).values(
    moved.map(({ kind, key, is, content }) => ({
      cycle,
      kind,
      key,
      is,
      content: content.id,
      hash: content.hash,
      by,
      reason,
      at: now,
    })),
  );
};

export interface DecidedAnalysis {
  readonly domain: string;
  readonly needed: boolean;
  readonly content: ContentRef | null;
}
/** The last decision on a domain counts. */
export const decideAnalysis = async (
  tx: Tx,
  { cycle, by, reason, now }: Made,
  { domain, needed, content }: DecidedAnalysis,
): Promise<void> => {
  const decided = { needed, reason: reason ?? "", content: content?.id ?? null, by, at: now };
  await tx
    .insert(analyses)
    .values({ cycle, domain, ...decided })
    .onConflictDoUpdate({ target: [analyses.cycle, analyses.domain], set: decided });
};

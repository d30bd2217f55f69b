import type { CycleKey, PersonId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Tx } from "../client.ts";
import { corrections } from "../schema/cycle.ts";

export interface NewCorrection {
  readonly cycle: CycleKey;
  readonly of: "approval" | "decision";
  readonly corrects: number;
  readonly text: string;
  readonly reason: string;
  readonly by: PersonId;
  /** The cycle's now. */
  readonly at: Instant;
}

/** Beside what it corrects, which stays as it was recorded. */
export const addCorrection = async (tx: Tx, correction: NewCorrection): Promise<void> => {
  await tx.insert(corrections).values(correction);
};

import type { Db } from "../db/client.ts";
import { keepProgress, type Come } from "../db/commands/progress.ts";
import type { CycleKey } from "../domain/ids.ts";
import type { Instant } from "../domain/time.ts";

export interface ProgressDeps {
  readonly db: Db;
  /** Wall clock. */
  readonly clock: () => Instant;
  /** Tells the engine that the work lives, and how far it has come. */
  readonly beat: (come: { readonly done: number; readonly total: number; readonly step: string }) => void;
}

/** Says before each step what is being done; the one after the last ends the work. */
export const makeProgress = (
  { db, clock, beat }: ProgressDeps,
  {
    cycle,
    work,
    steps,
  }: { readonly cycle: CycleKey; readonly work: Come["work"]; readonly steps: readonly string[] },
): ((done: number) => Promise<void>) => {
  const total = steps.length;
  return async (done) => {
    const step = steps[done] ?? "終わりました";
    beat({ done, total, step });
    await keepProgress(db, { cycle, work, done, total, step, at: clock() });
  };
};

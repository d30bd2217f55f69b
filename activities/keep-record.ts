import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { keepCheckpoints, layForWitness, type CheckpointDeps } from "./checkpoints.ts";
import type { KeptRecord } from "./contract.ts";
import { keepHistories, type HistoryDeps } from "./keep-histories.ts";
import { openSigner } from "./signed-note.ts";

export interface KeepingDeps extends CheckpointDeps, HistoryDeps {
  /** How often it is looked for what has to be kept or signed. */
  readonly keepingMs: number;
}
export interface KeepingRun {
  readonly forMs: number;
  readonly signal: AbortSignal;
  /** Called at every sweep and every history. */
  readonly beat: () => void;
}

/** The key and the witness's copies lie in the folder for what is neither a row nor a mail. */
export const recordKeepingIn = ({
  stateDir,
  publicUrl,
}: {
  readonly stateDir: string;
  readonly publicUrl: string;
}): Pick<KeepingDeps, "signer" | "witnessFolder"> => ({
  signer: openSigner(join(stateDir, "keys"), `${new URL(publicUrl).host}/record`),
  witnessFolder: join(stateDir, "witness"),
});

/**
 * Keeps the record provable, for at most `forMs`: closed histories first, then the signed head, which so covers them.
 * @throws Error where the record is broken or contradicts what was signed: it is never signed then
 */
export const keepRecord = async (deps: KeepingDeps, run: KeepingRun): Promise<KeptRecord> => {
  const over = AbortSignal.any([run.signal, AbortSignal.timeout(run.forMs)]);
  const kept = { histories: 0, checkpoints: 0 };
  await layForWitness(deps);
  for (let renewedToo = true; !over.aborted; renewedToo = false) {
    run.beat();
    kept.histories += await keepHistories(deps, { beat: run.beat, renewedToo });
    kept.checkpoints += Number(await keepCheckpoints(deps));
    await pause(deps.keepingMs, undefined, { signal: over }).catch(() => {});
  }
  return kept;
};

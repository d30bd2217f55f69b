import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { keepCheckpoints, layForWitness, type CheckpointDeps } from "./checkpoints.ts";
import type { KeptRecord } from "./contract.ts";
import { keepHistories, type HistoryDeps } from "./keep-histories.ts";
import { openSigner } from "./signed-note.ts";
import { handOverUntil, type WitnessDeps } from "./witness.ts";

export interface KeepingDeps extends CheckpointDeps, HistoryDeps, Omit<WitnessDeps, "witnessUrl"> {
  /** Who is sent every signed head; null for nobody. */
  readonly witnessUrl: string | null;
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
  witnessUrl,
}: {
  readonly stateDir: string;
  readonly publicUrl: string;
  readonly witnessUrl: string | null;
}): Pick<KeepingDeps, "signer" | "witnessFolder" | "witnessUrl"> => ({
  witnessUrl,
  signer: openSigner(join(stateDir, "keys"), `${new URL(publicUrl).host}/record`),
  witnessFolder: join(stateDir, "witness"),
});

const keepSigning = async (deps: KeepingDeps, run: KeepingRun, over: AbortSignal): Promise<KeptRecord> => {
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

/**
 * Keeps the record provable, for at most `forMs`: closed histories first, then the signed head, which so covers them;
 * and, beside it, hands every head to the witness, who may be away as long as he likes.
 * @throws Error where the record is broken or contradicts what was signed: it is never signed then
 */
export const keepRecord = async (deps: KeepingDeps, run: KeepingRun): Promise<KeptRecord> => {
  const ended = new AbortController();
  const over = AbortSignal.any([run.signal, ended.signal, AbortSignal.timeout(run.forMs)]);
  const { witnessUrl } = deps;
  const handing = witnessUrl === null ? undefined : handOverUntil({ ...deps, witnessUrl }, over);
  const signing = keepSigning(deps, run, over).finally(() => ended.abort());
  const [kept] = await Promise.all([signing, handing]);
  return kept;
};

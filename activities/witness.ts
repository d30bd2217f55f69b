import { setTimeout as pause } from "node:timers/promises";
import type { Db } from "../db/client.ts";
import { markWitnessed } from "../db/commands/checkpoints.ts";
import { unwitnessed, type Checkpoint } from "../db/queries/checkpoints.ts";
import type { Instant } from "../domain/time.ts";

export interface WitnessDeps {
  readonly db: Db;
  /** Receives every signed head by POST. */
  readonly witnessUrl: string;
  readonly witnessPace: WitnessPace;
  /** Wall clock. */
  readonly clock: () => Instant;
  /** Told once each time the witness stops taking heads, and why. */
  readonly warn: (what: string) => void;
}
export interface WitnessPace {
  /** How often it is looked for heads to hand over. */
  readonly sweepMs: number;
  /** After a failure. */
  readonly retryMs: number;
  /** How long the witness may take for one head. */
  readonly limitMs: number;
}

/** Null if it was taken. Any 2xx takes it; it may come twice, under the same key. */
const refusalOf = async (
  { witnessUrl, witnessPace }: WitnessDeps,
  { size, note }: Checkpoint,
  over: AbortSignal,
): Promise<string | null> => {
  try {
    const reply = await fetch(witnessUrl, {
      method: "POST",
      headers: { "content-type": "text/plain; charset=utf-8", "idempotency-key": String(size) },
      body: note,
      redirect: "error",
      signal: AbortSignal.any([over, AbortSignal.timeout(witnessPace.limitMs)]),
    });
    await reply.body?.cancel();
    return reply.ok ? null : `it answers ${reply.status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** In their order, up to the first that is not taken: that one and all after it wait. Null if none waits. */
const handOver = async (deps: WitnessDeps, over: AbortSignal): Promise<string | null> => {
  const { db, witnessUrl: witness, clock } = deps;
  for (const checkpoint of await unwitnessed(db, witness)) {
    const refusal = await refusalOf(deps, checkpoint, over);
    if (refusal !== null) return refusal;
    await markWitnessed(db, { witness, size: checkpoint.size, at: clock() });
  }
  return null;
};

/** Hands every signed head to the witness until it is over; what he does not take is offered again and again. */
export const handOverUntil = async (deps: WitnessDeps, over: AbortSignal): Promise<void> => {
  const { sweepMs, retryMs } = deps.witnessPace;
  for (let before: string | null = null; !over.aborted;) {
    const refusal = await handOver(deps, over);
    if (refusal !== null && before === null && !over.aborted)
      deps.warn(`the witness takes no signed head: ${refusal}`);
    before = refusal;
    await pause(refusal === null ? sweepMs : retryMs, undefined, { signal: over }).catch(() => {});
  }
};

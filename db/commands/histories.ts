import type { Instant } from "../../domain/time.ts";
import type { Tx } from "../client.ts";
import type { KeptHistory } from "../queries/histories.ts";
import { histories } from "../schema/audit.ts";
import { appendAudit } from "./audit.ts";

/** Keeps a history and says so in the record, with its hash; a run is kept once. `at` is the cycle's now. */
export const keepHistory = async (tx: Tx, history: KeptHistory, at: Instant): Promise<void> => {
  const kept = await tx
    .insert(histories)
    .values(history)
    .onConflictDoNothing()
    .returning({ run: histories.run });
  if (kept.length === 0) return;
  const { cycle, workflow, run, hash, events, isLast } = history;
  await appendAudit(tx, {
    cycle,
    at,
    actor: "clock",
    role: "machine",
    action: "history.keep",
    object: `history ${workflow} ${run}`,
    hash,
    reason: null,
    result: { events, isLast },
    act: null,
    workflow: null,
    run: null,
    activity: null,
  });
};

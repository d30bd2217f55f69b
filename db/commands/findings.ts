import type { Finding } from "../../domain/carry-over.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { Tx } from "../client.ts";
import { findings } from "../schema/cycle.ts";

/** Stores what the year leaves open, in this order. One that is there keeps what was decided on it. */
export const storeFindings = async (
  tx: Tx,
  { cycle, found }: { readonly cycle: CycleKey; readonly found: readonly Finding[] },
): Promise<void> => {
  if (found.length === 0) return;
  await tx
    .insert(findings)
    .values(found.map((finding, at) => ({ ...finding, cycle, sequence: at + 1 })))
    .onConflictDoNothing();
};

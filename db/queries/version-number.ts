import { and, eq, max } from "drizzle-orm";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { Tx } from "../client.ts";
import { versions } from "../schema/report.ts";

/** Which version of the report the hash names, counted from 1. @throws Error if it names none */
export const versionNumber = async (
  tx: Tx,
  { cycle, hash }: { readonly cycle: CycleKey; readonly hash: Sha256 },
): Promise<number> => {
  const [found] = await tx
    .select({ number: max(versions.number) })
    .from(versions)
    .where(and(eq(versions.cycle, cycle), eq(versions.hash, hash)));
  if (found === undefined || found.number === null) throw new Error(`no version ${hash}`);
  return found.number;
};

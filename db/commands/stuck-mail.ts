import { and, inArray, isNotNull, isNull, ne, notInArray } from "drizzle-orm";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Tx } from "../client.ts";
import { withoutProgress } from "../queries/stuck-mail.ts";
import { mails } from "../schema/mail.ts";

/** Mails of one cycle that have just been found to be stuck. */
export interface StuckMails {
  readonly cycle: CycleKey;
  /** One of them. */
  readonly one: Sha256;
  readonly many: number;
}

const flagNew = async (tx: Tx, now: Instant) => {
  const found = await tx
    .select({ key: mails.key })
    .from(mails)
    .where(and(withoutProgress(now), isNull(mails.stuckAt)))
    .for("update", { skipLocked: true });
  if (found.length === 0) return [];
  const keys = found.map(({ key }) => key);
  return tx
    .update(mails)
    .set({ stuckAt: now })
    .where(inArray(mails.key, keys))
    .returning({ key: mails.key, cycle: mails.cycle, letter: mails.letter });
};

/** Cycles in which mails stood still before these. */
const stuckBefore = async (tx: Tx, keys: readonly Sha256[]): Promise<ReadonlySet<CycleKey>> => {
  const rows = await tx
    .selectDistinct({ cycle: mails.cycle })
    .from(mails)
    .where(
      and(
        isNotNull(mails.stuckAt),
        inArray(mails.state, ["queued", "sending"]),
        ne(mails.letter, "notice"),
        notInArray(mails.key, [...keys]),
      ),
    );
  return new Set(rows.map(({ cycle }) => cycle));
};

/**
 * Marks the mails that have become stuck, until their next attempt, and answers those of cycles in which none was: one
 * notice is enough for as long as mail does not move. Notices, which stand still with the rest, are marked only.
 */
export const flagStuck = async (tx: Tx, now: Instant): Promise<readonly StuckMails[]> => {
  const flagged = await flagNew(tx, now);
  if (flagged.length === 0) return [];
  const known = await stuckBefore(
    tx,
    flagged.map(({ key }) => key),
  );
  const told = flagged.filter(({ cycle, letter }) => letter !== "notice" && !known.has(cycle));
  const stuck = new Map<CycleKey, StuckMails>();
  for (const { cycle, key } of told)
    stuck.set(cycle, { cycle, one: key, many: (stuck.get(cycle)?.many ?? 0) + 1 });
  return [...stuck.values()];
};

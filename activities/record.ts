import type { Db, Tx } from "../db/client.ts";
import { finishAct } from "../db/commands/acts.ts";
import { appendAudit } from "../db/commands/audit.ts";
import { once, type Made } from "../db/commands/records.ts";
import { latestMark } from "../db/queries/checkpoints.ts";
import { openCounts } from "../db/queries/open-counts.ts";
import type { Act, DecisionArgs } from "../domain/acts.ts";
import type { RecordMark } from "../domain/checkpoint.ts";
import { personId, type CycleKey, type Sha256 } from "../domain/ids.ts";
import type { Instant } from "../domain/time.ts";
import type { Letterhead } from "./addressing.ts";
import { writeChanges } from "./changes.ts";
import type { Change, Recorded, RecordInput } from "./contract.ts";
import { lettersOf } from "./letters-of-orders.ts";
import type { Outbox } from "./outbox.ts";
import type { PlanShelf } from "./plan-shelf.ts";

export interface RecordDeps {
  readonly db: Db;
  readonly outbox: Outbox;
  readonly plans: PlanShelf;
  readonly letterhead: Letterhead;
}

/** Which workflow run caused it; null where none did. */
export interface Run {
  readonly workflow: string | null;
  readonly run: string | null;
  /** Which of its activities. */
  readonly activity: string | null;
}

/** Whose act it is where nobody's is. */
const NENRIN = personId("nenrin");

/** What the record says of one act, or of what the clock did. */
export interface Said {
  readonly cycle: CycleKey;
  readonly now: Instant;
  readonly act: Act | null;
  readonly action: string;
  readonly object: string;
  readonly hash: Sha256 | null;
  readonly reason: string | null;
}

/**
 * The last of a record's transaction: the audit event, the act's result, and how much is open. It is counted when the
 * chain's head is locked and the lock's last holder has committed, so of two last requests that settle at once exactly
 * one counts none.
 */
export const conclude = async (
  tx: Tx,
  { cycle, now, act, action, object, hash, reason }: Said,
  { result, run }: { readonly result: object; readonly run: Run },
): Promise<Recorded> => {
  const sequence = await appendAudit(tx, {
    cycle,
    at: now,
    actor: act?.actor.person ?? "clock",
    role: act?.actor.role ?? "machine",
    action,
    object,
    hash,
    reason,
    result,
    act: act?.id ?? null,
    ...run,
  });
  // Together: as long as this lasts nobody else can append.
  const [open] = await Promise.all([
    openCounts(tx, cycle),
    act === null ? undefined : finishAct(tx, act.id, { sequence, hash }),
  ]);
  return { sequence, open };
};

const madeBy = (
  { cycle, now, act, reason }: RecordInput,
  mark: { readonly mark?: RecordMark | null },
): Made => ({ cycle, now, reason, by: act?.actor.person ?? NENRIN, ...mark });

/** Approvals and decisions carry the record's last signed head, and their own event says which it was. */
const markFor = async (tx: Tx, changes: readonly Change[]): Promise<{ readonly mark?: RecordMark | null }> =>
  changes.some(({ write }) => write === "approval" || write === "decision")
    ? { mark: await latestMark(tx) }
    : {};

const decisionIn = (changes: readonly Change[]): DecisionArgs | null =>
  changes.find((change) => change.write === "decision") ?? null;

const queueOrdered = async (
  deps: RecordDeps,
  tx: Tx,
  { mark, ...input }: RecordInput & { readonly mark?: RecordMark | null },
): Promise<number> => {
  const { mails: orders, changes, now } = input;
  if (orders.length === 0) return 0;
  const desk = { cycle: await deps.plans(tx, input.cycle), now, letterhead: deps.letterhead };
  const letters = await lettersOf(tx, desk, { orders, decision: decisionIn(changes), mark: mark ?? null });
  return deps.outbox.queueMails(tx, letters, input.key);
};

/** One transaction: changed rows, mails, the act's result, audit event. Once per key, whatever else is given. */
export const record = (deps: RecordDeps, input: RecordInput, run: Run): Promise<Recorded> =>
  deps.db.transaction((tx) =>
    once(tx, input.key, async () => {
      const { changes } = input;
      const mark = await markFor(tx, changes);
      await writeChanges({ ...deps, tx, made: madeBy(input, mark) }, changes);
      const mails = await queueOrdered(deps, tx, { ...input, ...mark });
      return { ...(await conclude(tx, input, { result: { changes, mails, ...mark }, run })), ...mark };
    }),
  );

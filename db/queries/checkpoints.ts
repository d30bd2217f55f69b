import { and, desc, asc, eq, gt, max, notExists, sql } from "drizzle-orm";
import { recordMark, type RecordMark, type Recording } from "../../domain/checkpoint.ts";
import type { Sha256 } from "../../domain/ids.ts";
import { leafOf } from "../chain.ts";
import type { Db, Tx } from "../client.ts";
import { makeMerkleTree } from "../merkle.ts";
import { auditEvents, auditHead, checkpoints, witnessed } from "../schema/audit.ts";
import { verifyChain, type ChainVerdict } from "./audit.ts";

export type Checkpoint = typeof checkpoints.$inferSelect;

/** Every signed head there is, smallest first. */
export const checkpointsOf = (db: Db): Promise<Checkpoint[]> =>
  db.select().from(checkpoints).orderBy(asc(checkpoints.size));

/** Signed heads that the witness has not taken yet, smallest first. */
export const unwitnessed = (db: Db, witness: string): Promise<Checkpoint[]> =>
  db
    .select()
    .from(checkpoints)
    .where(
      notExists(
        db
          .select({ one: sql`1` })
          .from(witnessed)
          .where(and(eq(witnessed.witness, witness), eq(witnessed.size, checkpoints.size))),
      ),
    )
    .orderBy(asc(checkpoints.size));

const lastCheckpoint = async (db: Db | Tx): Promise<Checkpoint | undefined> =>
  (await db.select().from(checkpoints).orderBy(desc(checkpoints.size)).limit(1))[0];

/** Of the last signed head; null where none is signed yet. */
export const latestMark = async (tx: Db | Tx): Promise<RecordMark | null> => {
  const last = await lastCheckpoint(tx);
  return last === undefined ? null : recordMark(last);
};

/** A few indexed look-ups, however long the record. */
export const recordingOf = async (db: Db): Promise<Recording> => {
  const [head] = await db.select({ size: auditHead.sequence }).from(auditHead);
  const signed = await lastCheckpoint(db);
  const entersStage = sql`${auditEvents.result} @> '{"changes": [{"write": "stage"}]}'`;
  const [entered] = await db
    .select({ sequence: max(auditEvents.sequence) })
    .from(auditEvents)
    .where(and(gt(auditEvents.sequence, signed?.size ?? 0), entersStage));
  return { size: head?.size ?? 0, signed, stageAt: entered?.sequence ?? 0 };
};

/** What may be signed: the whole record, whose earlier heads are those that were signed. */
export interface RecordHead {
  readonly size: number;
  readonly root: Sha256;
}
export type HeadVerdict =
  | ({ readonly is: "sound" } & RecordHead)
  | Extract<ChainVerdict, { is: "broken" }>
  | { readonly is: "contradicts"; readonly checkpoint: number };

/**
 * Recomputes the record from its rows and compares it with every head that was signed before: a head that
 * contradicts one of them must never be signed.
 */
export const recordHead = async (db: Db): Promise<HeadVerdict> => {
  const signed = new Map((await checkpointsOf(db)).map(({ size, root }) => [size, root]));
  const tree = makeMerkleTree();
  const found = new Map<number, Sha256>();
  const verdict = await verifyChain(db, (event) => {
    tree.append(leafOf(event));
    if (signed.has(event.sequence)) found.set(event.sequence, tree.root());
  });
  if (verdict.is === "broken") return verdict;
  for (const [size, root] of signed)
    if (found.get(size) !== root) return { is: "contradicts", checkpoint: size };
  return { is: "sound", size: verdict.events, root: tree.root() };
};

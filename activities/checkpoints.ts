import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Db, Tx } from "../db/client.ts";
import { addCheckpoint } from "../db/commands/checkpoints.ts";
import { checkpointsOf, recordHead, recordingOf, type Checkpoint } from "../db/queries/checkpoints.ts";
import { checkpointDue, type CheckpointCause } from "../domain/checkpoint.ts";
import type { Instant } from "../domain/time.ts";
import { checkpointText, type Signer } from "./signed-note.ts";

export interface CheckpointDeps {
  readonly db: Db;
  readonly signer: Signer;
  /** Where a copy of every signed head is laid for whoever fetches it: another machine's, an auditor's. */
  readonly witnessFolder: string;
  /** Sends it to the auditors' addresses, in the transaction that keeps it. */
  readonly tellAuditors: (tx: Tx, checkpoint: Checkpoint) => Promise<void>;
  /** Wall clock. */
  readonly clock: () => Instant;
}

const FILE = /^checkpoint-(\d+)\.txt$/;

/** Of the longest record the witness has seen: a database that was rolled back has a shorter one. */
const witnessedSize = (folder: string): number =>
  Math.max(0, ...readdirSync(folder).map((name) => Number(FILE.exec(name)?.[1] ?? 0)));

/** What is not sound is not signed. @throws Error that says where the record is broken */
const sign = async (
  { db, signer, clock, witnessFolder }: CheckpointDeps,
  cause: CheckpointCause,
): Promise<Checkpoint> => {
  const head = await recordHead(db);
  switch (head.is) {
    case "broken":
      throw new Error(`the record is not signed: event ${head.sequence} ${head.why}`);
    case "contradicts":
      throw new Error(`the record is not signed: it contradicts the checkpoint of ${head.checkpoint} events`);
    case "sound": {
      const { size, root } = head;
      if (witnessedSize(witnessFolder) > size)
        throw new Error(`the record is not signed: its witness has seen more than ${size} events`);
      const at = clock();
      const key = signer.verifierKey;
      return {
        size,
        root,
        cause,
        at,
        key,
        note: signer.sign(checkpointText(signer.name, { size, root, at })),
      };
    }
  }
};

const fileOf = (folder: string, { size }: Checkpoint): string =>
  join(folder, `checkpoint-${String(size).padStart(12, "0")}.txt`);

/** Whole or not at all: whoever copies the folder at that moment gets no half of a file. */
const lay = (folder: string, checkpoint: Checkpoint): void => {
  const file = fileOf(folder, checkpoint);
  if (existsSync(file)) return;
  writeFileSync(`${file}.part`, checkpoint.note);
  renameSync(`${file}.part`, file);
};

/** Every signed head that the witness has not got yet, also after it was away. */
export const layForWitness = async ({ db, signer, witnessFolder }: CheckpointDeps): Promise<void> => {
  mkdirSync(witnessFolder, { recursive: true });
  writeFileSync(join(witnessFolder, "verifier-key.txt"), `${signer.verifierKey}\n`);
  for (const checkpoint of await checkpointsOf(db)) lay(witnessFolder, checkpoint);
};

/** Signs the record's head if that is due, and hands it over. True if it was. */
export const keepCheckpoints = async (deps: CheckpointDeps): Promise<boolean> => {
  const cause = checkpointDue(await recordingOf(deps.db), deps.clock());
  if (cause === null) return false;
  const checkpoint = await sign(deps, cause);
  const isOurs = await deps.db.transaction(async (tx) => {
    const added = await addCheckpoint(tx, checkpoint);
    if (added) await deps.tellAuditors(tx, checkpoint);
    return added;
  });
  if (isOurs) lay(deps.witnessFolder, checkpoint);
  return isOurs;
};

import { createHash, randomUUID } from "node:crypto";
import { and, asc, eq, max, sql } from "drizzle-orm";
import type { FileRef } from "../domain/file.ts";
import type { PersonId, Sha256 } from "../domain/ids.ts";
import type { Labels } from "../domain/labels.ts";
import type { Instant } from "../domain/time.ts";
import type { Db, Tx } from "./client.ts";
import { fileOf, refOf, type StoredFile } from "./queries/files.ts";
import { fileChunks, files } from "./schema/file.ts";

/** Where an operator wants files instead of the database: an S3-compatible storage. */
export interface ObjectStorage {
  /** The storage is told the hash and takes nothing else. */
  readonly put: (name: string, file: { readonly bytes: Blob; readonly hash: Sha256 }) => Promise<void>;
  readonly get: (name: string) => Promise<AsyncIterable<Uint8Array>>;
  /** Nothing happens if there is no such object. */
  readonly remove: (name: string) => Promise<void>;
}
export interface Storage {
  readonly db: Db;
  /** null: the database itself. */
  readonly objects: ObjectStorage | null;
}

export interface NewFile {
  readonly request: string;
  readonly item: string;
  readonly name: string;
  readonly labels: Labels;
  /** Of a file on the disk: read piece by piece. */
  readonly bytes: Blob;
  readonly hash: Sha256;
  readonly storedBy: PersonId;
  /** Wall clock. */
  readonly storedAt: Instant;
}

/** So much of a file is in memory at a time. */
const CHUNK_BYTES = 256 * 2 ** 10;

const storeChunks = async (tx: Tx, file: string, bytes: Blob): Promise<void> => {
  for (let position = 0; position * CHUNK_BYTES < bytes.size; position += 1) {
    const from = position * CHUNK_BYTES;
    const piece = await bytes.slice(from, from + CHUNK_BYTES).arrayBuffer();
    await tx.insert(fileChunks).values({ file, position, bytes: new Uint8Array(piece) });
  }
};

/** The version that comes next for the name, or the newest one where it is this very file. */
const nextVersion = async (tx: Tx, { item, name, hash, labels }: NewFile): Promise<number | FileRef> => {
  // Two of one name at once are two versions: one waits for the other.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${item}/${name}`}, 0))`);
  const ofName = and(eq(files.item, item), eq(files.name, name));
  const [last] = await tx
    .select({ version: max(files.version) })
    .from(files)
    .where(ofName);
  const newest = last?.version ?? 0;
  const [row] = await tx
    .select()
    .from(files)
    .where(and(ofName, eq(files.version, newest)));
  const isSame =
    row?.hash === hash &&
    row.confidentiality === labels.confidentiality &&
    row.handling.join() === (labels.handling ?? []).join();
  return row !== undefined && isSame ? refOf(row) : newest + 1;
};

/**
 * The file in the next version of its name on its item, whole or not at all; sent again unchanged it is the version
 * that is there. @throws what the object storage throws: then nothing is stored
 */
export const storeFile = async ({ db, objects }: Storage, file: NewFile): Promise<FileRef> => {
  const { request, item, name, labels, bytes, hash, storedBy, storedAt } = file;
  const id = randomUUID();
  const place = objects === null ? "database" : "objects";
  await objects?.put(id, { bytes, hash });
  try {
    const kept = await db.transaction(async (tx) => {
      const version = await nextVersion(tx, file);
      if (typeof version !== "number") return version;
      const { confidentiality, handling = [] } = labels;
      const row = {
        id,
        request,
        item,
        name,
        version,
        hash,
        size: bytes.size,
        confidentiality,
        place,
      } as const;
      await tx.insert(files).values({ ...row, handling: [...handling], storedBy, storedAt });
      if (objects === null) await storeChunks(tx, id, bytes);
      return { id, name, version, size: bytes.size, hash, ...labels };
    });
    if (kept.id !== id) await objects?.remove(id);
    return kept;
  } catch (error) {
    await objects?.remove(id);
    throw error;
  }
};

/** Gone for good, unless an answer names it. */
export const takeBackFile = async (
  { db, objects }: Storage,
  of: { readonly request: string; readonly id: string },
): Promise<"done" | "unknown" | "in-use"> => {
  const outcome = await db.transaction(async (tx) => {
    const [locked] = await tx
      .select({ place: files.place })
      .from(files)
      .where(and(eq(files.id, of.id), eq(files.request, of.request)))
      .for("update");
    if (locked === undefined) return { is: "unknown" } as const;
    if ((await fileOf(tx, of))?.named === true) return { is: "in-use" } as const;
    await tx.delete(files).where(eq(files.id, of.id));
    return { is: "done", place: locked.place } as const;
  });
  if (outcome.is === "done" && outcome.place === "objects") await objects?.remove(of.id);
  return outcome.is;
};

const chunksOf = async function* (db: Db, file: string): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; position += 1) {
    const [chunk] = await db
      .select({ bytes: fileChunks.bytes })
      .from(fileChunks)
      .where(and(eq(fileChunks.file, file), eq(fileChunks.position, position)))
      .orderBy(asc(fileChunks.position));
    if (chunk === undefined) return;
    yield chunk.bytes;
  }
};

const rawBytes = async (
  { db, objects }: Storage,
  { ref, place }: Held,
): Promise<AsyncIterable<Uint8Array>> => {
  if (place === "database") return chunksOf(db, ref.id);
  if (objects === null) throw new Error(`file ${ref.id} is in an object storage, and none is configured`);
  return objects.get(ref.id);
};
type Held = Pick<StoredFile, "ref" | "place">;

/** The file piece by piece. @throws Error before its last piece where it is not what was stored */
export const fileBytes = async function* (storage: Storage, file: Held): AsyncGenerator<Uint8Array> {
  const sum = createHash("sha256");
  let held: Uint8Array | undefined;
  for await (const piece of await rawBytes(storage, file)) {
    sum.update(piece);
    if (held !== undefined) yield held;
    held = piece;
  }
  if (sum.digest("hex") !== file.ref.hash) throw new Error(`file ${file.ref.id} is not what was stored`);
  if (held !== undefined) yield held;
};

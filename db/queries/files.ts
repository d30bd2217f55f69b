import { and, asc, eq, sql } from "drizzle-orm";
import type { FileRef } from "../../domain/file.ts";
import { labelsOf } from "../../domain/labels.ts";
import type { Db, Tx } from "../client.ts";
import { answerFiles, files } from "../schema/file.ts";

type FileRow = typeof files.$inferSelect;

/** A file with where it stands. */
export interface StoredFile extends Pick<FileRow, "request" | "item" | "place" | "storedBy" | "storedAt"> {
  readonly ref: FileRef;
  /** Whether an answer names it: then it stays. */
  readonly named: boolean;
}
/** By id. */
export type KnownFiles = ReadonlyMap<string, Pick<StoredFile, "item" | "ref">>;

export const refOf = ({ id, name, version, size, hash, confidentiality, handling }: FileRow): FileRef => ({
  id,
  name,
  version,
  size,
  hash,
  ...labelsOf(confidentiality, handling),
});

const isNamed = sql`exists (select from ${answerFiles} where ${answerFiles.file} = ${files.id})`.mapWith(
  Boolean,
);
const storedOf = ({ file, named }: { readonly file: FileRow; readonly named: boolean }): StoredFile => ({
  ref: refOf(file),
  request: file.request,
  item: file.item,
  place: file.place,
  storedBy: file.storedBy,
  storedAt: file.storedAt,
  named,
});

/** Item by item, the newest version of a name first. */
export const filesOf = async (db: Db | Tx, request: string): Promise<readonly StoredFile[]> => {
  const rows = await db
    .select({ file: files, named: isNamed })
    .from(files)
    .where(eq(files.request, request))
    .orderBy(asc(files.item), asc(files.name), sql`${files.version} desc`);
  return rows.map(storedOf);
};

/** undefined where the request has no such file. */
export const fileOf = async (
  db: Db | Tx,
  { request, id }: { readonly request: string; readonly id: string },
): Promise<StoredFile | undefined> => {
  const [row] = await db
    .select({ file: files, named: isNamed })
    .from(files)
    .where(and(eq(files.request, request), eq(files.id, id)));
  return row && storedOf(row);
};

export const storedFile = async (
  db: Db | Tx,
  id: string,
): Promise<Pick<StoredFile, "ref" | "place"> | undefined> => {
  const [row] = await db.select().from(files).where(eq(files.id, id));
  return row && { ref: refOf(row), place: row.place };
};

export const knownFiles = async (db: Db | Tx, request: string): Promise<KnownFiles> =>
  new Map((await filesOf(db, request)).map(({ ref, item }) => [ref.id, { ref, item }]));

import type { FileHandle } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { createInflateRaw, inflateRawSync } from "node:zlib";
import { pipeline } from "node:stream/promises";
import { EvidenceFault } from "./fault.ts";

/** What a document with many pictures takes, unpacked; and how densely text is ever packed. */
const TOTAL_LIMIT_BYTES = 200 * 2 ** 20;
const RATIO_LIMIT = 100;
const PARTS_LIMIT = 5_000;
const DIRECTORY_LIMIT_BYTES = 2 * 2 ** 20;
/** A part that is read here, unpacked. */
const READ_LIMIT_BYTES = 2 ** 20;

const END_LENGTH = 22;
const END_MARK = 0x06054b50;
const ENTRY_LENGTH = 46;
const ENTRY_MARK = 0x02014b50;
const LOCAL_LENGTH = 30;
const LOCAL_MARK = 0x04034b50;
/** What may stand behind a part whose sizes were not known when it was begun. */
const DESCRIPTOR_LENGTH = 24;
const ENCRYPTED = 0x1;
const STORED = 0;
const DEFLATED = 8;

export interface ZipFile {
  readonly path: string;
  readonly handle: FileHandle;
  readonly size: number;
}
interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}
/** Where a part's bytes stand in the file. */
export interface ZipPart extends Entry {
  readonly from: number;
}

const damaged = (): EvidenceFault => new EvidenceFault("damaged");

const bytesAt = async ({ handle, size }: ZipFile, at: number, length: number): Promise<Buffer> => {
  if (at < 0 || length < 0 || at + length > size) throw damaged();
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, at);
  if (bytesRead < length) throw damaged();
  return buffer;
};

/** One disk, no comment, no Zip64: the directory ends where the file ends, so that nothing can hang on behind it. */
const directoryOf = async (
  file: ZipFile,
): Promise<{ readonly at: number; readonly count: number; readonly bytes: Buffer }> => {
  const end = file.size - END_LENGTH;
  const mark = await bytesAt(file, end, END_LENGTH);
  if (mark.readUInt32LE(0) !== END_MARK) throw damaged();
  const count = mark.readUInt16LE(10);
  const length = mark.readUInt32LE(12);
  const at = mark.readUInt32LE(16);
  if (mark.readUInt16LE(8) !== count || at + length !== end || count === 0) throw damaged();
  if (count > PARTS_LIMIT || length > DIRECTORY_LIMIT_BYTES) throw new EvidenceFault("bomb");
  return { at, count, bytes: await bytesAt(file, at, length) };
};

const entriesOf = (directory: Buffer, count: number): readonly Entry[] => {
  const entries: Entry[] = [];
  let at = 0;
  while (entries.length < count) {
    if (at + ENTRY_LENGTH > directory.length || directory.readUInt32LE(at) !== ENTRY_MARK) throw damaged();
    const start = at + ENTRY_LENGTH;
    const nameEnd = start + directory.readUInt16LE(at + 28);
    if ((directory.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw damaged();
    entries.push({
      name: directory.toString("utf8", start, nameEnd),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      at: directory.readUInt32LE(at + 42),
    });
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  if (at !== directory.length) throw damaged();
  return entries;
};

const isPlainName = (name: string): boolean =>
  name !== "" && !/[\\\u{0}]/u.test(name) && !name.startsWith("/") && !name.split("/").includes("..");

const placed = async (file: ZipFile, entry: Entry): Promise<ZipPart> => {
  const head = await bytesAt(file, entry.at, LOCAL_LENGTH);
  const nameLength = head.readUInt16LE(26);
  const own = await bytesAt(file, entry.at + LOCAL_LENGTH, nameLength);
  if (head.readUInt32LE(0) !== LOCAL_MARK || own.toString("utf8") !== entry.name) throw damaged();
  if (head.readUInt16LE(8) !== entry.method) throw damaged();
  if (entry.method !== STORED && entry.method !== DEFLATED) throw damaged();
  if (entry.method === STORED && entry.packed !== entry.size) throw damaged();
  return { ...entry, from: entry.at + LOCAL_LENGTH + nameLength + head.readUInt16LE(28) };
};

/** Part behind part from the first byte to the directory: none inside another, nothing of anything else between. */
const checkPlaces = (parts: readonly ZipPart[], directoryAt: number): void => {
  let end = 0;
  for (const part of parts.toSorted((one, other) => one.at - other.at)) {
    const gap = part.at - end;
    if (gap < 0 || gap > (end === 0 ? 0 : DESCRIPTOR_LENGTH)) throw damaged();
    end = part.from + part.packed;
  }
  if (end > directoryAt || directoryAt - end > DESCRIPTOR_LENGTH) throw damaged();
};

/** Unpacked without being kept: more than it says is a lie. */
const checkSize = async ({ path }: ZipFile, { method, packed, size, from }: ZipPart): Promise<void> => {
  if (method === STORED || packed === 0) return;
  let unpacked = 0;
  const count = async (pieces: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const piece of pieces) {
      unpacked += piece.length;
      if (unpacked > size) throw new EvidenceFault("bomb");
    }
  };
  const source = createReadStream(path, { start: from, end: from + packed - 1 });
  try {
    await pipeline(source, createInflateRaw(), count);
  } catch (error) {
    throw error instanceof EvidenceFault ? error : damaged();
  }
  if (unpacked !== size) throw damaged();
};

/**
 * The parts of a zip archive (APPNOTE 6.3) that is nothing besides, and no larger unpacked than a document can be.
 * @throws EvidenceFault
 */
export const zipParts = async (file: ZipFile): Promise<readonly ZipPart[]> => {
  const { at, count, bytes } = await directoryOf(file);
  const entries = entriesOf(bytes, count);
  if (entries.some(({ name }) => !isPlainName(name))) throw damaged();
  if (new Set(entries.map(({ name }) => name.toLowerCase())).size < count) throw damaged();
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > TOTAL_LIMIT_BYTES || total > file.size * RATIO_LIMIT) throw new EvidenceFault("bomb");
  const parts: ZipPart[] = [];
  for (const entry of entries) parts.push(await placed(file, entry));
  checkPlaces(parts, at);
  for (const part of parts) await checkSize(file, part);
  return parts;
};

/** A small part's text. @throws EvidenceFault */
export const partText = async (file: ZipFile, part: ZipPart): Promise<string> => {
  if (part.size > READ_LIMIT_BYTES) throw new EvidenceFault("bomb");
  const packed = await bytesAt(file, part.from, part.packed);
  const bytes =
    part.method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, part.size) });
  return bytes.toString("utf8");
};

import { inflateRawSync } from "node:zlib";
import { FileFault } from "./faults.ts";

/** A form of a thousand long answers is a third of it. */
const PART_LIMIT_BYTES = 16 * 2 ** 20;
const TOTAL_LIMIT_BYTES = 24 * 2 ** 20;
const PARTS_LIMIT = 200;

const END_LENGTH = 22;
const END_MARK = 0x06054b50;
const ENTRY_LENGTH = 46;
const ENTRY_MARK = 0x02014b50;
const LOCAL_LENGTH = 30;
const LOCAL_MARK = 0x04034b50;
const ENCRYPTED = 0x1;
const STORED = 0;
const DEFLATED = 8;

/** What the directory says of a part. */
interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}
export interface Part {
  readonly name: string;
  readonly bytes: Buffer;
}

/** One disk, no comment, no Zip64: the directory ends where the file ends. */
const directoryOf = (file: Buffer): { readonly at: number; readonly count: number } => {
  const end = file.length - END_LENGTH;
  if (end < 0 || file.readUInt32LE(end) !== END_MARK) throw new FileFault("damaged");
  const count = file.readUInt16LE(end + 10);
  const at = file.readUInt32LE(end + 16);
  if (file.readUInt16LE(end + 8) !== count || at + file.readUInt32LE(end + 12) !== end)
    throw new FileFault("damaged");
  if (count > PARTS_LIMIT) throw new FileFault("too-large");
  return { at, count };
};

const entryAt = (file: Buffer, at: number): { readonly entry: Entry; readonly next: number } => {
  if (file.readUInt32LE(at) !== ENTRY_MARK) throw new FileFault("damaged");
  const start = at + ENTRY_LENGTH;
  const nameEnd = start + file.readUInt16LE(at + 28);
  const entry = {
    name: file.toString("utf8", start, nameEnd),
    method: file.readUInt16LE(at + 10),
    packed: file.readUInt32LE(at + 20),
    size: file.readUInt32LE(at + 24),
    at: file.readUInt32LE(at + 42),
  };
  if ((file.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw new FileFault("damaged", entry.name);
  if (entry.size > PART_LIMIT_BYTES) throw new FileFault("too-large", entry.name);
  return { entry, next: nameEnd + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32) };
};

/** Everything is said before anything is unpacked: names, each once, and sizes. */
const entriesOf = (file: Buffer): readonly Entry[] => {
  const { at: first, count } = directoryOf(file);
  const entries: Entry[] = [];
  let at = first;
  while (entries.length < count) {
    const { entry, next } = entryAt(file, at);
    entries.push(entry);
    at = next;
  }
  if (new Set(entries.map(({ name }) => name.toLowerCase())).size < count) throw new FileFault("damaged");
  if (entries.reduce((sum, { size }) => sum + size, 0) > TOTAL_LIMIT_BYTES) throw new FileFault("too-large");
  return entries;
};

/** Where a part's bytes stand. Its own header and the directory must tell of the same part. */
const packedOf = (file: Buffer, { name, method, packed, at }: Entry): Buffer => {
  if (file.readUInt32LE(at) !== LOCAL_MARK) throw new FileFault("damaged", name);
  const nameEnd = at + LOCAL_LENGTH + file.readUInt16LE(at + 26);
  const start = nameEnd + file.readUInt16LE(at + 28);
  const own = file.toString("utf8", at + LOCAL_LENGTH, nameEnd);
  if (own !== name || file.readUInt16LE(at + 8) !== method || start + packed > file.length)
    throw new FileFault("damaged", name);
  return file.subarray(start, start + packed);
};

const inflated = (bytes: Buffer, size: number): Buffer => {
  try {
    // One byte more than said is already a lie.
    return inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    const isMore = error instanceof RangeError;
    throw new FileFault(isMore ? "too-large" : "damaged");
  }
};

const partOf = (file: Buffer, entry: Entry): Part => {
  const packed = packedOf(file, entry);
  if (entry.method !== STORED && entry.method !== DEFLATED) throw new FileFault("damaged", entry.name);
  const bytes = entry.method === STORED ? packed : inflated(packed, entry.size);
  if (bytes.length !== entry.size) throw new FileFault("damaged", entry.name);
  return { name: entry.name, bytes };
};

/**
 * The parts of a small zip archive (APPNOTE 6.3), none larger than it says and none larger than a form's can be.
 * @throws FileFault
 */
export const partsOf = (file: Buffer): readonly Part[] => {
  try {
    return entriesOf(file).map((entry) => partOf(file, entry));
  } catch (error) {
    if (error instanceof FileFault) throw error;
    throw new FileFault("damaged");
  }
};

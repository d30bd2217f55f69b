import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { FileKind } from "../../domain/file-name.ts";
import { EvidenceFault } from "./fault.ts";
import { checkOffice } from "./office.ts";
import type { ZipFile } from "./zip.ts";

/** A file on the disk, looked into piece by piece. */
type Stored = ZipFile;

const MARKS: Readonly<Record<Exclude<FileKind, "csv" | "txt">, Buffer>> = {
  pdf: Buffer.from("%PDF-"),
  docx: Buffer.from("PK\u{3}\u{4}"),
  xlsx: Buffer.from("PK\u{3}\u{4}"),
  pptx: Buffer.from("PK\u{3}\u{4}"),
  png: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  jpeg: Buffer.from([0xff, 0xd8, 0xff]),
};

const piece = async ({ handle, size }: Stored, at: number, length: number): Promise<Buffer> => {
  const start = Math.max(0, at);
  const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - start)));
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
  return buffer.subarray(0, bytesRead);
};

const TAIL_BYTES = 66 * 2 ** 10;
const ZIP_END = Buffer.from("PK\u{5}\u{6}");

/** A zip archive is read from its end: whatever ends like one is one too, whatever it begins with. */
const endsLikeZip = (tail: Buffer): boolean => {
  for (let at = tail.lastIndexOf(ZIP_END); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(ZIP_END, at - 1))
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length) return true;
  return false;
};

/** ISO 32000: from the first byte to the last end mark, and only line ends behind it. */
const checkPdf = async (file: Stored): Promise<void> => {
  const head = await piece(file, 0, 8);
  if (!/^%PDF-[12]\.\d/.test(head.toString("latin1"))) throw new EvidenceFault("other-content");
  const tail = await piece(file, file.size - 1024, 1024);
  const end = tail.lastIndexOf("%%EOF");
  if (end < 0) throw new EvidenceFault("damaged");
  if (/[^\s\0]/.test(tail.toString("latin1", end + 5))) throw new EvidenceFault("two-in-one");
};

const CHUNKS_LIMIT = 100_000;
/** PNG (ISO/IEC 15948): chunk behind chunk, IEND the last of them and of the file. */
const checkPng = async (file: Stored): Promise<void> => {
  let at = 8;
  for (let chunks = 0; chunks < CHUNKS_LIMIT; chunks += 1) {
    const head = await piece(file, at, 8);
    if (head.length < 8) throw new EvidenceFault("damaged");
    const type = head.toString("latin1", 4);
    if (chunks === 0 && type !== "IHDR") throw new EvidenceFault("damaged");
    at += 12 + head.readUInt32BE(0);
    if (at > file.size) throw new EvidenceFault("damaged");
    if (type === "IEND") {
      if (at < file.size) throw new EvidenceFault("two-in-one");
      return;
    }
  }
  throw new EvidenceFault("damaged");
};

/** JPEG (ITU-T T.81): EOI ends it, and the file. */
const checkJpeg = async (file: Stored): Promise<void> => {
  const tail = await piece(file, file.size - 2, 2);
  if (tail.readUInt16BE(0) !== 0xffd9) throw new EvidenceFault("two-in-one");
};

/** No more than this is looked at for what it pretends not to be. */
const BEGINNING_LETTERS = 1024;
const CONTROL = /[\u{0}-\u{8}\u{b}\u{e}-\u{1f}\u{7f}]/u;
/** What a program, a page or another kind of file begins with. */
const NO_TEXT =
  /^\u{feff}?\s*(#!|%!|%PDF-|<\?|<!doctype|<(html|head|body|script|svg|iframe)\b|\{\\rtf|MZ[^ -~])/iu;

const isTextIn = async (path: string, label: string): Promise<boolean> => {
  const decoder = new TextDecoder(label, { fatal: true });
  let first = true;
  try {
    for await (const bytes of createReadStream(path)) {
      const letters = decoder.decode(Buffer.from(bytes), { stream: true });
      if (CONTROL.test(letters)) return false;
      if (first && NO_TEXT.test(letters.slice(0, BEGINNING_LETTERS)))
        throw new EvidenceFault("other-content");
      first = false;
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof EvidenceFault) throw error;
    return false;
  }
};

/** UTF-8, or what Excel saves on a Japanese machine. */
const checkText = async ({ path }: Stored): Promise<void> => {
  if (!(await isTextIn(path, "utf-8")) && !(await isTextIn(path, "shift_jis")))
    throw new EvidenceFault("not-text");
};

const checkInside = (file: Stored, kind: FileKind): Promise<void> => {
  switch (kind) {
    case "pdf":
      return checkPdf(file);
    case "docx":
    case "xlsx":
    case "pptx":
      return checkOffice(file, kind);
    case "png":
      return checkPng(file);
    case "jpeg":
      return checkJpeg(file);
    case "csv":
    case "txt":
      return checkText(file);
  }
};

const isArchive = (kind: FileKind): boolean => kind === "docx" || kind === "xlsx" || kind === "pptx";

const checkOutside = async (file: Stored, kind: FileKind): Promise<void> => {
  if (kind === "csv" || kind === "txt") return;
  const mark = MARKS[kind];
  if (!(await piece(file, 0, mark.length)).equals(mark)) throw new EvidenceFault("other-content");
  if (!isArchive(kind) && endsLikeZip(await piece(file, file.size - TAIL_BYTES, TAIL_BYTES)))
    throw new EvidenceFault("two-in-one");
};

/** Nothing but what its name says it is, and nothing in it that acts. @throws EvidenceFault */
export const checkContent = async (path: string, kind: FileKind): Promise<void> => {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    if (size === 0) throw new EvidenceFault("empty");
    const file = { path, handle, size };
    await checkOutside(file, kind);
    await checkInside(file, kind);
  } finally {
    await handle.close();
  }
};

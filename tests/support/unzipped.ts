import { inflateRawSync } from "node:zlib";

export interface ZipEntry {
  readonly name: string;
  readonly text: string;
  /** As the archive has it: MS-DOS date and time, both headers. */
  readonly stamps: readonly number[];
}

/** The entries of a small zip archive, in the order of its directory. */
export const unzipped = (archive: Uint8Array): readonly ZipEntry[] => {
  const bytes = Buffer.from(archive);
  const end = bytes.length - 22;
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const local = bytes.readUInt32LE(at + 42);
    const nameLength = bytes.readUInt16LE(at + 28);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    const method = bytes.readUInt16LE(at + 10);
    entries.push({
      name: bytes.toString("utf8", at + 46, at + 46 + nameLength),
      text: (method === 0 ? packed : inflateRawSync(packed)).toString("utf8"),
      stamps: [bytes.readUInt32LE(at + 12), bytes.readUInt32LE(local + 10)],
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
};

import { crc32, deflateRawSync } from "node:zlib";

export interface ZipPart {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the archive says of it, where it lies. */
  readonly declared?: number;
  readonly ownName?: string;
}

/** A zip archive, as honest as its parts. */
export const zipped = (parts: readonly ZipPart[]): Buffer => {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, declared = bytes.length, ownName = name } of parts) {
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(declared, 18);
    head.writeUInt16LE(Buffer.byteLength(ownName), 22);
    const file = Buffer.concat([Buffer.from("PK\u{3}\u{4}"), head, Buffer.from(ownName), packed]);
    const entry = Buffer.alloc(42);
    entry.writeUInt16LE(20, 0);
    head.copy(entry, 2, 0, 22);
    entry.writeUInt16LE(Buffer.byteLength(name), 24);
    entry.writeUInt32LE(at, 38);
    directory.push(Buffer.from("PK\u{1}\u{2}"), entry, Buffer.from(name));
    files.push(file);
    at += file.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u{5}\u{6}");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, entries, end]);
};

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const BLOCK = 512;

const textAt = (header: Uint8Array, from: number, length: number): string =>
  Buffer.from(header.subarray(from, from + length))
    .toString("utf8")
    .replace(/\0.*$/s, "");

/** Plain files of a POSIX ustar archive. @throws Error for an archive that is cut off, or a path that leads outside */
function* filesOf(archive: Uint8Array): Generator<readonly [string, Uint8Array]> {
  for (let at = 0; ;) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.length < BLOCK) throw new Error("the archive is cut off");
    if (header.every((byte) => byte === 0)) return;
    const path = textAt(header, 0, 100);
    const size = Number.parseInt(textAt(header, 124, 12), 8);
    const bytes = archive.subarray(at + BLOCK, at + BLOCK + size);
    if (bytes.length < size) throw new Error("the archive is cut off");
    if (path.startsWith("/") || normalize(path).startsWith("..")) throw new Error(`a path outside: ${path}`);
    yield [path, bytes];
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

/** Lays the files below the folder. Answers how many there were. */
export const untar = (archive: Uint8Array, folder: string): number => {
  let files = 0;
  for (const [path, bytes] of filesOf(archive)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    files += 1;
  }
  return files;
};

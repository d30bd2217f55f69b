import type { Instant } from "../domain/time.ts";

export interface TarFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;
const NAME_BYTES = 100;

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, "0")}\0`;

/** POSIX ustar: fields at fixed places, and a checksum over them with its own place blank. */
const headerOf = ({ path, bytes }: TarFile, at: Instant): Buffer => {
  if (Buffer.byteLength(path) > NAME_BYTES) throw new RangeError(`too long a path for tar: ${path}`);
  const header = Buffer.alloc(BLOCK);
  const fields: readonly (readonly [number, string])[] = [
    [0, path],
    [100, octal(0o644, 7)],
    [108, octal(0, 7)],
    [116, octal(0, 7)],
    [124, octal(bytes.length, 11)],
    [136, octal(Math.floor(Date.parse(at) / 1000), 11)],
    [148, "        "],
    [156, "0"],
    [257, "ustar\x0000"],
  ];
  for (const [offset, text] of fields) header.write(text, offset);
  header.write(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    )} `,
    148,
  );
  return header;
};

/** A tar archive of files that come one by one, each with the same date. @throws RangeError for a path over 100 bytes */
export async function* tarOf(
  files: AsyncIterable<TarFile> | Iterable<TarFile>,
  at: Instant,
): AsyncGenerator<Buffer> {
  for await (const file of files) {
    yield headerOf(file, at);
    yield Buffer.from(file.bytes);
    yield Buffer.alloc((BLOCK - (file.bytes.length % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

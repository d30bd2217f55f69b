import { constants, gzipSync, inflateRawSync } from "node:zlib";
import { shiftJis } from "./shift-jis.ts";

/** Who has written what must not be read elsewhere, and where. */
export interface Canary {
  readonly number: number;
  readonly field: string;
  readonly person: string;
  readonly path: string;
}

/** Nobody else writes so: a word of 漢字, which every encoding writes otherwise, and one of letters. */
const MARK = "密偵";
const LETTERS = "QxCanaryZw";
const textOf = (number: number): string => `${MARK}${LETTERS}${String(number).padStart(4, "0")}`;
const NUMBER = new RegExp(`${MARK}${LETTERS}(\\d{4})`, "g");

const utf16 = (bytes: Buffer): Buffer => Buffer.from(bytes.toString("utf8"), "utf16le");
const escaped = (text: string): string =>
  text.replaceAll(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** How a text can be hidden. */
export const FORMS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  "as it is": (bytes) => bytes,
  base64: (bytes) => Buffer.from(bytes.toString("base64")),
  "UTF-16, little end first": utf16,
  "UTF-16, big end first": (bytes) => utf16(bytes).swap16(),
  CP932: (bytes) => Buffer.from(shiftJis(bytes.toString("utf8"))),
  "escaped JSON": (bytes) => Buffer.from(escaped(bytes.toString("utf8"))),
  gzip: (bytes) => gzipSync(bytes),
};

/** What is inside, whatever stands before it and however that shifts the groups of three bytes. */
const base64Needles = [0, 1, 2].map((shift) => {
  const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(MARK + LETTERS)]);
  return Buffer.from(text.toString("base64").slice(shift === 0 ? 0 : 4, -4));
});
const needles: readonly (readonly [string, Buffer])[] = [
  ["as it is", Buffer.from(MARK + LETTERS)],
  ...base64Needles.map((needle) => ["base64", needle] as const),
  ["UTF-16, little end first", Buffer.from(MARK + LETTERS, "utf16le")],
  ["UTF-16, big end first", Buffer.from(MARK + LETTERS, "utf16le").swap16()],
  ["CP932", Buffer.from(shiftJis(MARK + LETTERS))],
  ["escaped JSON", Buffer.from(escaped(MARK + LETTERS))],
];

/** A member without a name or a comment (RFC 1952). */
const GZIP = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);
const HEADER_BYTES = 10;
/** As far as it goes: what follows is not ours, and what was cut off tells what it can. */
const unpackedFrom = (bytes: Buffer, at: number): Buffer => {
  try {
    return inflateRawSync(bytes.subarray(at + HEADER_BYTES), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
};

/** In which forms any canary is in the bytes. */
export const foundIn = (bytes: Buffer): readonly string[] => {
  const found = needles.filter(([, needle]) => bytes.includes(needle)).map(([form]) => form);
  for (let at = bytes.indexOf(GZIP); at >= 0; at = bytes.indexOf(GZIP, at + 1))
    if (foundIn(unpackedFrom(bytes, at)).length > 0) found.push("gzip");
  return [...new Set(found)];
};

const FIELDS: ReadonlySet<string> = new Set(["text", "reason", "proposal"]);

/** Canaries as they are let out, each with a number of its own. */
export const makeCanaries = () => {
  const freed: Canary[] = [];
  const next = (canary: Omit<Canary, "number">): string => {
    const number = freed.length + 1;
    freed.push({ ...canary, number });
    return textOf(number);
  };
  const within = (value: unknown, by: Omit<Canary, "number" | "field">, field: string): unknown => {
    if (typeof value === "string")
      return FIELDS.has(field) ? `${next({ ...by, field })}${value}${next({ ...by, field })}` : value;
    if (Array.isArray(value)) return value.map((one: unknown) => within(one, by, field));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, within(one, by, name)]));
  };
  return {
    all: (): readonly Canary[] => freed,
    some: (): string => textOf(1),
    planted: (body: object, { person, path }: Pick<Canary, "person" | "path">): object =>
      Object.fromEntries(
        Object.entries(body).map(([name, one]) => [name, within(one, { person, path }, name)]),
      ),
    nameOf: ({ id, name }: { readonly id: string; readonly name: string }): string =>
      `${name}${next({ field: "name", person: id, path: "" })}`,
    in: (text: string): readonly Canary[] =>
      [...text.matchAll(NUMBER)].flatMap(([, number]) =>
        freed.filter((one) => one.number === Number(number)),
      ),
  };
};

/** What was checked, the sequence number it concerns, and what is wrong, in Japanese. */
export interface Finding {
  readonly check: string;
  readonly sequence: number | null;
  readonly what: string;
}
export interface Verified {
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
  /** How many entries were checked. */
  readonly entries: number;
}
export interface VerifyOptions {
  /** Verifier keys one holds oneself. */
  readonly trusted?: readonly string[];
  /** Name and bytes of checkpoints kept elsewhere. */
  readonly kept?: readonly (readonly [string, Buffer])[];
  /** Marks as they stand on paper, `<size>:<16 hex digits>`. */
  readonly papers?: readonly string[];
}
/** A line of `entries.ndjson`. */
export interface Entry {
  readonly leaf: Readonly<Record<string, unknown>>;
  readonly self: string;
  readonly said: Readonly<
    Record<"reason" | "result", { readonly salt: string; readonly words: unknown } | null>
  >;
}
export const canonical: (value: unknown) => string;
/** null where something said has been disposed of. */
export const fold: (entries: readonly Entry[], cycle: string) => Readonly<Record<string, unknown>> | null;
export const verifyBundle: (files: ReadonlyMap<string, Buffer>, options?: VerifyOptions) => Verified;
/** Where the histories tell of an entry. */
export const eventsOf: (
  files: ReadonlyMap<string, Buffer>,
  sequence: number,
) => readonly { readonly file: string; readonly event: string; readonly what: string }[];
export const readBundle: (folder: string) => Map<string, Buffer>;
/** Rows that differ between two states, as {@link fold} gives them. */
export const differences: (
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
) => readonly { readonly name: string; readonly key: string }[];
/** What a payload of a history holds; null for what is no JSON. */
export const payload: (payloads: unknown) => unknown;

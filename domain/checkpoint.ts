import type { Sha256 } from "./ids.ts";
import { addSeconds, type Instant } from "./time.ts";

/** Why the record is signed just now: the hour is over, or a stage of a cycle. */
export type CheckpointCause = "hour" | "stage";

/** The record's end, and what was last signed of it. */
export interface Recording {
  /** So many events there are. */
  readonly size: number;
  readonly signed: { readonly size: number; readonly at: Instant } | undefined;
  /** The last event with which a cycle entered another stage; 0 if there was none. */
  readonly stageAt: number;
}

declare const brand: unique symbol;
/**
 * `<size>:<first 16 hex digits of the root>`, short enough to stand on paper: whoever holds the paper can show that a
 * record has another beginning.
 */
export type RecordMark = string & { readonly [brand]: "RecordMark" };

export const recordMark = ({ size, root }: { readonly size: number; readonly root: Sha256 }): RecordMark =>
  `${size}:${root.slice(0, 16)}` as RecordMark;

/** As it is printed: `1234件まで 0123456789abcdef`. */
export const markText = (mark: RecordMark): string => mark.replace(/^(\d+):/, "$1件まで　");

const HOUR_SECONDS = 3600;

/** Null while what is signed is all there is, or fresh enough. */
export const checkpointDue = ({ size, signed, stageAt }: Recording, now: Instant): CheckpointCause | null => {
  const known = signed?.size ?? 0;
  if (size === known) return null;
  if (stageAt > known) return "stage";
  return signed === undefined || now >= addSeconds(signed.at, HOUR_SECONDS) ? "hour" : null;
};

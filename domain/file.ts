import type { Sha256 } from "./ids.ts";
import type { Labels } from "./labels.ts";

/**
 * 添付ファイル as an answer's content names it: the answer's hash covers the file's. A new file of the same name on the
 * same item is the next version; the older ones are kept.
 */
export interface FileRef extends Labels {
  /** Random: the name under which it is stored. */
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly size: number;
  /** SHA-256 of the bytes. */
  readonly hash: Sha256;
}

export const FILE_SIZE_LIMIT_BYTES = 20 * 2 ** 20;

/** What nothing is against may be read by everyone once the report is. */
export const isPublic = ({ confidentiality, handling }: Labels): boolean =>
  confidentiality === 1 && handling === undefined;

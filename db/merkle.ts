import { createHash } from "node:crypto";
import { sha256, type Sha256 } from "../domain/ids.ts";

/** A tree that grows: of a log of `n` leaves it keeps at most log2 n hashes. */
export interface MerkleTree {
  readonly append: (leaf: string) => void;
  /** Over all leaves so far. */
  readonly root: () => Sha256;
}

const hashOf = (prefix: number, ...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash("sha256").update(Uint8Array.of(prefix));
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = 0;
const NODE = 1;
const EMPTY = createHash("sha256").digest();

/** RFC 6962 section 2.1: leaves and inner nodes are hashed apart, and the left half is the largest power of two. */
export const makeMerkleTree = (): MerkleTree => {
  /** Full subtrees from the left, each larger than the next. */
  const full: { readonly height: number; readonly hash: Buffer }[] = [];
  return {
    append: (leaf) => {
      let node = { height: 0, hash: hashOf(LEAF, Buffer.from(leaf)) };
      for (let left = full.at(-1); left?.height === node.height; left = full.at(-1)) {
        full.pop();
        node = { height: node.height + 1, hash: hashOf(NODE, left.hash, node.hash) };
      }
      full.push(node);
    },
    root: () => {
      const last = full.at(-1)?.hash ?? EMPTY;
      const root = full.slice(0, -1).reduceRight((right, { hash }) => hashOf(NODE, hash, right), last);
      return sha256(root.toString("hex"));
    },
  };
};

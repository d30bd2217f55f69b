import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMerkleTree } from "../../db/merkle.ts";

const rootOf = (leaves: readonly string[]): string => {
  const tree = makeMerkleTree();
  for (const leaf of leaves) tree.append(leaf);
  return tree.root();
};

/** RFC 6962 section 2.1 as it is written. */
const definition = (leaves: readonly string[]): Buffer => {
  const hash = (...parts: readonly (string | Uint8Array)[]): Buffer =>
    parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest();
  const [only = ""] = leaves;
  if (leaves.length === 0) return hash();
  if (leaves.length === 1) return hash("\0", only);
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  return hash("\u0001", definition(leaves.slice(0, left)), definition(leaves.slice(left)));
};

describe("the tree over the record", () => {
  it.each([
    [[], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    [[""], "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
  ])("has the roots that certificate transparency has: %j", (leaves, root) => {
    expect(rootOf(leaves)).toBe(root);
  });

  it("is the one of RFC 6962, however many leaves", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { maxLength: 70 }), (leaves) => {
        expect(rootOf(leaves)).toBe(definition(leaves).toString("hex"));
      }),
    );
  });
});

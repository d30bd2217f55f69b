import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkpointText, openSigner, signerOf, verifierKeyOf } from "../../activities/signed-note.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const TEXT = checkpointText("nenrin.example/record", {
  size: 3,
  root: "ab".repeat(32),
  at: "2026-11-25T09:00:00+09:00",
});

describe("a signed checkpoint", () => {
  it("names its origin, size, root and time", () => {
    expect(TEXT).toBe(
      `nenrin.example/record\n3\n${Buffer.from("ab".repeat(32), "hex").toString("base64")}\nat 2026-11-25T09:00:00+09:00\n`,
    );
  });

  it("ends in a line of the signer's that anyone can check", () => {
    const [text = "", line = ""] = signerOf("nenrin.example/record", privateKey)
      .sign(TEXT)
      .split(/\n(?=—)/);
    const [dash, name, base64 = ""] = line.trimEnd().split(" ");
    expect([dash, name]).toEqual(["—", "nenrin.example/record"]);
    const bytes = Buffer.from(base64, "base64");
    expect(bytes.length).toBe(68);
    expect(text).toBe(TEXT);
    expect(
      verify(
        null,
        Buffer.from(TEXT),
        createPublicKey(publicKey.export({ type: "spki", format: "pem" })),
        bytes.subarray(4),
      ),
    ).toBe(true);
  });

  it("has the key id and the verifier key that Go’s own note package makes of the same key", () => {
    // The public key of Go's example, `PeterNeumann`.
    const spki = Buffer.concat([
      Buffer.from("302a300506032b6570032100", "hex"),
      Buffer.from("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "base64").subarray(1),
    ]);
    const key = createPublicKey({ key: spki, type: "spki", format: "der" });
    expect(verifierKeyOf("PeterNeumann", key)).toBe(
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    );
  });
});

describe("the service's key", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "nenrin-keys-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is made at the first start and kept, with the name it had then", () => {
    const keys = join(folder, "keys");
    const first = openSigner(keys, "nenrin.example/record");
    const second = openSigner(keys, "elsewhere.example/record");
    expect(second.verifierKey).toBe(first.verifierKey);
    expect(second.sign(TEXT)).toBe(first.sign(TEXT));
  });

  it("can be read by nobody else", () => {
    const keys = join(folder, "keys");
    openSigner(keys, "nenrin.example/record");
    expect(statSync(keys).mode & 0o077).toBe(0);
    expect(statSync(join(keys, "signing-key.pem")).mode & 0o077).toBe(0);
    expect(readFileSync(join(keys, "signing-key.pem"), "utf8")).toContain("PRIVATE KEY");
  });
});

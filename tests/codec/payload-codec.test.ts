import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { defaultPayloadConverter, type Payload } from "@temporalio/common";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodedHistory } from "../../codec/json-payloads.ts";
import { payloadKeys } from "../../codec/keys.ts";
import { makePayloadCodec } from "../../codec/payload-codec.ts";

const keyLine = (id: string): string => `${id}:${randomBytes(32).toString("base64")}`;
const [first, second] = [keyLine("k1"), keyLine("k2")];
const before = makePayloadCodec(payloadKeys(first));
const rotated = makePayloadCodec(payloadKeys(`${second},${first}`));
const after = makePayloadCodec(payloadKeys(second));

const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const bytesOf = ({ metadata, data }: Payload): Buffer =>
  Buffer.concat([...Object.values(metadata ?? {}), data ?? Buffer.alloc(0)]);

describe("a payload", () => {
  it("comes back as it was, whatever it is, and is never twice the same on its way", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        const value: unknown = JSON.parse(JSON.stringify(JSON.parse(text)));
        const payload = payloadOf(value);
        const [one, other] = await before.encode([payload, payload]);
        expect(one?.data).not.toEqual(other?.data);
        const decoded = await before.decode([one ?? {}, other ?? {}]);
        for (const back of decoded) expect(defaultPayloadConverter.fromPayload(back)).toEqual(value);
      }),
    );
  });

  it("of nothing comes back as nothing", async () => {
    // As the SDK hands over what a workflow answers without a value: its data are no bytes at all, or an empty list.
    for (const payload of [
      payloadOf(undefined),
      { ...payloadOf(undefined), data: [] as unknown as Uint8Array },
    ]) {
      const [back] = await before.decode(await before.encode([payload]));
      expect(defaultPayloadConverter.fromPayload(back ?? {})).toBeUndefined();
    }
  });

  it("shows nothing of what it says", async () => {
    const said = "差戻しの理由：出典がありません";
    const [encoded] = await before.encode([payloadOf({ reason: said })]);
    const bytes = bytesOf(encoded ?? {});
    for (const form of [Buffer.from(said), Buffer.from(said, "utf16le"), gzipSync(said).subarray(10, 30)])
      expect(bytes.includes(form)).toBe(false);
    expect(bytes.toString()).not.toContain("reason");
  });

  it("was never encrypted when the service began to encrypt: it is read as it is", async () => {
    const payload = payloadOf({ old: true });
    expect(await before.decode([payload])).toEqual([payload]);
  });

  it("is decrypted with the key it names after a rotation, and the newest key encrypts", async () => {
    const old = await before.encode([payloadOf("of the old key")]);
    const [back] = await rotated.decode(old);
    expect(defaultPayloadConverter.fromPayload(back ?? {})).toBe("of the old key");
    const made = await rotated.encode([payloadOf("of the new key")]);
    const [again] = await after.decode(made);
    expect(defaultPayloadConverter.fromPayload(again ?? {})).toBe("of the new key");
    await expect(before.decode(made)).rejects.toThrow('the payload key "k2" is missing');
  });

  it.each(["metadata", "data", "key id"])("is refused where somebody has changed its %s", async (what) => {
    const [encoded] = await rotated.encode([payloadOf({ outcome: "approved" })]);
    const metadata = { ...encoded?.metadata };
    const data = Buffer.from(encoded?.data ?? []);
    if (what === "metadata") metadata["encrypted-metadata"] = Buffer.from('[["encoding","json/other"]]');
    if (what === "key id") metadata["encryption-key-id"] = Buffer.from("k1");
    if (what === "data") data[20] = (data[20] ?? 0) ^ 1;
    await expect(rotated.decode([{ metadata, data }])).rejects.toThrow("unable to authenticate data");
  });
});

describe("the keys", () => {
  it.each(["", "k1", "k1:c2VjcmV0", `K1:${first.slice(3)}`, `${first},`, `${first},${first}`])(
    "are refused: %s, without a word of them",
    (text) => {
      expect(() => payloadKeys(text)).toThrow(RangeError);
      expect(() => payloadKeys(text)).not.toThrow(/c2VjcmV0/);
    },
  );
});

describe("a history", () => {
  it("is readable without a key once it is decoded, and all else in it stays", async () => {
    const json = async (value: unknown) => {
      const [payload] = await before.encode([payloadOf(value)]);
      const base64 = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString("base64");
      const metadata = Object.entries(payload?.metadata ?? {}).map(([name, bytes]) => [name, base64(bytes)]);
      return { metadata: Object.fromEntries(metadata), data: base64(payload?.data) };
    };
    const history = (payload: object) => ({
      events: [{ eventId: "1", attributes: { input: { payloads: [payload] }, note: null, list: [1, "x"] } }],
    });
    const text = await decodedHistory([before], JSON.stringify(history(await json({ reason: "理由" }))));
    expect(JSON.parse(text)).toEqual(
      history({
        metadata: { encoding: Buffer.from("json/plain").toString("base64") },
        data: Buffer.from('{"reason":"理由"}').toString("base64"),
      }),
    );
  });
});

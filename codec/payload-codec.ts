import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Payload, PayloadCodec } from "@temporalio/common";
import type { PayloadKey, PayloadKeys } from "./keys.ts";

const ENCRYPTED = "binary/encrypted";
const CIPHER = "aes-256-gcm";
/** What NIST SP 800-38D asks of a random initialisation vector. A key is good for 2^32 payloads. */
const IV_BYTES = 12;
const TAG_BYTES = 16;

const bytesOf = (text: string): Uint8Array => Buffer.from(text, "utf8");
const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("utf8");

/** The metadata of the payload itself: how it is encoded, no content. Bound to the data by the seal. */
const metadataText = ({ metadata }: Payload): string =>
  JSON.stringify(Object.entries(metadata ?? {}).map(([name, value]) => [name, textOf(value)]));

const metadataOf = (text: string): Record<string, Uint8Array> => {
  const entries: unknown = JSON.parse(text);
  if (!Array.isArray(entries)) throw new Error("a payload has no readable metadata");
  return Object.fromEntries(
    entries.map((entry: unknown) => {
      const [name, value] = Array.isArray(entry) ? entry.map(String) : [];
      return [name ?? "", bytesOf(value ?? "")];
    }),
  );
};

const sealedWith = ({ id, bytes }: PayloadKey, payload: Payload): Payload => {
  const inner = metadataText(payload);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, bytes, iv, { authTagLength: TAG_BYTES }).setAAD(
    bytesOf(`${id}\n${inner}`),
  );
  const data = [iv, cipher.update(Buffer.from(payload.data ?? [])), cipher.final()];
  return {
    metadata: {
      encoding: bytesOf(ENCRYPTED),
      "encryption-cipher": bytesOf("AES-256-GCM"),
      "encryption-key-id": bytesOf(id),
      "encrypted-metadata": bytesOf(inner),
    },
    data: Buffer.concat([...data, cipher.getAuthTag()]),
  };
};

/** @throws Error for a key that is not there, and for data that are not as they were encrypted */
const openedWith = ({ all }: PayloadKeys, payload: Payload): Payload => {
  const { metadata = {}, data } = payload;
  if (textOf(metadata?.["encoding"]) !== ENCRYPTED) return payload;
  const id = textOf(metadata?.["encryption-key-id"]);
  const key = all.get(id);
  if (key === undefined) throw new Error(`the payload key "${id}" is missing: add it to PAYLOAD_KEYS`);
  const inner = textOf(metadata?.["encrypted-metadata"]);
  const sealed = Buffer.from(data ?? []);
  const decipher = createDecipheriv(CIPHER, key.bytes, sealed.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(bytesOf(`${id}\n${inner}`)).setAuthTag(sealed.subarray(-TAG_BYTES));
  return {
    metadata: metadataOf(inner),
    data: Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]),
  };
};

/**
 * What leaves for the engine is encrypted with the newest key; what comes back is decrypted with the key it names. What
 * was never encrypted is read as it is, so that a service can begin to encrypt while its workflows run.
 */
export const makePayloadCodec = (keys: PayloadKeys): PayloadCodec => ({
  encode: async (payloads) => payloads.map((payload) => sealedWith(keys.current, payload)),
  decode: async (payloads) => payloads.map((payload) => openedWith(keys, payload)),
});

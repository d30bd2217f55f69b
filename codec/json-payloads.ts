import type { Payload, PayloadCodec } from "@temporalio/common";

/** A payload as the engine's JSON has it: every value in base64. */
export interface JsonPayload {
  readonly metadata: Readonly<Record<string, string>>;
  readonly data: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Anything with metadata that say how it is encoded. */
const isPayload = (value: unknown): value is { readonly metadata: object; readonly data?: string } =>
  isRecord(value) && isRecord(value["metadata"]) && typeof value["metadata"]["encoding"] === "string";

const base64 = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString("base64");

const payloadOf = ({
  metadata,
  data = "",
}: {
  readonly metadata: object;
  readonly data?: string;
}): Payload => ({
  metadata: Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [name, Buffer.from(String(value), "base64")]),
  ),
  data: Buffer.from(data, "base64"),
});
const jsonOf = ({ metadata, data }: Payload): JsonPayload => ({
  metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)])),
  data: base64(data),
});

/** As the engine's JSON has them, and as they were before they were encrypted. */
export const decodedPayloads = async (
  codecs: readonly PayloadCodec[],
  payloads: readonly JsonPayload[],
): Promise<readonly JsonPayload[]> => {
  let decoded = payloads.map(payloadOf);
  for (const codec of codecs.toReversed()) decoded = await codec.decode(decoded);
  return decoded.map(jsonOf);
};

const decodedValue = async (codecs: readonly PayloadCodec[], value: unknown): Promise<unknown> => {
  if (isPayload(value)) return (await decodedPayloads(codecs, [jsonOf(payloadOf(value))]))[0];
  if (Array.isArray(value)) return Promise.all(value.map((one: unknown) => decodedValue(codecs, one)));
  if (!isRecord(value)) return value;
  const members = Object.entries(value).map(async ([name, one]) => [name, await decodedValue(codecs, one)]);
  return Object.fromEntries(await Promise.all(members));
};

/**
 * The JSON of a history as it would be without encryption: what is kept for auditors needs no key, for they must be
 * able to read it in ten years. Without a codec it is the same text.
 */
export const decodedHistory = async (codecs: readonly PayloadCodec[], text: string): Promise<string> =>
  codecs.length === 0 ? text : JSON.stringify(await decodedValue(codecs, JSON.parse(text)), null, 2);

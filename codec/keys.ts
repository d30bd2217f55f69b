/** The keys of payloads, newest first: the first encrypts, all decrypt. Each has 32 bytes. */
export interface PayloadKeys {
  readonly current: PayloadKey;
  readonly all: ReadonlyMap<string, PayloadKey>;
}
export interface PayloadKey {
  /** Stands beside everything it has encrypted: it is no secret. */
  readonly id: string;
  readonly bytes: Buffer;
}

const KEY = /^([a-z0-9][a-z0-9-]{0,31}):([A-Za-z0-9+/]{43}=)$/;

const keyOf = (text: string): PayloadKey => {
  const [, id, base64 = ""] = KEY.exec(text) ?? [];
  if (id === undefined) throw new RangeError("a payload key is not <id>:<base64 of 32 bytes>");
  return { id, bytes: Buffer.from(base64, "base64") };
};

/**
 * From `<id>:<base64 of 32 bytes>`, several divided by commas.
 * @throws RangeError for anything else; the message holds no key
 */
export const payloadKeys = (text: string): PayloadKeys => {
  const keys = text.split(",").map(keyOf);
  const [current] = keys;
  const all = new Map(keys.map((key) => [key.id, key]));
  if (current === undefined || all.size < keys.length) throw new RangeError("two payload keys have one id");
  return { current, all };
};

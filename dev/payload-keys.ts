import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DataConverter } from "@temporalio/common";
import { payloadKeys } from "../codec/keys.ts";
import { makePayloadCodec } from "../codec/payload-codec.ts";

/** The keys of this state folder's payloads, made by its first start; only their owner may read the file. */
export const providePayloadKeys = (state: string): string => {
  const folder = join(state, "keys");
  const file = join(folder, "payload-keys.txt");
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, `k1:${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flag: "wx" });
  }
  return readFileSync(file, "utf8").trim();
};

/** For a client beside the service that has the folder. */
export const dataConverterIn = (state: string): DataConverter => ({
  payloadCodecs: [makePayloadCodec(payloadKeys(providePayloadKeys(state)))],
});

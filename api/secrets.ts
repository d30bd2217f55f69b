import { createHash, createHmac, randomBytes } from "node:crypto";
import { sha256, type Sha256 } from "../domain/ids.ts";

/** 256 random bits, to be told once to whom they belong. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** All that is kept of a secret: it is random, so that nothing but itself leads to its hash. */
export const hashOfSecret = (secret: string): Sha256 =>
  sha256(createHash("sha256").update(secret).digest("hex"));

/** What the forms of a session's pages bring along. Only who has the session's secret can tell it, and it tells nobody the secret. */
export const formTokenOf = (secret: string): string =>
  createHmac("sha256", secret).update("nenrin form token").digest("base64url");

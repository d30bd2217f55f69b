import { createHash, randomBytes } from "node:crypto";
import { canonicalJson } from "../domain/canonical.ts";
import { sha256, type CycleKey, type Sha256 } from "../domain/ids.ts";
import type { Instant } from "../domain/time.ts";

/** One change of state: who did what, in which post, to what, why, and what came of it. */
export interface AuditEvent {
  readonly cycle: CycleKey | null;
  /** The cycle's now. */
  readonly at: Instant;
  readonly actor: string;
  readonly role: string;
  readonly action: string;
  readonly object: string;
  /** Of the content or version it is about. */
  readonly hash: Sha256 | null;
  readonly reason: string | null;
  /** Plain JSON. */
  readonly result: unknown;
  readonly act: string | null;
  readonly workflow: string | null;
  readonly run: string | null;
}

/**
 * What stands in the chain for words that may have to go one day: SHA-256 over salt and words. Whoever has both can
 * show that they are the words; from the seal alone nobody can guess them.
 */
export interface Seal {
  readonly seal: Sha256;
  /** 32 random bytes in hex. */
  readonly salt: string;
}

/** An event in its place, without the words that its seals stand for. */
export interface ChainedEvent extends Omit<AuditEvent, "reason" | "result"> {
  readonly sequence: number;
  readonly recordedAt: Instant;
  readonly prev: Sha256;
  readonly reasonSeal: Sha256 | null;
  readonly resultSeal: Sha256 | null;
}

/** What the first event follows. */
export const GENESIS = sha256("0".repeat(64));

export const sha256Of = (content: string | Uint8Array): Sha256 =>
  sha256(createHash("sha256").update(content).digest("hex"));

/**
 * Null for null: that nothing was said is no secret.
 * @throws RangeError if the words are not plain JSON
 */
export const sealOf = (words: unknown, salt: string): Sha256 | null =>
  words === null
    ? null
    : sha256Of(Buffer.concat([Buffer.from(salt, "hex"), Buffer.from(canonicalJson(words))]));

/** A new seal with a salt of its own. */
export const sealed = (words: unknown): Seal | null => {
  const salt = randomBytes(32).toString("hex");
  const seal = sealOf(words, salt);
  return seal && { seal, salt };
};

/** RFC 8785 form of the event with its place: what is hashed into the chain and into the tree. */
export const leafOf = (event: ChainedEvent): string => {
  const { sequence, recordedAt, cycle, at, actor, role, action, object, hash, reasonSeal, resultSeal } =
    event;
  const { act, workflow, run, prev } = event;
  return canonicalJson({
    sequence,
    recordedAt,
    cycle,
    at,
    actor,
    role,
    action,
    object,
    hash,
    reasonSeal,
    resultSeal,
    act,
    workflow,
    run,
    prev,
  });
};

/** SHA-256 over the leaf, so that anyone can recompute it from an export. */
export const hashOf = (event: ChainedEvent): Sha256 => sha256Of(leafOf(event));

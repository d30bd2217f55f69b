import { createHash } from "node:crypto";
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

/** An event in its place. */
export interface ChainedEvent extends AuditEvent {
  readonly sequence: number;
  readonly recordedAt: Instant;
  readonly prev: Sha256;
}

/** What the first event follows. */
export const GENESIS = sha256("0".repeat(64));

export const sha256Of = (content: string | Uint8Array): Sha256 =>
  sha256(createHash("sha256").update(content).digest("hex"));

/** SHA-256 over the RFC 8785 form of the event with its place, so that anyone can recompute it from an export. */
export const hashOf = ({
  sequence,
  recordedAt,
  cycle,
  at,
  actor,
  role,
  action,
  object,
  hash,
  reason,
  result,
  act,
  workflow,
  run,
  prev,
}: ChainedEvent): Sha256 =>
  sha256Of(
    canonicalJson({
      sequence,
      recordedAt,
      cycle,
      at,
      actor,
      role,
      action,
      object,
      hash,
      reason,
      result,
      act,
      workflow,
      run,
      prev,
    }),
  );

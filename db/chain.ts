import { createHash, randomBytes } from "node:crypto";
import { canonicalJson } from "../domain/canonical.ts";
import { sha256, type CycleKey, type Sha256 } from "../domain/ids.ts";
import { epochMs, type Instant } from "../domain/time.ts";

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
  /** Also the id of the Update that brought it: with `workflow` and `run` it names the history's event. */
  readonly act: string | null;
  readonly workflow: string | null;
  readonly run: string | null;
  /**
   * Of the workflow's activity that appended it, as the run's history has it. An activity cannot know the number of its
   * own event, which the engine gives later; this names that one event of the run.
   */
  readonly activity: string | null;
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

/** What of an event is known before its place: the leaf without `prev`, `recordedAt` and `sequence`. */
export type UnplacedEvent = Omit<ChainedEvent, "prev" | "recordedAt" | "sequence">;

/** As the leaf has it: RFC 3339 in UTC, to the second. */
const utcOf = (instant: Instant): string => `${new Date(epochMs(instant)).toISOString().slice(0, 19)}Z`;

const membersOf = (part: object): string => canonicalJson(part).slice(1, -1);

/**
 * RFC 8785 form of the event but for its place: the four parts between which `prev`, `recordedAt` and `sequence` stand,
 * so that whoever holds the chain's head only has to put them in. `activity` is absent where there is none.
 */
export const leafParts = (event: UnplacedEvent): readonly [string, string, string, string] => {
  const { act, activity, action, actor, cycle, hash, object } = event;
  const at = utcOf(event.at);
  const { reasonSeal, resultSeal, role, run, workflow } = event;
  return [
    membersOf({ act, action, ...(activity !== null && { activity }), actor, at, cycle, hash, object }),
    membersOf({ reasonSeal }),
    membersOf({ resultSeal, role, run }),
    membersOf({ workflow }),
  ];
};

/** RFC 8785 form of the event with its place: what is hashed into the chain and into the tree. */
export const leafOf = (event: ChainedEvent): string => {
  const { prev, sequence } = event;
  const recordedAt = utcOf(event.recordedAt);
  const [first, second, third, last] = leafParts(event);
  const placed = [membersOf({ prev }), membersOf({ recordedAt }), membersOf({ sequence })];
  return `{${[first, placed[0], second, placed[1], third, placed[2], last].join(",")}}`;
};

/** SHA-256 over the leaf, so that anyone can recompute it from an export. */
export const hashOf = (event: ChainedEvent): Sha256 => sha256Of(leafOf(event));

import type { ActingRole } from "../domain/acts.ts";
import type { PersonId } from "../domain/ids.ts";
import type { Instant } from "../domain/time.ts";

/** A file that goes with the answer to an item. */
export interface Attached {
  readonly item: string;
  readonly name: string;
  readonly confidentiality: 1 | 2;
  readonly text: string;
}

/** What one person will do at an instant, unless something changes before: one request to the API. */
export interface Intention {
  readonly at: Instant;
  readonly person: PersonId;
  readonly role: ActingRole;
  /** Names it in this rehearsal, e.g. `data-meti answer 1`; without the cycle's key. */
  readonly key: string;
  /** Below `/api/v1`. */
  readonly path: string;
  readonly body: object;
  /** The revision it was decided on, of what several people edit. */
  readonly revision?: number;
  /** Stored first, each by a request of its own; then the answers of the body name them. */
  readonly attached?: { readonly path: string; readonly files: readonly Attached[] };
}

/** What the scripted people have done so far, by the key of the intention. */
export type Memory = ReadonlyMap<string, Instant>;

/** How often something whose keys are `<what> 1`, `<what> 2` … has been done. */
export const timesDone = (memory: Memory, what: string): number => {
  let times = 0;
  while (memory.has(`${what} ${times + 1}`)) times += 1;
  return times;
};

/** When it was done the last time; undefined if never. */
export const lastDone = (memory: Memory, what: string): Instant | undefined =>
  memory.get(`${what} ${timesDone(memory, what)}`);

/** The key under which it would be done the next time. */
export const nextKey = (memory: Memory, what: string): string => `${what} ${timesDone(memory, what) + 1}`;

export const latest = (...instants: readonly (Instant | undefined)[]): Instant | undefined =>
  instants.reduce(
    (late, one) => (late === undefined || (one !== undefined && one > late) ? one : late),
    undefined,
  );

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** Earliest first; at one instant in an order that depends on nothing but what is intended. */
export const inOrder = (intentions: readonly Intention[]): readonly Intention[] =>
  intentions.toSorted((one, other) => compare(one.at, other.at) || compare(one.key, other.key));

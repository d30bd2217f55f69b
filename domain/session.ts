import type { ActingRole } from "./acts.ts";
import type { Person } from "./plan.ts";
import { heldBy } from "./posts.ts";
import { addSeconds, type Instant } from "./time.ts";

/** The posts a person can act in. */
export const postsOf = (person: Pick<Person, "contact" | "staff">): readonly ActingRole[] => heldBy(person);

/** A session of a browser; instants are wall clock. */
export interface SessionTimes {
  readonly createdAt: Instant;
  readonly usedAt: Instant;
}

const IDLE_SECONDS = 30 * 60;
/** Also how long the cookie lives. */
export const SESSION_LIMIT_SECONDS = 12 * 3600;

/** A session ends half an hour after its last use, and half a day after its start whatever it is used for. */
export const sessionEndsAt = ({ createdAt, usedAt }: SessionTimes): Instant => {
  const idle = addSeconds(usedAt, IDLE_SECONDS);
  const limit = addSeconds(createdAt, SESSION_LIMIT_SECONDS);
  return idle < limit ? idle : limit;
};

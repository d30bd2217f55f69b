import { isRehearsal, type CycleKey } from "./ids.ts";
import { addSeconds, type Instant } from "./time.ts";

/** RFC 5321 limits a path to 254 octets; quoted and internationalised local parts are not in the directory. */
const ADDRESS = /^(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;

/** One plain address: nothing in which a second one, or a header, could be smuggled. */
export const isMailAddress = (raw: string): boolean => ADDRESS.test(raw);

/**
 * Where a mail stands. `uncertain`: the server may have taken it; held and shown, never sent again by itself.
 * `captured`: a rehearsal's, which is kept in the ledger and not sent.
 */
export type MailState = (typeof mailStates)[number];
export const mailStates = [
  "queued",
  "sending",
  "accepted",
  "rejected",
  "uncertain",
  "cancelled",
  "captured",
] as const;

/** What the relay is: the way to real people, or a capture that lets nothing out. */
export type Relay = "outbound" | "capture";

/** A rehearsal's mail reaches no real person: it is sent only where the relay keeps it anyway. */
export const firstStateOf = (cycle: CycleKey, relay: Relay): "queued" | "captured" =>
  relay === "outbound" && isRehearsal(cycle) ? "captured" : "queued";

/** How far an attempt has come, each written down before the next can begin. */
export type AttemptPhase = "claimed" | "dot-pushed" | "replied";

/**
 * What one attempt proves. `refused`: this recipient or message never will be taken. `deferred`: certainly not
 * taken, may be tried again. `uncertain`: nobody but the server knows.
 */
export type AttemptOutcome = "accepted" | "refused" | "deferred" | "uncertain";

/** What is known when an attempt ends. */
export interface AttemptEnd {
  /** Whether the final dot, which hands the message over (RFC 5321 section 4.1.1.4), can have left. */
  readonly dotPushed: boolean;
  /** The server's last words, if any. */
  readonly reply: string | null;
  /** Whether they answer RCPT or DATA. Greeting, sign-in and MAIL are about us, never about the recipient. */
  readonly aboutRecipient: boolean;
}

/** Only a whole reply code counts as an answer (RFC 5321 section 4.2). */
const replyClass = (reply: string | null): string | undefined =>
  /^([2-5])\d\d(?:[ -]|$)/.exec(reply ?? "")?.[1];

/** Sending again needs proof of non-acceptance: a 4xx or 5xx reply, or no dot. */
export const outcomeOf = ({ dotPushed, reply, aboutRecipient }: AttemptEnd): AttemptOutcome => {
  const answered = replyClass(reply);
  if (!dotPushed) return answered === "5" && aboutRecipient ? "refused" : "deferred";
  if (answered === "2") return "accepted";
  if (answered === "4") return "deferred";
  return answered === "5" ? "refused" : "uncertain";
};

const RETRY_MINUTES = [1, 5, 15, 30, 60] as const;
const GIVE_UP_SECONDS = 72 * 3600;

/** How long a mail waits after its n-th attempt; before the first, no longer than after it. */
const retrySeconds = (attempts: number): number => 60 * (RETRY_MINUTES[Math.max(attempts, 1) - 1] ?? 60);

/**
 * When a deferred mail is tried again after its n-th attempt; null once it has been given up. Longest wait 1 h,
 * 72 h in all: RFC 5321 section 4.5.4.1 asks for 30 min and 4–5 days, greylisting answers within minutes, and a
 * request's ladder has moved on after three days.
 */
export const retryAt = ({
  queuedAt,
  attempts,
  now,
}: {
  readonly queuedAt: Instant;
  readonly attempts: number;
  readonly now: Instant;
}): Instant | null => {
  const next = addSeconds(now, retrySeconds(attempts));
  return next <= addSeconds(queuedAt, GIVE_UP_SECONDS) ? next : null;
};

/** A mail that is to be sent: how often it was tried, and since when it could have gone on. */
export interface Waiting {
  readonly attempts: number;
  /** When it was due; of one in a courier's hands, when that courier was to have shown a sign of life. */
  readonly dueAt: Instant;
}

/** Two retry intervals without progress are no bad luck any more: nobody sends, or nobody can. */
const stuckSeconds = (attempts: number): number => 2 * retrySeconds(attempts);
export const isStuck = ({ attempts, dueAt }: Waiting, now: Instant): boolean =>
  addSeconds(dueAt, stuckSeconds(attempts)) < now;

/** `isStuck` for whoever only compares: of mails tried so often, those due before this instant are stuck. */
export interface StuckLimit {
  readonly attempts: number;
  readonly dueBefore: Instant;
}
/** For 0, 1, 2 … attempts; the last is good for all that follow too. */
export const stuckLimits = (now: Instant): readonly StuckLimit[] =>
  Array.from({ length: RETRY_MINUTES.length + 1 }, (_, attempts) => ({
    attempts,
    dueBefore: addSeconds(now, -stuckSeconds(attempts)),
  }));

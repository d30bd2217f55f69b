import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import {
  allowDot,
  claimMail,
  onMailQueued,
  renewLeases,
  type ClaimedMail,
} from "../db/commands/mail-sending.ts";
import { isStuck } from "../domain/mail.ts";
import { addSeconds } from "../domain/time.ts";
import { readBounces, type BounceDeps } from "./bounces.ts";
import type { CourierCounts } from "./contract.ts";
import { recoverLost, settle, type Settled } from "./settling.ts";
import type { Delivery, Smtp, SmtpLine } from "./smtp.ts";
import { markStuck, type StuckDeps } from "./stuck.ts";

export interface CourierPace {
  /** How often leases are renewed, lost mails looked for, and the ledger asked without a call. */
  readonly sweepMs: number;
  /** After a stop: how long mails under way may still take. */
  readonly stopMs: number;
}

export interface CourierDeps extends BounceDeps, StuckDeps {
  readonly smtp: Smtp;
  readonly pace: CourierPace;
}

export interface CourierRun {
  readonly forMs: number;
  /** Stops before `forMs`: no new mail is taken, those under way get `stopMs`. */
  readonly signal: AbortSignal;
  /** Called at every sweep. */
  readonly beat: () => void;
}

/** Longer than any pause of a living courier: sweeps, garbage collection, a slow database. */
const LEASE_SECONDS = 60;

interface Bell {
  readonly ring: () => void;
  /** The next ring. Taken before looking for work and awaited after finding none, it misses no call. */
  readonly next: () => Promise<void>;
}

const makeBell = (): Bell => {
  let wake = (): void => {};
  const wait = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  let waiting = wait();
  return {
    next: () => waiting,
    ring: () => {
      wake();
      waiting = wait();
    },
  };
};

/** One courier at work. */
interface Shift {
  readonly id: string;
  readonly deps: CourierDeps;
  readonly over: AbortSignal;
  readonly bell: Bell;
  readonly count: (settled: Settled) => void;
}

const claim = ({ id, deps }: Shift): Promise<ClaimedMail | undefined> => {
  const now = deps.clock();
  return claimMail(deps.db, { courier: id, now, leaseUntil: addSeconds(now, LEASE_SECONDS) });
};

/** A reply that is not written down makes a mail uncertain: that is worth half a minute of patience. */
const PATIENCE_SECONDS = [1, 2, 4, 8, 16] as const;

const patiently = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (const seconds of PATIENCE_SECONDS) {
    try {
      return await work();
    } catch {
      await pause(seconds * 1000);
    }
  }
  return work();
};

const deliver = async (
  { deps, count }: Shift,
  { line, mail }: { readonly line: SmtpLine; readonly mail: ClaimedMail },
): Promise<Delivery> => {
  const delivery = await line.send({
    to: mail.address,
    raw: mail.raw,
    envelopeId: mail.key,
    allowDot: () => allowDot(deps.db, mail),
  });
  count(await patiently(() => settle(deps, mail, delivery)));
  return delivery;
};

/** Sends one mail after the other. A server in trouble is left alone until the next ring. */
const workLine = async (shift: Shift, line: SmtpLine): Promise<void> => {
  let idle = false;
  while (!shift.over.aborted) {
    const call = shift.bell.next();
    const mail = await claim(shift);
    if (mail === undefined) {
      if (idle) line.rest();
      idle = true;
      await call;
    } else {
      idle = false;
      const { serverFailed } = await deliver(shift, { line, mail });
      if (serverFailed) await shift.bell.next();
    }
  }
  line.rest();
};

/** Goes on until the last mail under way is settled, so that no one takes it for lost. */
const sweep = async (
  shift: Shift,
  { beat, done }: { readonly beat: () => void; readonly done: AbortSignal },
) => {
  const { id, deps, bell, count } = shift;
  while (!done.aborted) {
    beat();
    await renewLeases(deps.db, { courier: id, leaseUntil: addSeconds(deps.clock(), LEASE_SECONDS) });
    for (const settled of await recoverLost(deps)) count(settled);
    bell.ring();
    await pause(deps.pace.sweepMs, undefined, { signal: done }).catch(() => {});
  }
};

/** What became of mail behind the relay, and what does not even get there: a courier that has begun gets its chance. */
const lookAfter = async ({ deps, over }: Shift): Promise<void> => {
  const begun = { attempts: 0, dueAt: deps.clock() };
  while (!over.aborted) {
    if (isStuck(begun, deps.clock())) await markStuck(deps);
    await readBounces(deps, over);
    await pause(deps.pace.sweepMs, undefined, { signal: over }).catch(() => {});
  }
};

const makeCounter = () => {
  const counts = { accepted: 0, rejected: 0, uncertain: 0, retried: 0 };
  const count = (settled: Settled): void => {
    if (settled !== null) counts[settled] += 1;
  };
  return { counts, count };
};

/** All of it runs to its end, also when a part fails; then the first failure is thrown. */
const together = async (parts: readonly Promise<void>[]): Promise<void> => {
  const failed = (await Promise.allSettled(parts)).find((part) => part.status === "rejected");
  if (failed !== undefined) throw failed.reason;
};

/**
 * Sends queued mails as they appear, over several connections, for at most `forMs`. Any number of couriers may
 * run. A broken database ends it with the error, after what is under way has been settled as far as possible.
 */
export const runCourier = async (
  deps: CourierDeps,
  { forMs, signal, beat }: CourierRun,
): Promise<CourierCounts> => {
  const { counts, count } = makeCounter();
  const bell = makeBell();
  const broken = new AbortController();
  const done = new AbortController();
  const over = AbortSignal.any([signal, broken.signal, AbortSignal.timeout(forMs)]);
  const shift = { id: randomUUID(), deps, over, bell, count };
  const lines = Array.from({ length: deps.smtp.connections }, () => deps.smtp.openLine());
  const orBreak = (work: Promise<void>): Promise<void> =>
    work.catch((reason: unknown) => {
      broken.abort(reason);
      throw reason;
    });
  const hurry = (): void => {
    setTimeout(() => lines.forEach((line) => line.abort()), deps.pace.stopMs).unref();
  };

  const stopListening = await onMailQueued(deps.db, bell.ring);
  over.addEventListener("abort", bell.ring);
  signal.addEventListener("abort", hurry);
  const sending = together(lines.map((line) => orBreak(workLine(shift, line))));
  const sweeping = orBreak(sweep(shift, { beat, done: done.signal }));
  try {
    await together([sending.finally(() => done.abort()), sweeping, orBreak(lookAfter(shift))]);
    return counts;
  } finally {
    signal.removeEventListener("abort", hurry);
    await stopListening();
  }
};

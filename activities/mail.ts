import { Context } from "@temporalio/activity";
import type { Activities } from "./contract.ts";
import { runCourier, type CourierDeps, type CourierPace } from "./courier.ts";

/** Well within a heartbeat time-out of 30 s and a worker's grace of 20 s. */
export const USUAL_PACE: CourierPace = { sweepMs: 5000, stopMs: 10_000 };

/** What is wrong at every sweep needs to be said but once. */
const onceEach = (say: (said: string) => void): ((said: string) => void) => {
  const known = new Set<string>();
  return (said) => {
    if (!known.has(said)) say(said);
    known.add(said);
  };
};

/**
 * Safe to run any number of times at once: what is sent is decided by the ledger, never by the attempt. Answers
 * its counts also when it was cancelled or its worker stops.
 */
export const mailActivities = (deps: Omit<CourierDeps, "warn">): Pick<Activities, "runCourier"> => ({
  runCourier: ({ forMs }) => {
    const context = Context.current();
    const beat = (): void => context.heartbeat();
    const warn = onceEach((said) => context.log.warn(said));
    return runCourier({ ...deps, warn }, { forMs, signal: context.cancellationSignal, beat });
  },
});

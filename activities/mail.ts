import { Context } from "@temporalio/activity";
import type { Activities } from "./contract.ts";
import { runCourier, type CourierDeps, type CourierPace } from "./courier.ts";

/** Well within a heartbeat time-out of 30 s and a worker's grace of 20 s. */
export const USUAL_PACE: CourierPace = { sweepMs: 5000, stopMs: 10_000 };

/**
 * Safe to run any number of times at once: what is sent is decided by the ledger, never by the attempt. Answers
 * its counts also when it was cancelled or its worker stops.
 */
export const mailActivities = (deps: CourierDeps): Pick<Activities, "runCourier"> => ({
  runCourier: ({ forMs }) => {
    const context = Context.current();
    const beat = (): void => context.heartbeat();
    return runCourier(deps, { forMs, signal: context.cancellationSignal, beat });
  },
});

import {
  ActivityCancellationType,
  CancellationScope,
  continueAsNew,
  proxyActivities,
} from "@temporalio/workflow";
import type { Activities } from "../activities/contract.ts";

const SHIFT_MS = 3_600_000;

/** Long activities that live by their heartbeat; one that fails or is lost is started again, for ever. */
const { runCourier, deliverActs, keepRecord } = proxyActivities<Activities>({
  startToCloseTimeout: "2 hours",
  heartbeatTimeout: "30 seconds",
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: "1 second", maximumInterval: "30 seconds" },
});

/**
 * 発送: sends what is queued, delivers acts that were stored while the engine could not answer, and keeps the record
 * provable. An hourly shift of all; whichever ends first ends the shift, and the next begins at once.
 */
export async function courier(): Promise<void> {
  await CancellationScope.cancellable(async () => {
    const shift = { forMs: SHIFT_MS };
    await Promise.race([runCourier(shift), deliverActs(shift), keepRecord(shift)]);
    CancellationScope.current().cancel();
  });
  await continueAsNew<typeof courier>();
}

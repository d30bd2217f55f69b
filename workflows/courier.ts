import {
  ActivityCancellationType,
  CancellationScope,
  continueAsNew,
  proxyActivities,
} from "@temporalio/workflow";
import type { Activities } from "../activities/contract.ts";

const SHIFT_MS = 3_600_000;

/** Two long activities that live by their heartbeat; one that fails or is lost is started again, for ever. */
const { runCourier, deliverActs } = proxyActivities<Activities>({
  startToCloseTimeout: "2 hours",
  heartbeatTimeout: "30 seconds",
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: "1 second", maximumInterval: "30 seconds" },
});

/**
 * 発送: sends what is queued, and delivers acts that were stored while the engine could not answer. An hourly shift
 * of both; whichever ends first ends the shift, and the next begins at once.
 */
export async function courier(): Promise<void> {
  await CancellationScope.cancellable(async () => {
    const shift = { forMs: SHIFT_MS };
    await Promise.race([runCourier(shift), deliverActs(shift)]);
    CancellationScope.current().cancel();
  });
  await continueAsNew<typeof courier>();
}

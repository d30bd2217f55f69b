import type { Client } from "@temporalio/client";
import { COURIER_WORKFLOW_ID } from "../workflows/contract.ts";

/** The one workflow that is there for all cycles. Safe to ask for as often as workers start. */
export const startCourier = async ({
  client,
  taskQueue,
}: {
  readonly client: Client;
  readonly taskQueue: string;
}): Promise<void> => {
  await client.workflow.start("courier", {
    taskQueue,
    workflowId: COURIER_WORKFLOW_ID,
    workflowIdConflictPolicy: "USE_EXISTING",
    staticSummary: "発送：待っているメールを送り、待っている行為を届ける",
  });
};

import type { z } from "zod";
import { planInForce } from "../db/queries/plan-in-force.ts";
import type { DecisionArgs } from "../domain/acts.ts";
import { headquartersName } from "../domain/catalogue.ts";
import type { CycleKey } from "../domain/ids.ts";
import { meetingNumber } from "../domain/meeting.ts";
import type { Desk } from "./acting.ts";
import type { decisionBody } from "./schemas.ts";

/** 本部決定 as it is recorded: with the meeting's number, and who decided by the name they had on that day. */
export const decisionGiven = async (
  { reason, number, ...held }: z.output<typeof decisionBody>,
  { cycle, desk }: { readonly cycle: CycleKey; readonly desk: Desk },
): Promise<{ readonly args: DecisionArgs; readonly reason: string | undefined }> => {
  const { body: plan } = await planInForce(desk.db, cycle);
  const told = number ?? meetingNumber(held.meeting);
  const body = headquartersName(plan, held.heldOn);
  return {
    args: { ...held, ...(told === null ? {} : { number: told }), ...(body === undefined ? {} : { body }) },
    reason,
  };
};

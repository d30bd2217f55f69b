import type { Tx } from "../db/client.ts";
import { heldRequests } from "../db/queries/held-requests.ts";
import { dateOf } from "../domain/time.ts";
import type { WritingDesk } from "./addressing.ts";
import type { MailOrder } from "./contract.ts";
import { lettersOf } from "./letters-of-orders.ts";
import type { NewMail } from "./outbox.ts";

const orderFor = ({ cycle: { cycle }, now }: WritingDesk, held: number): MailOrder => ({
  letter: "notice",
  to: { staff: "approver" },
  request: null,
  items: [],
  path: `/?cycle=${cycle}`,
  occurrence: `extensions ${dateOf(now)}`,
  detail: `締切を過ぎても回答していない期限延長の申出が${held}件あります。承認又は不承認を決めてください。`,
  reason: null,
  dueAt: null,
});

/**
 * An extension that was asked for in time keeps its request from closing until somebody answers it. So that the year
 * does not wait unnoticed, whoever can answer is told once every business day.
 */
export const noticesOfHeldRequests = async (tx: Tx, desk: WritingDesk): Promise<readonly NewMail[]> => {
  const held = await heldRequests(tx, { cycle: desk.cycle.cycle, now: desk.now });
  return held === 0 ? [] : lettersOf(tx, desk, { orders: [orderFor(desk, held)] });
};

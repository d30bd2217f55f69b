import type { Tx } from "../db/client.ts";
import type { Made } from "../db/commands/records.ts";
import type { Change } from "./contract.ts";
import type { Outbox } from "./outbox.ts";
import type { PlanShelf } from "./plan-shelf.ts";

export type Write = Change["write"];
export type ChangeOf<W extends Write> = Extract<Change, { write: W }>;

/** What a change is written with. */
export interface Writing {
  readonly tx: Tx;
  readonly made: Made;
  readonly plans: PlanShelf;
  readonly outbox: Outbox;
}

import { eq } from "drizzle-orm";
import type { Sha256 } from "../../domain/ids.ts";
import type { Db, Tx } from "../client.ts";
import { acts } from "../schema/acts.ts";

/** What a done act answers whoever sends it again. */
export interface ActOutcome {
  readonly sequence: number;
  readonly hash: Sha256 | null;
}

/** In the transaction of its record, or later from what the workflow answers. */
export const finishAct = async (tx: Db | Tx, id: string, result: ActOutcome): Promise<void> => {
  await tx.update(acts).set({ state: "done", result, refusal: null }).where(eq(acts.id, id));
};

import type { Db } from "../db/client.ts";
import { evaluationsUsing, itemState } from "../db/queries/evidence.ts";
import type { Activities } from "./contract.ts";

/** What a correction has to know of the record. Reads only. */
export const correctingActivities = ({ db }: { readonly db: Db }): Pick<Activities, "correctedItem"> => ({
  correctedItem: async (input) => ({
    state: (await itemState(db, input)) ?? null,
    resting: await evaluationsUsing(db, input),
  }),
});

import { asc, eq, sql } from "drizzle-orm";
import { closeDb, makeDb } from "../../db/client.ts";
import { acts } from "../../db/schema/acts.ts";
import { auditEvents } from "../../db/schema/audit.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { deedOf, type Deed } from "../oracle/deed.ts";

/** What people did in a cycle, as the record has it, in its order. The steps of its clock are nobody's doing. */
export const deedsIn = async (databaseUrl: string, cycle: CycleKey): Promise<readonly Deed[]> => {
  const db = makeDb({ url: databaseUrl, max: 1, applicationName: "deeds" });
  try {
    const rows = await db
      .select({ workflow: acts.workflow, act: acts.act })
      .from(auditEvents)
      .innerJoin(acts, eq(auditEvents.act, sql`${acts.id}::text`))
      .where(eq(acts.cycle, cycle))
      .orderBy(asc(auditEvents.sequence));
    return rows
      .flatMap(({ workflow, act }) => (workflow === null ? [] : [deedOf(cycle, workflow, act)]))
      .filter(({ action }) => action !== "cycle.advance");
  } finally {
    await closeDb(db);
  }
};

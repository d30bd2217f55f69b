import { desc, eq, lt } from "drizzle-orm";
import type { DecidedYear } from "../../domain/decided-year.ts";
import { isRehearsal, type CycleKey, type FiscalYear } from "../../domain/ids.ts";
import type { Db, Tx } from "../client.ts";
import { cycles } from "../schema/cycle.ts";
import { publications } from "../schema/report.ts";
import { contentByHash } from "./content.ts";

/**
 * The years before the cycle's that have been published, the latest first, each as it was decided. A real year is
 * compared with real ones only; a rehearsal with each year's real cycle, else with its last rehearsal.
 */
export const decidedYears = async (
  db: Db | Tx,
  { cycle, year }: { readonly cycle: CycleKey; readonly year: FiscalYear },
): Promise<readonly DecidedYear[]> => {
  const rows = await db
    .selectDistinctOn([cycles.year, cycles.openedAt, cycles.key], {
      key: cycles.key,
      year: cycles.year,
      plan: cycles.plan,
      version: publications.version,
    })
    .from(cycles)
    .innerJoin(publications, eq(publications.cycle, cycles.key))
    .where(lt(cycles.year, year))
    .orderBy(desc(cycles.year), desc(cycles.openedAt), desc(cycles.key));
  const chosen = new Map<number, (typeof rows)[number]>();
  for (const row of rows) {
    if (isRehearsal(row.key) && !isRehearsal(cycle)) continue;
    const other = chosen.get(row.year);
    if (other === undefined || (isRehearsal(other.key) && !isRehearsal(row.key))) chosen.set(row.year, row);
  }
  const found: DecidedYear[] = [];
  for (const { key, plan, version } of chosen.values()) {
    const [stored, document] = [
      await contentByHash(db, "plan", plan),
      await contentByHash(db, "version", version),
    ];
    if (stored !== undefined && document !== undefined)
      found.push({ cycle: key, plan: stored.body, version, evaluations: document.body.data.evaluations });
  }
  return found;
};

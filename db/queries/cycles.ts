import { and, asc, count, desc, eq, sql, type SQL } from "drizzle-orm";
import type { ItemState } from "../../domain/answer.ts";
import type { Stage } from "../../domain/cycle.ts";
import type { CycleKey, FiscalYear, OrganisationId, Sha256 } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { acts } from "../schema/acts.ts";
import { auditEvents } from "../schema/audit.ts";
import { cycles, processes, stageEntries } from "../schema/cycle.ts";
import { items, requests } from "../schema/request.ts";

export interface CycleStanding {
  readonly cycle: CycleKey;
  readonly year: FiscalYear;
  readonly stage: Stage;
  /** True for a rehearsal: `now` is its own. */
  readonly stepped: boolean;
  /** Of a stepped cycle its now; else when it was opened. */
  readonly now: Instant;
  readonly openedAt: Instant;
  readonly plan: Sha256;
  readonly nextPlan: Sha256 | null;
}

const standing = {
  cycle: cycles.key,
  year: cycles.year,
  stage: cycles.stage,
  stepped: cycles.stepped,
  now: cycles.now,
  openedAt: cycles.openedAt,
  plan: cycles.plan,
  nextPlan: cycles.nextPlan,
};

/** In the order in which they began, rehearsals of one year by their numbers. */
export const cyclesOf = (db: Db | Tx): Promise<CycleStanding[]> =>
  db
    .select(standing)
    .from(cycles)
    .orderBy(asc(cycles.openedAt), sql`length(${cycles.key})`, asc(cycles.key));

export const cycleOf = async (db: Db | Tx, cycle: CycleKey): Promise<CycleStanding | undefined> =>
  (await db.select(standing).from(cycles).where(eq(cycles.key, cycle)))[0];

export interface StageEntry {
  readonly stage: Stage;
  readonly enteredAt: Instant;
}
/** In the order in which they were entered; one may come again after a return. */
export const stagesOf = (db: Db | Tx, cycle: CycleKey): Promise<StageEntry[]> =>
  db
    .select({ stage: stageEntries.stage, enteredAt: stageEntries.enteredAt })
    .from(stageEntries)
    .where(eq(stageEntries.cycle, cycle))
    .orderBy(asc(stageEntries.id));

const processesOf = async (
  db: Db | Tx,
  { cycle, isOpen }: { readonly cycle: CycleKey; readonly isOpen: boolean },
): Promise<readonly string[]> => {
  const rows = await db
    .select({ workflow: processes.workflow })
    .from(processes)
    .where(and(eq(processes.cycle, cycle), eq(processes.isOpen, isOpen)))
    .orderBy(asc(processes.workflow));
  return rows.map(({ workflow }) => workflow);
};

/** Ids of the cycle's workflows that have not ended. */
export const openProcessesOf = (db: Db | Tx, cycle: CycleKey): Promise<readonly string[]> =>
  processesOf(db, { cycle, isOpen: true });

/** Those whose last record is written. One may still be telling another what became of it. */
export const closedProcessesOf = (db: Db | Tx, cycle: CycleKey): Promise<readonly string[]> =>
  processesOf(db, { cycle, isOpen: false });

/** Changes whenever somebody acts in the cycle or something is recorded of it. */
export const markOf = async (db: Db | Tx, cycle: CycleKey): Promise<string> => {
  const [acted] = await db.select({ many: count() }).from(acts).where(eq(acts.cycle, cycle));
  const [last] = await db
    .select({ sequence: auditEvents.sequence })
    .from(auditEvents)
    .where(eq(auditEvents.cycle, cycle))
    .orderBy(desc(auditEvents.sequence))
    .limit(1);
  return `${acted?.many ?? 0} ${last?.sequence ?? 0}`;
};

/** Whose requests are counted: an organisation's, or everyone's where it is undefined. */
interface Counted {
  readonly cycle: CycleKey;
  readonly organisation?: OrganisationId | undefined;
}
const counted = ({ cycle, organisation }: Counted): SQL | undefined =>
  and(
    eq(requests.cycle, cycle),
    organisation === undefined ? undefined : eq(requests.organisation, organisation),
  );

export type RequestCounts = Readonly<
  Record<RequestKind, { readonly open: number; readonly settled: number }>
>;
export const requestCounts = async (db: Db | Tx, of: Counted): Promise<RequestCounts> => {
  const rows = await db
    .select({ kind: requests.kind, is: requests.is, requests: count() })
    .from(requests)
    .where(counted(of))
    .groupBy(requests.kind, requests.is);
  const ofKind = (kind: RequestKind) => ({
    open: rows.find((row) => row.kind === kind && row.is === "open")?.requests ?? 0,
    settled: rows.find((row) => row.kind === kind && row.is === "settled")?.requests ?? 0,
  });
  return {
    data: ofKind("data"),
    survey: ofKind("survey"),
    chapter: ofKind("chapter"),
    consultation: ofKind("consultation"),
  };
};

export type ItemCounts = Readonly<Partial<Record<ItemState["is"], number>>>;
/** Items by state; a state nothing is in is left out. */
export const itemCounts = async (db: Db | Tx, of: Counted): Promise<ItemCounts> => {
  const rows = await db
    .select({ is: items.is, items: count() })
    .from(items)
    .innerJoin(requests, eq(items.request, requests.id))
    .where(counted(of))
    .groupBy(items.is);
  return Object.fromEntries(rows.map(({ is, items: many }) => [is, many]));
};

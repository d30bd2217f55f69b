import { and, asc, eq, isNull } from "drizzle-orm";
import type { StandingLadder } from "../../domain/forecast-standing.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { RungInstant } from "../../domain/ladder.ts";
import type { RequestKind } from "../../domain/plan.ts";
import { at as instantAt, type Instant, type PlainTime } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { innerWorks, items, requests, rungs } from "../schema/request.ts";
import { surveys } from "../schema/survey.ts";

interface Row<Kind extends RequestKind | "inner" = RequestKind> {
  readonly request: string;
  readonly kind: Kind;
  readonly dueAt: Instant;
  /** null where the ladder has no rung. */
  readonly rung: RungInstant | null;
}

const rung = { name: rungs.name, at: rungs.at };

/** Rows come in the order of their ladders. */
const laddersIn = <Kind extends RequestKind | "inner">(
  rows: readonly Row<Kind>[],
): readonly StandingLadder<Kind>[] => {
  const ladders = new Map<string, Omit<StandingLadder<Kind>, "rungs"> & { readonly rungs: RungInstant[] }>();
  for (const { rung: one, ...row } of rows) {
    const key = `${row.request} ${row.dueAt}`;
    const ladder = ladders.get(key) ?? { ...row, rungs: [] };
    if (one !== null) ladder.rungs.push(one);
    ladders.set(key, ladder);
  }
  return [...ladders.values()];
};

const ofRequests = (db: Db | Tx, cycle: CycleKey): Promise<readonly Row[]> => {
  const due = db
    .selectDistinct({ request: items.request, kind: requests.kind, dueAt: items.dueAt })
    .from(items)
    .innerJoin(requests, eq(items.request, requests.id))
    .where(and(eq(requests.cycle, cycle), eq(requests.is, "open")))
    .as("due");
  return db
    .select({ request: due.request, kind: due.kind, dueAt: due.dueAt, rung })
    .from(due)
    .leftJoin(rungs, and(eq(rungs.request, due.request), eq(rungs.dueAt, due.dueAt)))
    .orderBy(asc(due.request), asc(due.dueAt), asc(rungs.position));
};

const ofSurveys = async (
  db: Db | Tx,
  { cycle, closingTime }: { readonly cycle: CycleKey; readonly closingTime: PlainTime },
): Promise<readonly Row[]> => {
  const rows = await db
    .select({ request: surveys.id, dueOn: surveys.dueOn, rung: { ...rung, dueAt: rungs.dueAt } })
    .from(surveys)
    .leftJoin(rungs, eq(rungs.request, surveys.id))
    .where(and(eq(surveys.cycle, cycle), isNull(surveys.endedAt)))
    .orderBy(asc(surveys.id), asc(rungs.position));
  return rows.map(({ request, dueOn, rung: one }) => {
    const dueAt = instantAt(dueOn, closingTime);
    const mine = one === null || one.dueAt !== dueAt ? null : { name: one.name, at: one.at };
    return { request, kind: "survey", dueAt, rung: mine };
  });
};

/** The ladders inside organisations by which something is still to be prepared. */
export const innerLadders = async (
  db: Db | Tx,
  cycle: CycleKey,
): Promise<readonly StandingLadder<"inner">[]> => {
  const due = db
    .selectDistinct({ request: innerWorks.ladder, dueAt: innerWorks.dueAt })
    .from(innerWorks)
    .innerJoin(requests, eq(innerWorks.request, requests.id))
    .where(and(eq(requests.cycle, cycle), eq(requests.is, "open")))
    .as("due");
  const rows = await db
    .select({ request: due.request, dueAt: due.dueAt, rung })
    .from(due)
    .leftJoin(rungs, and(eq(rungs.request, due.request), eq(rungs.dueAt, due.dueAt)))
    .orderBy(asc(due.request), asc(due.dueAt), asc(rungs.position));
  return laddersIn(rows.map((row): Row<"inner"> => ({ ...row, kind: "inner" })));
};

/**
 * The ladders of everything that has not ended, in two statements however much it is.
 *
 * @param of `closingTime` is when a survey's day ends
 */
export const openLadders = async (
  db: Db | Tx,
  of: { readonly cycle: CycleKey; readonly closingTime: PlainTime },
): Promise<readonly StandingLadder[]> =>
  laddersIn((await Promise.all([ofRequests(db, of.cycle), ofSurveys(db, of)])).flat());

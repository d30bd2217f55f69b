import { and, eq, getTableName, inArray, lte, sql, type SQL } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { CycleKey } from "../../domain/ids.ts";
import { innerLadderOf, isWithOfficer } from "../../domain/inner-work.ts";
import type { Instant } from "../../domain/time.ts";
import { responsible } from "../../domain/survey.ts";
import type { Db, Tx } from "../client.ts";
import { approvals, cycles, decisions, findings, stageEntries, submissions } from "../schema/cycle.ts";
import { analyses, evaluations } from "../schema/evaluation.ts";
import { mails } from "../schema/mail.ts";
import { comments, edits, publications, versions } from "../schema/report.ts";
import { answers, innerWorks, items, requests } from "../schema/request.ts";
import { surveys } from "../schema/survey.ts";
import { pastYear, requestOf, type FoldedYear, type PastYear } from "./past-state.ts";

export interface Moment {
  readonly cycle: CycleKey;
  readonly asOf: Instant;
}

/** The cycle had not begun, or what was said of it until then has been disposed of. */
export class NoSuchPast extends Error {
  override readonly name = "NoSuchPast";
  readonly why: "not-begun" | "disposed-of";
  constructor(why: NoSuchPast["why"]) {
    super(why);
    this.why = why;
  }
}

const ROWS_A_STATEMENT = 1000;

/** For this transaction a table of that name stands before the present one, and holds these rows. */
const shadow = async <Row>(
  tx: Tx,
  table: PgTable,
  { rows, insert }: { readonly rows: readonly Row[]; readonly insert: (some: Row[]) => PromiseLike<unknown> },
): Promise<void> => {
  const name = sql.identifier(getTableName(table));
  await tx.execute(sql`create temp table ${name} (like public.${name} including defaults) on commit drop`);
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT)
    await insert(rows.slice(from, from + ROWS_A_STATEMENT));
};

/** The same, holding of the present rows those that are meant. */
const shadowPart = async (tx: Tx, table: PgTable, which: SQL | undefined): Promise<void> => {
  const name = sql.identifier(getTableName(table));
  await tx.execute(
    sql`create temp table ${name} on commit drop as select * from public.${name} as ${name} where ${which}`,
  );
};

const numbered =
  (cycle: CycleKey) =>
  <Row>(row: Row, n: number) => ({ ...row, id: n + 1, cycle });

const shadowLists = async (tx: Tx, cycle: CycleKey, folded: FoldedYear): Promise<void> => {
  const number = numbered(cycle);
  await shadow(tx, stageEntries, {
    rows: folded.stages.map(number),
    insert: (some) => tx.insert(stageEntries).values(some),
  });
  await shadow(tx, submissions, {
    rows: folded.submissions.map(number),
    insert: (some) => tx.insert(submissions).values(some),
  });
  await shadow(tx, approvals, {
    rows: folded.approvals.map(number),
    insert: (some) => tx.insert(approvals).values(some),
  });
  await shadow(tx, decisions, {
    rows: folded.decisions.map(number),
    insert: (some) => tx.insert(decisions).values(some),
  });
  await shadow(tx, evaluations, {
    rows: folded.evaluations.map(number),
    insert: (some) => tx.insert(evaluations).values(some),
  });
  await shadow(tx, edits, {
    rows: folded.edits.map(number),
    insert: (some) => tx.insert(edits).values(some),
  });
  await shadow(tx, versions, {
    rows: folded.versions.map((version) => ({ ...version, cycle })),
    insert: (some) => tx.insert(versions).values(some),
  });
  await shadow(tx, analyses, {
    rows: Object.entries(folded.analyses).map(([domain, analysis]) => ({ ...analysis, domain, cycle })),
    insert: (some) => tx.insert(analyses).values(some),
  });
};

const shadowCycle = async (tx: Tx, { cycle, asOf }: Moment, { cycle: row, stages }: FoldedYear) => {
  const [first] = stages;
  await shadow(tx, cycles, {
    rows: [{ ...row, key: cycle, now: asOf, openedAt: first === undefined ? asOf : first.enteredAt }],
    insert: (some) => tx.insert(cycles).values(some),
  });
};

/** What an item asks never changes; where it stands is the record's. */
const shadowRequests = async (tx: Tx, cycle: CycleKey, { folded, traced }: PastYear): Promise<void> => {
  const ids = Object.keys(folded.requests);
  const asked = ids.length === 0 ? [] : await tx.select().from(items).where(inArray(items.request, ids));
  await shadow(tx, requests, {
    rows: Object.entries(folded.requests).map(([id, { asked: wish, paused, ...request }]) => ({
      ...request,
      id,
      cycle,
      askedDueOn: wish?.dueOn ?? null,
      askedReason: wish?.reason ?? null,
      pausedAt: paused?.at ?? null,
      pausedReason: paused?.reason ?? null,
      revision: traced.revisions.get(id) ?? 1,
    })),
    insert: (some) => tx.insert(requests).values(some),
  });
  await shadow(tx, items, {
    rows: asked.flatMap(({ id, request, datum, text, indicators, dueAt }) => {
      const state = folded.items[id];
      return state === undefined
        ? []
        : [
            {
              id,
              request,
              datum,
              text,
              indicators,
              state,
              is: state.is,
              dueAt: traced.dueAt.get(id) ?? dueAt,
            },
          ];
    }),
    insert: (some) => tx.insert(items).values(some),
  });
  await shadow(tx, innerWorks, {
    rows: Object.entries(folded.inner).map(([item, work]) => ({
      item,
      request: requestOf(item),
      work,
      ladder: innerLadderOf(requestOf(item)),
      officer: work.officer,
      dueAt: work.dueAt,
      since: work.dueAt,
      isWithOfficer: isWithOfficer(work),
    })),
    insert: (some) => tx.insert(innerWorks).values(some),
  });
  await shadow(tx, answers, {
    rows: Object.entries(folded.answers).flatMap(([item, given]) =>
      given.map((answer, n) => ({ ...answer, item, version: n + 1 })),
    ),
    insert: (some) => tx.insert(answers).values(some),
  });
  await shadow(tx, surveys, {
    rows: Object.entries(folded.surveys).map(([id, { opening, ...survey }]) => ({
      ...survey,
      id,
      cycle,
      isSecretariats: responsible(survey) === "secretariat",
      cause: opening.cause,
      why: opening.why,
      items: [...opening.items],
    })),
    insert: (some) => tx.insert(surveys).values(some),
  });
};

/** What is written once and then only disposed of, carried or sent: what had been written by then. */
const shadowWritten = async (tx: Tx, { cycle, asOf }: Moment, { folded }: PastYear): Promise<void> => {
  const made = await tx
    .select()
    .from(comments)
    .where(and(eq(comments.cycle, cycle), lte(comments.at, asOf)));
  await shadow(tx, comments, {
    rows: made.map(({ id, content, round, request, organisation, at, change, nextYear }) => {
      const { disposition = null, reason = null, by = null } = folded.dispositions[id] ?? {};
      const taken = disposition === null ? { change: null, nextYear: false } : { change, nextYear };
      return {
        id,
        content,
        cycle,
        round,
        request,
        organisation,
        at,
        disposition,
        reason,
        disposedBy: by,
        ...taken,
      };
    }),
    insert: (some) => tx.insert(comments).values(some),
  });
  const open = folded.stages.some(({ stage }) => stage === "carry-over")
    ? await tx.select().from(findings).where(eq(findings.cycle, cycle))
    : [];
  await shadow(tx, findings, {
    rows: open.map((finding) => {
      const carried = folded.carried[finding.id];
      return carried === undefined
        ? { ...finding, into: null, followUp: null, target: null, reason: null }
        : { ...finding, ...carried };
    }),
    insert: (some) => tx.insert(findings).values(some),
  });
  await shadowPart(tx, publications, and(eq(publications.cycle, cycle), lte(publications.publishedAt, asOf)));
  await shadowPart(tx, mails, and(eq(mails.cycle, cycle), lte(mails.at, asOf)));
};

/**
 * What `read` would have found at that instant of the cycle's own time. For one transaction the tables of state hold
 * what the record alone makes of it, so that everything that reads the present reads the past in the same way. What
 * became of a mail is not in the record: a mail written by then stands as it does today.
 * @throws NoSuchPast
 */
export const inPast = <Result>(
  db: Db,
  moment: Moment,
  read: (then: Tx) => Promise<Result>,
): Promise<Result> =>
  db.transaction(async (tx) => {
    const year = await pastYear(tx, moment);
    if (year === undefined) throw new NoSuchPast("not-begun");
    if (year === null) throw new NoSuchPast("disposed-of");
    const { cycle } = moment;
    // A path of its own: what was prepared for the present is not used.
    await tx.execute(sql`set local search_path = pg_temp, public`);
    await shadowWritten(tx, moment, year);
    await shadowRequests(tx, cycle, year);
    await shadowLists(tx, cycle, year.folded);
    await shadowCycle(tx, moment, year.folded);
    return read(tx);
  });

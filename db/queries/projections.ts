import { and, asc, eq, isNotNull } from "drizzle-orm";
import { groupedBy } from "../../domain/grouped.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { Tx } from "../client.ts";
import {
  approvals,
  cycles,
  decisions,
  findings,
  processes,
  stageEntries,
  submissions,
} from "../schema/cycle.ts";
import { analyses, evaluations } from "../schema/evaluation.ts";
import { comments, edits, versions } from "../schema/report.ts";
import { answers, innerWorks, items, requests } from "../schema/request.ts";
import { surveys } from "../schema/survey.ts";

/** The rows of a cycle as its events should have made them: audit/verify.mjs folds the one and compares the other. */
export type Projections = Readonly<Record<string, object>>;

const byKey = <Row extends object>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  shownOf: (row: Row) => unknown,
): object => Object.fromEntries(rows.map((row) => [keyOf(row), shownOf(row)]));

const cycleProjections = async (tx: Tx, cycle: CycleKey): Promise<Projections> => {
  const { year, plan, nextPlan, stage, stepped, now } = cycles;
  const [standing] = await tx
    .select({ year, plan, nextPlan, stage, stepped, now })
    .from(cycles)
    .where(eq(cycles.key, cycle));
  const closed = await tx
    .select({ workflow: processes.workflow })
    .from(processes)
    .where(and(eq(processes.cycle, cycle), eq(processes.isOpen, false)));
  const stages = await tx
    .select({ stage: stageEntries.stage, enteredAt: stageEntries.enteredAt })
    .from(stageEntries)
    .where(eq(stageEntries.cycle, cycle))
    .orderBy(asc(stageEntries.id));
  return { cycle: standing ?? {}, stages, closed: closed.map(({ workflow }) => workflow).toSorted() };
};

const approvalProjections = async (tx: Tx, cycle: CycleKey): Promise<Projections> => {
  const { id: submissionId, subject, hash, content, by, at } = submissions;
  return {
    submissions: await tx
      .select({ subject, hash, content, by, at })
      .from(submissions)
      .where(eq(submissions.cycle, cycle))
      .orderBy(asc(submissionId)),
    approvals: (
      await tx.select().from(approvals).where(eq(approvals.cycle, cycle)).orderBy(asc(approvals.id))
    ).map(({ id: _id, cycle: _cycle, ...approval }) => approval),
    decisions: (
      await tx.select().from(decisions).where(eq(decisions.cycle, cycle)).orderBy(asc(decisions.id))
    ).map(({ id: _id, cycle: _cycle, ...decision }) => decision),
  };
};

const termOf = ({
  askedDueOn,
  askedReason,
  pausedAt,
  pausedReason,
}: Pick<typeof requests.$inferSelect, "askedDueOn" | "askedReason" | "pausedAt" | "pausedReason">) => ({
  asked: askedDueOn === null ? null : { dueOn: askedDueOn, reason: askedReason },
  paused: pausedAt === null ? null : { at: pausedAt, reason: pausedReason },
});

const requestProjections = async (tx: Tx, cycle: CycleKey): Promise<Projections> => {
  const asked = await tx.select().from(requests).where(eq(requests.cycle, cycle));
  const states = await tx
    .select({ id: items.id, state: items.state })
    .from(items)
    .innerJoin(requests, eq(items.request, requests.id))
    .where(eq(requests.cycle, cycle));
  const given = await tx
    .select({ answer: answers })
    .from(answers)
    .innerJoin(items, eq(answers.item, items.id))
    .innerJoin(requests, eq(items.request, requests.id))
    .where(eq(requests.cycle, cycle))
    .orderBy(asc(answers.item), asc(answers.version));
  const inside = await tx
    .select({ item: innerWorks.item, work: innerWorks.work })
    .from(innerWorks)
    .innerJoin(requests, eq(innerWorks.request, requests.id))
    .where(eq(requests.cycle, cycle));
  const versionsOf = groupedBy(given, ({ answer }) => answer.item);
  return {
    requests: byKey(
      asked,
      ({ id }) => id,
      ({ kind, organisation, chain, round, version, sentAt, is, dueAt, closeAt, settledAt, ...term }) => ({
        kind,
        organisation,
        ...(chain !== null && { chain }),
        round,
        version,
        sentAt,
        is,
        dueAt,
        closeAt,
        settledAt,
        ...termOf(term),
      }),
    ),
    items: byKey(
      states,
      ({ id }) => id,
      ({ state }) => state,
    ),
    inner: byKey(
      inside,
      ({ item }) => item,
      ({ work }) => work,
    ),
    answers: byKey(
      [...versionsOf],
      ([item]) => item,
      ([, all]) => all.map(({ answer: { item: _item, version: _version, ...answer } }) => answer),
    ),
  };
};

const surveyProjections = async (tx: Tx, cycle: CycleKey): Promise<Projections> => ({
  surveys: byKey(
    await tx.select().from(surveys).where(eq(surveys.cycle, cycle)),
    ({ id }) => id,
    ({ id, cycle: _cycle, isSecretariats: _derived, cause, why, items: asked, ...survey }) => ({
      ...survey,
      opening: { survey: id, cause, why, items: asked },
    }),
  ),
});

const evaluationProjections = async (tx: Tx, cycle: CycleKey): Promise<Projections> => ({
  evaluations: (
    await tx.select().from(evaluations).where(eq(evaluations.cycle, cycle)).orderBy(asc(evaluations.id))
  ).map(({ id: _id, cycle: _cycle, ...evaluation }) => evaluation),
  analyses: byKey(
    await tx.select().from(analyses).where(eq(analyses.cycle, cycle)),
    ({ domain }) => domain,
    ({ cycle: _cycle, domain: _domain, ...analysis }) => analysis,
  ),
});

const reportProjections = async (tx: Tx, cycle: CycleKey): Promise<Projections> => {
  const disposed = and(eq(comments.cycle, cycle), isNotNull(comments.disposition));
  const carried = and(eq(findings.cycle, cycle), isNotNull(findings.into));
  return {
    edits: (await tx.select().from(edits).where(eq(edits.cycle, cycle)).orderBy(asc(edits.id))).map(
      ({ id: _id, cycle: _cycle, ...edit }) => edit,
    ),
    versions: (
      await tx.select().from(versions).where(eq(versions.cycle, cycle)).orderBy(asc(versions.number))
    ).map(({ cycle: _cycle, ...version }) => version),
    dispositions: byKey(
      await tx.select().from(comments).where(disposed),
      ({ id }) => id,
      ({ disposition, change, nextYear, reason, disposedBy: by }) => ({
        disposition,
        change,
        nextYear,
        reason,
        by,
      }),
    ),
    carried: byKey(
      await tx.select().from(findings).where(carried),
      ({ id }) => id,
      ({ into, followUp, target, reason }) => ({ into, followUp, target, reason }),
    ),
  };
};

export const projectionsOf = async (tx: Tx, cycle: CycleKey): Promise<Projections> => ({
  ...(await cycleProjections(tx, cycle)),
  ...(await approvalProjections(tx, cycle)),
  ...(await requestProjections(tx, cycle)),
  ...(await surveyProjections(tx, cycle)),
  ...(await evaluationProjections(tx, cycle)),
  ...(await reportProjections(tx, cycle)),
});

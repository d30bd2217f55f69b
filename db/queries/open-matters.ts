import { and, asc, count, eq, isNull, sql } from "drizzle-orm";
import type { OpenMatters, OpenSurvey } from "../../domain/agenda.ts";
import { domainsOf } from "../../domain/catalogue.ts";
import { owedStates } from "../../domain/answer.ts";
import { countOf } from "../../domain/progress.ts";
import type { Stage } from "../../domain/cycle.ts";
import { evaluationId } from "../../domain/evaluation.ts";
import type { CycleKey, PersonId } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { currentStep } from "../../domain/survey.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { cycles, findings } from "../schema/cycle.ts";
import { analyses, evaluations } from "../schema/evaluation.ts";
import { mails } from "../schema/mail.ts";
import { comments, versions } from "../schema/report.ts";
import { items, requests } from "../schema/request.ts";
import { surveys } from "../schema/survey.ts";
import { insideMatters, isChained } from "./inside-matters.ts";
import { ladderOf } from "./ladders.ts";
import { nextPlanBy } from "./next-plan.ts";
import type { YearRequest } from "./year-requests.ts";

export interface MattersOf {
  readonly cycle: CycleKey;
  readonly stage: Stage;
  readonly now: Instant;
  readonly plan: Plan;
  /** All of the cycle, with every answer counted. */
  readonly asked: readonly YearRequest[];
}

/** How many there are of what nobody has to be shown, in one statement. */
const openNumbers = async (db: Db | Tx, cycle: CycleKey): Promise<OpenNumbers> => {
  const consulted = and(eq(requests.cycle, cycle), eq(requests.kind, "consultation"));
  const [found] = await db
    .select({
      mailsUncertain: db.$count(mails, and(eq(mails.cycle, cycle), eq(mails.state, "uncertain"))),
      analyses: db.$count(analyses, eq(analyses.cycle, cycle)),
      versions: db.$count(versions, eq(versions.cycle, cycle)),
      commentsAwaited: db.$count(requests, and(consulted, eq(requests.is, "open"))),
      commentsOpen: db.$count(comments, and(eq(comments.cycle, cycle), isNull(comments.disposition))),
      findingsOpen: db.$count(findings, and(eq(findings.cycle, cycle), isNull(findings.into))),
    })
    .from(cycles)
    .where(eq(cycles.key, cycle));
  return found ?? noNumbers;
};
const noNumbers = {
  mailsUncertain: 0,
  analyses: 0,
  versions: 0,
  commentsAwaited: 0,
  commentsOpen: 0,
  findingsOpen: 0,
};
type OpenNumbers = Readonly<Record<keyof typeof noNumbers, number>>;

const evaluationMatters = async (
  db: Db | Tx,
  { cycle, plan }: MattersOf,
): Promise<Pick<OpenMatters, "evaluationsToWrite" | "evaluationsDrafted">> => {
  const rows = await db
    .select({ kind: evaluations.kind, key: evaluations.key, is: evaluations.is, by: evaluations.by })
    .from(evaluations)
    .where(eq(evaluations.cycle, cycle))
    .orderBy(asc(evaluations.id));
  const standing = new Map<string, { is: (typeof rows)[number]["is"]; contributors: PersonId[] }>();
  for (const { kind, key, is, by } of rows) {
    const id = evaluationId(kind, key);
    const before = standing.get(id)?.contributors ?? [];
    standing.set(id, { is, contributors: is === "drafted" ? [...before, by] : before });
  }
  const written = [...standing.values()].filter(({ is }) => is === "drafted" || is === "approved").length;
  return {
    evaluationsToWrite: plan.measures.length + domainsOf(plan).length - written,
    evaluationsDrafted: [...standing.values()].filter(({ is }) => is === "drafted"),
  };
};

/** While it is paused it is the secretariat that owes something. */
const owedOf = ({ id, kind, organisation, counts, owedDueAt, pausedAt }: YearRequest): OpenMatters["owed"] =>
  owedDueAt === null || pausedAt !== null
    ? []
    : [{ request: id, kind, organisation, items: countOf(counts, owedStates), dueAt: owedDueAt }];

const nextOf = ({
  method,
  protocol,
}: Pick<typeof surveys.$inferSelect, "method" | "protocol">): OpenSurvey["next"] => {
  if (method === null) return "method";
  const step = currentStep({ protocol });
  if (step === undefined) return "result";
  return step.needs === "replies" ? "replies" : `${step.by}-step`;
};

const surveyMatters = async (
  db: Db | Tx,
  { cycle }: MattersOf,
): Promise<Pick<OpenMatters, "surveys" | "lateAnswers">> => {
  const { organisation, method, protocol, dueOn } = surveys;
  const [running, [late]] = await Promise.all([
    db
      .select({ organisation, method, protocol, dueOn })
      .from(surveys)
      .where(and(eq(surveys.cycle, cycle), isNull(surveys.endedAt))),
    db
      .select({ many: count() })
      .from(items)
      .innerJoin(requests, eq(items.request, requests.id))
      .where(and(eq(requests.cycle, cycle), eq(items.is, "surveying"), isOffered)),
  ]);
  return {
    surveys: running.map((row) => ({
      organisation: row.organisation,
      next: nextOf(row),
      dueOn: row.dueOn,
    })),
    lateAnswers: late?.many ?? 0,
  };
};

/** An answer came beside the survey, and nobody has left it aside. */
const isOffered = sql`${items.state} -> 'offered' is not null and ${items.state} -> 'left' is null`;

/** What the record of the whole cycle leaves open; whose turn it is, domain/agenda.ts says. */
export const openMatters = async (db: Db | Tx, of: MattersOf): Promise<OpenMatters> => {
  const { cycle, stage, now, plan, asked } = of;
  const [policy, report, inside, running, evaluated, nextPlan, numbers] = await Promise.all([
    ladderOf(db, { cycle, subject: "policy", steps: plan.approvals.policy }),
    ladderOf(db, { cycle, subject: "report", steps: plan.approvals.report }),
    insideMatters(db, asked),
    surveyMatters(db, of),
    evaluationMatters(db, of),
    nextPlanBy(db, cycle),
    openNumbers(db, cycle),
  ]);
  const { analyses: analysed, ...counted } = numbers;
  const reviewed = asked.filter(({ kind }) => kind !== "consultation");
  return {
    stage,
    now,
    policy,
    report,
    requestsOpened: asked.some(({ kind }) => kind === "data" || kind === "chapter"),
    inside,
    owed: asked.filter((one) => !isChained(one)).flatMap(owedOf),
    toReview: reviewed.reduce(
      (sum, { counts, leftProvisional }) => sum + counts.submitted + leftProvisional,
      0,
    ),
    extensionsAsked: asked.filter(({ askedDueOn }) => askedDueOn !== null).length,
    ...running,
    ...evaluated,
    ...counted,
    analysesToDecide: domainsOf(plan).length - analysed,
    rounds: asked.reduce(
      (last, { kind, round }) => (kind === "consultation" ? Math.max(last, round) : last),
      0,
    ),
    nextPlanBy: nextPlan,
  };
};

import { and, asc, count, eq, isNull, max, sql } from "drizzle-orm";
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
import { findings } from "../schema/cycle.ts";
import { analyses, evaluations } from "../schema/evaluation.ts";
import { mails } from "../schema/mail.ts";
import { comments, versions } from "../schema/report.ts";
import { items, requests } from "../schema/request.ts";
import { surveys } from "../schema/survey.ts";
import { insideMatters, isChained } from "./inside-matters.ts";
import { ladderOf } from "./ladders.ts";
import { nextPlanBy } from "./next-plan.ts";
import { yearRequests, type YearRequest } from "./year-requests.ts";

export interface MattersOf {
  readonly cycle: CycleKey;
  readonly stage: Stage;
  readonly now: Instant;
  readonly plan: Plan;
}

const evaluationMatters = async (
  db: Db | Tx,
  { cycle, plan }: MattersOf,
): Promise<Pick<OpenMatters, "evaluationsToWrite" | "evaluationsDrafted" | "analysesToDecide">> => {
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
  const [decided] = await db.select({ many: count() }).from(analyses).where(eq(analyses.cycle, cycle));
  const domains = domainsOf(plan).length;
  const written = [...standing.values()].filter(({ is }) => is === "drafted" || is === "approved").length;
  return {
    evaluationsToWrite: plan.measures.length + domains - written,
    evaluationsDrafted: [...standing.values()].filter(({ is }) => is === "drafted"),
    analysesToDecide: domains - (decided?.many ?? 0),
  };
};

const reportMatters = async (
  db: Db | Tx,
  { cycle }: MattersOf,
): Promise<
  Pick<
    OpenMatters,
    "versions" | "rounds" | "commentsAwaited" | "commentsOpen" | "findingsOpen" | "nextPlanBy"
  >
> => {
  const [compiled] = await db.select({ many: count() }).from(versions).where(eq(versions.cycle, cycle));
  const consulted = and(eq(requests.cycle, cycle), eq(requests.kind, "consultation"));
  const [last] = await db
    .select({ round: max(requests.round) })
    .from(requests)
    .where(consulted);
  const [awaited] = await db
    .select({ many: count() })
    .from(requests)
    .where(and(consulted, eq(requests.is, "open")));
  const [undisposed] = await db
    .select({ many: count() })
    .from(comments)
    .where(and(eq(comments.cycle, cycle), isNull(comments.disposition)));
  const [left] = await db
    .select({ many: count() })
    .from(findings)
    .where(and(eq(findings.cycle, cycle), isNull(findings.into)));
  return {
    versions: compiled?.many ?? 0,
    rounds: last?.round ?? 0,
    commentsAwaited: awaited?.many ?? 0,
    commentsOpen: undisposed?.many ?? 0,
    findingsOpen: left?.many ?? 0,
    nextPlanBy: await nextPlanBy(db, cycle),
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
  const running = await db
    .select({ organisation, method, protocol, dueOn })
    .from(surveys)
    .where(and(eq(surveys.cycle, cycle), isNull(surveys.endedAt)));
  const [late] = await db
    .select({ many: count() })
    .from(items)
    .innerJoin(requests, eq(items.request, requests.id))
    .where(and(eq(requests.cycle, cycle), eq(items.is, "surveying"), isOffered));
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
  const { cycle, stage, now, plan } = of;
  const asked = await yearRequests(db, { cycle, now });
  const [uncertain] = await db
    .select({ many: count() })
    .from(mails)
    .where(and(eq(mails.cycle, cycle), eq(mails.state, "uncertain")));
  const reviewed = asked.filter(({ kind }) => kind !== "consultation");
  return {
    stage,
    now,
    policy: await ladderOf(db, { cycle, subject: "policy", steps: plan.approvals.policy }),
    report: await ladderOf(db, { cycle, subject: "report", steps: plan.approvals.report }),
    requestsOpened: asked.some(({ kind }) => kind === "data" || kind === "chapter"),
    inside: await insideMatters(db, asked),
    owed: asked.filter((one) => !isChained(one)).flatMap(owedOf),
    toReview: reviewed.reduce(
      (sum, { counts, leftProvisional }) => sum + counts.submitted + leftProvisional,
      0,
    ),
    extensionsAsked: asked.filter(({ askedDueOn }) => askedDueOn !== null).length,
    ...(await surveyMatters(db, of)),
    ...(await evaluationMatters(db, of)),
    ...(await reportMatters(db, of)),
    mailsUncertain: uncertain?.many ?? 0,
  };
};

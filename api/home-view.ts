import type { Db } from "../db/client.ts";
import { cyclesOf, stagesOf, type CycleStanding } from "../db/queries/cycles.ts";
import { mailCounts, namesOf, surveyCounts } from "../db/queries/home.ts";
import { mailsInTrouble, newestMails } from "../db/queries/mail-attention.ts";
import { postsOf } from "../db/queries/directory.ts";
import { openMatters, type MattersOf } from "../db/queries/open-matters.ts";
import { publicationsOf } from "../db/queries/publications.ts";
import { planOf } from "../db/queries/plan-in-force.ts";
import { surveysOf } from "../db/queries/surveys.ts";
import { yearRequests, type YearRequest } from "../db/queries/year-requests.ts";
import { agendaOf, type Task } from "../domain/agenda.ts";
import { calendarOf } from "../domain/calendar.ts";
import type { OrganisationId } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import { embargoesSeenBy, judge, scopeOf, type ViewName } from "../domain/policy.ts";
import { addUp, progressOf } from "../domain/progress.ts";
import type { Instant } from "../domain/time.ts";
import { standingOfSteps } from "../domain/year-steps.ts";
import { factWays, mailWays, publicationWay, type FactWays } from "./causes.ts";
import { nameOf, type Reader } from "./frame.ts";
import { mailRowOf } from "./mail-view.ts";
import type { CycleGlance } from "./pages/home.tsx";
import type { NextStep, Waking } from "./pages/next-step.tsx";
import type { RequestRow } from "./pages/requests-table.tsx";
import type { Ahead } from "./stepping.ts";

export interface GlanceOf {
  readonly reader: Reader;
  readonly standing: CycleStanding;
  /** The cycle's. */
  readonly now: Instant;
  /** The wall's now. */
  readonly wall: Instant;
  /** null for who may not step the clock. */
  readonly ahead: Ahead | null;
  /** The form's Idempotency-Key. */
  readonly key: string;
}

/**
 * The cycle of that key, else the one opened last of those in which there is anything to do, or of all; undefined
 * where there is none.
 */
export const cycleShown = async (
  db: Db,
  wanted: string | undefined,
): Promise<{ readonly cycles: readonly CycleStanding[]; readonly shown: CycleStanding | undefined }> => {
  const cycles = await cyclesOf(db);
  const newest = cycles.toSorted((a, b) => (a.openedAt < b.openedAt ? 1 : -1));
  const shown =
    wanted === undefined
      ? (newest.find(({ stage }) => stage !== "finished") ?? newest[0])
      : cycles.find(({ cycle }) => cycle === wanted);
  return { cycles, shown };
};

/** Whose things of a kind the reader sees; null for nobody's. */
const seenBy = (reader: Reader, view: ViewName): { readonly organisation?: OrganisationId } | null => {
  const scope = reader === null ? "everything" : scopeOf(reader, view);
  if (scope === "nothing") return null;
  return scope === "everything" ? {} : scope;
};

const mayRead = (reader: Reader, organisation: OrganisationId): boolean =>
  reader !== null &&
  judge(reader.role, "request", reader.organisation === organisation ? "own" : "other") === "allowed";

interface RowsOf extends Pick<GlanceOf, "reader" | "now"> {
  readonly plan: Plan;
  readonly ways: FactWays;
}
const rowOf = (
  { id, kind, round, is, dueAt, askedDueOn, organisation, counts, overdue, pausedAt }: YearRequest,
  { reader, plan, now, ways }: RowsOf,
): RequestRow => ({
  id,
  kind,
  round,
  is,
  dueAt,
  organisation: nameOf(plan, organisation, now),
  overdue: overdue > 0,
  extensionAsked: askedDueOn !== null,
  paused: pausedAt !== null,
  ...progressOf(counts),
  caused: { state: ways.state(id), due: ways.dated(id) },
  readable: mayRead(reader, organisation),
});

const wakingOf = (
  workflow: string,
  {
    plan,
    now,
    requests,
  }: { readonly plan: Plan; readonly now: Instant; readonly requests: readonly YearRequest[] },
): readonly Waking[] => {
  const [type = "", ...rest] = workflow.split("-");
  if (type === "cycle" || type === "chase" || type === "report") return [{ wakes: type }];
  if (type === "survey") return [{ wakes: type }];
  const request = requests.find(({ id }) => id === rest.join("-"));
  return request === undefined
    ? []
    : [{ wakes: "request", kind: request.kind, organisation: nameOf(plan, request.organisation, now) }];
};

const nextOf = (
  { ahead, key, now }: GlanceOf,
  { plan, requests }: { readonly plan: Plan; readonly requests: readonly YearRequest[] },
): NextStep | null => {
  if (ahead === null || ahead.is !== "ready") return ahead;
  const waking = ahead.workflows.flatMap((workflow) => wakingOf(workflow, { plan, now, requests }));
  return { is: "ready", to: ahead.to, waking, key };
};

/** As many as fit beside the rest of the year. */
const TROUBLE_SHOWN = 5;

/** Who is not signed in sees how many there are of each, and none of them. */
const mailsOf = async (
  db: Db,
  {
    of: { reader, standing, wall },
    plan,
    seen,
  }: {
    readonly of: GlanceOf;
    readonly plan: Plan;
    readonly seen: { readonly organisation?: OrganisationId };
  },
): Promise<NonNullable<CycleGlance["mails"]>> => {
  const { cycle } = standing;
  const [found, counts] = await Promise.all([
    reader === null
      ? { rows: [], many: 0 }
      : mailsInTrouble(db, { cycle, now: wall, ...seen }, TROUBLE_SHOWN),
    mailCounts(db, { cycle, ...seen }),
  ]);
  const written = found.rows.map(({ person }) => person);
  const [last] = reader === null ? [] : await newestMails(db, { cycle, ...seen, limit: 1 });
  const keys = [...found.rows, ...(last === undefined ? [] : [last])].map(({ key }) => key);
  const causeOf = await mailWays(db, { cycle, reader }, keys);
  const names = { plan, people: await namesOf(db, [...new Set(written)]), wall, causeOf };
  return {
    ...counts,
    lastCaused: last === undefined ? null : causeOf(last.key),
    trouble: { many: found.many, rows: found.rows.map((mail) => mailRowOf(mail, names)) },
  };
};

const tasksOf = async (db: Db, reader: NonNullable<Reader>, of: MattersOf): Promise<readonly Task[]> => {
  const [posts, matters] = await Promise.all([
    reader.role === "contact" ? postsOf(db, reader) : [],
    openMatters(db, of),
  ]);
  return agendaOf({ ...reader, posts }, matters);
};

/** Beside the stages, and beside collection the surveys: the first that opened. */
const stageWays = async (
  db: Db,
  of: Pick<CycleStanding, "cycle"> & Pick<GlanceOf, "reader">,
): Promise<CycleGlance["stageWay"]> => {
  const [stages, surveys, opened] = await Promise.all([
    factWays(db, "stage", of),
    factWays(db, "survey", of),
    surveysOf(db, of),
  ]);
  const first = opened.toSorted((a, b) => (a.openedAt < b.openedAt ? -1 : 1))[0];
  return (step) => (step === "survey" ? first && surveys.began(first.id) : stages.state(step)) ?? null;
};

/** One cycle, as far as its reader may see it. */
export const glanceOf = async (db: Db, of: GlanceOf): Promise<CycleGlance> => {
  const { reader, standing, now } = of;
  const { cycle, year, stage } = standing;
  const [{ body: plan }, requests] = await Promise.all([
    planOf(db, standing.plan),
    yearRequests(db, { cycle, now, withoutEmbargoed: embargoesSeenBy(reader) === null }),
  ]);
  const requestsSeen = seenBy(reader, "requests");
  const seen = requests.filter(
    ({ organisation }) =>
      requestsSeen !== null && [undefined, organisation].includes(requestsSeen.organisation),
  );
  const ways = await factWays(db, "request", { cycle, reader });
  const surveysSeen = seenBy(reader, "surveys");
  const mailsSeen = seenBy(reader, "mails");
  const [entries, allSurveys, surveys, mails, published, stageWay, publishedWay, tasks] = await Promise.all([
    stagesOf(db, cycle),
    surveyCounts(db, { cycle }),
    surveysSeen === null ? null : surveyCounts(db, { cycle, ...surveysSeen }),
    mailsSeen === null ? null : mailsOf(db, { of, plan, seen: mailsSeen }),
    publicationsOf(db, cycle),
    stageWays(db, { cycle, reader }),
    publicationWay(db, { cycle, reader }),
    // Whoever has tasks knows of all answers: these are the very requests they follow from.
    reader === null ? null : tasksOf(db, reader, { cycle, stage, now, plan, asked: requests }),
  ]);
  return {
    cycle,
    year,
    title: plan.title,
    now,
    calendar: calendarOf(plan.holidays),
    steps: standingOfSteps({ stage, entries, surveys: allSurveys }),
    stageWay,
    publishedWay,
    finished: stage === "finished",
    asked:
      requestsSeen === null
        ? null
        : {
            items: addUp(seen.filter(({ kind }) => kind !== "consultation").map(({ counts }) => counts)),
            requests: seen.map((request) => rowOf(request, { reader, plan, now, ways })),
          },
    surveys,
    mails,
    published: published.map(({ name, size, publishedAt }) => ({
      name,
      bytes: size,
      publishedAt,
    })),
    tasks,
    next: nextOf(of, { plan, requests }),
  };
};

import type { Tx } from "../db/client.ts";
import { openProcesses } from "../db/commands/cycle.ts";
import { once } from "../db/commands/records.ts";
import { addRequests } from "../db/commands/request.ts";
import { openedRequests, type OpenedRequest } from "../db/queries/opened-requests.ts";
import { versionNumber } from "../db/queries/version-number.ts";
import { answeredLastYear } from "../db/queries/last-year.ts";
import { openedSurveys } from "../db/queries/surveys.ts";
import {
  newRequests,
  surveyBusinessDays,
  unownedData,
  type NewRequest,
  type UnownedData,
} from "../domain/asking.ts";
import { addBusinessDays } from "../domain/calendar.ts";
import { datumOf } from "../domain/catalogue.ts";
import { openingReaders } from "../domain/letters.ts";
import type { Survey } from "../domain/survey.ts";
import { dateOf, type Instant } from "../domain/time.ts";
import { definitionSince } from "../domain/unmeasurable.ts";
import {
  calendarInputOf,
  requestWorkflowId,
  surveyWorkflowId,
  type ClockInput,
} from "../workflows/contract.ts";
import { nameOn, type WritingDesk } from "./addressing.ts";
import { writeChanges } from "./changes.ts";
import type { Change, MailOrder, OpenRequests, WorkflowStart } from "./contract.ts";
import { planToChaseBy, putUpLadders } from "./ladders.ts";
import { requestName } from "./letters/request-names.ts";
import { lettersOf } from "./letters-of-orders.ts";
import type { PlannedCycle } from "./plan-shelf.ts";
import { conclude, type RecordDeps, type Run } from "./record.ts";
import { startAll, type StartingDeps } from "./starting.ts";

export interface Opened {
  readonly opened: number;
  readonly sequence: number;
}

const objectOf = ({ cycle, consulted }: OpenRequests): string =>
  consulted === null ? `cycle ${cycle}` : `report ${cycle}`;

export const ordersFor = (
  { id, kind, organisation, items }: NewRequest,
  detail: string,
): readonly MailOrder[] =>
  openingReaders.map((contact) => ({
    letter: kind === "consultation" ? "consultation" : "inquiry",
    to: { organisation, contact },
    request: id,
    items: items.map((item) => item.id),
    path: `/requests/${id}`,
    occurrence: id,
    detail,
    reason: null,
    dueAt: null,
  }));

const consultedOn = async (tx: Tx, { plan, cycle }: PlannedCycle, input: OpenRequests): Promise<string> => {
  if (input.consulted === null) return "";
  const number = await versionNumber(tx, { cycle, hash: input.consulted.hash });
  return `${plan.title}に係る年次報告（案）第${number}版`;
};

/** All of it that can ever change, so that what stands in its row can be derived from the record alone. */
export const recordedRequest = ({ cycle: _cycle, items, ...request }: NewRequest) => ({
  ...request,
  items: Object.fromEntries(items.map(({ id, state }) => [id, state])),
});

/** Data that nobody can be asked for: surveyed from the first day on. */
const surveyRows = (
  desk: WritingDesk,
  unowned: UnownedData | undefined,
): { readonly changes: readonly Change[]; readonly orders: readonly MailOrder[] } => {
  if (unowned === undefined) return { changes: [], orders: [] };
  const { request, opening, justification } = unowned;
  const { survey, items } = opening;
  const dueOn = addBusinessDays(
    dateOf(desk.now),
    surveyBusinessDays(desk.cycle, desk.now),
    desk.cycle.rules.calendar,
  );
  const unmoved = { method: null, protocol: null, scope: null, end: null };
  const of = { survey, request: request.id, organisation: request.organisation };
  return {
    changes: [{ write: "survey", ...of, opening, justification, dueOn, ...unmoved }],
    orders: [
      {
        letter: "notice",
        to: { staff: "preparer" },
        request: request.id,
        items,
        path: `/surveys/${survey}`,
        occurrence: survey,
        detail: `補完調査を開始しました。調査の方法を定めてください。\n開始の理由：${justification}`,
        reason: justification,
        dueAt: null,
      },
    ],
  };
};

const open = async (deps: RecordDeps, tx: Tx, { input, desk, run }: Opening): Promise<Opened> => {
  const { cycle, now, kinds, act, consulted } = input;
  const asked = kinds.flatMap((kind) => newRequests(desk.cycle, { kind, now, consulted }));
  const unowned = kinds.includes("data") ? unownedData(desk.cycle, now) : undefined;
  const requests = unowned === undefined ? asked : [...asked, unowned.request];
  await addRequests(tx, requests);
  await putUpLadders(
    tx,
    desk.cycle,
    requests.map(({ id: request, kind, dueAt }) => ({ request, kind, dueAt, openedAt: now })),
  );
  const survey = surveyRows(desk, unowned);
  await writeChanges(
    { ...deps, tx, made: { cycle, now, by: act.actor.person, reason: act.reason } },
    survey.changes,
  );
  const workflows = [
    ...requests.map(({ id }) => requestWorkflowId(id)),
    ...(unowned === undefined ? [] : [surveyWorkflowId(unowned.opening.survey)]),
  ];
  await openProcesses(tx, { cycle, workflows });
  const detail = await consultedOn(tx, desk.cycle, input);
  const orders = [...asked.flatMap((request) => ordersFor(request, detail)), ...survey.orders];
  const mails = await deps.outbox.queueMails(tx, await lettersOf(tx, desk, { orders }), act.id);
  const said = {
    cycle,
    now,
    act,
    action: act.name,
    object: objectOf(input),
    hash: consulted?.hash ?? null,
    reason: act.reason,
  };
  const result = {
    opened: requests.map(({ id }) => id),
    requests: requests.map(recordedRequest),
    ...(survey.changes.length > 0 && { changes: survey.changes }),
    mails,
  };
  const { sequence } = await conclude(tx, said, { result, run });
  return { opened: requests.length, sequence };
};

interface Opening {
  readonly input: OpenRequests;
  readonly desk: WritingDesk;
  readonly run: Run;
}

/** The rows of the requests with their mails and the act's record, in one transaction; their workflows not yet. */
export const openRows = (deps: RecordDeps, input: OpenRequests, run: Run): Promise<Opened> =>
  deps.db.transaction((tx) =>
    once(tx, input.act.id, async () => {
      const cycle = await planToChaseBy({ ...deps, tx }, input.cycle);
      return open(deps, tx, { input, run, desk: { cycle, now: input.now, letterhead: deps.letterhead } });
    }),
  );

export const clockAt = (clock: ClockInput, now: Instant): ClockInput =>
  clock.is === "real" ? clock : { ...clock, now };

/** What the workflows of requests that are started now have in common. */
export interface Starting {
  readonly desk: WritingDesk;
  readonly clock: ClockInput;
  /** Surveys that were opened with the requests. */
  readonly surveys: readonly Survey[];
  /** `<organisation>/<datum>` of what was answered last year. */
  readonly lastYear: ReadonlySet<string>;
  /** With kind `survey`: whose questions they are. */
  readonly survey: string | null;
}

const comparedIn = (
  { desk, lastYear }: Starting,
  { organisation, items }: OpenedRequest,
): readonly string[] =>
  Object.keys(items).filter((item) => {
    const datum = item.slice(item.indexOf("/") + 1);
    const planned = datumOf(desk.cycle.plan, datum);
    return (
      lastYear.has(`${organisation}/${datum}`) || (planned !== undefined && definitionSince(planned) !== null)
    );
  });

export const startsOf = (
  starting: Starting,
  requests: readonly OpenedRequest[],
): readonly WorkflowStart[] => {
  const { desk, surveys, survey } = starting;
  const { cycle, year, plan } = desk.cycle;
  const shared = { cycle, year, clock: starting.clock, calendar: calendarInputOf(plan) };
  const ofRequests = requests.map(({ round, ...request }): WorkflowStart => {
    const own = surveys.filter((one) => one.request === request.id);
    return {
      workflow: "request",
      id: requestWorkflowId(request.id),
      summary: `${nameOn(desk, request.organisation)}：${requestName(request.kind)}（${Object.keys(request.items).length}件）`,
      attributes: { year, organisation: request.organisation, kind: request.kind, stage: null },
      input: {
        ...shared,
        round,
        request: { ...request, surveys: own.length },
        surveyBusinessDays: surveyBusinessDays(desk.cycle, desk.now),
        comparing: comparedIn(starting, { round, ...request }),
        running: own.map(({ opening }) => opening),
        survey,
      },
    };
  });
  const ofSurveys = surveys.map((one): WorkflowStart => ({
    workflow: "survey",
    id: surveyWorkflowId(one.id),
    summary: `補完調査 ${one.id}`,
    attributes: { year, organisation: one.organisation, kind: "survey", stage: null },
    input: { ...shared, survey: one },
  }));
  return [...ofRequests, ...ofSurveys];
};

/**
 * Opens the requests of the kinds in one transaction with their mails and the act's record, then starts their
 * workflows from the rows. Repeated it opens nothing anew and starts what was not started yet.
 */
export const openRequests = async (
  deps: RecordDeps & StartingDeps,
  input: OpenRequests,
  run: Run,
): Promise<Opened> => {
  const { cycle, now, kinds, consulted } = input;
  const done = await openRows(deps, input, run);
  const desk = { cycle: await deps.plans(deps.db, cycle), now, letterhead: deps.letterhead };
  const opened = await openedRequests(deps.db, { cycle, kinds, round: consulted?.round ?? 0 });
  const starting = {
    desk,
    clock: clockAt(input.clock, now),
    surveys: kinds.includes("data") ? await openedSurveys(deps.db, { cycle, cause: "no-owner" }) : [],
    lastYear: await answeredLastYear(deps.db, cycle),
    survey: null,
  };
  await startAll(deps, startsOf(starting, opened));
  return done;
};

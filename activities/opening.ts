import type { Tx } from "../db/client.ts";
import { openProcesses } from "../db/commands/cycle.ts";
import { once } from "../db/commands/records.ts";
import { addRequests, type NewRequest } from "../db/commands/request.ts";
import { versionNumber } from "../db/queries/version-number.ts";
import { businessDaysBetween } from "../domain/calendar.ts";
import { termOf } from "../domain/deadline.ts";
import { dateOf, type Instant } from "../domain/time.ts";
import { calendarInputOf, requestWorkflowId, type ClockInput } from "../workflows/contract.ts";
import { nameOn, type WritingDesk } from "./addressing.ts";
import type { MailOrder, OpenRequests, WorkflowStart } from "./contract.ts";
import { putUpLadders } from "./ladders.ts";
import { requestName } from "./letters/request-names.ts";
import { lettersOf } from "./letters-of-orders.ts";
import { newRequests } from "./new-requests.ts";
import type { PlannedCycle } from "./plan-shelf.ts";
import { conclude, type RecordDeps, type Run } from "./record.ts";
import { startAll, type StartingDeps } from "./starting.ts";

export interface Opened {
  readonly opened: number;
  readonly sequence: number;
}
type OpeningDeps = RecordDeps & StartingDeps;

const objectOf = ({ cycle, consulted }: OpenRequests): string =>
  consulted === null ? `cycle ${cycle}` : `report ${cycle}`;

/** 照会 and 意見照会 go to the window, who passes them on. */
const orderFor = ({ id, kind, organisation, items }: NewRequest, detail: string): MailOrder => ({
  letter: kind === "consultation" ? "consultation" : "inquiry",
  to: { organisation, contact: "window" },
  request: id,
  items: items.map((item) => item.id),
  path: `/requests/${id}`,
  occurrence: id,
  detail,
  reason: null,
  dueAt: null,
});

const consultedOn = async (tx: Tx, { plan, cycle }: PlannedCycle, input: OpenRequests): Promise<string> => {
  if (input.consulted === null) return "";
  const number = await versionNumber(tx, { cycle, hash: input.consulted.hash });
  return `${plan.title}に係る年次報告（案）第${number}版`;
};

const open = async (
  deps: RecordDeps,
  tx: Tx,
  { input, requests, desk, run }: Opening & { readonly run: Run },
): Promise<Opened> => {
  const { cycle, now, act, consulted } = input;
  await addRequests(tx, requests);
  await putUpLadders(
    tx,
    desk.cycle,
    requests.map(({ id: request, kind, dueAt }) => ({ request, kind, dueAt, openedAt: now })),
  );
  await openProcesses(tx, { cycle, workflows: requests.map(({ id }) => requestWorkflowId(id)) });
  const detail = await consultedOn(tx, desk.cycle, input);
  const orders = requests.map((request) => orderFor(request, detail));
  const mails = await deps.outbox.queueMails(tx, await lettersOf(tx, desk, { orders }));
  const said = {
    cycle,
    now,
    act,
    action: act.name,
    object: objectOf(input),
    hash: consulted?.hash ?? null,
    reason: act.reason,
  };
  const result = { opened: requests.map(({ id }) => id), mails };
  const { sequence } = await conclude(tx, said, { result, run });
  return { opened: requests.length, sequence };
};

interface Opening {
  readonly input: OpenRequests;
  readonly requests: readonly NewRequest[];
  readonly desk: WritingDesk;
}

const clockAt = (clock: ClockInput, now: Instant): ClockInput =>
  clock.is === "real" ? clock : { ...clock, now };

/** How long a survey that opens now may take, in business days. */
const surveyBusinessDays = ({ plan, rules }: PlannedCycle, now: Instant): number => {
  const openedOn = dateOf(now);
  const { dueAt } = termOf({ term: plan.dates.requests.survey, openedOn, rules });
  return businessDaysBetween(openedOn, dateOf(dueAt), rules.calendar);
};

const startsOf = ({ input, requests, desk }: Opening): readonly WorkflowStart[] => {
  const { cycle, year, plan } = desk.cycle;
  const shared = {
    cycle,
    year,
    clock: clockAt(input.clock, input.now),
    calendar: calendarInputOf(plan),
    surveyBusinessDays: surveyBusinessDays(desk.cycle, input.now),
  };
  return requests.map(({ id, kind, organisation, round, dueAt, closeAt, items }) => ({
    workflow: "request",
    id: requestWorkflowId(id),
    summary: `${nameOn(desk, organisation)}：${requestName(kind)}（${items.length}件）`,
    attributes: { year, organisation, kind, stage: null },
    input: {
      ...shared,
      round,
      request: {
        id,
        kind,
        organisation,
        dueAt,
        closeAt,
        items: Object.fromEntries(items.map((item) => [item.id, item.state])),
        asked: null,
        surveys: 0,
      },
    },
  }));
};

const prepare = async ({ db, plans, letterhead }: RecordDeps, input: OpenRequests): Promise<Opening> => {
  const { cycle, now, kinds, consulted } = input;
  const planned = await plans(db, cycle);
  const requests = kinds.flatMap((kind) => newRequests(planned, { kind, now, consulted }));
  return { input, requests, desk: { cycle: planned, now, letterhead } };
};

const recordOpening = (deps: RecordDeps, opening: Opening, run: Run): Promise<Opened> =>
  deps.db.transaction((tx) => once(tx, opening.input.act.id, () => open(deps, tx, { ...opening, run })));

/** The rows of the requests with their mails and the act's record, in one transaction; their workflows not yet. */
export const openRows = async (deps: RecordDeps, input: OpenRequests, run: Run): Promise<Opened> =>
  recordOpening(deps, await prepare(deps, input), run);

/**
 * Opens the requests of the kinds in one transaction with their mails and the act's record, then starts their
 * workflows. Repeated it opens nothing anew and starts what was not started yet.
 */
export const openRequests = async (deps: OpeningDeps, input: OpenRequests, run: Run): Promise<Opened> => {
  const opening = await prepare(deps, input);
  const opened = await recordOpening(deps, opening, run);
  await startAll(deps, startsOf(opening));
  return opened;
};

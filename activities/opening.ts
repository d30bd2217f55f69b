import type { Tx } from "../db/client.ts";
import { openProcesses } from "../db/commands/cycle.ts";
import { once } from "../db/commands/records.ts";
import { addRequests } from "../db/commands/request.ts";
import { openedRequests, type OpenedRequest } from "../db/queries/opened-requests.ts";
import { versionNumber } from "../db/queries/version-number.ts";
import { newRequests, surveyBusinessDays, type NewRequest } from "../domain/asking.ts";
import { openingReaders } from "../domain/letters.ts";
import type { Instant } from "../domain/time.ts";
import { calendarInputOf, requestWorkflowId, type ClockInput } from "../workflows/contract.ts";
import { nameOn, type WritingDesk } from "./addressing.ts";
import type { MailOrder, OpenRequests, WorkflowStart } from "./contract.ts";
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

const ordersFor = ({ id, kind, organisation, items }: NewRequest, detail: string): readonly MailOrder[] =>
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
const recordedRequest = ({ cycle: _cycle, items, ...request }: NewRequest) => ({
  ...request,
  items: Object.fromEntries(items.map(({ id, state }) => [id, state])),
});

const open = async (deps: RecordDeps, tx: Tx, { input, desk, run }: Opening): Promise<Opened> => {
  const { cycle, now, kinds, act, consulted } = input;
  const requests = kinds.flatMap((kind) => newRequests(desk.cycle, { kind, now, consulted }));
  await addRequests(tx, requests);
  await putUpLadders(
    tx,
    desk.cycle,
    requests.map(({ id: request, kind, dueAt }) => ({ request, kind, dueAt, openedAt: now })),
  );
  await openProcesses(tx, { cycle, workflows: requests.map(({ id }) => requestWorkflowId(id)) });
  const detail = await consultedOn(tx, desk.cycle, input);
  const orders = requests.flatMap((request) => ordersFor(request, detail));
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
  const result = { opened: requests.map(({ id }) => id), requests: requests.map(recordedRequest), mails };
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

const clockAt = (clock: ClockInput, now: Instant): ClockInput =>
  clock.is === "real" ? clock : { ...clock, now };

const startsOf = (
  { input, desk }: Omit<Opening, "run">,
  requests: readonly OpenedRequest[],
): readonly WorkflowStart[] => {
  const { cycle, year, plan } = desk.cycle;
  const shared = {
    cycle,
    year,
    clock: clockAt(input.clock, input.now),
    calendar: calendarInputOf(plan),
    surveyBusinessDays: surveyBusinessDays(desk.cycle, input.now),
  };
  return requests.map(({ round, ...request }) => ({
    workflow: "request",
    id: requestWorkflowId(request.id),
    summary: `${nameOn(desk, request.organisation)}：${requestName(request.kind)}（${Object.keys(request.items).length}件）`,
    attributes: { year, organisation: request.organisation, kind: request.kind, stage: null },
    input: { ...shared, round, request },
  }));
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
  await startAll(deps, startsOf({ input, desk }, opened));
  return done;
};

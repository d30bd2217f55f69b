import type { Tx } from "../db/client.ts";
import { openProcesses } from "../db/commands/cycle.ts";
import { once } from "../db/commands/records.ts";
import { addRequests } from "../db/commands/request.ts";
import { contentsOf } from "../db/queries/content.ts";
import { openedRequests } from "../db/queries/opened-requests.ts";
import type { NewRequest } from "../domain/asking.ts";
import { businessDaysBetween } from "../domain/calendar.ts";
import { movedBy, termOf } from "../domain/deadline.ts";
import { at, dateOf } from "../domain/time.ts";
import { requestWorkflowId } from "../workflows/contract.ts";
import type { WritingDesk } from "./addressing.ts";
import { writeChanges } from "./changes.ts";
import type { Activities } from "./contract.ts";
import { planToChaseBy, putUpLadders } from "./ladders.ts";
import { lettersOf } from "./letters-of-orders.ts";
import { clockAt, ordersFor, recordedRequest, startsOf } from "./opening.ts";
import type { PlannedCycle } from "./plan-shelf.ts";
import { conclude, type RecordDeps, type Run } from "./record.ts";
import { startAll, type StartingDeps } from "./starting.ts";

type AskRespondents = Parameters<Activities["askRespondents"]>[0];

const questionsIn = async (tx: Tx, { content }: AskRespondents): Promise<readonly string[]> => {
  const stored = (await contentsOf(tx, "survey-method", [content.id])).get(content.id);
  return stored?.body.questions ?? [];
};

/** Due when the step is that waits for it; closed as long after that as the plan's surveys are. */
const termFor = ({ plan, rules }: PlannedCycle, { record: { now }, dueOn }: AskRespondents) => {
  const usual = termOf({ term: plan.dates.requests.survey, openedOn: dateOf(now), rules });
  const grace = businessDaysBetween(dateOf(usual.dueAt), dateOf(usual.closeAt), rules.calendar);
  const dueAt = at(dueOn, rules.closingTime);
  return { sentAt: now, dueAt, closeAt: movedBy(grace, dueAt, rules) };
};

const newQuestions = (
  planned: PlannedCycle,
  input: AskRespondents,
  questions: readonly string[],
): readonly NewRequest[] => {
  const term = termFor(planned, input);
  return input.respondents.map(({ request: id, organisation }) => ({
    id,
    cycle: planned.cycle,
    kind: "survey",
    organisation,
    round: 0,
    version: null,
    ...term,
    items: questions.map((text, n) => ({
      id: `${id}/q-${n + 1}`,
      datum: `q-${n + 1}`,
      text,
      indicators: [],
      state: { is: "owed", until: term.closeAt },
    })),
  }));
};

const open = async (
  deps: RecordDeps,
  tx: Tx,
  { input, run }: { readonly input: AskRespondents; readonly run: Run },
): Promise<{ readonly sequence: number }> => {
  const { record } = input;
  const { cycle, now, act, changes } = record;
  const planned = await planToChaseBy({ ...deps, tx }, cycle);
  const desk: WritingDesk = { cycle: planned, now, letterhead: deps.letterhead };
  const requests = newQuestions(planned, input, await questionsIn(tx, input));
  const by = act?.actor.person;
  if (by === undefined) throw new Error("nobody asks respondents without an act");
  await addRequests(tx, requests);
  await putUpLadders(
    tx,
    planned,
    requests.map(({ id: request, kind, dueAt }) => ({ request, kind, dueAt, openedAt: now })),
  );
  await openProcesses(tx, { cycle, workflows: requests.map(({ id }) => requestWorkflowId(id)) });
  await writeChanges({ ...deps, tx, made: { cycle, now, by, reason: record.reason } }, changes);
  const orders = requests.flatMap((request) => ordersFor(request, ""));
  const mails = await deps.outbox.queueMails(tx, await lettersOf(tx, desk, { orders }), record.key);
  const result = { requests: requests.map(recordedRequest), changes, mails };
  const { sequence } = await conclude(tx, record, { result, run });
  return { sequence };
};

/**
 * Questions to a survey's respondents: rows, mails and the act's record in one transaction, then the workflows from the
 * rows. Repeated it opens nothing anew and starts what was not started yet.
 */
export const askRespondents = async (
  deps: RecordDeps & StartingDeps,
  input: AskRespondents,
  run: Run,
): Promise<{ readonly sequence: number }> => {
  const { cycle, now, key } = input.record;
  const done = await deps.db.transaction((tx) => once(tx, key, () => open(deps, tx, { input, run })));
  const desk = { cycle: await deps.plans(deps.db, cycle), now, letterhead: deps.letterhead };
  const known = new Set(input.respondents.map(({ request }) => request));
  const opened = await openedRequests(deps.db, { cycle, kinds: ["survey"], round: 0, prefix: input.survey });
  const starting = {
    desk,
    clock: clockAt(input.clock, now),
    surveys: [],
    lastYear: new Set<string>(),
    survey: input.survey,
  };
  await startAll(
    deps,
    startsOf(
      starting,
      opened.filter(({ id }) => known.has(id)),
    ),
  );
  return done;
};

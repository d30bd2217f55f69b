import type { Recorded } from "../activities/contract.ts";
import type { OwnDeed } from "../domain/act-words.ts";
import { correctItem, type Corrected } from "../domain/correction.ts";
import { endCollection, type Cycle, type CycleAct, type CycleRules } from "../domain/cycle.ts";
import { withNextPlan } from "../domain/next-plan-review.ts";
import {
  composeNextPlan,
  correctedItem,
  openRequests,
  planRules,
  startWorkflows,
  tellAmended,
  type Told,
} from "./acting.ts";
import type { Clock } from "./clock.ts";
import { chaseWorkflowId, cycleWorkflowId, type ActResult, type CycleInput } from "./contract.ts";
import type { CycleBook } from "./cycle-book.ts";
import { hashOf, mailsOfCycle, rowsOfCycle, stageMails, stageRows, type OpenCycleAct } from "./cycle-rows.ts";
import { orFail } from "./refusing.ts";

/** What doing an act of the cycle takes. */
export interface Desk {
  readonly input: CycleInput;
  readonly clock: Clock;
  readonly book: CycleBook;
  readonly write: (told: Told) => Promise<Recorded>;
}

const matterOf = ({ input: { cycle, year } }: Desk) => ({ cycle, year, subject: "policy" }) as const;
const objectOf = ({ input }: Desk): string => `cycle ${input.cycle}`;

/** Enters a stage that no act of a person begins; nothing where the cycle stays in its own. */
export const enterStage = async (
  desk: Desk,
  action: OwnDeed,
  next: (opened: Cycle, rules: CycleRules) => Cycle,
): Promise<void> => {
  const { book, clock, write } = desk;
  const before = book.opened();
  if (before === null) return;
  const after = next(before, book.rules());
  const { stage } = after;
  if (stage === before.stage) return;
  const matter = matterOf(desk);
  const mails = stageMails(matter, stage, clock.now());
  await write({ action, object: objectOf(desk), changes: stageRows(matter, stage), mails });
  book.turnTo(after);
};

const openCycle = async (desk: Desk, act: CycleAct, opened: Cycle): Promise<ActResult> => {
  const { cycle, year, clock } = desk.input;
  const { plan, stage } = opened;
  const { sequence } = await desk.write({
    action: act.name,
    act,
    object: objectOf(desk),
    hash: plan,
    changes: [
      { write: "cycle", year, plan, stepped: clock.is === "stepped" },
      ...stageRows(matterOf(desk), stage),
      { write: "process", workflow: cycleWorkflowId(cycle), is: "open" },
    ],
  });
  desk.book.turnTo(opened);
  return { sequence, hash: plan };
};

/** One action opens every request; from then on they are chased. */
const openCollection = async (desk: Desk, act: CycleAct, after: Cycle): Promise<ActResult> => {
  const { input, clock, book } = desk;
  const { cycle } = input;
  const task = { cycle, clock: clock.handedOn(), now: clock.now(), act, consulted: null };
  const { opened, sequence } = await openRequests({ ...task, kinds: ["data", "chapter"] });
  book.turnTo(after);
  await startChase(desk);
  if (opened === 0) await enterStage(desk, "cycle.begin-evaluation", endCollection);
  return { sequence, hash: null };
};

const startChase = ({ input: { cycle, year }, clock, book }: Desk): Promise<void> => {
  const { calendar, sendWindow } = book.plan();
  return startWorkflows({
    cycle,
    starts: [
      {
        workflow: "chase",
        id: chaseWorkflowId(cycle),
        summary: `督促 ${cycle}`,
        attributes: { year, organisation: null, kind: null, stage: null },
        input: { cycle, clock: clock.handedOn(), calendar, sendWindow },
      },
    ],
  });
};

/** Whatever is under way goes by the amended plan's dates from now on. */
const tellOthers = ({ input: { cycle }, clock, book }: Desk): Promise<void> => {
  const { calendar, sendWindow } = book.plan();
  return tellAmended({ cycle, at: clock.now(), calendar, sendWindow });
};

const itemOf = ({ input: { cycle } }: Desk, { args }: CycleAct & { name: "cycle.correct" }) => ({
  cycle,
  item: args.answer.item,
});

type Written = Awaited<ReturnType<typeof composeNextPlan>>;
const writeNextPlan = (
  task: Parameters<typeof composeNextPlan>[0],
  { args: { plan } }: CycleAct & { name: "cycle.write-next-plan" },
): Promise<Written> => composeNextPlan({ ...task, ...(plan === undefined ? {} : { given: plan }) });

/** The year as it is with what the record says of the act's matter. */
const afterAll = (
  decided: Cycle,
  act: OpenCycleAct,
  { corrected, written }: { readonly corrected: Corrected | null; readonly written: Written | null },
): Cycle => {
  if (act.name === "cycle.correct" && corrected !== null) return orFail(correctItem(decided, act, corrected));
  return written === null ? decided : withNextPlan(decided, written.plan, written.by);
};

const change = async (desk: Desk, act: OpenCycleAct, before: Cycle): Promise<ActResult> => {
  const { clock, book, write } = desk;
  const amended = act.name === "cycle.amend" ? await planRules({ plan: act.args.plan }) : book.plan();
  const decided = orFail(book.decide(act, amended));
  const corrected = act.name === "cycle.correct" ? await correctedItem(itemOf(desk, act)) : null;
  const task = { cycle: desk.input.cycle, now: clock.now() };
  const written = act.name === "cycle.write-next-plan" ? await writeNextPlan(task, act) : null;
  const after = afterAll(decided, act, { corrected, written });
  const reopened = corrected?.resting ?? [];
  const step = { matter: matterOf(desk), before, after, act, nextPlan: written?.plan ?? null, reopened };
  const hash = hashOf(step);
  const rows = { changes: rowsOfCycle(step), mails: mailsOfCycle(step) };
  const { sequence } = await write({ action: act.name, act, object: objectOf(desk), hash, ...rows });
  book.turnTo(after, amended);
  if (act.name === "cycle.advance") clock.learn(act.args.to);
  if (act.name === "cycle.amend" && after.requestsOpened) await tellOthers(desk);
  return { sequence, hash };
};

/** Decides the act again, now that its turn has come, and does it. */
export const performAct = async (desk: Desk, act: CycleAct): Promise<ActResult> => {
  const before = desk.book.opened();
  const decided = orFail(desk.book.decide(act));
  if (before === null || act.name === "cycle.open") return openCycle(desk, act, decided);
  return act.name === "cycle.open-requests" ? openCollection(desk, act, decided) : change(desk, act, before);
};

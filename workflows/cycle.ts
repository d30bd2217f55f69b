import { setHandler } from "@temporalio/workflow";
import { beginCarryOver, beginCollection, endCollection, followReport } from "../domain/cycle.ts";
import type { Instant } from "../domain/time.ts";
import { collectFindings, onActs, recorder, startWorkflows } from "./acting.ts";
import { makeClock } from "./clock.ts";
import {
  collectionSettled,
  reportReached,
  reportWorkflowId,
  type CycleInput,
  type ReportReached,
} from "./contract.ts";
import { enterStage, performAct, type Desk } from "./cycle-acts.ts";
import { openBook } from "./cycle-book.ts";

/**
 * 年次サイクル: one year from its policy to the next year's plan. A year is some hundred acts, far below the 2,000
 * Updates an engine takes in one run.
 */
export async function cycle(input: CycleInput): Promise<void> {
  const clock = makeClock(input.clock);
  const book = openBook(input);
  const desk = { input, clock, book, write: recorder(input.cycle, clock) };
  const hear = (at: Instant, work: () => Promise<void>): Promise<void> => {
    clock.learn(at);
    return clock.inTurn(work);
  };

  onActs({ owner: "cycle", clock, decide: book.decide, perform: (act) => performAct(desk, act) });
  setHandler(
    collectionSettled,
    ({ at }) => hear(at, () => enterStage(desk, "cycle.begin-evaluation", endCollection)),
    { description: "全ての照会が決着した" },
  );
  setHandler(reportReached, ({ at, stage }) => hear(at, () => follow(desk, stage)), {
    description: "年次報告が次の段階に進んだ",
  });

  await clock.wait({ summary: "実施方針の決定", done: () => book.hasPassed("policy") });
  await untilCollectionDay(desk);
  await clock.wait({ summary: "全ての照会の決着", done: () => book.hasPassed("collection") });
  await clock.wait({ summary: "全ての評価の承認", done: () => book.hasPassed("evaluation") });
  await startReport(desk);
  await clock.wait({ summary: "年次報告の公表", done: () => book.hasPassed("publication") });
  await clock.wait({ summary: "次年度計画の作成", done: () => book.hasPassed("carry-over") });
  await clock.end();
}

/** The measures are carried out until the day from which their data are collected; an amendment may move it. */
const untilCollectionDay = async (desk: Desk): Promise<void> => {
  const { clock, book } = desk;
  while (!book.hasPassed("underway")) {
    const until = book.stageEndsAt();
    await clock.wait({ summary: "データ把握の開始日", until, done: () => book.stageEndsAt() !== until });
    if (until !== undefined && until <= clock.now())
      await clock.inTurn(() => enterStage(desk, "cycle.begin-collection", beginCollection));
  }
};

const startReport = ({ input: { cycle: key, year }, clock, book }: Desk): Promise<void> =>
  startWorkflows({
    cycle: key,
    starts: [
      {
        workflow: "report",
        id: reportWorkflowId(key),
        summary: `年次報告 ${key}`,
        attributes: { year, organisation: null, kind: null, stage: null },
        input: { cycle: key, year, clock: clock.handedOn(), approvers: book.plan().reportApprovers },
      },
    ],
  });

/** The year is where its report is; once that is published, with what the year leaves open. */
const follow = async (desk: Desk, stage: ReportReached): Promise<void> => {
  if (stage !== "carry-over")
    return enterStage(desk, "cycle.follow-report", (opened) => followReport(opened, stage));
  const { findings } = await collectFindings({ cycle: desk.input.cycle, now: desk.clock.now() });
  return enterStage(desk, "cycle.begin-carry-over", (opened) => beginCarryOver(opened, findings));
};

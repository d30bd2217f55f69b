import { getExternalWorkflowHandle, setCurrentDetails, setHandler } from "@temporalio/workflow";
import type { Comment } from "../activities/contract.ts";
import {
  decideReportAct,
  endConsultation,
  newReport,
  withVersion,
  type Report,
  type ReportAct,
} from "../domain/report.ts";
import { commentsOf, compileVersion, onActs, openRequests, publishVersion, recorder } from "./acting.ts";
import { makeClock } from "./clock.ts";
import {
  consultationAnswered,
  cycleWorkflowId,
  reportReached,
  type ActResult,
  type ReportInput,
} from "./contract.ts";
import { orFail } from "./refusing.ts";
import { detailsOfReport, hashOf, mailsOfReport, rowsOfReport, stageInYear } from "./report-rows.ts";

/**
 * 年次報告: drafted, consulted on, approved, decided, published. What an approver or the headquarters returns is
 * drafted again. The cycle hears of every stage; the report ends with its publication.
 */
export async function report(input: ReportInput): Promise<void> {
  const { cycle, year } = input;
  const clock = makeClock(input.clock);
  const write = recorder(cycle, clock);
  const matter = { cycle, year, subject: "report" } as const;
  const object = `report ${cycle}`;
  let state = newReport;
  let comments: readonly Comment[] = [];
  const current = () => state;

  const become = async (after: Report): Promise<void> => {
    const before = state;
    state = after;
    setCurrentDetails(detailsOfReport(state));
    const stage = stageInYear(after.stage);
    if (stage !== stageInYear(before.stage))
      await getExternalWorkflowHandle(cycleWorkflowId(cycle)).signal(reportReached, {
        at: clock.now(),
        stage,
      });
  };

  const consult = async (
    decided: Report,
    act: ReportAct & { name: "report.consult" },
  ): Promise<ActResult> => {
    const { hash } = act.args;
    const round = decided.rounds;
    const { opened, sequence } = await openRequests({
      cycle,
      clock: clock.handedOn(),
      now: clock.now(),
      kinds: ["consultation"],
      act,
      consulted: { hash, round },
    });
    await become(opened === 0 ? endConsultation(decided, { round, comments: [] }) : decided);
    return { sequence, hash };
  };

  const perform = async (act: ReportAct): Promise<ActResult> => {
    const decided = orFail(decideReportAct(state, act, input));
    if (act.name === "report.consult") return consult(decided, act);
    const task = { cycle, now: clock.now() };
    if (act.name === "report.publish") await publishVersion({ ...task, hash: act.args.hash });
    const compiled = act.name === "report.compile" ? await compileVersion(task) : null;
    const version = compiled?.content ?? null;
    const after =
      compiled === null ? decided : withVersion(decided, compiled.content.hash, compiled.unjudged);
    const step = { matter, before: state, after, act, version, comments };
    const hash = hashOf(act, version);
    const rows = { changes: rowsOfReport(step), mails: mailsOfReport(step) };
    const { sequence } = await write({ action: act.name, act, object, hash, ...rows });
    await become(after);
    return { sequence, hash };
  };

  onActs({ owner: "report", clock, decide: (act) => decideReportAct(state, act, input), perform });
  setHandler(
    consultationAnswered,
    ({ at, round }) => {
      clock.learn(at);
      return clock.inTurn(async () => {
        const made = await commentsOf({ cycle, round });
        const after = endConsultation(state, { round, comments: made.comments.map(({ id }) => id) });
        if (after === state) return;
        await write({ action: "report.end-consultation", object });
        comments = made.comments;
        await become(after);
      });
    },
    { description: "意見照会の回答がそろった" },
  );

  setCurrentDetails(detailsOfReport(state));
  await clock.wait({ summary: "年次報告の公表", done: () => current().stage.is === "published" });
  await clock.end();
}

import {
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
  type ActivityOptions,
  type LocalActivityOptions,
} from "@temporalio/workflow";
import type { Activities, Recorded, RecordInput } from "../activities/contract.ts";
import { deedSummary, deedWords } from "../domain/act-words.ts";
import { actsOwnedBy, type ActingRole, type ActOf, type Owner } from "../domain/acts.ts";
import type { CycleKey } from "../domain/ids.ts";
import type { Refused } from "../domain/refusal.ts";
import type { Clock } from "./clock.ts";
import type { ActResult } from "./contract.ts";
import { orFail } from "./refusing.ts";

/** Short reads of our own database: one marker in the history each, repeated until the database answers. */
const atOnce: LocalActivityOptions = {
  startToCloseTimeout: "10 seconds",
  localRetryThreshold: "1 minute",
  retry: { initialInterval: "200 milliseconds", maximumInterval: "10 seconds" },
};
export const { collectFindings, commentsOf, compareAnswers, correctedItem, justify, planRules } =
  proxyLocalActivities<Activities>(atOnce);

/**
 * An act is recorded only after the engine has kept that it was accepted. A local activity runs before that: of acts
 * that come at once the engine may drop one it has begun, and then a row would say what the history does not.
 */
const keeping: ActivityOptions = {
  startToCloseTimeout: "10 seconds",
  retry: { initialInterval: "200 milliseconds", maximumInterval: "10 seconds" },
};
const { record } = proxyActivities<Activities>(keeping);

/** Longer work that is safe to repeat. */
const lasting: ActivityOptions = {
  startToCloseTimeout: "5 minutes",
  retry: { initialInterval: "1 second", maximumInterval: "1 minute" },
};
const named = (summary: string) => proxyActivities<Activities>({ ...lasting, summary });
export const { openRequests } = named("照会を開始する");
export const { askRespondents } = named("質問票を送る");
export const { startWorkflows } = named("手続を開始する");
export const { tellAmended } = named("計画の変更を知らせる");
export const { chase } = named("督促すべきものを確かめる");
/** Says step by step how far it has come; one that says nothing for so long is started again. */
const telling = (summary: string) =>
  proxyActivities<Activities>({ ...lasting, heartbeatTimeout: "2 minutes", summary });
export const { compileVersion } = telling("記録から年次報告の版を作る");
export const { publishVersion } = telling("決定された版を公表の形にする");
export const { composeNextPlan } = named("次年度計画の案を作る");

/** How the owner of acts decides them and does them. */
export interface Doing<Name extends Owner> {
  readonly owner: Name;
  readonly clock: Clock;
  /** As things stand now; changes nothing. */
  readonly decide: (act: ActOf<Name>) => object | Refused;
  /** Decides again, then does it. */
  readonly perform: (act: ActOf<Name>) => Promise<ActResult>;
}

/**
 * One Update per act of the owner. Validator and handler ask the same decision: what it refuses leaves no trace in
 * the history. Acts are done one after another; an act is decided again when its turn comes.
 */
export const onActs = <Name extends Owner>({ owner, clock, decide, perform }: Doing<Name>): void => {
  for (const name of actsOwnedBy(owner))
    setHandler(
      defineUpdate<ActResult, [ActOf<Name>]>(name),
      (act) => {
        clock.learn(act.at);
        return clock.inTurn(() => perform(act));
      },
      { validator: (act) => void orFail(decide(act)), description: deedWords(name) },
    );
};

export type Told = Partial<RecordInput> & Pick<RecordInput, "action" | "object">;

const posts: Readonly<Record<ActingRole, string>> = {
  preparer: "事務局 起案担当",
  approver: "事務局 決裁者",
  contact: "府省庁",
  recorder: "本部決定 記録者",
  auditor: "監査担当",
  admin: "システム管理者",
  machine: "機械",
};
const summaryOf = ({ action, act, reason }: RecordInput): string =>
  deedSummary(action, { post: act === null ? null : posts[act.actor.role], reason });

/** Fills in what every record of a cycle has in common. An act's record has the act's key. */
export const drafter = (cycle: CycleKey, clock: Clock): ((told: Told) => RecordInput) => {
  const { workflowId, runId } = workflowInfo();
  let written = 0;
  return (told) => {
    written += 1;
    return {
      cycle,
      key: told.act?.id ?? `${workflowId} ${runId} ${written}`,
      now: clock.now(),
      act: null,
      hash: null,
      reason: told.act?.reason ?? null,
      changes: [],
      mails: [],
      ...told,
    };
  };
};

/** The workflow's pen. */
export const recorder = (cycle: CycleKey, clock: Clock): ((told: Told) => Promise<Recorded>) => {
  const draft = drafter(cycle, clock);
  return (told) => {
    const input = draft(told);
    return record.executeWithOptions({ ...keeping, summary: summaryOf(input) }, [input]);
  };
};

import type { Tx } from "../db/client.ts";
import { addApproval, addDecision, addSubmission } from "../db/commands/approval.ts";
import {
  carryFinding,
  closeProcess,
  enterStage,
  keepNextPlan,
  moveClock,
  openProcesses,
} from "../db/commands/cycle.ts";
import { addEvaluations, decideAnalysis } from "../db/commands/evaluation.ts";
import { addAnswers } from "../db/commands/items.ts";
import { dropFromDrafts } from "../db/commands/drafts.ts";
import { addComment, addEdit, addVersion, disposeOf } from "../db/commands/report.ts";
import { countRevision, markRequest } from "../db/commands/request.ts";
import { askedItems } from "../db/queries/items.ts";
import { amendPlan, openYear } from "./amending.ts";
import type { Change } from "./contract.ts";
import { changeInside } from "./changing-inside.ts";
import { callBack, changeItems, changeSurvey, changeTerm, handOn } from "./changing-requests.ts";
import type { ChangeOf, Write, Writing } from "./writing.ts";

type WriteAll<W extends Write> = (writing: Writing, changes: readonly ChangeOf<W>[]) => Promise<void>;

/** One row after the other, in the order in which they were decided. */
const each =
  <One>(write: (writing: Writing, one: One) => Promise<unknown>) =>
  async (writing: Writing, all: readonly One[]): Promise<void> => {
    for (const one of all) await write(writing, one);
  };

/** Every kind of change once; the compiler refuses a table that misses one. */
const writers: { readonly [W in Write]: WriteAll<W> } = {
  cycle: each(openYear),
  stage: each(({ tx, made }, { stage }) => enterStage(tx, made, stage)),
  clock: each(({ tx, made }, { now }) => moveClock(tx, made, now)),
  plan: each(amendPlan),
  "next-plan": each(({ tx, made }, { plan }) => keepNextPlan(tx, made, plan)),
  process: each(({ tx, made }, { workflow, is }) =>
    is === "open"
      ? openProcesses(tx, { cycle: made.cycle, workflows: [workflow] })
      : closeProcess(tx, workflow),
  ),
  submission: each(({ tx, made }, change) => addSubmission(tx, made, change)),
  approval: each(({ tx, made }, change) => addApproval(tx, made, change)),
  decision: each(({ tx, made }, change) => addDecision(tx, made, change)),
  request: each(({ tx, made }, change) => markRequest(tx, made, change)),
  "handed-on": each(handOn),
  term: each(changeTerm),
  "call-back": each(callBack),
  item: changeItems,
  answer: ({ tx, made }, all) => addAnswers(tx, made, all),
  inner: changeInside,
  comment: each(({ tx, made }, change) => addComment(tx, made, change)),
  survey: each(changeSurvey),
  evaluation: ({ tx, made }, all) => addEvaluations(tx, made, all),
  analysis: each(({ tx, made }, change) => decideAnalysis(tx, made, change)),
  edit: each(({ tx, made }, change) => addEdit(tx, made, change)),
  version: each(({ tx, made }, change) => addVersion(tx, made, change)),
  disposition: each(({ tx, made }, { comment, disposition, change = null, nextYear = false }) =>
    disposeOf(tx, made, { ids: [comment], disposition, change, nextYear }),
  ),
  finding: each(({ tx, made }, { finding, into, followUp = null, target = null }) =>
    carryFinding(tx, made, { finding, into, followUp, target }),
  ),
};

const writeAll = <W extends Write>(write: W, writing: Writing, changes: readonly Change[]): Promise<void> =>
  writers[write](
    writing,
    changes.filter((change): change is ChangeOf<W> => change.write === write),
  );

/** What counts from the request's due date moves with it; what has a date of its own is moved after that. */
const termsFirst = (a: Write, b: Write): number => Number(b === "term") - Number(a === "term");

/** What people edit under an ETag. */
const touchedRequests = async (tx: Tx, changes: readonly Change[]): Promise<readonly string[]> => {
  const ids = changes.flatMap((change) => {
    const { write } = change;
    if (write === "request" || write === "term" || write === "comment" || write === "inner")
      return [change.request];
    return [];
  });
  const items = changes.flatMap((change) => {
    if (change.write === "item") return [change.item];
    return change.write === "answer" ? [change.answer.item] : [];
  });
  const asked = await askedItems(tx, items);
  return [...new Set([...ids, ...[...asked.values()].map(({ request }) => request.id)])];
};

const sentItem = (change: Change): readonly string[] => {
  if (change.write === "answer") return [change.answer.item];
  return change.write === "inner" && change.work?.is === "prepared" ? [change.item] : [];
};

/** 下書き end with what they were drafts of. */
const forgetDrafts = async ({ tx, made }: Writing, changes: readonly Change[]): Promise<void> => {
  const items = changes.flatMap(sentItem);
  if (items.length === 0) return;
  const asked = await askedItems(tx, items);
  const requests = [...new Set([...asked.values()].map(({ request }) => request.id))];
  await dropFromDrafts(tx, { person: made.by, requests, items });
};

/** Writes the rows of one record, kind by kind. */
export const writeChanges = async (writing: Writing, changes: readonly Change[]): Promise<void> => {
  const kinds = [...new Set(changes.map(({ write }) => write))].toSorted(termsFirst);
  for (const kind of kinds) await writeAll(kind, writing, changes);
  await forgetDrafts(writing, changes);
  const touched = await touchedRequests(writing.tx, changes);
  if (touched.length > 0) await countRevision(writing.tx, touched);
};

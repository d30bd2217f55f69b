import { WorkflowExecutionAlreadyStartedError, type Client } from "@temporalio/client";
import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributePair } from "@temporalio/common";
import type { Db } from "../db/client.ts";
import { openProcesses } from "../db/commands/cycle.ts";
import type { CycleKey } from "../domain/ids.ts";
import type { SearchAttributes, WorkflowStart } from "./contract.ts";

export interface StartingDeps {
  readonly db: Db;
  readonly client: Client;
  /** The one queue of all workflows. */
  readonly taskQueue: string;
}

const keyword = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);
const cycleYear = keyword("CycleYear");
const organisationKey = keyword("Organisation");
const requestKind = keyword("RequestKind");
const stageKey = keyword("Stage");

const pairsOf = ({ year, organisation, kind, stage }: SearchAttributes): SearchAttributePair[] => [
  { key: cycleYear, value: String(year) },
  ...(organisation === null ? [] : [{ key: organisationKey, value: organisation }]),
  ...(kind === null ? [] : [{ key: requestKind, value: kind }]),
  ...(stage === null ? [] : [{ key: stageKey, value: stage }]),
];

/** A top-level workflow of any type. */
interface AnyStart {
  readonly workflow: string;
  readonly id: string;
  readonly summary: string;
  readonly attributes: SearchAttributes;
  readonly input: object;
}

/** A workflow id is used once: one that runs or has run already counts as started. */
export const startOnce = async (
  { client, taskQueue }: Omit<StartingDeps, "db">,
  one: AnyStart,
): Promise<void> => {
  try {
    await client.workflow.start(one.workflow, {
      workflowId: one.id,
      taskQueue,
      args: [one.input],
      workflowIdReusePolicy: "REJECT_DUPLICATE",
      staticSummary: one.summary,
      typedSearchAttributes: pairsOf(one.attributes),
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
};

/** Enough to keep one server busy, and few enough that none waits for its deadline. */
export const AT_ONCE = 20;

/** Starts them in chunks. Safe to repeat, also after a part of them was started. */
export const startAll = async (deps: StartingDeps, starts: readonly WorkflowStart[]): Promise<void> => {
  for (let from = 0; from < starts.length; from += AT_ONCE)
    await Promise.all(starts.slice(from, from + AT_ONCE).map((one) => startOnce(deps, one)));
};

/** The rows first: a workflow nobody knows of could not be stepped. */
export const startWorkflows = async (
  deps: StartingDeps,
  { cycle, starts }: { readonly cycle: CycleKey; readonly starts: readonly WorkflowStart[] },
): Promise<void> => {
  const workflows = starts.map(({ id }) => id);
  await deps.db.transaction((tx) => openProcesses(tx, { cycle, workflows }));
  await startAll(deps, starts);
};

import type { Client } from "@temporalio/client";
import { Worker, type ReplayWorkerOptions, type WorkflowBundle } from "@temporalio/worker";

/** Of each kind of workflow so many that are open, the newest: more of a kind show no other turn. */
const OF_EACH_KIND = 50;
/** A year of 1,800 ministries has four kinds that count, and 50 of each take seconds; an engine at its limit longer. */
const LIMIT_MS = 60_000;

/** What came of doing again what open workflows have done. */
export interface Replayed {
  readonly open: number;
  readonly replayed: number;
  /** Those that these workflows could not go on with, and why. */
  readonly failed: readonly { readonly workflow: string; readonly why: string }[];
}

interface Open {
  readonly workflowId: string;
  readonly runId: string;
  /** Among those of its kind, from 0. */
  readonly rank: number;
}

const openOnes = async ({
  workflow,
}: Client): Promise<{ readonly count: number; chosen: readonly Open[] }> => {
  const counts = new Map<string, number>();
  const chosen: Open[] = [];
  for await (const { workflowId, runId, type } of workflow.list({ query: 'ExecutionStatus = "Running"' })) {
    const rank = counts.get(type) ?? 0;
    counts.set(type, rank + 1);
    if (rank < OF_EACH_KIND) chosen.push({ workflowId, runId, rank });
  }
  const count = [...counts.values()].reduce((sum, one) => sum + one, 0);
  // Kind by kind in turn, so that where time runs out each has had its share.
  return { count, chosen: chosen.toSorted((one, other) => one.rank - other.rank) };
};

async function* historiesOf({ workflow }: Client, chosen: readonly Open[], until: number) {
  for (const { workflowId, runId } of chosen) {
    if (performance.now() > until) return;
    yield { workflowId, history: await workflow.getHandle(workflowId, runId).fetchHistory() };
  }
}

/**
 * Replays open workflows on the bundle: at most 50 of each kind, and none begun after 60 s. Changes nothing.
 * @throws Error where the engine does not answer
 */
export const replayOpen = async ({
  client,
  bundle: workflowBundle,
  dataConverter,
}: {
  readonly client: Client;
  readonly bundle: WorkflowBundle;
  readonly dataConverter: NonNullable<ReplayWorkerOptions["dataConverter"]>;
}): Promise<Replayed> => {
  const { count, chosen } = await openOnes(client);
  if (chosen.length === 0) return { open: count, replayed: 0, failed: [] };
  const histories = historiesOf(client, chosen, performance.now() + LIMIT_MS);
  const failed: Replayed["failed"][number][] = [];
  let replayed = 0;
  for await (const one of Worker.runReplayHistories({ workflowBundle, dataConverter }, histories)) {
    replayed += 1;
    if (one.error !== undefined) failed.push({ workflow: one.workflowId, why: one.error.message });
  }
  return { open: count, replayed, failed };
};

import { setTimeout as pause } from "node:timers/promises";
import {
  ApplicationFailure,
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from "@temporalio/client";
import { finishRefusedAct } from "../db/acts.ts";
import type { Db } from "../db/client.ts";
import { finishAct } from "../db/commands/acts.ts";
import { contentByHash } from "../db/queries/content.ts";
import { processOf, undeliveredActs, type UndeliveredAct } from "../db/queries/undelivered-acts.ts";
import { isRefusalCode, type RefusalCode } from "../domain/refusal.ts";
import { addSeconds, type Instant } from "../domain/time.ts";
import { actUpdate, cycleInputOf, type ActResult } from "../workflows/contract.ts";
import { startOnce, type StartingDeps } from "./starting.ts";

export interface DeliveringDeps extends StartingDeps {
  /** Wall clock. */
  readonly clock: () => Instant;
  readonly deliveryPace: DeliveryPace;
}
export interface DeliveryPace {
  /** How often it is looked for acts to deliver. */
  readonly sweepMs: number;
  /** So long whoever stored an act has to deliver it himself. */
  readonly graceSeconds: number;
  /** How long the engine may take for one act. */
  readonly limitMs: number;
}
export interface DeliveringRun {
  readonly forMs: number;
  readonly signal: AbortSignal;
  /** Called at every sweep and every act. */
  readonly beat: () => void;
}

const ACTS_A_SWEEP = 100;

/** `later`: this workflow can't take it yet. `silent`: the engine answers nobody. Both leave the act as it is. */
type Delivered =
  | { readonly is: "done"; readonly result: ActResult }
  | { readonly is: "refused"; readonly refusal: RefusalCode }
  | { readonly is: "later" | "silent" };
const CLOSED: Delivered = { is: "refused", refusal: "closed" };

/** A cycle's workflow may not have started yet: its first act brings what it starts with. */
const startCycle = async (
  deps: DeliveringDeps,
  { act: { args }, cycle, workflow }: UndeliveredAct,
): Promise<void> => {
  if (!("stepped" in args)) return;
  const plan = await contentByHash(deps.db, "plan", args.plan);
  if (plan === undefined) throw new Error(`the plan ${args.plan} is not stored`);
  const { year } = plan.body;
  await startOnce(deps, {
    workflow: "cycle",
    id: workflow,
    summary: plan.body.title,
    attributes: { year, organisation: null, kind: null, stage: "policy" },
    input: cycleInputOf({ cycle, plan: plan.body, hash: args.plan, stepped: args.stepped }),
  });
};

const refusalIn = (error: unknown): Delivered | undefined => {
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure))
    return undefined;
  const type = error.cause.type ?? "";
  if (type === "AcceptedUpdateCompletedWorkflow") return CLOSED;
  return isRefusalCode(type) ? { is: "refused", refusal: type } : undefined;
};

/** What the workflow's row says of one that the engine does not know. */
const unheardOf: Readonly<Record<Awaited<ReturnType<typeof processOf>>, Delivered>> = {
  open: { is: "later" },
  closed: CLOSED,
  none: { is: "refused", refusal: "wrong-stage" },
};

/** It has ended, or is about to start, or has not begun. */
const closedOrLater = async ({ db, client }: DeliveringDeps, workflow: string): Promise<Delivered> => {
  try {
    const { status } = await client.workflow.getHandle(workflow).describe();
    return status.name === "RUNNING" ? { is: "later" } : CLOSED;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) return { is: "silent" };
    return unheardOf[await processOf(db, workflow)];
  }
};

const isBusy = (error: unknown): boolean =>
  error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || error instanceof WorkflowUpdateFailedError;
const isSilence = (error: unknown): boolean => error instanceof ServiceError || isGrpcServiceError(error);

const deliver = async (deps: DeliveringDeps, waiting: UndeliveredAct): Promise<Delivered> => {
  const { client, deliveryPace } = deps;
  const { act, workflow } = waiting;
  try {
    return await client.withDeadline(Date.now() + deliveryPace.limitMs, async () => {
      await startCycle(deps, waiting);
      const handle = client.workflow.getHandle(workflow);
      const result = await handle.executeUpdate(actUpdate(act.name), { args: [act], updateId: act.id });
      return { is: "done", result };
    });
  } catch (error) {
    const refused = refusalIn(error);
    if (refused !== undefined) return refused;
    if (error instanceof WorkflowNotFoundError) return closedOrLater(deps, workflow);
    if (isBusy(error)) return { is: "later" };
    if (isSilence(error)) return { is: "silent" };
    throw error;
  }
};

/** Its record has finished a done act already, unless the row was restored from before it. */
const keep = async (db: Db, id: string, outcome: Delivered): Promise<void> => {
  switch (outcome.is) {
    case "done":
      return finishAct(db, id, outcome.result);
    case "refused":
      return finishRefusedAct(db, { id, refusal: outcome.refusal });
    case "later":
    case "silent":
      return;
  }
};

/**
 * Each workflow gets its acts in the order in which they were stored: one that must wait holds back the rest. While the
 * engine is silent nothing is tried that would have to wait for it too.
 */
const sweep = async (deps: DeliveringDeps, { signal, beat }: DeliveringRun): Promise<number> => {
  const before = addSeconds(deps.clock(), -deps.deliveryPace.graceSeconds);
  const waiting = new Set<string>();
  let delivered = 0;
  for (const one of await undeliveredActs(deps.db, { before, limit: ACTS_A_SWEEP })) {
    beat();
    if (signal.aborted) break;
    if (waiting.has(one.workflow)) continue;
    const outcome = await deliver(deps, one);
    await keep(deps.db, one.act.id, outcome);
    if (outcome.is === "silent") break;
    if (outcome.is === "later") waiting.add(one.workflow);
    else delivered += 1;
  }
  return delivered;
};

/**
 * Delivers acts that were stored and not delivered, under their own Update ids, so that one that did arrive counts
 * once; for at most `forMs`. Answers how many were done or refused.
 */
export const deliverActs = async (deps: DeliveringDeps, run: DeliveringRun): Promise<number> => {
  const over = AbortSignal.any([run.signal, AbortSignal.timeout(run.forMs)]);
  let delivered = 0;
  while (!over.aborted) {
    run.beat();
    delivered += await sweep(deps, { ...run, signal: over });
    await pause(deps.deliveryPace.sweepMs, undefined, { signal: over }).catch(() => {});
  }
  return delivered;
};

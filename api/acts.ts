import { randomUUID } from "node:crypto";
import {
  ApplicationFailure,
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from "@temporalio/client";
import { defineSearchAttributeKey, SearchAttributeType } from "@temporalio/common";
import type { Db } from "../db/client.ts";
import { finishRefusedAct, storeAct, type ActIdentity } from "../db/acts.ts";
import type { ContentDraft } from "../db/content.ts";
import { actByKey, type ActStanding, type StoredAct } from "../db/queries/acts.ts";
import { contentByHash } from "../db/queries/content.ts";
import { cycleOf } from "../db/queries/cycles.ts";
import { processOf } from "../db/queries/undelivered-acts.ts";
import type { Act, ActArgs, ActName, Actor } from "../domain/acts.ts";
import type { CycleKey } from "../domain/ids.ts";
import { isRefusalCode, type RefusalCode } from "../domain/refusal.ts";
import { addSeconds, type Instant } from "../domain/time.ts";
import { actUpdate, cycleInputOf } from "../workflows/contract.ts";
import { ProblemError } from "./problems.ts";

/** So long the engine may take to do an act before the person is told to look again later. */
const ENGINE_LIMIT_SECONDS = 5;

export interface ActDeps {
  readonly db: Db;
  readonly client: Client;
  readonly taskQueue: string;
  /** Wall clock. */
  readonly clock: () => Instant;
  readonly warn: (error: unknown, said: string) => void;
}

/** What a person wants done, as far as the request itself says it. */
export interface Wish<Name extends ActName> extends ActIdentity {
  readonly name: Name;
  readonly actor: Actor;
}
/** The rest, found out only for an act that is new: an act that came before is answered as it was then. */
export interface Prepared<Name extends ActName> {
  readonly cycle: CycleKey;
  readonly workflow: string;
  readonly args: ActArgs[Name];
  readonly reason: string | null;
  readonly contents?: readonly ContentDraft[];
  /** Only where the cycle does not exist yet; else it is the cycle's now. */
  readonly at?: Instant;
}

/** `stored`: the engine has not answered in time; the act is kept and delivered as soon as it can be. */
export type Performed = ActStanding & { readonly act: string; readonly cycle: CycleKey };
export type Perform = <Name extends ActName>(
  wish: Wish<Name>,
  prepare: () => Promise<Prepared<Name>>,
) => Promise<Performed>;

/** An act and where it goes. */
interface Sending {
  readonly act: Act;
  readonly cycle: CycleKey;
  readonly workflow: string;
}

const keyword = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);

/** A cycle's workflow starts with what its plan says; one that has started already is the right one. */
const startCycle = async (
  { db, client, taskQueue }: ActDeps,
  { act: { args }, cycle, workflow }: Sending,
): Promise<void> => {
  if (!("stepped" in args)) return;
  const plan = await contentByHash(db, "plan", args.plan);
  if (plan === undefined) throw new ProblemError("unknown-plan");
  const input = cycleInputOf({ cycle, plan: plan.body, hash: args.plan, stepped: args.stepped });
  try {
    await client.workflow.start("cycle", {
      workflowId: workflow,
      workflowIdReusePolicy: "REJECT_DUPLICATE",
      taskQueue,
      args: [input],
      typedSearchAttributes: [
        { key: keyword("CycleYear"), value: String(input.year) },
        { key: keyword("Stage"), value: "policy" },
      ],
      staticSummary: plan.body.title,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
};

const isSilence = (error: unknown): boolean =>
  error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
  error instanceof ServiceError ||
  isGrpcServiceError(error);

/** An act that no workflow takes waits for one about to start; else it is too late for it, or too early. */
const untaken = async ({ db, client }: ActDeps, workflow: string): Promise<ActStanding> => {
  try {
    const { status } = await client.workflow.getHandle(workflow).describe();
    return status.name === "RUNNING" ? { is: "stored" } : { is: "refused", refusal: "closed" };
  } catch (error) {
    const process = error instanceof WorkflowNotFoundError ? await processOf(db, workflow) : "open";
    if (process === "open") return { is: "stored" };
    return { is: "refused", refusal: process === "closed" ? "closed" : "wrong-stage" };
  }
};

const refusalOf = (error: unknown): RefusalCode | undefined => {
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure))
    return undefined;
  const type = error.cause.type ?? "";
  if (type === "AcceptedUpdateCompletedWorkflow") return "closed";
  return isRefusalCode(type) ? type : undefined;
};

const deliver = async (deps: ActDeps, sending: Sending): Promise<ActStanding> => {
  const { client, warn } = deps;
  const { act, workflow } = sending;
  try {
    return await client.withDeadline(Date.now() + ENGINE_LIMIT_SECONDS * 1000, async () => {
      await startCycle(deps, sending);
      const handle = client.workflow.getHandle(workflow);
      const result = await handle.executeUpdate(actUpdate(act.name), { args: [act], updateId: act.id });
      return { is: "done", ...result };
    });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== undefined) return { is: "refused", refusal };
    if (error instanceof WorkflowNotFoundError) return untaken(deps, workflow);
    if (!isSilence(error)) throw error;
    warn(error, "the engine has not answered; the act is kept");
    return { is: "stored" };
  }
};

/** Stores acts and hands them to the workflows that own them (design §3.1). */
export const makePerform = (deps: ActDeps): Perform => {
  const { db, clock } = deps;

  const send = async (sending: Sending): Promise<Performed> => {
    const standing = await deliver(deps, sending);
    if (standing.is === "refused") await finishRefusedAct(db, { id: sending.act.id, ...standing });
    return { ...standing, act: sending.act.id, cycle: sending.cycle };
  };

  /** Same key, same reply. What is still on its way is sent again under the same Update id, which counts once. */
  const again = async (before: StoredAct, { fingerprint }: ActIdentity): Promise<Performed> => {
    const { id, act, cycle, workflow, standing, storedAt } = before;
    if (before.fingerprint !== fingerprint || act === null || cycle === null || workflow === null)
      throw new ProblemError("key-reused");
    if (standing.is !== "stored") return { ...standing, act: id, cycle };
    if (clock() <= addSeconds(storedAt, ENGINE_LIMIT_SECONDS)) throw new ProblemError("in-flight");
    return send({ act, cycle, workflow });
  };

  const nowOf = async (cycle: CycleKey): Promise<Instant> => {
    const standing = await cycleOf(db, cycle);
    return standing?.stepped === true ? standing.now : clock();
  };

  return async (wish, prepare) => {
    const { name, actor, key, fingerprint } = wish;
    for (;;) {
      const before = await actByKey(db, { person: actor.person, key });
      if (before !== undefined) return again(before, wish);
      const { cycle, workflow, args, reason, contents = [], at } = await prepare();
      const act = { id: randomUUID(), name, actor, at: at ?? (await nowOf(cycle)), reason, args };
      const row = { key, fingerprint, cycle, workflow, act, contents, storedAt: clock() };
      if (await storeAct(db, row)) return send({ act, cycle, workflow });
      // Somebody was faster, with this key or with this cycle's number: everything is looked at again.
    }
  };
};

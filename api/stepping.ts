import type { Client } from "@temporalio/client";
import type { Db } from "../db/client.ts";
import type { ActIdentity } from "../db/acts.ts";
import { cycleOf, type CycleStanding } from "../db/queries/cycles.ts";
import type { Actor } from "../domain/acts.ts";
import type { CycleKey } from "../domain/ids.ts";
import type { Instant } from "../domain/time.ts";
import { cycleWorkflowId } from "../workflows/contract.ts";
import type { Perform, Performed } from "./acts.ts";
import { ProblemError } from "./problems.ts";
import { makeWatch, type Idle } from "./watching.ts";

/** A stepped cycle in which nothing happens before `wakesAt` unless a person acts; null if nothing wakes by itself. */
export interface Rest {
  readonly now: Instant;
  readonly wakesAt: Instant | null;
}
/** Where the clock goes next, without waiting for anything: what a screen says beside 「次へ」. */
export type Ahead =
  | { readonly is: "ready"; readonly to: Instant; readonly workflows: readonly string[] }
  | { readonly is: "nothing" | "busy" | "unknown" };

export interface StepWish extends ActIdentity {
  readonly cycle: CycleKey;
  readonly actor: Actor;
  /** Not as far as the next wake-up, where that comes later. */
  readonly to: Instant | null;
}

/** How a stepped cycle goes on: a rehearsal's driver, and whoever presses 「次へ」. */
export interface Stepping {
  /** Waits until every workflow of the cycle is idle. @throws ProblemError `not-stepped`, `engine-silent` */
  readonly rest: (cycle: CycleKey) => Promise<Rest>;
  /** Moves the clock to the next wake-up and waits until all that was due is done. */
  readonly step: (wish: StepWish) => Promise<Performed>;
  readonly aheadOf: (cycle: CycleKey) => Promise<Ahead>;
}

/** So long the longest thing a workflow does at once may take: publishing a year renders it to every form. */
const REST_LIMIT_MS = 120_000;

const earliest = (idle: readonly Idle[]): Instant | null =>
  idle.flatMap(({ wakesAt }) => wakesAt ?? []).toSorted()[0] ?? null;

/** The next wake-up, or `to` where that comes first. */
const nextInstant = ({ now, wakesAt }: Rest, to: Instant | null): Instant => {
  const next = to !== null && (wakesAt === null || to < wakesAt) ? to : wakesAt;
  if (next === null) throw new ProblemError("nothing-to-wait-for");
  if (next <= now) throw new ProblemError("not-forward");
  return next;
};

/** One piece of work at a time for each cycle: two who press 「次へ」 at once make two steps, one after the other. */
const takingTurns = () => {
  const last = new Map<CycleKey, Promise<unknown>>();
  return <Result>(cycle: CycleKey, work: () => Promise<Result>): Promise<Result> => {
    const mine = (last.get(cycle) ?? Promise.resolve()).then(work, work);
    last.set(cycle, mine);
    return mine;
  };
};

export const makeStepping = ({
  db,
  client,
  perform,
}: {
  readonly db: Db;
  readonly client: Client;
  readonly perform: Perform;
}): Stepping => {
  const inTurn = takingTurns();
  const watch = makeWatch({ db, client });

  const steppedCycle = async (cycle: CycleKey): Promise<CycleStanding> => {
    const standing = await cycleOf(db, cycle);
    if (standing === undefined) throw new ProblemError("not-found");
    if (!standing.stepped) throw new ProblemError("not-stepped");
    return standing;
  };

  /** In their order, so that the same year is recorded in the same order. @returns whether anybody was due */
  const wakeDue = async (cycle: CycleKey, idle: readonly Idle[], deadlineMs: number): Promise<boolean> => {
    const { now } = await steppedCycle(cycle);
    const due = idle.filter(({ wakesAt }) => wakesAt !== null && wakesAt <= now);
    await watch.wake(cycle, { workflows: due.map(({ workflow }) => workflow), now, deadlineMs });
    return due.length > 0;
  };

  /** Whoever is due has been woken, also where an earlier step was cut off. */
  const caughtUp = async (cycle: CycleKey): Promise<readonly Idle[]> => {
    const deadline = Date.now() + REST_LIMIT_MS;
    for (;;) {
      const idle = await watch.allIdle(cycle, deadline);
      if (!(await wakeDue(cycle, idle, deadline))) return idle;
    }
  };

  const step = async (wish: StepWish): Promise<Performed> => {
    const { cycle, actor, key, fingerprint } = wish;
    await steppedCycle(cycle);
    let before: readonly Idle[] = [];
    const performed = await perform({ name: "cycle.advance", actor, key, fingerprint }, async () => {
      before = await caughtUp(cycle);
      const { now } = await steppedCycle(cycle);
      const args = { to: nextInstant({ now, wakesAt: earliest(before) }, wish.to) };
      return { cycle, workflow: cycleWorkflowId(cycle), args, reason: null };
    });
    if (performed.is !== "done") return performed;
    // The act has moved the clock and nothing else: who is due now is known from before.
    await wakeDue(cycle, before, Date.now() + REST_LIMIT_MS);
    await caughtUp(cycle);
    return performed;
  };

  return {
    rest: async (cycle) => {
      await steppedCycle(cycle);
      const idle = await watch.allIdle(cycle, Date.now() + REST_LIMIT_MS);
      return { now: (await steppedCycle(cycle)).now, wakesAt: earliest(idle) };
    },
    step: (wish) => inTurn(wish.cycle, () => step(wish)),
    aheadOf: async (cycle) => {
      const found = await watch.glance(cycle);
      if (found.some((one) => one.resting === undefined)) return { is: "unknown" };
      if (found.some((one) => one.resting?.idle === false)) return { is: "busy" };
      const idle = found.map((one) => ({ workflow: one.workflow, wakesAt: one.resting?.wakesAt ?? null }));
      const to = earliest(idle);
      if (to === null) return { is: "nothing" };
      return {
        is: "ready",
        to,
        workflows: idle.filter(({ wakesAt }) => wakesAt === to).map(({ workflow }) => workflow),
      };
    },
  };
};

import type { Client } from "@temporalio/client";
import type { Db } from "../db/client.ts";
import { closedProcessesOf, markOf, openProcessesOf } from "../db/queries/cycles.ts";
import type { CycleKey } from "../domain/ids.ts";
import type { Instant } from "../domain/time.ts";
import { advance, resting, type Resting } from "../workflows/contract.ts";
import { ProblemError } from "./problems.ts";

/** A workflow with nothing left to do before `wakesAt`; null while only a person or another workflow can move it. */
export interface Idle {
  readonly workflow: string;
  readonly wakesAt: Instant | null;
}

/** Who sees what a cycle's workflows are about, and wakes them. */
export interface Watch {
  /** Waits until every open workflow is idle and every closed one has told whom it tells. @throws ProblemError `engine-silent` */
  readonly allIdle: (cycle: CycleKey, deadlineMs: number) => Promise<readonly Idle[]>;
  /** Tells them one after the other that it is now `now`; each answers when it has done what was due. */
  readonly wake: (
    cycle: CycleKey,
    due: { readonly workflows: readonly string[]; readonly now: Instant; readonly deadlineMs: number },
  ) => Promise<void>;
  /** What is seen at a glance: undefined for a workflow that does not answer. */
  readonly glance: (
    cycle: CycleKey,
  ) => Promise<readonly { readonly workflow: string; readonly resting: Resting | undefined }[]>;
}

const ANSWER_LIMIT_MS = 5_000;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;
/** Queries at a time: enough to keep one worker busy. */
const AT_ONCE = 10;

/**
 * Workflows tell only those further down: a survey its request, a request its other surveys, which tell nobody, the
 * report and the cycle, the report the cycle. Seen idle in this order, none can have been told anything after it was
 * looked at.
 */
const tellingOrder = ["survey-", "request-", "survey-", "chase-", "report-", "cycle-"] as const;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks again, after ever longer pauses, until there is an answer. @throws ProblemError `engine-silent` */
const until = async <Answer>(
  asking: () => Promise<Answer | undefined>,
  deadlineMs: number,
): Promise<Answer> => {
  for (let ms = FIRST_PAUSE_MS; ; ms = Math.min(2 * ms, LONGEST_PAUSE_MS)) {
    const answer = await asking();
    if (answer !== undefined) return answer;
    if (Date.now() > deadlineMs) throw new ProblemError("engine-silent");
    await pause(ms);
  }
};

const inParallel = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> => {
  const left = [...items.entries()];
  const results: Result[] = [];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, lane));
  return results;
};

export const makeWatch = ({ db, client }: { readonly db: Db; readonly client: Client }): Watch => {
  const ask = (workflow: string): Promise<Resting> =>
    client.withDeadline(Date.now() + ANSWER_LIMIT_MS, () =>
      client.workflow.getHandle(workflow).query(resting),
    );
  /** One that has not started, or that no worker has seen yet, does not answer. */
  const look = (workflow: string): Promise<Resting | undefined> => ask(workflow).catch(() => undefined);

  const untilIdle = (workflow: string, deadlineMs: number): Promise<Idle> =>
    until(async () => {
      const found = await look(workflow);
      return found?.idle === true ? { workflow, wakesAt: found.wakesAt } : undefined;
    }, deadlineMs);

  /** What has ended, and what is no longer kept, tells nobody anything. */
  const hasEnded = (workflow: string): Promise<boolean> =>
    client
      .withDeadline(Date.now() + ANSWER_LIMIT_MS, () => client.workflow.getHandle(workflow).describe())
      .then(
        ({ status }) => status.name !== "RUNNING",
        (error: unknown) => error instanceof Error && error.name === "WorkflowNotFoundError",
      );
  const ended = new Set<string>();
  const untilEnded = async (workflow: string, deadlineMs: number): Promise<void> => {
    await until(async () => ((await hasEnded(workflow)) ? true : undefined), deadlineMs);
    ended.add(workflow);
  };

  const lookAtAll = async (cycle: CycleKey, deadlineMs: number): Promise<readonly Idle[]> => {
    for (;;) {
      const open = await openProcessesOf(db, cycle);
      const ending = (await closedProcessesOf(db, cycle)).filter((workflow) => !ended.has(workflow));
      await inParallel(ending, (workflow) => untilEnded(workflow, deadlineMs));
      const found = new Map<string, Idle>();
      for (const kind of tellingOrder) {
        const alike = open.filter((workflow) => workflow.startsWith(kind));
        const idle = await inParallel(alike, (workflow) => untilIdle(workflow, deadlineMs));
        for (const one of idle) found.set(one.workflow, one);
      }
      // Who was started meanwhile counts too: he is among the open ones before he runs.
      const still = await openProcessesOf(db, cycle);
      if (still.join() === open.join()) return [...found.values()];
    }
  };

  /** A stepped cycle at rest stays so until somebody acts, which gives it another mark, or wakes one of its own. */
  const seen = new Map<CycleKey, { readonly mark: string; readonly idle: readonly Idle[] }>();

  return {
    allIdle: async (cycle, deadlineMs) => {
      const mark = await markOf(db, cycle);
      const known = seen.get(cycle);
      if (known?.mark === mark) return known.idle;
      const idle = await lookAtAll(cycle, deadlineMs);
      if ((await markOf(db, cycle)) === mark) seen.set(cycle, { mark, idle });
      return idle;
    },
    wake: async (cycle, { workflows, now, deadlineMs }) => {
      for (const workflow of workflows) {
        seen.delete(cycle);
        await client.withDeadline(deadlineMs, () =>
          client.workflow.getHandle(workflow).executeUpdate(advance, { args: [{ to: now }] }),
        );
      }
    },
    glance: async (cycle) =>
      inParallel(await openProcessesOf(db, cycle), async (workflow) => ({
        workflow,
        resting: await look(workflow),
      })),
  };
};

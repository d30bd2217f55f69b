import { allHandlersFinished, condition, setHandler } from "@temporalio/workflow";
import { epochMs, instantOfEpochMs, type Instant } from "../domain/time.ts";
import { advance, resting, type ClockInput, type Resting } from "./contract.ts";

/** What a workflow waits for: `done` by itself, or the instant `until`, whichever comes first. */
export interface Wait {
  readonly done?: () => boolean;
  readonly until?: Instant | undefined;
  /** Shown beside the timer in the Temporal UI. */
  readonly summary: string;
}

/**
 * The cycle's clock and the workflow's turn-taking. A workflow knows one way to wait: `wait`. On the real clock it
 * is a Temporal timer, on a stepped one the `advance` Update. Acts, signals and the passing of an instant take
 * turns, so that rows are written in the order in which they were decided.
 */
export interface Clock {
  readonly now: () => Instant;
  readonly wait: (wait: Wait) => Promise<void>;
  /** A stepped clock is at least at the instant at which an act was stored. */
  readonly learn: (at: Instant) => void;
  readonly inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** The last line of a workflow: everyone waiting for it gets his answer first. */
  readonly end: () => Promise<void>;
}

export const makeClock = (input: ClockInput): Clock => {
  let stepped = input.is === "stepped" ? input.now : null;
  let parked: Wait | null = null;
  let ended = false;
  let turns = 0;
  let last: Promise<unknown> = Promise.resolve();

  const now = (): Instant => stepped ?? instantOfEpochMs(Date.now());
  const over = ({ done, until }: Wait): boolean =>
    done?.() === true || (until !== undefined && until <= now());
  const isIdle = (): boolean => ended || (turns === 0 && parked !== null && !over(parked));
  const rest = (): Resting => ({ idle: isIdle(), wakesAt: parked?.until ?? null });

  setHandler(resting, rest, { description: "Is there anything left to do now, and when does it wake?" });
  setHandler(
    advance,
    async ({ to }) => {
      if (stepped !== null && to > stepped) stepped = to;
      await condition(isIdle);
      return rest();
    },
    { description: "Stepped clock only: it is now `to`" },
  );

  const wait = async (asked: Wait): Promise<void> => {
    parked = asked;
    if (stepped !== null || asked.until === undefined) await condition(() => over(asked));
    else if (!over(asked))
      await condition(() => asked.done?.() === true, Math.max(epochMs(asked.until) - Date.now(), 1), {
        summary: asked.summary,
      });
    parked = null;
  };

  return {
    now,
    wait,
    learn: (at) => {
      if (stepped !== null && at > stepped) stepped = at;
    },
    inTurn: (work) => {
      turns += 1;
      const mine = last.then(work);
      const passOn = (): void => {
        turns -= 1;
      };
      last = mine.then(passOn, passOn);
      return mine;
    },
    end: async () => {
      ended = true;
      await condition(allHandlersFinished);
    },
  };
};

import { allHandlersFinished, condition, setHandler } from "@temporalio/workflow";
import { refuse } from "../domain/refusal.ts";
import { epochMs, instantOfEpochMs, type Instant } from "../domain/time.ts";
import { advance, resting, type ClockInput, type Resting } from "./contract.ts";
import { orFail } from "./refusing.ts";

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
  /** As input of another workflow, or of this one's next run. */
  readonly handedOn: () => ClockInput;
  /** The last line of a run: everyone waiting for it gets his answer first. */
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
  /** Its last turn may still be telling another workflow when the story has ended. */
  const isIdle = (): boolean => turns === 0 && (ended || (parked !== null && !over(parked)));
  const rest = (): Resting => ({ idle: isIdle(), wakesAt: parked?.until ?? null });
  const learn = (at: Instant): void => {
    if (stepped !== null && at > stepped) stepped = at;
  };

  setHandler(resting, rest, { description: "Is there anything left to do now, and when does it wake?" });
  setHandler(
    advance,
    async ({ to }) => {
      learn(to);
      await condition(isIdle);
      return rest();
    },
    {
      description: "Stepped clock only: it is now `to`",
      validator: (asked) => void orFail(stepped === null ? refuse("not-stepped") : asked),
    },
  );

  const wait = async (asked: Wait): Promise<void> => {
    const done = (): boolean => over(asked);
    parked = asked;
    if (stepped !== null || asked.until === undefined) await condition(done);
    else
      while (!done())
        await condition(done, Math.max(epochMs(asked.until) - Date.now(), 1), { summary: asked.summary });
    parked = null;
  };

  return {
    now,
    wait,
    learn,
    inTurn: (work) => {
      turns += 1;
      const mine = last.then(work);
      const passOn = (): void => {
        turns -= 1;
      };
      last = mine.then(passOn, passOn);
      return mine;
    },
    handedOn: () => (stepped === null ? { is: "real" } : { is: "stepped", now: stepped }),
    end: async () => {
      ended = true;
      await condition(allHandlersFinished);
    },
  };
};

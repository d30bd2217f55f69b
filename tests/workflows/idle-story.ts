import { condition, defineSignal, defineUpdate, setHandler } from "@temporalio/workflow";
import { instant } from "../../domain/time.ts";
import { makeClock } from "../../workflows/clock.ts";

export const takeTurn = defineUpdate("takeTurn");
export const endStory = defineSignal("endStory");
export const letGo = defineSignal("letGo");

/** Of a workflow nothing but its clock: its story ends when it is told to, a turn when it is let go. */
export const idleStory = async (): Promise<void> => {
  const clock = makeClock({ is: "stepped", now: instant("2015-04-01T09:00:00+09:00") });
  let [over, free] = [false, false];
  setHandler(takeTurn, () => clock.inTurn(() => condition(() => free)));
  setHandler(endStory, () => void (over = true));
  setHandler(letGo, () => void (free = true));
  await clock.wait({ done: () => over, summary: "終わるまで" });
  await clock.end();
};

import type { Stage } from "../domain/cycle.ts";
import { rehearse, type Rehearsal } from "./rehearsal.ts";
import type { View } from "./view.ts";

/**
 * Plays on until the year is at a stage in which `isThere` holds, and leaves it there. To be played on later with
 * another seed: the same one would ask for the same acts again.
 */
export const rehearseUntil = async (
  rehearsal: Omit<Rehearsal, "onLook" | "signal">,
  stage: Stage,
  isThere: (view: View) => boolean = () => true,
): Promise<void> => {
  const stop = new AbortController();
  await rehearse({
    ...rehearsal,
    signal: stop.signal,
    onLook: (view) => {
      if (view.cycle.stage === stage && isThere(view)) stop.abort();
    },
  });
};

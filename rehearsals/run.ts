import { z } from "zod";
import type { CycleKey } from "../domain/ids.ts";
import type { Instant } from "../domain/time.ts";
import { withAttached } from "./attaching.ts";
import { idempotencyKey, type Client } from "./client.ts";
import type { Caller } from "./signing-in.ts";
import type { Intention } from "./intention.ts";
import { makeLook } from "./looking.ts";
import { intentionsOf } from "./people/everyone.ts";
import type { Cast, View } from "./view.ts";
import { rest } from "./wire.ts";

/** The year stands still: nobody has anything to do and nothing wakes by itself. */
class StandStill extends Error {
  override readonly name = "StandStill";
}

export interface Rehearsing {
  readonly client: Client;
  readonly cast: Cast;
  readonly cycle: CycleKey;
  readonly seed: number;
  /** Told each time the people have looked at the year; nobody acts before it is through. */
  readonly onLook: (view: View) => void | Promise<void>;
  /** Stops between two acts. */
  readonly signal: AbortSignal;
}

/**
 * The whole year, from wherever it stands to `finished`: people do what is due, the clock moves to the next thing
 * that anybody or anything waits for, and so on. @throws StandStill, or ApiRefusal where the script asks for something
 * the rules do not allow
 */
export const runYear = async ({ client, cast, cycle, seed, onLook, signal }: Rehearsing): Promise<View> => {
  const stepping: Caller = { person: cast.preparers[0], role: "preparer" };
  const look = makeLook({ client, cast, cycle });
  const memory = new Map<string, Instant>();
  let steps = 0;
  const act = async (intention: Intention, now: Instant): Promise<void> => {
    const keyOf = (key: string): string => idempotencyKey(seed, cycle, key);
    await client.post(
      intention,
      {
        path: intention.path,
        body: await withAttached(client, intention, keyOf),
        idempotencyKey: keyOf(intention.key),
        revision: intention.revision,
      },
      z.unknown(),
    );
    memory.set(intention.key, now);
  };
  const advance = async (to: Instant | undefined) => {
    steps += 1;
    return client.post(
      stepping,
      {
        path: `/cycles/${cycle}/advance`,
        body: to === undefined ? {} : { to },
        idempotencyKey: idempotencyKey(seed, cycle, `advance ${steps}`),
      },
      rest,
    );
  };

  let { wakesAt } = await client.get(stepping, `/cycles/${cycle}/rest`, rest);
  for (;;) {
    const view = await look(memory);
    await onLook(view);
    if (view.cycle.stage === "finished" || signal.aborted) return view;
    const intentions = intentionsOf(view, cast);
    const due = intentions.filter(({ at }) => at <= view.now);
    if (due.length > 0) {
      for (const intention of due) if (!signal.aborted) await act(intention, view.now);
      ({ wakesAt } = await client.get(stepping, `/cycles/${cycle}/rest`, rest));
      continue;
    }
    const next = intentions[0]?.at;
    if (next === undefined && wakesAt === null)
      throw new StandStill(`${cycle} stands still in ${view.cycle.stage} at ${view.now}`);
    ({ wakesAt } = await advance(next));
  }
};

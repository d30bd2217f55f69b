import { chase } from "../../activities/chase.ts";
import type { ChaseTick } from "../../activities/contract.ts";
import type { GivenAnswer } from "../../domain/acts.ts";
import type { ItemState } from "../../domain/answer.ts";
import type { Instant } from "../../domain/time.ts";
import { at, CYCLE, itemsOfRequest, mailsTo, RUN, type YearDesk } from "./year-desk.ts";

/** The data request of the ministry of defence, opened on 1 April. */
export const MOD = "2014-data-mod";
export const OPENED = at("2015-04-01T09:00:00");
export const DUE = at("2015-04-17T17:00:00");
export const CLOSE = at("2015-05-01T17:00:00");

export const tick = (day: string): Instant => at(`${day}T09:00:00`);
export const april = (...days: readonly number[]): readonly string[] =>
  days.map((day) => `2015-04-${String(day).padStart(2, "0")}`);

/** What one does and sees of the chase. */
export interface Chasing {
  readonly chaseAt: (now: Instant) => Promise<ChaseTick>;
  readonly chaseOn: (...days: readonly string[]) => Promise<void>;
  /** Digests a person has got, as date and rung. */
  readonly digestsTo: (person: string) => Promise<readonly string[]>;
  /** Brings the request's items into a state, all or the first `count`. */
  readonly become: (
    state: (item: string) => Promise<ItemState> | ItemState,
    now: Instant,
    count?: number,
  ) => Promise<readonly string[]>;
  readonly given: (item: string) => Promise<GivenAnswer>;
  readonly submitted: (item: string) => Promise<ItemState>;
}

export const chasing = (desk: YearDesk): Chasing => {
  const chaseAt: Chasing["chaseAt"] = (now) => chase(desk.deps, { cycle: CYCLE, now }, RUN);
  const given: Chasing["given"] = async (item) => ({
    item,
    says: "value",
    why: null,
    content: await desk.store("answer", { number: null, unit: null, text: item }),
  });
  return {
    chaseAt,
    given,
    chaseOn: async (...days) => {
      for (const day of days) await chaseAt(tick(day));
    },
    digestsTo: async (person) =>
      (await mailsTo(desk.db, person))
        .filter(({ letter }) => letter === "digest")
        .map(({ at: sent, rung }) => `${sent.slice(5, 10)} ${rung}`),
    become: async (state, now, count) => {
      const items = (await itemsOfRequest(desk.db, MOD)).slice(0, count).map(({ id }) => id);
      const changes = await Promise.all(
        items.map(async (item) => ({ write: "item" as const, item, state: await state(item) })),
      );
      await desk.record({ now, changes });
      return items;
    },
    submitted: async (item) => ({ is: "submitted", until: CLOSE, answer: await given(item), returns: 0 }),
  };
};

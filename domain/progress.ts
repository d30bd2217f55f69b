import type { ItemState } from "./answer.ts";

/** How many items are in each state. */
export type ItemCounts = Readonly<Record<ItemState["is"], number>>;

export const noItems: ItemCounts = {
  owed: 0,
  submitted: 0,
  returned: 0,
  provisional: 0,
  failing: 0,
  surveying: 0,
  value: 0,
  nil: 0,
  "not-applicable": 0,
  surveyed: 0,
  uncollected: 0,
};

/** In the order in which an item goes through them. Silence is never among the settled ones. */
export const openStates: readonly ItemState["is"][] = [
  "owed",
  "submitted",
  "returned",
  "provisional",
  "failing",
  "surveying",
];
export const settledStates: readonly ItemState["is"][] = [
  "value",
  "nil",
  "not-applicable",
  "surveyed",
  "uncollected",
];
/** Where an answer of the organisation itself stands, accepted or not yet looked at. */
const answeredStates: readonly ItemState["is"][] = [
  "submitted",
  "provisional",
  "value",
  "nil",
  "not-applicable",
];

export const countOf = (counts: ItemCounts, states: readonly ItemState["is"][]): number =>
  states.reduce((sum, state) => sum + counts[state], 0);

/** How far one request has come. */
export interface Progress {
  readonly items: number;
  readonly answered: number;
  readonly settled: number;
}
export const progressOf = (counts: ItemCounts): Progress => ({
  items: countOf(counts, [...openStates, ...settledStates]),
  answered: countOf(counts, answeredStates),
  settled: countOf(counts, settledStates),
});

export const addUp = (many: readonly ItemCounts[]): ItemCounts =>
  many.reduce((sum, counts) => {
    const states = [...openStates, ...settledStates];
    return { ...sum, ...Object.fromEntries(states.map((state) => [state, sum[state] + counts[state]])) };
  }, noItems);

import type { ItemState } from "../../domain/answer.ts";
import { countOf, openStates, settledStates, type ItemCounts } from "../../domain/progress.ts";
import { itemStateNames } from "./words.ts";

const Bar = ({ counts }: { readonly counts: ItemCounts }) => {
  const states = [...settledStates, ...openStates];
  const all = Math.max(countOf(counts, states), 1);
  const starts = states.map((_, n) => (countOf(counts, states.slice(0, n)) / all) * 100);
  return (
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {states.map((state, n) => (
        <rect
          key={state}
          data-is={state}
          x={starts[n]?.toFixed(3)}
          y="0"
          height="4"
          width={((counts[state] / all) * 100).toFixed(3)}
        />
      ))}
    </svg>
  );
};

const Group = ({
  name,
  states,
  counts,
}: {
  readonly name: string;
  readonly states: readonly ItemState["is"][];
  readonly counts: ItemCounts;
}) => (
  <div class="counts-group">
    <h4>
      {name} <span class="counts-total">{countOf(counts, states)}件</span>
    </h4>
    <dl class="counts">
      {states.map((state) => (
        <div key={state} data-is={state}>
          <dt>{itemStateNames[state]}</dt>
          <dd>{counts[state]}件</dd>
        </div>
      ))}
    </dl>
  </div>
);

/** 照会項目の状況: how many items are in each state; silence is never among the settled ones. */
export const ItemCountsList = ({ counts }: { readonly counts: ItemCounts }) => (
  <div class="item-counts">
    <Bar counts={counts} />
    <div class="counts-groups">
      <Group name="確定" states={settledStates} counts={counts} />
      <Group name="未確定" states={openStates} counts={counts} />
    </div>
  </div>
);

import { happen } from "./acts.ts";
import { dayOf, secondAfter, settled, type Settled } from "./asked.ts";
import type { Deed } from "./deed.ts";
import { chase } from "./digests.ts";
import { grouped } from "./grouped.ts";
import type { Mail } from "./letters.ts";
import type { Year } from "./plan-folder.ts";
import { passCloses } from "./silence.ts";
import { tickOn, type World } from "./world.ts";

/**
 * An oracle for a year's mail: the plan's folder and what people did, worked out day by day from the text, the
 * law and the guides in docs/. It shares no line with the product, so that what both say is not one mistake made twice.
 */
export interface Oracle {
  /** Every 督促 of the year, and every letter to a ministry about what it owes. */
  readonly mails: readonly Mail[];
  /** Every instant at which people did something or a close passed. */
  readonly moments: ReadonlySet<string>;
  /** Each request as it ends: when it was due and closed, and what became of its items. */
  readonly requests: readonly string[];
  /** The settled state of every indicator. */
  readonly indicators: Readonly<Record<string, Settled>>;
}

const indicatorsOf = ({ year, requests }: World): Record<string, Settled> => {
  const states = requests
    .filter(({ kind }) => kind === "data")
    .flatMap(({ items }) => items.map(({ datum, is }) => ({ datum, is })));
  const all = year.data.flatMap(({ key, indicators }) => indicators.map((indicator) => ({ indicator, key })));
  return Object.fromEntries(
    [...grouped(all, ({ indicator }) => indicator)].flatMap(([indicator, served]) => {
      const of = states.filter(({ datum }) => served.some(({ key }) => key === datum)).map(({ is }) => is);
      // What could not be had is never hidden behind what could.
      const weakest = settled.find((state) => of.includes(state));
      return weakest === undefined ? [] : [[indicator, weakest]];
    }),
  );
};

/** `data-meti due 2015-04-17T17:00 closes 2015-05-01T17:00: 1-1-1-a-1 value, …`. */
export const requestLine = (of: {
  readonly name: string;
  readonly due: string;
  readonly close: string;
  readonly items: readonly { readonly datum: string; readonly is: string }[];
}): string =>
  `${of.name} due ${of.due.slice(0, 16)} closes ${of.close.slice(0, 16)}: ${of.items
    .map(({ datum, is }) => `${datum} ${is}`)
    .toSorted()
    .join(", ")}`;

/** @param deeds of the whole year; those of one instant in the order in which they were done */
export const foretell = (year: Year, deeds: readonly Deed[]): Oracle => {
  const world: World = { year, requests: [], surveys: [], mails: [] };
  const inOrder = deeds.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  const [first] = inOrder;
  const end = inOrder.find(({ action }) => action === "report.publish")?.at;
  if (first === undefined || end === undefined) throw new RangeError("the year has not been published");
  const sent = new Set<string>();
  const ticks = year.days.all.filter((day) => dayOf(first.at) <= day && tickOn(year, day) < end);
  const isTick = new Set(ticks.map((day) => tickOn(year, day)));
  let before = first.at;
  for (const moment of [...new Set([...isTick, ...inOrder.map(({ at }) => at)])].toSorted()) {
    const done = inOrder.filter(({ at }) => at === moment);
    if (isTick.has(moment) && done.some(({ object }) => /^(request|survey) /.test(object)))
      throw new RangeError(`${moment}: nobody has said whether the act or the tick comes first`);
    passCloses(world, before, moment);
    before = moment;
    if (isTick.has(moment)) chase(world, sent, dayOf(moment));
    for (const deed of done) {
      happen(world, deed);
      passCloses(world, moment, moment);
    }
  }
  return {
    mails: world.mails,
    moments: new Set([
      ...inOrder.map(({ at }) => at),
      ...world.requests.map((one) => secondAfter(one.close)),
    ]),
    requests: world.requests.map(requestLine).toSorted(),
    indicators: indicatorsOf(world),
  };
};

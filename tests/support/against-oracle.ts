import type { Timeline } from "../../rehearsals/timeline.ts";
import type { RequestReply } from "../../rehearsals/wire.ts";
import { withoutCycle } from "../../rehearsals/view.ts";
import type { Deed } from "../oracle/deed.ts";
import { letters, type Mail } from "../oracle/letters.ts";
import { foretell, requestLine, type Oracle } from "../oracle/oracle.ts";
import { readYear } from "../oracle/plan-folder.ts";

/** One line for each thing that only one of two lists has, or has more often. */
const differing = (foretold: readonly string[], happened: readonly string[]): readonly string[] => {
  const count = (all: readonly string[], one: string): number => all.filter((line) => line === one).length;
  return [...new Set([...foretold, ...happened])].toSorted().flatMap((line) => {
    const more = count(happened, line) - count(foretold, line);
    if (more === 0) return [];
    return [`${line}  ← ${more > 0 ? "happened, was not foretold" : "was foretold, did not happen"}`];
  });
};

/** By when and to whom: two mails of one key are one mail with other items. */
const keyOf = ({ at, contact, organisation, kind, rung }: Mail): string =>
  `${at.slice(0, 19)} ${contact} (${organisation}) ${kind}${rung === null ? "" : ` ${rung}`}`;

const itemLines = (mails: readonly Mail[]): readonly string[] =>
  mails.flatMap((mail) =>
    mail.items.length === 0 ? [keyOf(mail)] : mail.items.map((item) => `${keyOf(mail)}: ${item}`),
  );

/** Mails first as a whole; of those that both have, what is in them. */
const mailDifferences = (foretold: readonly Mail[], happened: readonly Mail[]): readonly string[] => {
  const keys = happened.map(keyOf);
  const shared = new Set(foretold.map(keyOf).filter((key) => keys.includes(key)));
  const inBoth = (mail: Mail): boolean => shared.has(keyOf(mail));
  return [
    ...differing(foretold.map(keyOf), happened.map(keyOf)),
    ...differing(itemLines(foretold.filter(inBoth)), itemLines(happened.filter(inBoth))),
  ];
};

const known = ({ kind }: Mail): boolean => kind === "digest" || letters.includes(kind);

/** Everything else is written because somebody did something, a close passed or a stage began: at no other instant. */
const unprompted = ({ moments }: Oracle, { mails, stages }: Timeline): readonly string[] =>
  mails
    .filter((mail) => !known(mail) && !moments.has(mail.at))
    .filter((mail) => stages.every(({ enteredAt }) => enteredAt !== mail.at))
    .map((mail) => `${keyOf(mail)}  ← nothing happened then`);

interface Run {
  /** The plan's folder. */
  readonly folder: string;
  readonly deeds: readonly Deed[];
  readonly timeline: Timeline;
}

/** Where a rehearsed year is not what the oracle makes of its plan and of what people did: one readable line each. */
export const yearDifferences = ({ folder, deeds, timeline }: Run): readonly string[] => {
  const oracle = foretell(readYear(folder), deeds);
  const states = (of: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(of).map(([key, state]) => `${key} ${state}`);
  const actLine = ({ at, actor, action, object }: Pick<Deed, "at" | "actor" | "action" | "object">): string =>
    `${at} ${actor} ${action} ${object}`;
  return [
    ...differing(deeds.map(actLine), timeline.acts.map(actLine)),
    ...mailDifferences(oracle.mails, timeline.mails.filter(known)),
    ...unprompted(oracle, timeline),
    ...differing(states(oracle.indicators), states(timeline.indicators)),
  ];
};

/** The same of the requests' dates and of what became of each item. */
export const requestDifferences = (
  { folder, deeds }: Pick<Run, "folder" | "deeds">,
  cycle: string,
  requests: readonly RequestReply[],
): readonly string[] =>
  differing(
    foretell(readYear(folder), deeds).requests,
    requests.map(({ id, dueAt, closeAt, items }) =>
      requestLine({
        name: withoutCycle(id, cycle),
        due: dueAt,
        close: closeAt,
        items: items.map(({ datum, state }) => ({ datum, is: state.is })),
      }),
    ),
  );

import { isOwed, rungOn, type Item } from "./asked.ts";
import { grouped } from "./grouped.ts";
import { isWithOfficer } from "./inside.ts";
import { holders, type Mail } from "./letters.ts";
import type { Kind, Rung, Year } from "./plan-folder.ts";
import { tickOn, type World } from "./world.ts";

/** What is owed by one organisation for one thing on one day. */
interface Owed {
  readonly kind: Kind | "inner";
  readonly organisation: string;
  /** Inside: whose alone it is to prepare it. */
  readonly officer?: string;
  /** Whose item it is: the request's name, or the survey's. */
  readonly name: string;
  readonly item: Item;
  readonly due: string;
  readonly since: string;
  /** Whether 事務局 itself has to do it. */
  readonly isOurs: boolean;
}

const owedNow = ({ requests, surveys }: World): readonly Owed[] => [
  ...requests
    .filter(({ pausedAt }) => pausedAt === null)
    .flatMap(({ kind, organisation, name, items }) =>
      items
        .filter(isOwed)
        .map((item) => ({ kind, organisation, name, item, due: item.due, since: item.since, isOurs: false })),
    ),
  ...requests
    .filter(({ pausedAt }) => pausedAt === null)
    .flatMap(({ organisation, name, items }) =>
      items
        .filter(isWithOfficer)
        .flatMap((item) =>
          item.inside === null
            ? []
            : [{ kind: "inner" as const, organisation, name, item, isOurs: false, ...item.inside }],
        ),
    ),
  ...surveys
    .filter(({ isOver }) => !isOver)
    .flatMap(({ name, request: { organisation }, items, due, since, isPlanned, steps: [next] }) => {
      const isOurs = isPlanned && next?.by !== "organisation";
      return items
        .filter(({ is }) => is === "surveying")
        .map((item) => ({ kind: "survey" as const, organisation, name, item, due, since, isOurs }));
    }),
];

interface Reminder extends Owed {
  readonly rung: Rung;
  readonly contact: string;
}

/** Who holds one of the posts; of the officers only the one to whom it was allocated. */
const contactsOf = (year: Year, { organisation, officer }: Owed, roles: Rung["to"]): readonly string[] => [
  ...holders(
    year,
    organisation,
    roles.filter((role) => officer === undefined || role !== "officer"),
  ).map(({ id }) => id),
  ...(officer !== undefined && roles.includes("officer") ? [officer] : []),
];

const preparersOf = ({ people }: Year): readonly string[] =>
  people.filter(({ staff, reachable }) => reachable && staff.includes("preparer")).map(({ id }) => id);

const readersOf = (year: Year, owed: Owed, { to, cc, lead }: Rung): readonly string[] => [
  ...new Set([
    ...(owed.isOurs ? preparersOf(year) : contactsOf(year, owed, [...to, ...cc])),
    ...(lead && year.lead !== undefined ? [year.lead] : []),
  ]),
];

const remindersOn = (world: World, day: string): readonly Reminder[] =>
  owedNow(world).flatMap((owed) => {
    const rung = rungOn(world.year, owed.kind, { ...owed, day });
    if (rung === undefined) return [];
    return readersOf(world.year, owed, rung).map((contact) => ({ ...owed, rung, contact }));
  });

const digestOf = ({ people }: Year, at: string, reminders: readonly [Reminder, ...Reminder[]]): Mail => {
  const [{ contact }] = reminders;
  const organisation = people.find(({ id }) => id === contact)?.organisation ?? "?";
  const [first = reminders[0]] = reminders.toSorted(
    (a, b) => b.rung.offsetBusinessDays - a.rung.offsetBusinessDays,
  );
  // What a survey asks its respondents is a request of theirs like any other.
  const isOwn = ({ kind, name }: Reminder): boolean => kind !== "survey" || /-q\d+-/.test(name);
  const nameOf = (one: Reminder): string =>
    isOwn(one) && one.organisation === organisation ? one.item.datum : `${one.name}/${one.item.datum}`;
  return {
    at,
    contact,
    organisation,
    kind: "digest",
    rung: first.rung.name,
    // Owed by two ladders at once, it is told of once.
    items: [...new Set(reminders.map(nameOf))].toSorted(),
  };
};

/** 督促 of one open day: one mail to each contact, of what he has not been told before. */
export const chase = (world: World, sent: Set<string>, day: string): void => {
  const told = ({ name, item, due, rung, contact }: Reminder): string =>
    [name, item.datum, due, rung.name, contact].join(" ");
  const fresh = remindersOn(world, day).filter((one) => !sent.has(told(one)));
  for (const one of fresh) sent.add(told(one));
  for (const [first, ...others] of grouped(fresh, ({ contact }) => contact).values())
    if (first !== undefined)
      world.mails.push(digestOf(world.year, tickOn(world.year, day), [first, ...others]));
};

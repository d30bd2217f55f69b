import type { Kind, Rung, Term, Year } from "./plan-folder.ts";

/** Requests and surveys as the oracle keeps them: a page of pencil notes, rubbed out and written over. */

export interface Item {
  readonly datum: string;
  is: "owed" | "submitted" | "returned" | "provisional" | "failing" | "surveying" | Settled;
  /** It has been surveyed because it could not be compared: once is enough. */
  wasCompared?: true;
  /** What the newest answer says. */
  says: string;
  returns: number;
  /** The last instant at which an answer counts. */
  until: string;
  /** From which its ladder counts, and since when it does. */
  due: string;
  since: string;
  /** How far its next answer has come inside the organisation; null where nothing is under way there. */
  inside: Inside | null;
}
interface Inside {
  is: "allocated" | "prepared" | "sent-back" | "signed-off";
  readonly officer: string;
  readonly due: string;
  readonly since: string;
}
export const settled = ["uncollected", "surveyed", "value", "nil", "not-applicable"] as const;
export type Settled = (typeof settled)[number];

export interface Asked {
  /** Without the cycle: `data-meti`. */
  readonly name: string;
  readonly kind: Kind;
  readonly organisation: string;
  readonly items: readonly Item[];
  due: string;
  close: string;
  /** The day an extension is asked to. */
  asks: string | null;
  pausedAt: string | null;
  surveys: number;
  /** How often somebody else was asked for a part of it. */
  handedOn?: number;
}
export interface Survey {
  readonly name: string;
  readonly request: Asked;
  readonly items: Item[];
  due: string;
  since: string;
  isOver: boolean;
  /** What is still to do, the next first; with who does it. Nothing before a method is chosen. */
  steps: readonly {
    readonly key: string;
    readonly by: string;
    readonly days: number;
    readonly waits: boolean;
  }[];
  isPlanned: boolean;
  /** By when the result is wanted. */
  resultOn: string;
  /** Its questions to others. */
  asked: Asked[];
}

export const instantOf = (day: string, time: string): string => `${day}T${time}:00+09:00`;
export const dayOf = (instant: string): string => instant.slice(0, 10);
/** When a deadline has passed: it ends on a full minute, which still counts. */
export const secondAfter = (deadline: string): string => `${deadline.slice(0, 17)}01+09:00`;
export const laterOf = (one: string, other: string): string => (one > other ? one : other);

export const isOpen = ({ is }: Item): boolean => !settled.some((state) => state === is);
/** What the organisation itself has to do: only that is chased. */
export const isOwed = ({ is }: Item): boolean =>
  is === "owed" || is === "returned" || is === "provisional" || is === "failing";
/** It waits for the secretariat: no deadline passes. */
export const standsStill = ({ asks, pausedAt }: Asked): boolean => asks !== null || pausedAt !== null;

/** The closing time so many open days later. */
export const moved = ({ days, closingTime }: Year, from: string, by: number): string =>
  instantOf(days.shift(dayOf(from), by), closingTime);

const rolled = ({ days, closedDays }: Year, day: string): string =>
  days.isOpen(day) ? day : days.shift(day, closedDays === "next" ? 1 : -1);

/** 期限 and 締切 of what opens on a day. */
export const termOf = (year: Year, term: Term, openedOn: string): { due: string; close: string } => {
  const [due, close] =
    "dueOn" in term
      ? [rolled(year, term.dueOn), rolled(year, term.closeOn)]
      : [year.days.shift(openedOn, term.dueBusinessDays), year.days.shift(openedOn, term.closeBusinessDays)];
  return { due: instantOf(due, year.closingTime), close: instantOf(close, year.closingTime) };
};

/** A due date that moves starts the ladder anew; one that stays leaves it as it stands. */
export const countFrom = (of: { due: string; since: string }, due: string, now: string): void => {
  if (of.due === due) return;
  of.due = due;
  of.since = now;
};

/**
 * Reminders of an item count from its request's due date, but a corrected answer is wanted by a day of its own, and so
 * is one that may come later than the request closes.
 */
export const recount = (request: Asked, now: string): void => {
  for (const item of request.items.filter(isOwed))
    countFrom(item, item.returns > 0 || item.until > request.close ? item.until : request.due, now);
};

/**
 * Which rung is owed on a day: the last that has come. One whose day had passed when the due date was set has never
 * been one, since whoever set the date has just said it.
 */
export const rungOn = (
  year: Year,
  kind: Kind | "inner",
  { due, since, day }: { readonly due: string; readonly since: string; readonly day: string },
): Rung | undefined =>
  (kind === "inner" ? year.innerLadder : year.ladders[kind])
    .map((rung) => ({ rung, on: year.days.shift(dayOf(due), rung.offsetBusinessDays) }))
    .filter(({ on }) => on <= day && instantOf(on, year.sendsFrom) > since)
    .toSorted((a, b) => a.rung.offsetBusinessDays - b.rung.offsetBusinessDays)
    .at(-1)?.rung;

import type { ItemState } from "./answer.ts";
import { addBusinessDays, isOpen, rollBack, rollForward, type BusinessCalendar } from "./calendar.ts";
import type { Term } from "./deadline.ts";
import type { LadderRung, Plan, RequestKind, SendWindow } from "./plan.ts";
import { addDays, at, dateOf, plainTime, type Instant } from "./time.ts";

/** When a rung falls due for one request. Rows hold it, so that SQL and rules only compare. */
export interface RungInstant {
  readonly name: string;
  readonly at: Instant;
}

/** The ladder a request of the kind is chased by, or the one inside its organisation. */
export const rungsIn = (
  { ladders, innerLadder = [] }: Pick<Plan, "ladders" | "innerLadder">,
  kind: RequestKind | "inner",
): readonly LadderRung[] => (kind === "inner" ? innerLadder : ladders[kind]);

interface LadderQuestion {
  readonly ladder: readonly LadderRung[];
  readonly dueAt: Instant;
  readonly sendWindow: SendWindow;
  readonly calendar: BusinessCalendar;
}

const byInstant = (a: RungInstant, b: RungInstant): number => (a.at < b.at ? -1 : Number(a.at > b.at));

const wholeLadder = ({ ladder, dueAt, sendWindow, calendar }: LadderQuestion): readonly RungInstant[] => {
  // A one-off closed day can turn up after the due date was set on it.
  const dueOn = rollBack(dateOf(dueAt), calendar);
  return ladder
    .map(({ name, offsetBusinessDays }) => ({
      name,
      at: at(addBusinessDays(dueOn, offsetBusinessDays, calendar), sendWindow.from),
    }))
    .toSorted(byInstant);
};

/**
 * The rungs of a request's ladder, earliest first: each at the send window's start of the business day that lies
 * the rung's offset from the due date. A rung that is not later than the opening is none: 照会 itself says it.
 */
export const rungInstants = ({
  openedAt,
  ...asked
}: LadderQuestion & { readonly openedAt: Instant }): readonly RungInstant[] =>
  wholeLadder(asked).filter((rung) => rung.at > openedAt);

/**
 * A ladder that stands, once the plan is amended at `now`. What has come stays as it came, and comes once. What was
 * still to come is where the amended plan has it, also where that has passed: then it is owed at the next tick. A rung
 * the ladder did not have before is none where it would have come already.
 */
export const amendedRungs = ({
  standing,
  now,
  ...asked
}: LadderQuestion & {
  readonly standing: readonly RungInstant[];
  readonly now: Instant;
}): readonly RungInstant[] => {
  const come = standing.filter((rung) => rung.at <= now);
  const had = new Set(standing.map(({ name }) => name));
  const hasCome = new Set(come.map(({ name }) => name));
  const ahead = wholeLadder(asked).filter(
    ({ name, at: rungAt }) => !hasCome.has(name) && (rungAt > now || had.has(name)),
  );
  return [...come, ...ahead].toSorted(byInstant);
};

/**
 * What an item's ladder counts from: the request's due date, or a later day by which something is wanted of this item
 * alone, a corrected answer or one in place of a stopped survey. Undefined while the organisation owes nothing.
 */
export const ladderDueAt = (item: ItemState, term: Term): Instant | undefined => {
  switch (item.is) {
    case "owed":
      return item.until > term.closeAt ? item.until : term.dueAt;
    case "returned":
      return item.until;
    // It keeps the day it had: what was asked for is still to come.
    case "provisional":
    case "failing":
      return item.returns > 0 || item.until > term.closeAt ? item.until : term.dueAt;
    case "submitted":
    case "surveying":
    case "value":
    case "nil":
    case "not-applicable":
    case "surveyed":
    case "uncollected":
      return undefined;
  }
};

/**
 * Of a ladder that several items share those rungs that are one item's own: what had come before it counted from the
 * due date was never owed for it.
 * @param since when it came to; undefined where the ladder began with it
 */
export const ownRungs = (
  instants: readonly RungInstant[],
  since: Instant | undefined,
): readonly RungInstant[] => (since === undefined ? instants : instants.filter((rung) => rung.at > since));

/**
 * The rung owed now: the last whose instant has come, unless it has been sent. A range question, so a lost day is
 * caught up at the next tick; what was not sent before it is superseded and never sent.
 * @param instants earliest first, as {@link rungInstants} gives them
 * @param sent names of the rungs sent since the due date was set
 */
export const owedRung = (
  instants: readonly RungInstant[],
  sent: ReadonlySet<string>,
  now: Instant,
): RungInstant | undefined => {
  const last = instants.findLast((rung) => rung.at <= now);
  return last === undefined || sent.has(last.name) ? undefined : last;
};

/** The next chase tick: the first start of a send window later than `now`. */
export const nextTick = (now: Instant, sendWindow: SendWindow, calendar: BusinessCalendar): Instant => {
  const today = dateOf(now);
  const first = at(today, sendWindow.from) > now ? today : addDays(today, 1);
  return at(rollForward(first, calendar), sendWindow.from);
};

/**
 * From when on the next tick is looked for, once the send window is amended: a day that has had its tick at `last`
 * gets no second one where the window now starts later, and one that has not gets it also where it now starts earlier.
 */
export const tickedUntil = (last: Instant, was: SendWindow, becomes: SendWindow): Instant => {
  const today = dateOf(last);
  if (last < at(today, was.from)) return at(today, plainTime("00:00"));
  const start = at(today, becomes.from);
  return last < start ? start : last;
};

/** The last chase tick not later than `now`. */
export const lastTick = (now: Instant, sendWindow: SendWindow, calendar: BusinessCalendar): Instant => {
  const today = dateOf(now);
  const last = at(today, sendWindow.from) <= now ? today : addDays(today, -1);
  return at(rollBack(last, calendar), sendWindow.from);
};

/** Whether mail may go out: a business day, from inclusive, until exclusive. */
export const insideSendWindow = (
  now: Instant,
  sendWindow: SendWindow,
  calendar: BusinessCalendar,
): boolean => {
  const today = dateOf(now);
  return at(today, sendWindow.from) <= now && now < at(today, sendWindow.until) && isOpen(today, calendar);
};

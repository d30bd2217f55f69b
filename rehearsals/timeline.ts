import { weakest, type ItemState, type SettledState } from "../domain/answer.ts";
import type { Stage } from "../domain/cycle.ts";
import type { Instant } from "../domain/time.ts";
import { withoutCycle } from "./view.ts";
import type { AuditReply, CycleReply, MailReply, RequestReply, SurveyReply } from "./wire.ts";

/**
 * The year as it went: the same script and seed give the same bytes. Nothing in it names the rehearsal, a random
 * identifier or the wall clock. Acts are people's; the steps of the rehearsal's clock are none.
 */
export interface Timeline {
  readonly seed: number;
  readonly mails: readonly TimelineMail[];
  readonly acts: readonly TimelineAct[];
  readonly stages: readonly { readonly stage: Stage; readonly enteredAt: Instant }[];
  readonly indicators: Readonly<Record<string, SettledState>>;
}
export interface TimelineMail {
  readonly at: Instant;
  readonly contact: string;
  readonly organisation: string;
  /** The kind of letter. */
  readonly kind: string;
  /** Of a digest: its most severe rung, which its subject says. */
  readonly rung: string | null;
  /**
   * Keys of the data, chapters or `opinion` it is about. In a digest, what is owed by another organisation (上申 to
   * the secretariat's lead) or to a survey comes with whose it is: `data-meti/…`, `survey-meti-1/…`.
   */
  readonly items: readonly string[];
}
export interface TimelineAct {
  readonly at: Instant;
  readonly actor: string;
  readonly role: string;
  readonly action: string;
  readonly object: string;
}
export interface Recorded {
  readonly seed: number;
  readonly cycle: CycleReply;
  readonly mails: readonly MailReply[];
  readonly events: readonly AuditReply[];
  readonly requests: readonly RequestReply[];
  readonly surveys: readonly SurveyReply[];
}

const byText = <Row>(rows: readonly Row[], textOf: (row: Row) => string): readonly Row[] =>
  rows
    .map((row) => ({ row, text: textOf(row) }))
    .toSorted((one, other) => (one.text < other.text ? -1 : Number(one.text > other.text)))
    .map(({ row }) => row);

/** What the record calls the cause where no person is. */
const CLOCK = "clock";

/** `2014-r3-data-meti/e-net-caravan` → `e-net-caravan`. */
const itemKey = (item: string): string => item.slice(item.indexOf("/") + 1);

type Naming = Pick<Recorded, "cycle" | "requests" | "surveys">;

/** An item that is being surveyed is chased for its survey and for nothing else. */
const digestItem = (
  { cycle, requests, surveys }: Naming,
  { at, organisation }: MailReply,
  item: string,
): string => {
  const survey = surveys.find(
    ({ items, openedAt, endedAt }) =>
      items.includes(item) && openedAt < at && (endedAt === null || at <= endedAt),
  );
  if (survey !== undefined) return `${withoutCycle(survey.id, cycle.cycle)}/${itemKey(item)}`;
  const request = requests.find(({ id }) => item.startsWith(`${id}/`));
  return request?.organisation === organisation ? itemKey(item) : withoutCycle(item, cycle.cycle);
};

/** `request 2014-r3-data-meti` → `request data-meti`; `cycle 2014-r3` → `cycle`. */
const objectName = (object: string, cycle: string): string =>
  object
    .split(" ")
    .map((word) => withoutCycle(word, cycle))
    .filter((word) => word !== cycle)
    .join(" ");

/** What has settled of each indicator that data were asked for, the weakest of its items. */
const settledIndicators = (requests: readonly RequestReply[]): Readonly<Record<string, SettledState>> => {
  const states = new Map<string, SettledState[]>();
  for (const { state, indicators } of requests.flatMap(({ items }) => items)) {
    const settled = settledState(state.is);
    if (settled === undefined) continue;
    for (const key of indicators) states.set(key, [...(states.get(key) ?? []), settled]);
  }
  return Object.fromEntries(
    byText([...states], ([key]) => key).flatMap(([key, all]) => {
      const state = weakest(all);
      return state === undefined ? [] : [[key, state] as const];
    }),
  );
};

const settledNames: readonly SettledState[] = ["value", "nil", "not-applicable", "surveyed", "uncollected"];
const settledState = (is: ItemState["is"]): SettledState | undefined =>
  settledNames.find((name) => name === is);

const mailRow = (naming: Naming, mail: MailReply): TimelineMail => ({
  at: mail.at,
  contact: mail.person,
  organisation: mail.organisation,
  kind: mail.letter,
  rung: mail.rung,
  items: mail.items
    .map((item) => (mail.rung === null ? itemKey(item) : digestItem(naming, mail, item)))
    .toSorted(),
});

export const timelineOf = ({ seed, mails, events, ...naming }: Recorded): Timeline => ({
  seed,
  mails: byText(
    mails.map((mail) => mailRow(naming, mail)),
    ({ at, contact, kind, rung, items }) => `${at} ${contact} ${kind} ${rung ?? ""} ${items.join(" ")}`,
  ),
  acts: byText(
    events.flatMap(({ at, actor, role, action, object }) =>
      actor === CLOCK || action === "cycle.advance"
        ? []
        : [{ at, actor, role, action, object: objectName(object, naming.cycle.cycle) }],
    ),
    (act) => `${act.at} ${act.actor} ${act.action} ${act.object}`,
  ),
  stages: naming.cycle.stages,
  indicators: settledIndicators(naming.requests),
});

/** Exactly these bytes are compared from run to run. */
export const timelineText = (timeline: Timeline): string => `${JSON.stringify(timeline, null, 1)}\n`;

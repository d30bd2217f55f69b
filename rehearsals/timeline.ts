import { weakest, type ItemState, type SettledState } from "../domain/answer.ts";
import type { Stage } from "../domain/cycle.ts";
import type { Instant } from "../domain/time.ts";
import { withoutCycle } from "./view.ts";
import type { AuditReply, CycleReply, MailReply, RequestReply } from "./wire.ts";

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
  /** Keys of the data, chapters or consultations it is about. */
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

export const timelineOf = ({ seed, cycle, mails, events, requests }: Recorded): Timeline => ({
  seed,
  mails: byText(
    mails.map(({ at, person, organisation, letter, rung, items }) => ({
      at,
      contact: person,
      organisation,
      kind: letter,
      rung,
      items: items.map(itemKey).toSorted(),
    })),
    (mail) => `${mail.at} ${mail.contact} ${mail.kind} ${mail.rung ?? ""} ${mail.items.join(" ")}`,
  ),
  acts: byText(
    events.flatMap(({ at, actor, role, action, object }) =>
      actor === CLOCK || action === "cycle.advance"
        ? []
        : [{ at, actor, role, action, object: objectName(object, cycle.cycle) }],
    ),
    (act) => `${act.at} ${act.actor} ${act.action} ${act.object}`,
  ),
  stages: cycle.stages,
  indicators: settledIndicators(requests),
});

/** Exactly these bytes are compared from run to run. */
export const timelineText = (timeline: Timeline): string => `${JSON.stringify(timeline, null, 1)}\n`;

import { dateOf, type Instant, type PlainDate } from "../../domain/time.ts";
import type { Diary } from "../diary.ts";
import type { Script } from "../script.ts";

/** The 本部 meets on the planned day, or as soon after as everybody has approved. */
export const decisionAt = ({
  diary,
  plannedOn,
  approvedAt,
}: {
  readonly diary: Diary;
  readonly plannedOn: PlainDate;
  readonly approvedAt: Instant;
}): Instant => {
  const planned = diary.on(plannedOn);
  return planned >= approvedAt ? planned : diary.after(approvedAt, 1);
};

/** What the recorder writes down of the meeting; the last outcome of the script holds for all later ones. */
export const outcomeOf = ({
  decision,
  held,
  at,
}: {
  readonly decision: Script["decisions"]["report"];
  /** Meetings held before. */
  readonly held: number;
  readonly at: Instant;
}): {
  readonly outcome: string;
  readonly reason?: string;
  readonly meeting: string;
  readonly heldOn: PlainDate;
} => {
  const { outcome = "decided", reason } = decision.outcomes[held] ?? decision.outcomes.at(-1) ?? {};
  return {
    outcome,
    ...(reason === undefined ? {} : { reason }),
    meeting: decision.meeting,
    heldOn: dateOf(at),
  };
};

import { addBusinessDays, businessDaysBetween } from "./calendar.ts";
import { termOf } from "./deadline.ts";
import { isBefore, plannedYear, type Standing } from "./forecast-standing.ts";
import { at, dateOf, type Instant, type PlainDate } from "./time.ts";

/** How the days from the last answer to the decision lie, if the secretariat loses none between. */
export interface Course {
  /** The last day on which an answer or a survey's result is wanted. */
  readonly collectedOn: PlainDate;
  /** null once it is over. */
  readonly consultation: { readonly opensOn: PlainDate; readonly closesOn: PlainDate } | null;
  /** Planned 本部決定 of the report. */
  readonly decisionOn: PlainDate;
  /** Business days left for evaluation, drafting and approval; negative where the decision can't be held to. */
  readonly slackBusinessDays: number;
}

const latest = (first: PlainDate, others: readonly PlainDate[]): PlainDate =>
  others.reduce((last, date) => (date > last ? date : last), first);

const collectedOn = ({ requests, surveys, now }: Standing): PlainDate =>
  latest(dateOf(now), [
    ...requests.flatMap(({ request: { kind, closeAt } }) =>
      kind === "consultation" ? [] : [dateOf(closeAt)],
    ),
    ...surveys.map(({ dueOn }) => dueOn),
  ]);

/**
 * When 意見照会 is planned to open: on the business day after the last answer, at the send window's start. Undefined
 * where one has been opened already, or comes too late.
 */
export const consultationAt = (standing: Standing): Instant | undefined => {
  if (standing.consultations > 0 || !isBefore(standing.stage, "approval")) return undefined;
  const { calendar } = plannedYear(standing).rules;
  return at(addBusinessDays(collectedOn(standing), 1, calendar), standing.plan.sendWindow.from);
};

const consultationOf = (standing: Standing): Course["consultation"] => {
  const { rules, plan } = plannedYear(standing);
  const held = standing.requests.filter(({ request }) => request.kind === "consultation");
  const [first] = held;
  if (first !== undefined) {
    const closes = held.map(({ request }) => dateOf(request.closeAt));
    return { opensOn: dateOf(first.sentAt), closesOn: latest(dateOf(first.request.closeAt), closes) };
  }
  const planned = consultationAt(standing);
  if (planned === undefined) return null;
  const opensOn = dateOf(planned);
  const { closeAt } = termOf({ term: plan.dates.requests.consultation, openedOn: opensOn, rules });
  return { opensOn, closesOn: dateOf(closeAt) };
};

/** @param standing with all its requests and surveys, also those still to come */
export const courseOf = (standing: Standing): Course => {
  const { calendar } = plannedYear(standing).rules;
  const decisionOn = standing.plan.dates.reportDecisionOn;
  const collected = collectedOn(standing);
  const consultation = consultationOf(standing);
  const through = latest(dateOf(standing.now), [consultation?.closesOn ?? collected]);
  return {
    collectedOn: collected,
    consultation,
    decisionOn,
    slackBusinessDays: businessDaysBetween(through, decisionOn, calendar),
  };
};

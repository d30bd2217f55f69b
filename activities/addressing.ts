import type { Addressee } from "../db/queries/directory.ts";
import type { AskedRequest } from "../db/queries/items.ts";
import { organisationName } from "../domain/catalogue.ts";
import { termOf } from "../domain/deadline.ts";
import { isRehearsal, type OrganisationId } from "../domain/ids.ts";
import { dateOf, type Instant } from "../domain/time.ts";
import { dueCalendar } from "./letters/due-calendar.ts";
import type { Due } from "./letters/facts.ts";
import { requestName } from "./letters/request-names.ts";
import type { PlannedCycle } from "./plan-shelf.ts";

/** What every letter of the house has in common. */
export interface Letterhead {
  /** No slash at its end. */
  readonly publicUrl: string;
  /** The signature; may have several lines. */
  readonly sender: string;
}

/** Where a letter is written: for whose year, when, and on which paper. */
export interface WritingDesk {
  readonly cycle: PlannedCycle;
  readonly now: Instant;
  readonly letterhead: Letterhead;
}

/** Its name on the day; its id where the plan knows none for it. */
export const nameOn = ({ cycle, now }: WritingDesk, organisation: OrganisationId): string =>
  organisationName(cycle.plan, organisation, dateOf(now)) ?? organisation;

/** The facts that every letter to this person has. */
export const addressedTo = (
  desk: WritingDesk,
  { name, organisation }: Pick<Addressee, "name" | "organisation">,
  path: string,
) => ({
  texts: desk.cycle.plan.letters,
  organisation: nameOn(desk, organisation),
  contact: name,
  title: desk.cycle.plan.title,
  year: desk.cycle.year,
  sender: desk.letterhead.sender,
  link: `${desk.letterhead.publicUrl}${path}`,
});

/** The request's due date; with its reasons where it still is the one the plan gave it. */
export const dueOf = (
  { plan, rules }: PlannedCycle,
  { kind, sentAt, dueAt }: Pick<AskedRequest, "kind" | "sentAt" | "dueAt">,
): Due => {
  const given = termOf({ term: plan.dates.requests[kind], openedOn: dateOf(sentAt), rules });
  return { at: dueAt, why: given.dueAt === dueAt ? given.why.due : [] };
};

/** An entry for the recipient's calendar; a moved date replaces the earlier one. */
export const calendarEntry = (
  { cycle: { cycle, plan }, now, letterhead }: WritingDesk,
  { id, kind, dueAt }: Pick<AskedRequest, "id" | "kind" | "dueAt">,
): string =>
  dueCalendar({
    dueAt,
    now,
    title: `${isRehearsal(cycle) ? "【訓練】" : ""}【期限】${requestName(kind)}（${plan.title}）`,
    link: `${letterhead.publicUrl}/requests/${id}`,
    uid: `${id}@${new URL(letterhead.publicUrl).hostname}`,
  });

import { askedOrganisations, type PlannedYear } from "./asking.ts";
import { calendarOf } from "./calendar.ts";
import { stages, type Stage } from "./cycle.ts";
import type { CycleKey, OrganisationId, PersonId } from "./ids.ts";
import type { RungInstant } from "./ladder.ts";
import type { ContactRole, LetterKind, Person, Plan, RequestKind, StaffRole } from "./plan.ts";
import type { Request } from "./request.ts";
import type { Instant, PlainDate } from "./time.ts";

/** Someone of the directory, as far as mail can be sent to him. */
export type Reader = Pick<Person, "id" | "organisation" | "email" | "reachable" | "contact" | "staff">;

export interface OpenRequest {
  readonly request: Request;
  readonly sentAt: Instant;
  /** Items that came to count from a due date after its ladder was put up, with when: see `ownRungs`. */
  readonly joined?: Readonly<Record<string, Instant>>;
}
/** A 補完調査 that has not ended; its items are those of its request that wait for it. */
export interface OpenSurvey {
  readonly survey: string;
  readonly request: string;
  readonly organisation: OrganisationId;
  readonly dueOn: PlainDate;
  readonly openedAt: Instant;
  /** Whether the secretariat has to do what comes next. Absent: the organisation. */
  readonly isSecretariats?: boolean;
}
/** The rungs that count from one due date of a request or survey, earliest first. */
export interface StandingLadder<Kind extends RequestKind | "inner" = RequestKind> {
  /** The request's id, or the survey's. */
  readonly request: string;
  readonly kind: Kind;
  readonly dueAt: Instant;
  readonly rungs: readonly RungInstant[];
}
/** A rung that somebody has been sent for an item. */
export interface SentRung {
  readonly item: string;
  readonly rung: string;
  readonly dueAt: Instant;
  readonly person: PersonId;
}

/** Where a year stands at an instant: all that its dates and mails from then on follow from. */
export interface Standing {
  readonly cycle: CycleKey;
  readonly now: Instant;
  readonly stage: Stage;
  readonly plan: Plan;
  readonly directory: readonly Reader[];
  /** Whether data and chapters have been asked for. */
  readonly asked: boolean;
  /** Consultations opened so far. */
  readonly consultations: number;
  readonly requests: readonly OpenRequest[];
  readonly surveys: readonly OpenSurvey[];
  readonly ladders: readonly StandingLadder[];
  readonly sent: readonly SentRung[];
  /** By which all that had come was chased; null where nobody knows. */
  readonly chasedAt: Instant | null;
  /** The next chase tick, where it isn't the plan's next after now: an amendment has moved it. */
  readonly nextTick?: Instant;
}

/** A mail as it will stand in the ledger. */
export interface PlannedMail {
  readonly at: Instant;
  readonly contact: PersonId;
  /** Where the contact works. */
  readonly organisation: OrganisationId;
  readonly letter: LetterKind;
  /** Of a digest the most severe in it. */
  readonly rung: string | null;
  readonly request: string | null;
  readonly items: readonly string[];
}

/** The year of a plan with the calendar it counts by. */
export const plannedYear = ({ cycle, plan }: Pick<Standing, "cycle" | "plan">): PlannedYear => {
  const { closingTime, closedDays } = plan.dates;
  return { cycle, plan, rules: { calendar: calendarOf(plan.holidays), closingTime, closedDays } };
};

export const isBefore = (stage: Stage, other: Stage): boolean =>
  stages.indexOf(stage) < stages.indexOf(other);

/** Whom a letter is for: people of an organisation, of all that are asked anything, or of the secretariat. */
export type Readers =
  | { readonly of: OrganisationId; readonly contact: readonly ContactRole[] }
  | { readonly everyOrganisation: ContactRole }
  | { readonly staff: StaffRole };

export type ReadersOf = (readers: Readers) => readonly Reader[];

const byOrganisation = (readers: readonly Reader[]): ReadonlyMap<OrganisationId, readonly Reader[]> => {
  const all = new Map<OrganisationId, Reader[]>();
  for (const reader of readers) {
    const known = all.get(reader.organisation);
    if (known === undefined) all.set(reader.organisation, [reader]);
    else known.push(reader);
  }
  return all;
};

/** Whoever of them can be reached, each once. Made once for many letters: the directory is looked through once. */
export const makeReaders = ({ directory, plan }: Pick<Standing, "directory" | "plan">): ReadersOf => {
  const reachable = directory.filter((reader) => reader.reachable);
  const at = byOrganisation(reachable);
  const asked = askedOrganisations(plan);
  return (readers) => {
    if ("staff" in readers) return reachable.filter(({ staff }) => staff.includes(readers.staff));
    if ("of" in readers)
      return (at.get(readers.of) ?? []).filter(({ contact }) =>
        contact.some((role) => readers.contact.includes(role)),
      );
    return asked.flatMap((id) =>
      (at.get(id) ?? []).filter(({ contact }) => contact.includes(readers.everyOrganisation)),
    );
  };
};

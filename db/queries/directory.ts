import { and, arrayOverlaps, eq, inArray, or } from "drizzle-orm";
import type { OrganisationId, PersonId } from "../../domain/ids.ts";
import type { ContactRole, StaffRole } from "../../domain/plan.ts";
import type { Db, Tx } from "../client.ts";
import { people } from "../schema/acts.ts";

/** Someone mail can be sent to, as the directory has him now. */
export interface Addressee {
  readonly person: PersonId;
  readonly name: string;
  readonly organisation: OrganisationId;
  readonly address: string;
  readonly contact: readonly ContactRole[];
  readonly staff: readonly StaffRole[];
}

export interface Wanted {
  readonly people: readonly PersonId[];
  /** All of their people. */
  readonly organisations: readonly OrganisationId[];
  readonly staff: readonly StaffRole[];
}

/** Whoever is wanted in one way or another and can be reached, by id. */
export const addressees = (db: Db | Tx, wanted: Wanted): Promise<Addressee[]> =>
  db
    .select({
      person: people.id,
      name: people.name,
      organisation: people.organisation,
      address: people.email,
      contact: people.contact,
      staff: people.staff,
    })
    .from(people)
    .where(
      and(
        eq(people.reachable, true),
        or(
          inArray(people.id, [...wanted.people]),
          inArray(people.organisation, [...wanted.organisations]),
          wanted.staff.length > 0 ? arrayOverlaps(people.staff, [...wanted.staff]) : undefined,
        ),
      ),
    )
    .orderBy(people.id);

/** Of an organisation, whether he can be reached or not: what he is there. None of a stranger. */
export const postsOf = async (
  db: Db | Tx,
  { person, organisation }: { readonly person: PersonId; readonly organisation: OrganisationId },
): Promise<readonly ContactRole[]> =>
  (
    await db
      .select({ contact: people.contact })
      .from(people)
      .where(and(eq(people.id, person), eq(people.organisation, organisation)))
  )[0]?.contact ?? [];

/** The organisation's people who hold a post in it, by id. */
export const postHolders = async (
  db: Db | Tx,
  organisation: OrganisationId,
): Promise<readonly Pick<Addressee, "person" | "name" | "contact">[]> =>
  (
    await db
      .select({ person: people.id, name: people.name, contact: people.contact })
      .from(people)
      .where(eq(people.organisation, organisation))
      .orderBy(people.id)
  ).filter(({ contact }) => contact.length > 0);

/** Also of someone who can't be reached. */
export const personNamed = async (
  db: Db | Tx,
  person: PersonId,
): Promise<{ readonly name: string; readonly organisation: OrganisationId } | undefined> =>
  (
    await db
      .select({ name: people.name, organisation: people.organisation })
      .from(people)
      .where(eq(people.id, person))
  )[0];

/** Whose address is known to reach nobody (不達). */
export const unreachablePeople = async (db: Db | Tx): Promise<ReadonlySet<PersonId>> => {
  const rows = await db.select({ id: people.id }).from(people).where(eq(people.reachable, false));
  return new Set(rows.map(({ id }) => id));
};

import { and, arrayContains, eq, inArray, ne, notInArray, sql } from "drizzle-orm";
import type { PersonId } from "../../domain/ids.ts";
import type { Person } from "../../domain/plan.ts";
import type { Tx } from "../client.ts";
import { people } from "../schema/acts.ts";
import { cycles } from "../schema/cycle.ts";

/** The new value of the row that could not be inserted. */
const excluded = (column: string) => sql.raw(`excluded.${column}`);

/**
 * Whose the posts in the secretariat are to say. `granted`: two admins', so that no plan gives or takes any;
 * `named`: the plan's, where nobody grants: a directory that is filled for the first time by whoever sets it up.
 */
type Staffing = "granted" | "named";

const rowOf = (person: Person, staffing: Staffing) => ({
  ...person,
  contact: [...person.contact],
  staff: staffing === "named" ? [...person.staff] : [],
});

/**
 * Brings the directory to the plan. An address known to reach nobody (不達) stays so until it is another. Who is no
 * longer named among his organisation's people keeps his row, since he signed what he signed, and is no contact.
 */
export const upsertPeople = async (
  tx: Tx,
  named: readonly Person[],
  staffing: Staffing = "named",
): Promise<void> => {
  if (named.length === 0) return;
  const isNamed = staffing === "named";
  await tx
    .insert(people)
    .values(named.map((person) => rowOf(person, staffing)))
    .onConflictDoUpdate({
      target: people.id,
      set: {
        name: excluded("name"),
        title: excluded("title"),
        organisation: excluded("organisation"),
        email: excluded("email"),
        reachable: sql`excluded.reachable and (${people.reachable} or ${people.email} <> excluded.email)`,
        contact: excluded("contact"),
        ...(isNamed && { staff: excluded("staff") }),
        revision: sql`${people.revision} + 1`,
      },
    });
  await tx
    .update(people)
    .set({ contact: [], ...(isNamed && { staff: [] }), revision: sql`${people.revision} + 1` })
    .where(
      and(
        inArray(people.organisation, [...new Set(named.map(({ organisation }) => organisation))]),
        notInArray(
          people.id,
          named.map(({ id }) => id),
        ),
      ),
    );
};

/**
 * People a plan names, while it is nobody's plan or a rehearsal's: newcomers join the directory. Once a real year is open
 * its own plans alone change who is written to where; else the directory is brought to the plan.
 */
export const welcomePeople = async (
  tx: Tx,
  named: readonly Person[],
  staffing: Staffing = "named",
): Promise<void> => {
  const [real] = await tx
    .select({ key: cycles.key })
    .from(cycles)
    .where(and(eq(cycles.stepped, false), ne(cycles.stage, "finished")))
    .limit(1);
  if (real === undefined) return upsertPeople(tx, named, staffing);
  if (named.length === 0) return;
  await tx
    .insert(people)
    .values(named.map((person) => rowOf(person, staffing)))
    .onConflictDoNothing();
};

/** 不達. False if it was known, and for an address that is no longer this person's. */
export const markUnreachable = async (
  tx: Tx,
  { person, address }: { readonly person: PersonId; readonly address: string },
): Promise<boolean> => {
  const marked = await tx
    .update(people)
    .set({ reachable: false, revision: sql`${people.revision} + 1` })
    .where(and(eq(people.id, person), eq(people.email, address), eq(people.reachable, true)))
    .returning({ id: people.id });
  return marked.length === 1;
};

/** Who audits what others do and would be named a contact: an auditor holds no other post. */
export const auditorsNamed = async (tx: Tx, named: readonly Person[]): Promise<readonly PersonId[]> => {
  const contacts = named.filter(({ contact }) => contact.length > 0).map(({ id }) => id);
  const found = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(inArray(people.id, contacts), arrayContains(people.staff, ["auditor"])));
  return found.map(({ id }) => id);
};

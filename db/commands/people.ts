import { and, eq, inArray, ne, notInArray, sql } from "drizzle-orm";
import type { PersonId } from "../../domain/ids.ts";
import type { Person } from "../../domain/plan.ts";
import type { Tx } from "../client.ts";
import { people } from "../schema/acts.ts";
import { cycles } from "../schema/cycle.ts";

/** The new value of the row that could not be inserted. */
const excluded = (column: string) => sql.raw(`excluded.${column}`);

/**
 * Brings the directory to the plan. An address known to reach nobody (不達) stays so until it is another. Who is no
 * longer named among his organisation's people keeps his row, since he signed what he signed, and loses his posts.
 */
export const upsertPeople = async (tx: Tx, named: readonly Person[]): Promise<void> => {
  if (named.length === 0) return;
  await tx
    .insert(people)
    .values(named.map((person) => ({ ...person, contact: [...person.contact], staff: [...person.staff] })))
    .onConflictDoUpdate({
      target: people.id,
      set: {
        name: excluded("name"),
        title: excluded("title"),
        organisation: excluded("organisation"),
        email: excluded("email"),
        reachable: sql`excluded.reachable and (${people.reachable} or ${people.email} <> excluded.email)`,
        contact: excluded("contact"),
        staff: excluded("staff"),
        revision: sql`${people.revision} + 1`,
      },
    });
  await tx
    .update(people)
    .set({ contact: [], staff: [], revision: sql`${people.revision} + 1` })
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
export const welcomePeople = async (tx: Tx, named: readonly Person[]): Promise<void> => {
  const [real] = await tx
    .select({ key: cycles.key })
    .from(cycles)
    .where(and(eq(cycles.stepped, false), ne(cycles.stage, "finished")))
    .limit(1);
  if (real === undefined) return upsertPeople(tx, named);
  if (named.length === 0) return;
  await tx
    .insert(people)
    .values(named.map((person) => ({ ...person, contact: [...person.contact], staff: [...person.staff] })))
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

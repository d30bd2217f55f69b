import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { hashOfSecret, newSecret } from "../api/secrets.ts";
import { closeDb, makeDb } from "../db/client.ts";
import { people, tokens } from "../db/schema/acts.ts";
import type { ActingRole } from "../domain/acts.ts";
import { organisationId, personId } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import { postsOf } from "../domain/session.ts";
import { addSeconds, instantOfEpochMs } from "../domain/time.ts";

const Role = z.enum(["preparer", "approver", "contact", "recorder", "auditor", "admin"]);
const PersonToken = z.object({
  person: z.string().transform(personId),
  role: Role,
  organisation: z.string().transform(organisationId),
  token: z.string(),
});
const TokensFile = z.object({ people: z.array(PersonToken) });
/** How one person of the plan speaks to the API in one post. */
export type PersonToken = Readonly<z.infer<typeof PersonToken>>;

const YEAR_SECONDS = 366 * 86_400;

const fileIn = (state: string): string => join(state, "tokens.json");

/** The tokens of the last start; none if there was none. */
export const readTokens = (state: string): readonly PersonToken[] =>
  existsSync(fileIn(state)) ? TokensFile.parse(JSON.parse(readFileSync(fileIn(state), "utf8"))).people : [];

/** Whoever had a token keeps it. */
const tokensOf = (plan: Plan, kept: readonly PersonToken[]): readonly PersonToken[] =>
  plan.people.flatMap((person) =>
    postsOf(person).map((post) => {
      const role = Role.parse(post);
      const before = kept.find((token) => token.person === person.id && token.role === role);
      return {
        person: person.id,
        role,
        organisation: person.organisation,
        token: before?.token ?? newSecret(),
      };
    }),
  );

/**
 * One token for every person of the plan and post, valid for a year from now: in the database, and in
 * `<state>/tokens.json`, which only its owner may read. Who is not in the directory yet is entered.
 */
export const provideTokens = async ({
  state,
  databaseUrl,
  plan,
}: {
  readonly state: string;
  readonly databaseUrl: string;
  readonly plan: Plan;
}): Promise<readonly PersonToken[]> => {
  const provided = tokensOf(plan, readTokens(state));
  const createdAt = instantOfEpochMs(Date.now());
  const expiresAt = addSeconds(createdAt, YEAR_SECONDS);
  const db = makeDb({ url: databaseUrl, max: 1, applicationName: "nenrin-tokens" });
  try {
    await db
      .insert(people)
      .values(plan.people.map((row) => ({ ...row, contact: [...row.contact], staff: [...row.staff] })))
      .onConflictDoNothing();
    await db
      .insert(tokens)
      .values(
        provided.map(({ person, role, token }) => ({
          hash: hashOfSecret(token),
          person,
          role: role satisfies ActingRole,
          label: "npm start",
          createdAt,
          expiresAt,
        })),
      )
      .onConflictDoUpdate({ target: tokens.hash, set: { expiresAt: sql`excluded.expires_at` } });
  } finally {
    await closeDb(db);
  }
  writeFileSync(fileIn(state), `${JSON.stringify({ people: provided }, null, 2)}\n`, { mode: 0o600 });
  return provided;
};

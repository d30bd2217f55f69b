import { parseArgs } from "node:util";
import { arrayContains, count } from "drizzle-orm";
import { readConfig } from "../config.ts";
import { organisationId, personId } from "../domain/ids.ts";
import { mayHold } from "../domain/posts.ts";
import { instantOfEpochMs, type Instant } from "../domain/time.ts";
import { closeDb, makeDb, type Db } from "./client.ts";
import { appendAudit } from "./commands/audit.ts";
import { givePost, postsHeld } from "./commands/posts.ts";
import { people } from "./schema/acts.ts";

/** Whoever runs it has to change something; the message says what. */
export class FirstAdminsError extends Error {
  override readonly name = "FirstAdminsError";
}

export interface FirstAdmin {
  /** The identity provider's subject. */
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly email: string;
}

/** Who ran it: nobody of the directory, since there is nobody yet. */
const OPERATOR = "operator";

const EXAMPLE =
  '例: node db/first-admins.ts "nisc-admin-1,岡田 敬,nisc,okada@nisc.example" "nisc-admin-2,木村 綾,nisc,kimura@nisc.example"';

/** `識別子,氏名,組織の略号,メールアドレス`. @throws FirstAdminsError */
const parsed = (raw: string): FirstAdmin => {
  const [id = "", name = "", organisation = "", email = "", ...more] = raw
    .split(",")
    .map((part) => part.trim());
  if (more.length > 0 || name === "" || !/^[^@\s]+@[^@\s]+$/.test(email))
    throw new FirstAdminsError(`「${raw}」を読めません。${EXAMPLE}`);
  return { id, name, organisation, email };
};

/**
 * Makes the first two admins, who give everybody else their posts: the one grant that no two admins make. Refused as
 * long as two admins hold the post; each is recorded. @throws FirstAdminsError
 */
export const makeFirstAdmins = async (db: Db, named: readonly FirstAdmin[], now: Instant): Promise<void> => {
  const [one, two] = named;
  if (named.length !== 2 || one?.id === two?.id)
    throw new FirstAdminsError(`異なる二人を指定してください。${EXAMPLE}`);
  await db.transaction(async (tx) => {
    // Two operators at once make two admins, not four.
    await tx.execute("select pg_advisory_xact_lock(2014021001)");
    const [admins] = await tx
      .select({ many: count() })
      .from(people)
      .where(arrayContains(people.staff, ["admin"]));
    if ((admins?.many ?? 0) >= 2)
      throw new FirstAdminsError(
        "システム管理者が既に二人います。職務は「名簿と職務の付与」の画面で付与してください。",
      );
    for (const admin of named) {
      const [person, organisation] = [personId(admin.id), organisationId(admin.organisation)];
      const { name, email } = admin;
      await tx
        .insert(people)
        .values({
          id: person,
          name,
          title: "システム管理者",
          organisation,
          email,
          reachable: true,
          contact: [],
          staff: [],
        })
        .onConflictDoNothing();
      const held = await postsHeld(tx, person);
      if (held.includes("admin")) continue;
      if (mayHold(held, "admin") !== true)
        throw new FirstAdminsError(`${name}さんは、システム管理者と兼ねられない職務を持っています。`);
      await givePost(tx, person, "admin");
      await appendAudit(tx, {
        cycle: null,
        at: now,
        actor: OPERATOR,
        role: OPERATOR,
        action: "post.first-admin",
        object: `post admin of ${person}`,
        hash: null,
        reason: "最初のシステム管理者",
        result: { person, post: "admin", organisation },
        act: null,
        workflow: null,
        run: null,
        activity: null,
      });
    }
  });
};

const run = async (): Promise<void> => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const db = makeDb({ url: readConfig().databaseUrl, max: 1, applicationName: "nenrin-first-admins" });
  try {
    await makeFirstAdmins(db, positionals.map(parsed), instantOfEpochMs(Date.now()));
    process.stdout.write("システム管理者を二人登録しました。監査記録に残しました。\n");
  } catch (error) {
    if (!(error instanceof FirstAdminsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } finally {
    await closeDb(db);
  }
};

// Run by the operator on the server, once, after the first migration.
if (import.meta.main) await run();

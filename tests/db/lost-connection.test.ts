import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

let database: ScratchDatabase;
let db: Db;
let other: Db;

beforeAll(async () => {
  database = await startScratchDatabase();
  db = makeDb({ url: database.url, applicationName: "cut-off", max: 1 });
  other = makeDb({ url: database.url, applicationName: "other", max: 1 });
});
afterAll(async () => {
  await closeDb(db);
  await closeDb(other);
  await database.stop();
});

const cutOff = () =>
  other.execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cut-off'`,
  );

/** What the driver does without dev/patch-postgres.mjs: an exception that nothing can catch, and a pool that hangs. */
it("fails the transaction whose connection is cut, and nothing else", async () => {
  for (let round = 0; round < 10; round += 1) {
    const statements: string[] = [];
    const cut = db.transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      await cutOff();
      for (const statement of [sql`select 2`, sql`select 3`])
        statements.push(
          await tx.execute(statement).then(
            () => "done",
            () => "failed",
          ),
        );
    });
    await expect(cut).rejects.toThrow("CONNECTION_CLOSED");
    expect([...(await db.execute(sql`select 4 as n`))]).toEqual([{ n: 4 }]);
    expect(statements).toEqual(["failed", "failed"]);
  }
});

import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { tellable } from "../../db/tellable.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

let database: ScratchDatabase;
let db: Db;
beforeAll(async () => {
  database = await startScratchDatabase();
  db = makeDb({ url: database.url, applicationName: "test" });
});
afterAll(async () => {
  await closeDb(db);
  await database.stop();
});

const SAID = "密かな回答";
const twice = sql`insert into records (key, result) values (${SAID}, '{}'), (${SAID}, '{}')`;

it.each([
  ["that does not fit", sql`select ${SAID}::text::integer`, "22P02"],
  ["that is there already", twice, "23505"],
])("tells of a failed statement without the value %s", async (_, statement, code) => {
  const failed: unknown = await db.execute(statement).catch((error: unknown) => error);
  expect(inspect(failed)).toContain(SAID);
  const told = tellable(failed);
  if (!(told instanceof Error)) throw new Error("no error");
  expect(told.message).toMatch(new RegExp(`^a statement failed \\(${code}\\): `));
  expect(inspect(told)).not.toContain(SAID);
  expect(told.stack).toContain("\n    at ");
});

it("leaves every other error as it is", () => {
  const error = new Error("the year is over");
  expect(tellable(error)).toBe(error);
});

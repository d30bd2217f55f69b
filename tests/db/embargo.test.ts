import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { yearRequests } from "../../db/queries/year-requests.ts";
import { items } from "../../db/schema/request.ts";
import { fy2014 } from "../support/scene.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { now, rehearsal, storeScreensYear } from "../support/screens-year.ts";

let database: ScratchDatabase;
let db: Db;
beforeAll(async () => {
  database = await startScratchDatabase();
  db = makeDb({ url: database.url, applicationName: "test" });
  await storeScreensYear(db, await fy2014());
});
afterAll(async () => {
  await closeDb(db);
  await database.stop();
});

const settled = async (withoutEmbargoed: boolean): Promise<number> => {
  const rows = await yearRequests(db, { cycle: rehearsal, now, withoutEmbargoed });
  return rows.reduce((sum, { counts }) => sum + counts.value, 0);
};

it("what is 公表前 is not counted for who is not to know of it", async () => {
  const id = `${rehearsal}-data-meti/third`;
  const [third] = await db.select().from(items).where(eq(items.id, id));
  if (third?.state.is !== "value") throw new Error("the item has no value");
  expect([await settled(false), await settled(true)]).toEqual([1, 1]);
  const answer = { ...third.state.answer, embargoed: true as const };
  await db
    .update(items)
    .set({ state: { ...third.state, answer } })
    .where(eq(items.id, id));
  expect([await settled(false), await settled(true)]).toEqual([1, 0]);
});

import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { storePublications } from "../../db/commands/publications.ts";
import { decidedYears } from "../../db/queries/decided-years.ts";
import { cycles } from "../../db/schema/cycle.ts";
import { compileReport } from "../../domain/compile.ts";
import { cycleKey, fiscalYear } from "../../domain/ids.ts";
import { instant } from "../../domain/time.ts";
import { store } from "../support/recorded-year.ts";
import { reportPlan } from "../support/report-plan.ts";
import { settledRecord } from "../support/report-record.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

const AT = instant("2015-06-26T10:00:00+09:00");

let database: ScratchDatabase;
let db: Db;
beforeAll(async () => {
  database = await startScratchDatabase();
  db = makeDb({ url: database.url, applicationName: "test" });
  for (const key of ["2013", "2014-r1", "2014-r2", "2014", "2015-r1"]) await publish(key, true);
  await publish("2014-r3", false);
});
afterAll(async () => {
  await closeDb(db);
  await database.stop();
});

const publish = async (key: string, published: boolean): Promise<void> => {
  const [cycle, year] = [cycleKey(key), fiscalYear(Number(key.slice(0, 4)))];
  const plan = { ...reportPlan, year };
  const { hash } = await store(db, "plan", plan);
  const document = compileReport({ ...settledRecord(plan), cycle });
  const version = await store(db, "version", document);
  const row = { key: cycle, year, plan: hash, stepped: key.includes("r"), now: AT, openedAt: AT };
  await db.insert(cycles).values({ ...row, stage: "finished" });
  const files = [{ name: "data.json", mediaType: "application/json", bytes: new TextEncoder().encode("{}") }];
  if (published)
    await db.transaction((tx) =>
      storePublications(tx, { cycle, version: version.hash, publishedAt: AT, files }),
    );
};

it("are those published before, the latest first, real ones before rehearsals", async () => {
  const of = async (key: string, year: number) =>
    (await decidedYears(db, { cycle: cycleKey(key), year: fiscalYear(year) })).map(({ cycle }) => cycle);
  expect(await of("2016", 2016)).toEqual(["2014", "2013"]);
  expect(await of("2016-r1", 2016)).toEqual(["2015-r1", "2014", "2013"]);
  expect(await of("2013", 2013)).toEqual([]);
  const [last] = await decidedYears(db, { cycle: cycleKey("2016-r1"), year: fiscalYear(2016) });
  expect(last?.plan.year).toBe(2015);
  expect(last?.evaluations.length).toBeGreaterThan(reportPlan.measures.length);
});

import { Client, Connection } from "@temporalio/client";
import fastify from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checksOf } from "../../api/readiness.ts";
import { healthRoutes, type Checks } from "../../api/routes/health.ts";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { mailHealth } from "../../db/queries/mail.ts";
import { instantOfEpochMs } from "../../domain/time.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";

let house: YearHouse;
beforeAll(async () => {
  house = await startYearHouse();
}, 180_000);
afterAll(() => house.stop(), 60_000);

const readyz = async (checks: Checks, db: Db = house.db) => {
  const app = fastify();
  await app.register(healthRoutes({ checks, mail: () => mailHealth(db, instantOfEpochMs(Date.now())) }));
  const { statusCode, body, headers } = await app.inject({ url: "/readyz" });
  expect((await app.inject({ url: "/livez" })).json()).toEqual({ alive: true });
  expect(headers["cache-control"]).toBe("no-store");
  await app.close();
  return { statusCode, ...JSON.parse(body) };
};
const checks = (more: Partial<Parameters<typeof checksOf>[0]> = {}): Checks => {
  const { db, client, taskQueue } = house;
  return checksOf({ db, client, taskQueue, ...more });
};

/** The same checks, and what each of them was asked. */
const watched = (given: Checks): { readonly given: Checks; readonly asked: readonly Promise<unknown>[] } => {
  const asked: Promise<unknown>[] = [];
  const kept = Object.entries(given).map(([name, ask]) => [
    name,
    () => {
      const answer = ask();
      asked.push(answer);
      return answer;
    },
  ]);
  return { given: Object.fromEntries(kept), asked };
};

describe("readiness", () => {
  it("is there when database, schema, engine and a worker answer, with the mail that waits", async () => {
    expect(await readyz(checks())).toEqual({
      statusCode: 200,
      ready: true,
      database: true,
      schema: true,
      temporal: true,
      worker: true,
      mail: { oldestDueAt: null, stuck: 0, counts: expect.objectContaining({ queued: 0, uncertain: 0 }) },
    });
  });

  it("names the worker that does not ask for tasks", async () => {
    expect(await readyz(checks({ taskQueue: "nobody-works-here" }))).toMatchObject({
      statusCode: 503,
      ready: false,
      temporal: true,
      worker: false,
    });
  });

  it("names the engine that does not answer", async () => {
    const connection = Connection.lazy({ address: "127.0.0.1:1" });
    const { given, asked } = watched(checks({ client: new Client({ connection }) }));
    expect(await readyz(given)).toMatchObject({ statusCode: 503, database: true, temporal: false });
    // Readiness answers before its client has given up trying: it tries no more on a connection that is closed.
    await Promise.allSettled(asked);
    await connection.close();
  });

  it("names the database that is not there", async () => {
    const db = makeDb({ url: "postgres://nenrin:nenrin@127.0.0.1:1/none", applicationName: "nowhere" });
    expect(await readyz(checks({ db }), db)).toMatchObject({
      statusCode: 503,
      database: false,
      schema: false,
      temporal: true,
      mail: null,
    });
    await closeDb(db);
  });

  it("names the schema that lacks a migration of this release", async () => {
    const gone = "delete from drizzle.__drizzle_migrations where name like '%captured-mail' returning *";
    await house.db.execute(gone);
    expect(await readyz(checks())).toMatchObject({ statusCode: 503, database: true, schema: false });
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { removePostgresHome } from "../../dev/postgres-home.ts";
import { startPostgres, type Postgres } from "../../dev/postgres.ts";
import { makeProcesses, type Processes } from "../../dev/processes.ts";
import { closeDb, makeDb, SERVICE_ROLE, type Db } from "../../db/client.ts";
import { appendAudit } from "../../db/commands/audit.ts";
import { migrate } from "../../db/migrate.ts";
import { verifyChain } from "../../db/queries/audit.ts";
import { auditEvents } from "../../db/schema/audit.ts";
import { instant } from "../../domain/time.ts";
import { freePort } from "../support/scratch-database.ts";

const WRITERS = 8;
const KILLS = 10;
/** So much is appended between two kills. */
const BETWEEN = 100;

let state: string;
let port: number;
let processes: Processes;
let engine: Postgres;
let db: Db;
const start = (): Promise<Postgres> => startPostgres({ state, port, database: "nenrin", processes });

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), "nenrin-killed-"));
  port = await freePort();
  processes = makeProcesses({ logs: join(state, "logs") });
  engine = await start();
  await migrate(engine.url("nenrin"));
  db = makeDb({ url: engine.url("nenrin"), max: WRITERS, applicationName: "test", role: SERVICE_ROLE });
});
afterAll(async () => {
  await closeDb(db);
  await engine.stop();
  await processes.close();
  removePostgresHome(state);
  rmSync(state, { recursive: true, force: true });
});

const append = (object: string): Promise<number> =>
  db.transaction((tx) =>
    appendAudit(tx, {
      cycle: null,
      at: instant("2015-02-10T09:00:00+09:00"),
      actor: "clock",
      role: "machine",
      action: "test.append",
      object,
      hash: null,
      reason: null,
      result: { object },
      act: null,
      workflow: null,
      run: null,
      activity: null,
    }),
  );

/** Goes on through every kill; what failed is not done again. */
const write = async (writer: number, acknowledged: Map<string, number>, over: AbortSignal): Promise<void> => {
  for (let n = 1; !over.aborted; n += 1) {
    const object = `writer ${writer}, ${n}`;
    try {
      acknowledged.set(object, await append(object));
    } catch {
      await pause(20);
    }
  }
};

it(`loses nothing that was acknowledged, skips and forks nothing, when PostgreSQL is killed ${KILLS} times`, async () => {
  const acknowledged = new Map<string, number>();
  const over = new AbortController();
  const writing = Array.from({ length: WRITERS }, (_, n) => write(n + 1, acknowledged, over.signal));
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = acknowledged.size;
    await vi.waitUntil(() => acknowledged.size >= before + BETWEEN, { timeout: 60_000, interval: 5 });
    await engine.running.stop({ signal: "SIGKILL", withinMs: 10_000 });
    engine = await start();
  }
  over.abort();
  await Promise.all(writing);

  const rows = await db.select().from(auditEvents).orderBy(auditEvents.sequence);
  const recorded = new Map(rows.map(({ object, sequence }) => [object, sequence]));
  expect([...acknowledged].filter(([object, sequence]) => recorded.get(object) !== sequence)).toEqual([]);
  expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => index + 1));
  expect(recorded.size).toBe(rows.length);
  expect(await verifyChain(db)).toMatchObject({ is: "intact", events: rows.length });
  expect(acknowledged.size).toBeGreaterThanOrEqual(KILLS * BETWEEN);
});

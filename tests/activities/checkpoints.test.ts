import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { keepCheckpoints, layForWitness, type CheckpointDeps } from "../../activities/checkpoints.ts";
import { recordKeepingIn } from "../../activities/keep-record.ts";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { appendAudit } from "../../db/commands/audit.ts";
import { checkpointsOf, recordHead } from "../../db/queries/checkpoints.ts";
import { cycleKey } from "../../domain/ids.ts";
import { addSeconds, instant, type Instant } from "../../domain/time.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

let database: ScratchDatabase;
let db: Db;
let folder: string;
let now: Instant;
let deps: CheckpointDeps;

beforeAll(async () => {
  database = await startScratchDatabase();
  db = makeDb({ url: database.url, applicationName: "test" });
});
afterAll(async () => {
  await closeDb(db);
  await database.stop();
  rmSync(folder, { recursive: true });
});

/** What only a superuser can do. */
const tamper = (...statements: readonly ReturnType<typeof sql>[]): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    for (const statement of statements) await tx.execute(statement);
  });
beforeEach(async () => {
  await tamper(
    sql`delete from audit_events`,
    sql`delete from checkpoints`,
    sql`update audit_head set sequence = 0, self = repeat('0', 64), recorded_at = 'epoch'`,
  );
  folder = mkdtempSync(join(tmpdir(), "nenrin-witness-"));
  now = instant("2026-11-25T09:00:00+09:00");
  deps = {
    db,
    clock: () => now,
    tellAuditors: async () => {},
    ...recordKeepingIn({ stateDir: folder, publicUrl: "https://nenrin.example", witnessUrl: null }),
  };
  await layForWitness(deps);
});

const append = (changes: readonly object[] = []): Promise<number> =>
  db.transaction((tx) =>
    appendAudit(tx, {
      cycle: cycleKey("2014"),
      at: now,
      actor: "clock",
      role: "machine",
      action: "cycle.begin",
      object: "cycle 2014",
      hash: null,
      reason: null,
      result: { changes },
      act: null,
      workflow: "cycle-2014",
      run: null,
      activity: null,
    }),
  );
const witnessed = (): string[] => readdirSync(deps.witnessFolder).filter((name) => name.startsWith("check"));
const sizes = async (): Promise<number[]> => (await checkpointsOf(db)).map(({ size }) => size);

describe("the record's head", () => {
  it("is signed hourly and when a stage ends, and each time laid for the witness", async () => {
    await append();
    expect(await keepCheckpoints(deps)).toBe(true);
    await append();
    expect(await keepCheckpoints(deps)).toBe(false);
    await append([{ write: "stage", stage: "collection" }]);
    expect(await keepCheckpoints(deps)).toBe(true);
    await append();
    now = addSeconds(now, 3600);
    expect(await keepCheckpoints(deps)).toBe(true);
    expect((await checkpointsOf(db)).map(({ size, cause }) => [size, cause])).toEqual([
      [1, "hour"],
      [3, "stage"],
      [4, "hour"],
    ]);
    const last = (await checkpointsOf(db)).at(-1);
    expect(witnessed()).toHaveLength(3);
    expect(readFileSync(join(deps.witnessFolder, witnessed()[2] ?? ""), "utf8")).toBe(last?.note);
    expect(await recordHead(db)).toMatchObject({ is: "sound", size: 4, root: last?.root });
  });

  it("counts once, whoever else signs it at the same time", async () => {
    await append();
    const kept = await Promise.all([keepCheckpoints(deps), keepCheckpoints(deps), keepCheckpoints(deps)]);
    expect(kept.filter(Boolean)).toHaveLength(1);
    expect(await sizes()).toEqual([1]);
  });

  it("reaches a witness that was away", async () => {
    await append();
    await keepCheckpoints(deps);
    for (const name of witnessed()) rmSync(join(deps.witnessFolder, name));
    await layForWitness(deps);
    expect(witnessed()).toHaveLength(1);
  });

  it("is never signed while the record is broken", async () => {
    await append();
    await append();
    await tamper(sql`update audit_events set actor = 'x' where sequence = 2`);
    await expect(keepCheckpoints(deps)).rejects.toThrow("event 2 changed");
    expect(await sizes()).toEqual([]);
  });

  it("is never signed when the record was written anew behind an earlier head", async () => {
    await append();
    await keepCheckpoints(deps);
    await tamper(
      sql`delete from audit_events`,
      sql`update audit_head set sequence = 0, self = repeat('0', 64)`,
    );
    await append();
    await append([{ write: "stage" }]);
    await expect(keepCheckpoints(deps)).rejects.toThrow("contradicts the checkpoint of 1 events");
  });

  it("is never signed when the database was rolled back behind what the witness has seen", async () => {
    writeFileSync(join(deps.witnessFolder, "checkpoint-000000000007.txt"), "");
    await append();
    await expect(keepCheckpoints(deps)).rejects.toThrow("more than 1 events");
  });
});

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readBundle, verifyBundle } from "../../audit/verify.mjs";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { checkpointsOf, recordingOf } from "../../db/queries/checkpoints.ts";
import { unkeptProcesses } from "../../db/queries/histories.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { startRehearsalHouse, type RehearsalHouse } from "../support/rehearsal-house.ts";
import { fy2014, standardScript } from "../support/scene.ts";
import { smallYear } from "../support/small-year.ts";

const nenrin = fileURLToPath(new URL("../../cli/nenrin.mjs", import.meta.url));
const run = (program: string, args: readonly string[]) =>
  spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });

let house: RehearsalHouse;
let db: Db;
let cycle: CycleKey;
let folder: string;
const bundles: string[] = [];

/** As an auditor does it. */
const takeAway = (name: string): string => {
  const to = join(folder, name);
  const { status, stderr } = run(nenrin, ["audit", "export", cycle, "--to", to, "--state", house.state]);
  if (status !== 0) throw new Error(stderr);
  return to;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "nenrin-audit-"));
  const [plan, script] = await Promise.all([fy2014(), standardScript()]);
  house = await startRehearsalHouse();
  db = makeDb({ url: house.service.addresses.postgres, applicationName: "test" });
  ({ cycle } = await house.play({ plan: smallYear(plan), script, seed: 7 }));
  // The last histories are kept, and a checkpoint covers the end of the last stage.
  await vi.waitUntil(
    async () => {
      const { signed, stageAt } = await recordingOf(db);
      return (await unkeptProcesses(db)).length === 0 && signed !== undefined && stageAt <= signed.size;
    },
    { timeout: 60_000, interval: 500 },
  );
  bundles.push(takeAway("first"));
});
afterAll(async () => {
  await closeDb(db);
  await house.stop();
  rmSync(folder, { recursive: true });
});

/** What only a superuser can do, undone again. */
const whileTampered = async (
  statement: ReturnType<typeof sql>,
  undo: ReturnType<typeof sql>,
  name: string,
) => {
  const execute = (one: ReturnType<typeof sql>): Promise<void> =>
    db.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(one);
    });
  await execute(statement);
  try {
    return verifyBundle(readBundle(takeAway(name)));
  } finally {
    await execute(undo);
  }
};

describe("a rehearsed year, taken away by its auditor", () => {
  it("is proved by the program in the bundle, alone in an empty folder", () => {
    const alone = join(folder, "alone");
    cpSync(bundles[0] ?? "", alone, { recursive: true });
    const { status, stdout } = run(join(alone, "verify.mjs"), [alone]);
    expect(stdout).toContain("不一致 0 件");
    expect(status).toBe(0);
  });

  it("is what the histories alone make of it, and a rewritten row or history is told of", async () => {
    const { status, stdout } = run(nenrin, ["audit", "compare", cycle, "--state", house.state]);
    expect(stdout).toContain("不一致 0 件");
    expect(status).toBe(0);
    const altered = join(folder, "compared");
    cpSync(bundles[0] ?? "", altered, { recursive: true });
    const rows = join(altered, "projections.json");
    const projections = JSON.parse(readFileSync(rows, "utf8"));
    const [item = ""] = Object.keys(projections.items);
    projections.items[item] = { is: "nil" };
    projections.approvals[0].by = "nobody";
    writeFileSync(rows, JSON.stringify(projections));
    const told = run(nenrin, ["audit", "compare", altered]);
    expect(told.stdout).toContain(`items の ${item} が`);
    expect(told.stdout).toContain("approvals の 0 が");
    expect(told.stdout).toContain("不一致 2 件");
    expect(told.status).toBe(1);
    rmSync(join(altered, "projections.json"));
    cpSync(join(bundles[0] ?? "", "projections.json"), rows);
    const listed = JSON.parse(readFileSync(join(altered, "histories.json"), "utf8"));
    const kept = listed.filter(({ workflow }: { workflow: string }) => !workflow.startsWith("report-"));
    writeFileSync(join(altered, "histories.json"), JSON.stringify(kept));
    expect(run(nenrin, ["audit", "compare", altered]).stdout).toContain("versions の 0 が");
  });

  it("is complete: every workflow's history is in it", () => {
    const { projections, missing } = {
      projections: JSON.parse(readFileSync(join(bundles[0] ?? "", "projections.json"), "utf8")),
      ...JSON.parse(readFileSync(join(bundles[0] ?? "", "manifest.json"), "utf8")),
    };
    expect(missing).toEqual([]);
    const kept = new Set(
      readdirSync(join(bundles[0] ?? "", "histories")).map((file) => file.replace(/\.\d+\.json$/, "")),
    );
    expect(projections.closed.filter((workflow: string) => !kept.has(workflow))).toEqual([]);
    expect(projections.closed).toContain(`cycle-${cycle}`);
  });

  it("agrees with the key and every checkpoint that the witness holds", async () => {
    const witness = join(house.state, "witness");
    const key = readFileSync(join(witness, "verifier-key.txt"), "utf8").trim();
    const kept = readdirSync(witness)
      .filter((name) => name.startsWith("checkpoint-"))
      .map((name) => [name, readFileSync(join(witness, name))] as const);
    const signed = await checkpointsOf(db);
    expect(signed.length).toBeGreaterThan(0);
    expect(kept.map(([, note]) => note.toString()).toSorted()).toEqual(
      signed.map(({ note }) => note).toSorted(),
    );
    expect(verifyBundle(readBundle(bundles[0] ?? ""), { trusted: [key], kept }).findings).toEqual([]);
  });

  it("replays to its last event on today's code, workflow by workflow", () => {
    const { status, stdout } = run(nenrin, ["audit", "replay", "--state", house.state]);
    expect(stdout).toContain(`［一致］cycle-${cycle}`);
    expect(stdout).toContain("相違 0 件");
    expect(status).toBe(0);
  });

  it("tells of the workflow that today's code would not have done", () => {
    const altered = join(folder, "altered");
    cpSync(bundles[0] ?? "", altered, { recursive: true });
    const file = join(altered, "histories", `report-${cycle}.1.json`);
    const history = JSON.parse(readFileSync(file, "utf8"));
    const scheduled = history.events.find(
      ({ eventType }: { eventType: string }) => eventType === "EVENT_TYPE_ACTIVITY_TASK_SCHEDULED",
    );
    scheduled.activityTaskScheduledEventAttributes.activityType.name = "publishVersionTwice";
    writeFileSync(file, JSON.stringify(history));
    const { status, stdout } = run(nenrin, ["audit", "replay", altered]);
    expect(stdout).toContain(`［相違］report-${cycle}`);
    expect(stdout).toContain("相違 1 件");
    expect(status).toBe(1);
  });

  it.each([
    [
      "an item's state",
      sql`update items set state = '{"is":"nil"}' where id = (select min(id) from items)`,
      "items",
    ],
    [
      "an approval",
      sql`update approvals set by = 'nobody' where id = (select min(id) from approvals)`,
      "approvals",
    ],
    ["a stage's date", sql`update stage_entries set entered_at = 'epoch' where id = 1`, "stages"],
  ])("shows a row that does not follow from the record: %s", async (_, statement, table) => {
    await db.transaction(async (tx) =>
      tx.execute(
        sql.raw(`create table kept as select * from ${table === "stages" ? "stage_entries" : table}`),
      ),
    );
    try {
      const name = table === "stages" ? "stage_entries" : table;
      const undo = sql.raw(`delete from ${name}; insert into ${name} select * from kept`);
      const { findings } = await whileTampered(statement, undo, `tampered-${table}`);
      expect(findings.map(({ check }) => check)).toEqual(["fold"]);
      expect(findings[0]?.what).toContain(table);
    } finally {
      await db.execute(sql`drop table kept`);
    }
  });
});

// What the record costs: `node bench/record.ts`. Appends a second with eight writers beside bare commits of the same
// connections in the same run, and how long the verifier takes for 100,000 entries.
import { createHash, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { checkpointText, signerOf } from "../activities/signed-note.ts";
import { canonical, fold, verifyBundle } from "../audit/verify.mjs";
import { GENESIS } from "../db/chain.ts";
import { closeDb, makeDb, SERVICE_ROLE, type Db } from "../db/client.ts";
import { appendAudit } from "../db/commands/audit.ts";
import { makeMerkleTree } from "../db/merkle.ts";
import { migrate } from "../db/migrate.ts";
import { reservePorts } from "../dev/ports.ts";
import { removePostgresHome } from "../dev/postgres-home.ts";
import { startPostgres } from "../dev/postgres.ts";
import { makeProcesses } from "../dev/processes.ts";
import { instant } from "../domain/time.ts";

const WRITERS = 8;
const APPENDS = 4_000;
const ENTRIES = 100_000;
const AT = instant("2015-02-10T09:00:00+09:00");

const perSecond = async (work: () => Promise<unknown>): Promise<number> => {
  let left = APPENDS;
  const startedAt = performance.now();
  const writer = async (): Promise<void> => {
    for (; left > 0; left -= 1) await work();
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return APPENDS / ((performance.now() - startedAt) / 1000);
};

const appendOne = (db: Db): Promise<number> =>
  db.transaction((tx) =>
    appendAudit(tx, {
      cycle: null,
      at: AT,
      actor: "clock",
      role: "machine",
      action: "bench.append",
      object: "bench",
      hash: null,
      reason: null,
      result: { changes: [{ write: "stage", stage: "underway" }] },
      act: null,
      workflow: null,
      run: null,
      activity: null,
    }),
  );

const measureAppends = async (): Promise<void> => {
  const state = mkdtempSync(join(tmpdir(), "nenrin-bench-"));
  const processes = makeProcesses({ logs: join(state, "logs") });
  const { port } = (await reservePorts({ port: 0 })).ports;
  const engine = await startPostgres({ state, port, database: "nenrin", processes });
  const url = engine.url("nenrin");
  await migrate(url);
  const owner = makeDb({ url, applicationName: "bench" });
  await owner.execute(sql`create table bare (id bigserial primary key, text text)`);
  const db = makeDb({ url, max: WRITERS, applicationName: "bench", role: SERVICE_ROLE });
  const insert = sql`insert into bare (text) values (repeat('x', 600))`;
  try {
    const bare = await perSecond(() => db.transaction((tx) => tx.execute(insert)));
    const appends = await perSecond(() => appendOne(db));
    console.log(
      `appends ${appends.toFixed(0)}/s, bare commits ${bare.toFixed(0)}/s, ratio ${(appends / bare).toFixed(2)}`,
    );
  } finally {
    await Promise.all([closeDb(db), closeDb(owner)]);
    await engine.stop();
    await processes.close();
    removePostgresHome(state);
    rmSync(state, { recursive: true });
  }
};

const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");
const signer = signerOf("bench.example/record", generateKeyPairSync("ed25519").privateKey);

/** What every event says here, but for its place. */
const SAID = {
  recordedAt: AT,
  cycle: "2014",
  at: AT,
  actor: "clock",
  role: "machine",
  action: "bench.append",
};
const REST = {
  object: "bench",
  hash: null,
  reasonSeal: null,
  resultSeal: null,
  act: null,
  workflow: null,
  run: null,
};

/** A bundle of nothing but a long record, signed at its end. */
const longBundle = (): Map<string, Buffer> => {
  const tree = makeMerkleTree();
  const lines: string[] = [];
  for (let sequence = 1, prev: string = GENESIS; sequence <= ENTRIES; sequence += 1) {
    const leaf = { ...SAID, ...REST, sequence, prev };
    prev = sha256(canonical(leaf));
    tree.append(canonical(leaf));
    lines.push(`${canonical({ leaf, said: { reason: null, result: null }, self: prev })}\n`);
  }
  const note = signer.sign(checkpointText(signer.name, { size: ENTRIES, root: tree.root(), at: AT }));
  const files = new Map(
    Object.entries({
      "entries.ndjson": lines.join(""),
      "keys.txt": `${signer.verifierKey}\n`,
      "checkpoints/1.txt": note,
      "projections.json": canonical(fold([], "2014")),
      "histories.json": "[]",
      "versions.json": "{}",
    }).map(([path, text]) => [path, Buffer.from(text)] as const),
  );
  const hashes = Object.fromEntries([...files].map(([path, bytes]) => [path, sha256(bytes)]));
  const manifest = { cycle: "2014", exportedAt: AT, size: ENTRIES, checkpoints: [ENTRIES], files: hashes };
  return files.set("manifest.json", Buffer.from(JSON.stringify(manifest)));
};

const measureVerifier = (): void => {
  const files = longBundle();
  const startedAt = performance.now();
  const { findings } = verifyBundle(files, { trusted: [signer.verifierKey] });
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`verified ${ENTRIES} entries in ${seconds.toFixed(1)} s, ${findings.length} findings`);
};

measureVerifier();
await measureAppends();

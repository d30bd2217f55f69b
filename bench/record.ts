// What the record costs: `node bench/record.ts`. Appends a second with eight writers beside bare commits of the same
// connections in the same run, and how long the verifier takes for 100,000 entries.
import { sql } from "drizzle-orm";
import { canonical, verifyBundle, type Entry } from "../audit/verify.mjs";
import { closeDb, makeDb, SERVICE_ROLE, type Db } from "../db/client.ts";
import { appendAudit } from "../db/commands/audit.ts";
import { instant } from "../domain/time.ts";
import { startScratchDatabase } from "../tests/support/scratch-database.ts";
import { bundleOver, signer } from "../tests/support/synthetic-bundle.ts";
import { chained, CYCLE } from "../tests/support/synthetic-record.ts";

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
    }),
  );

const measureAppends = async (): Promise<void> => {
  const database = await startScratchDatabase();
  const owner = makeDb({ url: database.url, applicationName: "bench" });
  await owner.execute(sql`create table bare (id bigserial primary key, text text)`);
  const db = makeDb({ url: database.url, max: WRITERS, applicationName: "bench", role: SERVICE_ROLE });
  const insert = sql`insert into bare (text) values (repeat('x', 600))`;
  try {
    const bare = await perSecond(() => db.transaction((tx) => tx.execute(insert)));
    const appends = await perSecond(() => appendOne(db));
    console.log(
      `appends ${appends.toFixed(0)}/s, bare commits ${bare.toFixed(0)}/s, ratio ${(appends / bare).toFixed(2)}`,
    );
  } finally {
    await Promise.all([closeDb(db), closeDb(owner)]);
    await database.stop();
  }
};

const entryOf = (sequence: number): Pick<Entry, "leaf" | "said"> => ({
  leaf: {
    recordedAt: AT,
    cycle: CYCLE,
    at: AT,
    actor: "clock",
    role: "machine",
    action: "bench.append",
    object: `bench ${sequence}`,
    hash: null,
    reasonSeal: null,
    resultSeal: null,
    act: null,
    workflow: null,
    run: null,
  },
  said: { reason: null, result: null },
});

const measureVerifier = (): void => {
  const entries = chained(Array.from({ length: ENTRIES }, (_, n) => entryOf(n + 1)));
  const files = bundleOver(entries, { sizes: [ENTRIES / 2, ENTRIES], by: signer });
  const bytes = Buffer.byteLength(canonical(entries[0])) * ENTRIES;
  const startedAt = performance.now();
  const { findings } = verifyBundle(files, { trusted: [signer.verifierKey] });
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(
    `verified ${ENTRIES} entries (${(bytes / 2 ** 20).toFixed(0)} MiB) in ${seconds.toFixed(1)} s, ${findings.length} findings`,
  );
};

measureVerifier();
await measureAppends();

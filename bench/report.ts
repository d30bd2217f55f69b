// What the report costs at FY2014's size: `node bench/report.ts`. From the rows to every published form, beside the SQL
// and the rendering it consists of, in the same run; and the most memory any process of the rendering has held.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reportActivities } from "../activities/report.ts";
import { renderForms } from "../activities/documents/rendering.ts";
import { closeDb, makeDb } from "../db/client.ts";
import { migrate } from "../db/migrate.ts";
import { contentByHash } from "../db/queries/content.ts";
import { reportRecord } from "../db/queries/report-record.ts";
import { reservePorts } from "../dev/ports.ts";
import { removePostgresHome } from "../dev/postgres-home.ts";
import { startPostgres } from "../dev/postgres.ts";
import { makeProcesses } from "../dev/processes.ts";
import { instant } from "../domain/time.ts";
import { cycleKey } from "../domain/ids.ts";
import { japaneseHolidays } from "../plans/holidays.ts";
import { readPlan } from "../plans/read-plan.ts";
import { decideVersion, storeSettledYear } from "./settled-year.ts";

const NOW = instant("2015-06-26T10:00:00+09:00");
const ROUNDS = 5;

const timed = async <Value>(work: () => Promise<Value>): Promise<readonly [Value, number]> => {
  const startedAt = performance.now();
  return [await work(), performance.now() - startedAt];
};
const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0;

const read = await readPlan("plans/fy2014");
if (!read.ok) throw new Error("plans/fy2014 can't be read");
const cycle = cycleKey("2014-r1");

const state = mkdtempSync(join(tmpdir(), "nenrin-bench-"));
const processes = makeProcesses({ logs: join(state, "logs") });
const { port } = (await reservePorts({ port: 0 })).ports;
const engine = await startPostgres({ state, port, database: "nenrin", processes });
const url = engine.url("nenrin");
await migrate(url);
const db = makeDb({ url, applicationName: "bench" });
try {
  await storeSettledYear(db, { cycle, plan: read.plan, at: NOW });
  const clock = () => NOW;
  const deps = { db, clock, holidays: japaneseHolidays(), beat: () => {} };
  const { compileVersion, publishVersion } = reportActivities(deps);
  const [rounds, rss]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [{ content }, compiled] = await timed(() => compileVersion({ cycle, now: NOW }));
    await decideVersion(db, { cycle, hash: content.hash, at: NOW });
    const [, published] = await timed(() => publishVersion({ cycle, now: NOW, hash: content.hash }));
    const [, sql] = await timed(() => reportRecord(db, cycle));
    const version = await contentByHash(db, "version", content.hash);
    if (version === undefined) throw new Error("no version");
    const facts = {
      sha256: content.hash,
      classification: "機密性１情報",
      standing: "",
      changes: null,
      mark: null,
      createdAt: NOW,
    };
    const forms = await renderForms({ document: version.body, facts });
    const rendering = forms.reduce((sum, { ms }) => sum + ms, 0);
    const ratio = (compiled + published) / (sql + rendering);
    rounds.push(ratio);
    rss.push(Math.max(...forms.map(({ rssMb }) => rssMb)));
    console.log(
      `compile ${compiled.toFixed(0)} ms + publish ${published.toFixed(0)} ms; SQL ${sql.toFixed(0)} ms + rendering ${rendering} ms; ratio ${ratio.toFixed(2)}`,
    );
  }
  console.log(`ratio ${median(rounds).toFixed(2)} (limit 2), RSS ${Math.max(...rss)} MB (limit 300)`);
} finally {
  await closeDb(db);
  await engine.stop();
  await processes.close();
  removePostgresHome(state);
  rmSync(state, { recursive: true });
}

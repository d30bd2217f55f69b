// What a page costs at FY2014's size (23 organisations, 311 items): `npx tsx bench/pages.ts`. Each screen as its reader has
// it, after a first look: the 95th percentile of what the service takes, its bytes, and how often the cheapest screen of
// the same run fits into it. A machine under load says nothing in milliseconds; the ratios hold.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, Connection } from "@temporalio/client";
import { buildApp } from "../api/app.ts";
import { historyScreens } from "../api/routes/history-screens.ts";
import { homeRoutes, type HomeDeps } from "../api/routes/home.ts";
import { yearScreens } from "../api/routes/year-screens.ts";
import { closeDb, makeDb } from "../db/client.ts";
import { migrate } from "../db/migrate.ts";
import { reservePorts } from "../dev/ports.ts";
import { removePostgresHome } from "../dev/postgres-home.ts";
import { startPostgres } from "../dev/postgres.ts";
import { makeProcesses } from "../dev/processes.ts";
import type { Actor } from "../domain/acts.ts";
import { organisationId, personId } from "../domain/ids.ts";
import { instant } from "../domain/time.ts";
import { readPlan } from "../plans/read-plan.ts";
import { collecting, storeCollectingYear } from "./collecting-year.ts";

const NOW = instant("2015-04-20T09:00:00+09:00");
const ROUNDS = 40;
const LIMIT_MS = 50;
const LIMIT_BYTES = 100 * 1024;

const actor = (person: string, role: Actor["role"], organisation: string): Actor => ({
  person: personId(person),
  role,
  organisation: organisationId(organisation),
});
const preparer = actor("nisc-preparer-1", "preparer", "nisc");
const contact = actor("meti-officer", "contact", "meti");
const auditor = actor("nisc-auditor", "auditor", "nisc");
const year = `/cycles/${collecting}`;
const request = `/requests/${collecting}-data-meti`;
const ofYear = [
  "board",
  "schedule",
  "policy",
  "opening",
  "surveys",
  "evaluations",
  "report",
  "comments",
  "findings",
  "mails",
  "reviews",
  "corrections",
  "next-plan",
  "years",
  "plan",
  "plan/catalogue",
  "plan/contacts",
  "plan/calendar",
];
const screens: readonly (readonly [string, Actor])[] = [
  ["/", preparer],
  ["/", contact],
  [request, preparer],
  [request, contact],
  [`${request}?page=6`, contact],
  ...ofYear.map((below) => [`${year}/${below}`, preparer] as const),
  [`${year}/audit`, auditor],
];

const percentile = (all: readonly number[], share: number): number =>
  all.toSorted((a, b) => a - b)[Math.ceil(all.length * share) - 1] ?? 0;

const read = await readPlan("plans/fy2014");
if (!read.ok) throw new Error("plans/fy2014 can't be read");
const state = mkdtempSync(join(tmpdir(), "nenrin-bench-"));
const processes = makeProcesses({ logs: join(state, "logs") });
const { port } = (await reservePorts({ port: 0 })).ports;
const engine = await startPostgres({ state, port, database: "nenrin", processes });
const url = engine.url("nenrin");
await migrate(url);
const db = makeDb({ url, applicationName: "bench" });
const connection = Connection.lazy({ address: "127.0.0.1:1" });
let reader = preparer;
const app = await buildApp({
  db,
  client: new Client({ connection }),
  taskQueue: "none",
  publicUrl: "http://127.0.0.1:8080",
  clock: () => NOW,
  logger: false,
  sessionOf: async () => ({ actor: reader, formToken: "of this bench" }),
  beside: ({ desk, actorOf, situations }) => {
    const deps: HomeDeps = {
      db,
      clock: () => NOW,
      actorOf,
      situations,
      openToAll: false,
      histories: null,
      mailbox: null,
      stepping: {
        aheadOf: async () => ({ is: "unknown" }),
        step: () => {
          throw new Error("nobody steps here");
        },
      },
    };
    return [
      homeRoutes(deps),
      yearScreens(deps),
      historyScreens({ ...deps, readHistories: desk.readHistories }),
    ];
  },
});
try {
  await storeCollectingYear(db, read.plan);
  await db.execute("analyze");
  const measured: { readonly name: string; readonly p95: number; readonly bytes: number }[] = [];
  for (const [path, as] of screens) {
    reader = as;
    const times: number[] = [];
    let bytes = 0;
    for (let round = 0; round <= ROUNDS; round += 1) {
      const startedAt = performance.now();
      const { statusCode, rawPayload } = await app.inject({ url: path });
      if (statusCode !== 200) throw new Error(`${path}: ${statusCode}`);
      if (round > 0) times.push(performance.now() - startedAt);
      bytes = rawPayload.length;
    }
    measured.push({ name: `${path} (${as.role})`, p95: percentile(times, 0.95), bytes });
  }
  const cheapest = Math.min(...measured.map(({ p95 }) => p95));
  for (const { name, p95, bytes } of measured.toSorted((a, b) => b.p95 - a.p95))
    console.log(
      `${p95.toFixed(0).padStart(5)} ms  ×${(p95 / cheapest).toFixed(1).padStart(5)}  ${(bytes / 1024).toFixed(0).padStart(4)} KB  ${name}`,
    );
  const slow = measured.filter(({ p95 }) => p95 > LIMIT_MS).length;
  const big = measured.filter(({ bytes }) => bytes > LIMIT_BYTES).length;
  console.log(`${measured.length} screens, ${slow} slower than ${LIMIT_MS} ms (p95), ${big} over 100 KB`);
} finally {
  await app.close();
  await connection.close();
  await closeDb(db);
  await engine.stop();
  await processes.close();
  removePostgresHome(state);
  rmSync(state, { recursive: true });
}

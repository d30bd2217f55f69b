import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import postgres from "postgres";
import { postgresHome, type PostgresHome } from "./postgres-home.ts";
import { untilReady, type Processes, type Running } from "./processes.ts";

/** A running PostgreSQL 18 on loopback. */
export interface Postgres {
  readonly running: Running;
  readonly port: number;
  /** `postgres://…` of a database on it, with the password. */
  readonly url: (database: string) => string;
  readonly stop: () => Promise<void>;
}

const USER = "nenrin";
const READY_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 2_500;
const run = promisify(execFile);

const filesOf = ({ folder }: PostgresHome) => ({
  data: join(folder, "data"),
  password: join(folder, "password"),
  /** PostgreSQL's own account of itself, while it runs: process id first, state last. */
  state: join(folder, "data", "postmaster.pid"),
});

/** Makes the data if there are none. They get their name last: an interrupted start leaves none. */
const initialise = async (home: PostgresHome): Promise<void> => {
  const { data, password } = filesOf(home);
  if (existsSync(data)) return;
  const making = `${data}.making`;
  rmSync(making, { recursive: true, force: true });
  // Anyone on this machine can reach the port, and who may do all in a database can run programs.
  writeFileSync(password, randomBytes(24).toString("hex"), { mode: 0o600 });
  if (home.account !== null) chownSync(password, home.account.uid, home.account.gid);
  await run(
    join(home.programs, "bin", "initdb"),
    [
      `--pgdata=${making}`,
      `--username=${USER}`,
      `--pwfile=${password}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C.UTF-8",
    ],
    { cwd: "/", ...home.account },
  );
  renameSync(making, data);
};

/** The state file's lines; none if there is no file. */
const stateLines = (file: string): readonly string[] => {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
};

/** The folder a process works in; null if there is no such process or it is somebody else's. */
const folderOf = (pid: string): string | null => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
};

/** Whether a process works in the folder: each of a PostgreSQL's own does in its data. */
const isWorkedIn = (folder: string): boolean =>
  existsSync("/proc") && readdirSync("/proc").some((pid) => /^\d+$/.test(pid) && folderOf(pid) === folder);

/**
 * After a kill -9 the state file names a process that is not, or is another program by now: then PostgreSQL would not
 * start. A PostgreSQL that was left running ends first; and so do the servers of one that was killed, which hear of it
 * a moment later and hold its memory until then.
 */
const clearTheWay = async (home: PostgresHome): Promise<void> => {
  const { data, state } = filesOf(home);
  const [pid = ""] = stateLines(state);
  if (!/^\d+$/.test(pid)) return;
  const folder = realpathSync(data);
  if (folderOf(pid) === folder) process.kill(Number(pid), "SIGINT");
  else if (existsSync(`/proc/${pid}`)) rmSync(state, { force: true });
  for (let waits = 0; waits < 100 && isWorkedIn(folder); waits += 1) await setTimeout(50);
};

const isReady = (file: string, pid: number): boolean => {
  const lines = stateLines(file);
  return lines[0] === String(pid) && lines[7]?.trim() === "ready";
};

const createDatabase = async (url: string, database: string): Promise<void> => {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${database}`;
    if (found.length === 0) await sql`create database ${sql(database)}`;
  } finally {
    await sql.end();
  }
};

/**
 * Starts the PostgreSQL whose data are under `<state>/postgres`, making them the first time, with `database` in it.
 * Throws an Error with PostgreSQL's own last lines if it does not get ready.
 */
export const startPostgres = async ({
  state,
  port,
  database,
  processes,
  settings = [],
}: {
  readonly state: string;
  readonly port: number;
  readonly database: string;
  readonly processes: Processes;
  /** As on PostgreSQL's command line, each `name=value`. */
  readonly settings?: readonly string[];
}): Promise<Postgres> => {
  const home = postgresHome(state);
  const { data, password, state: stateFile } = filesOf(home);
  await initialise(home);
  await clearTheWay(home);
  const own = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", ...settings];
  const running = await processes.start({
    name: "postgres",
    command: join(home.programs, "bin", "postgres"),
    args: ["-D", data, ...own.flatMap((setting) => ["-c", setting])],
    folder: "/",
    ...(home.account === null ? {} : { user: home.account }),
  });
  await untilReady(running, {
    isReady: () => Promise.resolve(isReady(stateFile, running.pid)),
    withinMs: READY_LIMIT_MS,
  });
  const secret = readFileSync(password, "utf8");
  const url = (name: string): string => `postgres://${USER}:${secret}@127.0.0.1:${port}/${name}`;
  await createDatabase(url("postgres"), database);
  return {
    running,
    port,
    url,
    stop: () => running.stop({ signal: "SIGINT", withinMs: STOP_LIMIT_MS }),
  };
};

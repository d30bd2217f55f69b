import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { house } from "./tools.ts";

const SETTINGS = [
  ".dependency-cruiser.cjs",
  ".gitignore",
  ".oxlintrc.json",
  "domain/tsconfig.json",
  "package.json",
  "tsconfig.json",
  "workflows/tsconfig.json",
];

export interface Sandbox {
  readonly directory: string;
  readonly remove: () => Promise<void>;
}

/** A house of its own with our settings, our packages and nothing but the given files (path → text). */
export const makeSandbox = async (files: Readonly<Record<string, string>>): Promise<Sandbox> => {
  const directory = await mkdtemp(join(tmpdir(), "nenrin-rooms-"));
  await symlink(join(house, "node_modules"), join(directory, "node_modules"));
  for (const path of SETTINGS) await cp(join(house, path), join(directory, path));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  return { directory, remove: () => rm(directory, { recursive: true }) };
};

import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const onPath = (name: string): string | undefined =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find(isProgram);

/** The path of the first of these programs that is there. */
export const programOf = (names: readonly string[]): string | undefined =>
  names.map(onPath).find((file) => file !== undefined);

/** Only what goes wrong is shown. @returns whether it succeeded */
const succeeds = (command: string, args: readonly string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });

/** Two test files that need the same wait for each other here: apt-get itself would give up. */
const LOCK = join(tmpdir(), "nenrin-apt.lock");

/** What tests need of Debian's packages, where it is missing. Whether it came, the caller sees for himself. */
export const installFromDebian = async (packages: readonly string[], said: string): Promise<void> => {
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const run = (args: readonly string[]) => {
    const [command = "", ...rest] = [...asRoot, "flock", LOCK, ...args];
    return succeeds(command, rest);
  };
  console.log(`${said}: apt-get install ${packages.join(" ")}`);
  await run(["apt-get", "update", "-qq"]);
  await run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", ...packages]);
};

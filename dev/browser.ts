import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

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

const installed = (): string | undefined => NAMES.map(onPath).find((file) => file !== undefined);

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

const install = async (): Promise<void> => {
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const run = (args: readonly string[]) => {
    const [command = "", ...rest] = [...asRoot, ...args];
    return succeeds(command, rest);
  };
  console.log("Getting Chromium for the browser tests: apt-get install chromium (about 100 MB, once).");
  await run(["apt-get", "update", "-qq"]);
  await run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"]);
};

/**
 * The path of a Chromium, which is installed from Debian's packages where there is none. Throws an Error that says what
 * to do if that does not work either.
 */
export const getBrowser = async (): Promise<string> => {
  const before = installed();
  if (before !== undefined) return before;
  await install();
  const after = installed();
  if (after === undefined)
    throw new Error(
      "The browser tests need Chromium, and it could not be installed. As an administrator: apt-get install chromium",
    );
  return after;
};

import { spawn, spawnSync } from "node:child_process";
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { arch, platform } from "node:os";
import { delimiter, join } from "node:path";

const VERSION = "v1.5.1";
const MODULE = `github.com/temporalio/cli/cmd/temporal@${VERSION}`;
/** Where the SDKs get it from. */
const DOWNLOADS = "https://temporal.download";
const ASK_LIMIT_MS = 8_000;
const DOWNLOAD_LIMIT_MS = 300_000;

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

/** @param {string} file */
const isProgram = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
};

/**
 * @param {string} name
 * @param {Environment} environment
 */
const isOnPath = (name, environment) =>
  (environment["PATH"] ?? "")
    .split(delimiter)
    .some((folder) => folder !== "" && isProgram(join(folder, name)));

/**
 * What went wrong below a failed request, which itself only says that it failed.
 *
 * @param {unknown} error
 * @returns {string}
 */
const reasonOf = (error) => {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
};

/**
 * The program as the SDKs download it, put into `folder`. Throws if the machine can't reach outside.
 *
 * @param {{ folder: string, downloads: string }} where
 */
const download = async ({ folder, downloads }) => {
  const query = new URLSearchParams({
    arch: arch() === "x64" ? "amd64" : arch(),
    platform: platform(),
    format: "tar.gz",
  });
  const asked = await fetch(`${downloads}/cli/${VERSION}?${query}`, {
    signal: AbortSignal.timeout(ASK_LIMIT_MS),
  });
  if (!asked.ok) throw new Error(`${downloads} answers ${asked.status}`);
  /** @type {{ archiveUrl: string, fileToExtract: string }} */
  const { archiveUrl, fileToExtract } = await asked.json();
  const archive = await fetch(archiveUrl, { signal: AbortSignal.timeout(DOWNLOAD_LIMIT_MS) });
  if (!archive.ok) throw new Error(`${archiveUrl} answers ${archive.status}`);
  const file = join(folder, "archive.tar.gz");
  writeFileSync(file, Buffer.from(await archive.arrayBuffer()));
  const { status } = spawnSync("tar", ["-xzf", file, "-C", folder, fileToExtract], { stdio: "inherit" });
  if (status !== 0) throw new Error(`the archive from ${archiveUrl} can't be unpacked`);
  return join(folder, fileToExtract);
};

/**
 * The program compiled from its published source by way of the Go module proxy, put into `folder`.
 *
 * @param {{ folder: string, environment: Environment }} where
 */
const compile = async ({ folder, environment }) => {
  console.log(`Compiling it instead: go install ${MODULE}. This usually takes 4 to 7 minutes, once.`);
  const startedAt = Date.now();
  const progress = setInterval(() => {
    console.log(`  … still compiling, ${Math.round((Date.now() - startedAt) / 60_000)} min`);
  }, 60_000);
  const go = spawn("go", ["install", MODULE], {
    env: { ...environment, GOBIN: folder },
    stdio: "inherit",
  });
  const code = await new Promise((resolve, reject) => go.once("error", reject).once("exit", resolve));
  clearInterval(progress);
  if (code !== 0) throw new Error(`go install ${MODULE} failed; its reason stands above.`);
  return join(folder, "temporal");
};

/**
 * Sees to it that a Temporal server can be had: by address, or as the CLI on PATH or in .nenrin/bin. Throws an Error
 * whose message says what the person can do.
 *
 * @param {{ checkout: string, environment: Environment, downloads?: string }} options
 */
export const getTemporal = async ({ checkout, environment, downloads = DOWNLOADS }) => {
  if (environment["TEMPORAL_ADDRESS"]) return;
  const bin = join(checkout, ".nenrin", "bin");
  const program = join(bin, "temporal");
  if (isOnPath("temporal", environment) || isProgram(program)) return;
  mkdirSync(bin, { recursive: true });
  // Beside its place, so that the last step is a rename: an interrupted one leaves no half program.
  const folder = mkdtempSync(join(bin, "getting-"));
  try {
    console.log(`Getting the Temporal CLI ${VERSION} from ${downloads} (about 60 MB, once).`);
    const made = await download({ folder, downloads }).catch(async (/** @type {unknown} */ error) => {
      console.log(`  not from there: ${reasonOf(error)}`);
      if (!isOnPath("go", environment))
        throw new Error(
          `Nenrin needs the Temporal CLI ${VERSION}, and this machine has neither a way to download it nor Go to compile it.\n` +
            `Do one of these and start again:\n` +
            `  - put the program "temporal" on PATH (https://docs.temporal.io/cli) or into ${bin}\n` +
            `  - install Go (https://go.dev/dl), and it will be compiled here\n` +
            `  - set TEMPORAL_ADDRESS to the host:port of a running Temporal server`,
        );
      return compile({ folder, environment });
    });
    renameSync(made, program);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`The Temporal CLI is in ${program}.`);
};

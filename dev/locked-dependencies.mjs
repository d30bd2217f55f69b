import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @param {string} file */
const packagesIn = (file) => {
  try {
    /** @type {{ packages?: Record<string, { version?: string, link?: boolean, optional?: boolean }> }} */
    const lock = JSON.parse(readFileSync(file, "utf8"));
    return lock.packages ?? {};
  } catch {
    return {};
  }
};

/**
 * Whether node_modules holds what package-lock.json names, no more and no less. npm writes its own account of
 * node_modules last, so an interrupted installation has none. Optional packages are for other machines too.
 *
 * @param {string} checkout
 */
export const areDependenciesInstalled = (checkout) => {
  const locked = packagesIn(join(checkout, "package-lock.json"));
  const installed = packagesIn(join(checkout, "node_modules", ".package-lock.json"));
  const names = Object.keys(locked).filter((name) => name !== "");
  const isMissing = (/** @type {string} */ name) =>
    installed[name] === undefined
      ? locked[name]?.optional !== true
      : installed[name].version !== locked[name]?.version;
  return !names.some(isMissing) && Object.keys(installed).every((name) => locked[name] !== undefined);
};

/**
 * Installs the locked dependencies if they are missing or others than the locked ones.
 *
 * @param {string} checkout
 */
export const installLockedDependencies = (checkout) => {
  if (areDependenciesInstalled(checkout)) return;
  console.log("Installing the locked dependencies (npm ci): about half a minute, once.");
  const { status, error } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: checkout,
    stdio: "inherit",
  });
  if (status !== 0)
    throw new Error(
      `npm ci failed${error === undefined ? "" : ` (${error.message})`}. Its reason stands above; usually the package registry is out of reach.`,
    );
};

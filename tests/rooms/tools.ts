import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";

/** The checkout these tests belong to. */
export const house = fileURLToPath(new URL("../../", import.meta.url));

/** A finding of a tool: which rule, in which file (path from the directory that was checked). */
export interface Finding {
  readonly rule: string;
  readonly file: string;
}

const run = promisify(execFile);
const Exited = z.object({ code: z.int(), stdout: z.string() });

/** What the program printed; to find something and say so by its exit code is no failure. */
const printed = async (program: string, args: readonly string[], directory: string): Promise<string> => {
  try {
    return (await run(program, args, { cwd: directory, maxBuffer: 64 * 2 ** 20 })).stdout;
  } catch (error) {
    const exited = Exited.safeParse(error);
    if (!exited.success || exited.data.stdout === "") throw error;
    return exited.data.stdout;
  }
};

/** Runs a locked tool on the locked Node, whatever runs the tests. */
const tool = (name: string, args: readonly string[], directory: string): Promise<string> =>
  printed(`${house}node_modules/.bin/node`, [`${house}node_modules/.bin/${name}`, ...args], directory);

const Cruise = z.object({
  modules: z.array(
    z.object({
      source: z.string(),
      coreModule: z.boolean().optional(),
      couldNotResolve: z.boolean().optional(),
      matchesDoNotFollow: z.boolean().optional(),
    }),
  ),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** Every source file the import table was held against, and what it caught. */
export const cruise = async (
  directory: string,
): Promise<{ readonly files: readonly string[]; readonly findings: readonly Finding[] }> => {
  const args = ["--config", ".dependency-cruiser.cjs", "--output-type", "json", "."];
  const { modules, summary } = Cruise.parse(JSON.parse(await tool("depcruise", args, directory)));
  const own = modules.filter(
    ({ coreModule, couldNotResolve, matchesDoNotFollow }) =>
      !coreModule && !couldNotResolve && !matchesDoNotFollow,
  );
  return {
    files: own.map(({ source }) => source).toSorted(),
    findings: summary.violations.map(({ from, rule }) => ({ rule: rule.name, file: from })),
  };
};

const Lint = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

/** `code` is written `plugin(rule)`; a finding's rule is the part in parentheses. */
export const lint = async (directory: string): Promise<readonly Finding[]> => {
  const { diagnostics } = Lint.parse(
    JSON.parse(await tool("oxlint", ["--type-aware", "--format", "json"], directory)),
  );
  return diagnostics.map(({ code, filename }) => ({
    rule: code.slice(code.indexOf("(") + 1, -1),
    file: filename,
  }));
};

export const lintedFiles = async (directory: string): Promise<readonly string[]> =>
  (await tool("oxlint", ["--debug", "files"], directory))
    .split("\n")
    .filter((line) => line !== "")
    .toSorted();

const Listed = z.array(z.object({ file: z.string() }));

/** Every test file that `npm test` runs. */
export const testFiles = async (): Promise<readonly string[]> =>
  Listed.parse(JSON.parse(await tool("vitest", ["list", "--filesOnly", "--json"], house)))
    .map(({ file }) => file.slice(house.length))
    .toSorted();

/** Every source file git tracks or would track: what is ignored, and what is deleted but not yet committed, is not. */
export const sourceFiles = async (): Promise<readonly string[]> =>
  (await printed("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], house))
    .split("\0")
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && existsSync(house + file))
    .toSorted();

const Table = z.object({
  forbidden: z.array(
    z.object({
      name: z.string(),
      from: z.object({ pathNot: z.array(z.string()).or(z.string()).optional() }),
    }),
  ),
});
const table = (): z.infer<typeof Table> =>
  Table.parse(createRequire(import.meta.url)(`${house}.dependency-cruiser.cjs`));

/** The names of all rules of the import table. */
export const ruleNames = (): readonly string[] => table().forbidden.map(({ name }) => name);

/** Whether a path belongs to a room the import table knows. */
export const hasRoom = (path: string): boolean =>
  table()
    .forbidden.filter(({ name }) => name === "every-file-has-a-room")
    .flatMap(({ from }) => from.pathNot ?? [])
    .some((room) => new RegExp(room).test(path));

// What `npm test` runs: first what looks at the text, then what runs it. `npm test -- domain api` runs only the tests
// of these projects (vitest.config.ts names them). The last line is the count, alone, for those who read it by machine.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

interface Check {
  readonly name: string;
  readonly command: readonly [tool: string, ...args: string[]];
}
interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

/** Longest first: what runs beside it is over by then. */
const CHECKS: readonly Check[] = [
  { name: "types", command: ["tsc", "-p", "tsconfig.json"] },
  { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."] },
  { name: "habits", command: ["oxlint", "--type-aware"] },
  { name: "imports", command: ["depcruise", "--config", ".dependency-cruiser.cjs", "."] },
  { name: "dead code", command: ["knip", "--no-config-hints"] },
  { name: "types of domain/", command: ["tsc", "-p", "domain/tsconfig.json"] },
  { name: "types of workflows/", command: ["tsc", "-p", "workflows/tsconfig.json"] },
];

const secondsSince = (start: number): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** Resolves to whether it ended well, with what it printed if it prints to us. */
const finished = (
  [tool, ...args]: Check["command"],
  stdio: "inherit" | "pipe",
): Promise<{ readonly ok: boolean; readonly output: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(tool, args, { stdio: ["ignore", stdio, stdio] });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", reject);
    child.once("close", (code) => resolve({ ok: code === 0, output: Buffer.concat(chunks).toString() }));
  });

/** Runs as many at a time as there are cores, and starts no more once one has failed. */
const passesChecks = async (): Promise<boolean> => {
  const waiting = [...CHECKS];
  let ok = true;
  const next = async (): Promise<void> => {
    const check = waiting.shift();
    if (check === undefined || !ok) return;
    const start = performance.now();
    const { ok: passed, output } = await finished(check.command, "pipe");
    console.log(`${passed ? "✓" : "✗"} ${check.name.padEnd(20)} ${secondsSince(start)}`);
    if (!passed) console.log(`\n$ ${check.command.join(" ")}\n${output}`);
    ok &&= passed;
    await next();
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), CHECKS.length) }, next));
  return ok;
};

const Results = z.object({ numPassedTests: z.int(), numFailedTests: z.int() });

/** A file that could not be read counts as one failed, as does a run that says no more than that it failed. */
const outcomeOf = (file: string, ok: boolean): Outcome => {
  try {
    const { numPassedTests, numFailedTests } = Results.parse(JSON.parse(readFileSync(file, "utf8")));
    return { passed: numPassedTests, failed: ok ? numFailedTests : Math.max(numFailedTests, 1) };
  } catch {
    return { passed: 0, failed: 1 };
  }
};

const runTests = async (projects: readonly string[]): Promise<Outcome> => {
  const folder = mkdtempSync(join(tmpdir(), "nenrin-results-"));
  const results = join(folder, "results.json");
  try {
    const { ok } = await finished(
      [
        "vitest",
        "run",
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${results}`,
        ...projects.flatMap((project) => ["--project", project]),
      ],
      "inherit",
    );
    return outcomeOf(results, ok);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const projects = process.argv.slice(2);
const mayRun = projects.length > 0 || (await passesChecks());
const { passed, failed } = mayRun ? await runTests(projects) : { passed: 0, failed: 1 };
if (failed > 0 || passed === 0) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed`);

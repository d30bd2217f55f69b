import { defineConfig } from "vitest/config";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** How long a test, and starting what it needs, may take. Patience is for what waits for engines, not for slow code. */
const quick = { testTimeout: 5 * SECOND_MS, hookTimeout: 10 * SECOND_MS };
const withDatabase = { testTimeout: 10 * SECOND_MS, hookTimeout: MINUTE_MS };
/** What reads the whole house: the import table, the linter, the list of tests. */
const withTools = { testTimeout: 2 * MINUTE_MS, hookTimeout: 2 * MINUTE_MS };
/** A condition that somebody else brings about; a machine at its limit takes seconds where one at rest takes none. */
const poll = { timeout: 20 * SECOND_MS, interval: 50 };
const withEngines = { testTimeout: 3 * MINUTE_MS, hookTimeout: 3 * MINUTE_MS };
const wholeYear = { testTimeout: 12 * MINUTE_MS, hookTimeout: 10 * MINUTE_MS };

/** Two cores: what computes runs in pairs, what has engines of its own to wait for runs alone, after all else. */
const pairs = { maxWorkers: 2, sequence: { groupOrder: 0 } };
const alone = { maxWorkers: 1, sequence: { groupOrder: 1 } };

const tiers = {
  domain: { ...quick, ...pairs },
  codec: { ...quick, ...pairs },
  plans: { ...withDatabase, ...pairs },
  rooms: { ...withTools, ...pairs },
  db: { ...withDatabase, ...pairs },
  activities: { ...withDatabase, ...pairs },
  api: { ...withDatabase, ...pairs },
  rehearsals: { ...quick, ...pairs },
  replay: { ...withEngines, ...pairs },
  workflows: { ...withEngines, ...pairs },
  releases: { ...wholeYear, ...pairs },
  dev: { ...withEngines, ...alone },
  browser: { ...withEngines, ...alone },
  audit: { ...wholeYear, ...alone },
  year: { ...wholeYear, ...alone },
};

export default defineConfig({
  test: {
    projects: Object.entries(tiers).map(([name, settings]) => ({
      extends: true as const,
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`, `tests/${name}.test.ts`],
        expect: { poll },
        ...settings,
      },
    })),
  },
});

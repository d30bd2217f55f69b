const ACTIVITIES = `import { defineUpdate, proxyActivities, setHandler } from "@temporalio/workflow";
interface Activities { send(count: number): Promise<void> }
export const { send } = proxyActivities<Activities>({ startToCloseTimeout: "1 minute" });
export const ask = defineUpdate<void, [number]>("ask");
`;
const ANSWER = `type Answer = { readonly is: "owed" } | { readonly is: "nil" } | { readonly is: "value" };\n`;

const lines = (count: number): string => "export {};\n".repeat(count);
const branches = (count: number): string =>
  `export const count = (given: number): number => {\n${"if (given > 1) return 1;\n".repeat(count)}return 0;\n};\n`;

/** rule → files that break it (path → text). */
export const broken: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "no-floating-promises": {
    "workflows/floating.ts": `${ACTIVITIES}export const story = async () => {\n  send(1);\n};\n`,
  },
  "no-misused-promises": {
    "workflows/validator.ts": `${ACTIVITIES}setHandler(ask, async () => {}, {
  validator: async (count) => {
    if (count > 1) throw new RangeError("refused too late");
  },
});
`,
    "workflows/each.ts": `${ACTIVITIES}export const story = () => [1].forEach(async (count) => {\n  await send(count);\n});\n`,
  },
  "switch-exhaustiveness-check": {
    "domain/forgotten-case.ts": `${ANSWER}export const text = (answer: Answer): string => {
  switch (answer.is) {
    case "owed": return "未回答";
    case "nil": return "該当なし";
  }
  return "";
};
`,
    "domain/swept-under.ts": `${ANSWER}export const text = (answer: Answer): string => {
  switch (answer.is) {
    case "owed": return "未回答";
    default: return "回答済";
  }
};
`,
  },
  "no-explicit-any": { "api/any.ts": "export const given: any = 1;\n" },
  "no-non-null-assertion": {
    "api/non-null.ts": "export const first = (all: readonly string[]): string => all[0]!;\n",
  },
  "ban-ts-comment": { "db/silenced.ts": "// @ts-ignore\nexport const count: string = 1;\n" },
  "consistent-type-imports": {
    "api/type-as-value.ts": `import { Kind } from "./kind.ts";\nexport const kind: Kind = 1;\n`,
  },
  "no-import-type-side-effects": {
    "api/type-and-effect.ts": `import { type Kind } from "./kind.ts";\nexport const kind: Kind = 1;\n`,
  },
  "no-dynamic-require": { "api/computed.ts": "export const load = (path: string) => import(path);\n" },
  "no-default-export": { "domain/default.ts": "export default 1;\n" },
  "no-console": { "activities/chatty.ts": `console.log("sent");\n`, "worker.ts": `console.log("ready");\n` },
  "no-warning-comments": { "db/later.ts": "// TODO: lock the row\nexport const count = 1;\n" },
  "max-lines": { "domain/long.ts": lines(301) },
  "max-lines-per-function": {
    "db/long-function.ts": `export const long = (): number => {\n${"\n".repeat(80)}return 1;\n};\n`,
  },
  complexity: { "domain/tangled.ts": branches(12) },
  "no-restricted-globals": {
    "domain/wall-clock.ts": "export const today = (): string => new Date().toISOString();\n",
    "domain/locale.ts":
      "export const text = (count: number): string => new Intl.NumberFormat().format(count);\n",
    "domain/machine.ts": "export const platform = process.platform;\n",
    "workflows/date.ts": "export const started = Date.now();\n",
    "workflows/locale.ts": `export const form = new Intl.DateTimeFormat("ja");\n`,
    "workflows/temporal.ts": "export const now = Temporal.Now.instant();\n",
    "workflows/back-door.ts": "export const now = globalThis.Date.now();\n",
    "workflows/clock.ts": "export const zone = process.platform;\n",
  },
  "no-restricted-properties": {
    "domain/now.ts": "export const now = Date.now();\n",
    "domain/time.ts": "export const { now } = Date;\n",
    "domain/dice.ts": "export const dice = Math.random();\n",
    "workflows/dice.ts": "export const dice = Math.random();\n",
    "workflows/temporal-now.ts": "export const now = Temporal.Now.instant();\n",
    "activities/setting.ts": `export const host = process.env["SMTP_HOST"];\n`,
    "api/setting.ts": "export const { env } = process;\n",
    "cli/setting.ts": `export const home = process.env["HOME"];\n`,
  },
  "no-focused-tests": {
    "tests/focused.test.ts": `import { it } from "vitest";\nit.only("alone", () => {});\n`,
  },
  "no-disabled-tests": {
    "tests/skipped.test.ts": `import { it } from "vitest";\nit.skip("later", () => {});\n`,
  },
};

/** What the habits leave free. */
export const kept: Readonly<Record<string, string>> = {
  "api/kind.ts": "export type Kind = 1;\n",
  "config.ts": `export const host = process.env["SMTP_HOST"];\n`,
  "dev/engine.ts": `console.log(process.env["PATH"]);\n`,
  "cli/says.ts": `console.log("done");\n`,
  "domain/every-case.ts": `${ANSWER}export const text = (answer: Answer): string => {
  switch (answer.is) {
    case "owed": return "未回答";
    case "nil": return "該当なし";
    case "value": return "回答済";
  }
};
`,
  "domain/round.ts": "export const round = (count: number): number => Math.round(count);\n",
  "planted.config.ts": "export default {};\n",
  "tests/long.test.ts": `export const long = (): number => {\n${"\n".repeat(80)}return 1;\n};\n`,
};

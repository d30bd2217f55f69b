// `npm run rehearse`: a whole year in minutes, on the running service or on one of its own.
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { blocks, lintPlan } from "../domain/lint.ts";
import type { CycleKey } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import { readPlan } from "../plans/read-plan.ts";
import type { PlanProblem } from "../plans/read-yaml.ts";
import { writePlan } from "../plans/write-plan.ts";
import { makeClient, type Client } from "../rehearsals/client.ts";
import { makeProgress } from "../rehearsals/progress.ts";
import { openRehearsal, rehearse, type Rehearsed } from "../rehearsals/rehearsal.ts";
import { rehearsedPlan } from "../rehearsals/rehearsed-plan.ts";
import { readScript, type Script } from "../rehearsals/script.ts";
import { closingTables } from "../rehearsals/tables.ts";
import { timelineText } from "../rehearsals/timeline.ts";
import { readAddresses } from "./addresses.ts";
import { checkout } from "./processes.ts";
import { startService, USUAL_PORTS } from "./service.ts";
import { readTokens, type PersonToken } from "./tokens.ts";

const USAGE = `使い方: npm run rehearse -- [--plan plans/fy2014] [--seed 7] [--people rehearsals/standard.yaml]
  --plan    訓練する年の計画のフォルダ（なければ plans/fy2014）
  --seed    登場する人の振る舞いを決める数。同じ数なら同じ経過になります
  --people  台本（なければ rehearsals/standard.yaml）
--seed を付けないと、訓練を開くだけで進めません。画面の「次へ」で一歩ずつ進めます。`;

/** Whoever runs it has to change something; its message says what. */
class UsageError extends Error {
  override readonly name = "UsageError";
}

const orSay = (problems: readonly PlanProblem[], what: string): never => {
  const lines = problems.map(
    ({ file, line, message }) => `  ${file}${line === null ? "" : `:${line}`} ${message}`,
  );
  throw new UsageError(`${what}が読めません。\n${lines.join("\n")}`);
};
const planIn = async (folder: string): Promise<Plan> => {
  const read = await readPlan(folder);
  return read.ok ? read.plan : orSay(read.problems, `計画 ${folder} `);
};
const scriptIn = async (file: string): Promise<Script> => {
  const read = await readScript(file);
  return read.ok ? read.script : orSay(read.problems, `台本 ${file} `);
};
const seedOf = (raw: string | undefined): number | undefined => {
  if (raw === undefined) return undefined;
  if (!/^\d{1,9}$/.test(raw)) throw new UsageError("--seed には 9 桁までの数を書いてください。");
  return Number(raw);
};

interface Running {
  readonly web: string;
  readonly api: string;
  readonly tokens: readonly PersonToken[];
  /** True where it was started here and ends with this program. */
  readonly isOurs: boolean;
  readonly stop: () => Promise<void>;
}

const isReady = (web: string): Promise<boolean> =>
  fetch(`${web}readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

/** The service that runs, else one of our own for as long as this takes. */
const serviceFor = async (state: string, plan: string, signal: AbortSignal): Promise<Running> => {
  const addresses = readAddresses(state);
  if (addresses !== null && (await isReady(addresses.web)))
    return { ...addresses, tokens: readTokens(state), isOurs: false, stop: () => Promise.resolve() };
  console.log("サービスを起動しています（10秒ほど）。");
  const service = await startService({ state, plan, ports: USUAL_PORTS, signal });
  return { ...service.addresses, tokens: service.tokens, isOurs: true, stop: service.stop };
};

const keep = async (folder: string, { timeline, nextPlan }: Rehearsed): Promise<string> => {
  const next = join(folder, "plans", `fy${nextPlan.year}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "timeline.json"), timelineText(timeline));
  await writePlan({ plan: nextPlan, folder: next });
  const written = await planIn(next);
  if (blocks(lintPlan(written))) throw new Error(`${next}: lint blocks the plan that was carried over`);
  return next;
};

interface Options {
  readonly state: string;
  readonly plan: string;
  readonly people: string;
  readonly seed: number | undefined;
  readonly signal: AbortSignal;
}

interface Opened {
  readonly client: Client;
  readonly cycle: CycleKey;
  readonly plan: Plan;
  readonly script: Script;
}

const play = async (
  { state, seed, signal }: Options & { readonly seed: number },
  { client, cycle, plan, script }: Opened,
): Promise<void> => {
  const startedAt = performance.now();
  const progress = makeProgress(process.stdout);
  const rehearsed = await rehearse({
    client,
    cycle,
    plan,
    script,
    seed,
    signal,
    onLook: progress.show,
  }).finally(progress.end);
  if (rehearsed === undefined) return console.log(`訓練 ${cycle} を途中で止めました。画面から続けられます。`);
  const folder = join(state, "rehearsals", cycle);
  const next = await keep(folder, rehearsed);
  console.log(`\n${closingTables({ ...rehearsed, plan })}\n`);
  console.log(`所要時間　　　　${((performance.now() - startedAt) / 1000).toFixed(0)}秒`);
  console.log(`経過の記録　　　${relative(process.cwd(), join(folder, "timeline.json"))}`);
  console.log(`次年度の計画　　${relative(process.cwd(), next)}`);
};

const run = async (options: Options): Promise<void> => {
  const [planned, script] = [await planIn(options.plan), await scriptIn(options.people)];
  const { seed } = options;
  // Stepped by hand, the year is the plan's and nobody else's.
  const plan = seed === undefined ? planned : rehearsedPlan(planned, script);
  const service = await serviceFor(options.state, options.plan, options.signal);
  try {
    const client = makeClient(service);
    const cycle = await openRehearsal(client, plan);
    console.log(`訓練 ${cycle} を開きました。${service.web}`);
    if (seed !== undefined) return await play({ ...options, seed }, { client, cycle, plan, script });
    console.log(`画面の「次へ」か POST ${service.api}/cycles/${cycle}/advance で、一歩ずつ進めます。`);
    if (!options.signal.aborted) await untilAborted(options.signal, service);
  } finally {
    await service.stop();
  }
};

/** A service of our own is there for as long as the trainee steps; one that ran before stays without us. */
const untilAborted = (signal: AbortSignal, service: Running): Promise<void> =>
  new Promise((resolveAborted) => {
    if (service.isOurs) signal.addEventListener("abort", () => resolveAborted(), { once: true });
    else resolveAborted();
  });

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
try {
  const { values } = parseArgs({
    options: {
      plan: { type: "string", default: join(checkout, "plans", "fy2014") },
      people: { type: "string", default: join(checkout, "rehearsals", "standard.yaml") },
      seed: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) console.log(USAGE);
  else
    await run({
      state: resolve(checkout, process.env["STATE_DIR"] ?? ".nenrin"),
      plan: resolve(values.plan),
      people: resolve(values.people),
      seed: seedOf(values.seed),
      signal: stop.signal,
    });
} catch (error) {
  if (stop.signal.aborted) console.log("止めました。");
  else {
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

import { join, resolve } from "node:path";
import type { Plan } from "../domain/plan.ts";
import { readPlan } from "../plans/read-plan.ts";
import { removeAddresses, writeAddresses, type Addresses } from "./addresses.ts";
import { startEngines, type Engines } from "./engines.ts";
import { takeState } from "./lock.ts";
import { reservePorts } from "./ports.ts";
import { checkout, makeProcesses, type Running } from "./processes.ts";
import { bundleWorkflows, EMBEDDED_CLIENT, serviceEnvironment, startApi, startWorker } from "./programs.ts";
import { allOf, makeStopping } from "./stopping.ts";
import { provideTokens, type PersonToken } from "./tokens.ts";

/** A whole Nenrin on loopback: engines, worker and API, as `npm start` has it. */
export interface Service {
  readonly addresses: Addresses;
  readonly tokens: readonly PersonToken[];
  readonly plan: Plan;
  readonly engines: Engines;
  readonly worker: Running;
  readonly api: Running;
  /** Another worker, beside the first or after its end. */
  readonly startWorker: () => Promise<Running>;
  /** API, workers, Temporal, PostgreSQL, in this order; at most 10 s. */
  readonly stop: () => Promise<void>;
}

/** Where each part listens, or the next free port after it; 0 for any free one. */
export const USUAL_PORTS = {
  web: 8080,
  postgres: 5433,
  temporal: 7233,
  temporalUi: 8233,
  smtp: 2525,
  mail: 8025,
  identity: 9400,
};
export const ANY_PORTS: typeof USUAL_PORTS = {
  web: 0,
  postgres: 0,
  temporal: 0,
  temporalUi: 0,
  smtp: 0,
  mail: 0,
  identity: 0,
};

export interface ServiceOptions {
  /** Folder where all data live; made if there is none. One service at a time. */
  readonly state: string;
  readonly ports?: typeof USUAL_PORTS;
  /** The plan's folder. */
  readonly plan?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Told what is being done. */
  readonly say?: (what: string) => void;
  /** Aborted, it stops what has started so far, and the start fails. */
  readonly signal?: AbortSignal;
}

const FY2014 = join(checkout, "plans", "fy2014");

const planIn = async (folder: string): Promise<Plan> => {
  const read = await readPlan(folder);
  if (read.ok) return read.plan;
  const problems = read.problems.map(({ file, line, message }) => `  ${file}:${line ?? ""} ${message}`);
  throw new Error(`The plan in ${folder} can't be read:\n${problems.join("\n")}`);
};

/**
 * Starts everything and answers when `/readyz` is green.
 *
 * @throws StateIsTaken if a service has the folder; an Error with a program's last lines if it does not get ready.
 * Whatever had started is stopped again.
 */
export const startService = async (options: ServiceOptions): Promise<Service> => {
  const stopping = makeStopping();
  const abort = (): void => void stopping.stop().catch(() => {});
  options.signal?.addEventListener("abort", abort);
  try {
    return await start(options, stopping);
  } catch (error) {
    await stopping.stop();
    throw error;
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }
};

const start = async (
  options: ServiceOptions,
  stopping: ReturnType<typeof makeStopping>,
): Promise<Service> => {
  const { ports: wanted = ANY_PORTS, environment = process.env, say = () => {} } = options;
  const state = resolve(options.state);
  await stopping.place()(takeState(state));
  removeAddresses(state);
  await stopping.place()(() => removeAddresses(state));
  const plan = await planIn(options.plan ?? FY2014);
  const { ports, release } = await reservePorts(wanted);
  await stopping.place()(release);
  const processes = makeProcesses({ logs: join(state, "logs") });
  await stopping.place()(processes.close);

  const web = `http://127.0.0.1:${ports.web}`;
  say("Starting PostgreSQL, Temporal, the mail capture and the sign-in: about 4 s.");
  const client = { ...EMBEDDED_CLIENT, redirectUri: `${web}/sign-in/callback` };
  const [engines, bundle] = await allOf([
    startEngines({ state, ports, processes, stopping, environment, web, plan, client }),
    bundleWorkflows(state),
  ]);

  say("Starting the worker and the API: about 4 s.");
  const variables = serviceEnvironment({ engines, state, bundle, web, port: ports.web, environment });
  const workersPlace = stopping.place();
  const workers: Running[] = [];
  await workersPlace(async () => {
    await Promise.all(workers.map((worker) => worker.stop({ withinMs: 3_000 })));
  });
  const anotherWorker = async (): Promise<Running> => {
    const worker = await startWorker({ processes, engines, variables, number: workers.length + 1 });
    workers.push(worker);
    return worker;
  };
  const apiPlace = stopping.place();
  const theApi = async (): Promise<Running> => {
    const running = await startApi({ processes, variables, web });
    await apiPlace(() => running.stop({ withinMs: 1_000 }));
    return running;
  };
  const [tokens, worker, api] = await allOf([
    provideTokens({ state, databaseUrl: engines.databaseUrl, plan }),
    anotherWorker(),
    theApi(),
  ]);
  const addresses: Addresses = {
    web: `${web}/`,
    api: `${web}/api/v1`,
    temporal: engines.temporal.address,
    temporalUi: engines.temporal.uiUrl,
    mail: engines.mailbox.pageUrl,
    postgres: engines.databaseUrl,
  };
  writeAddresses(state, addresses);
  return {
    addresses,
    tokens,
    plan,
    engines,
    worker,
    api,
    startWorker: anotherWorker,
    stop: stopping.stop,
  };
};

// `npm start`: everything on this machine from one command, until Ctrl-C.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { readAddresses } from "./addresses.ts";
import { provideFirstYear } from "./first-year.ts";
import { isMeant, removeState } from "./fresh.ts";
import { StateIsTaken, takeState } from "./lock.ts";
import { checkout } from "./processes.ts";
import { startService, USUAL_PORTS, type Service } from "./service.ts";

const USAGE = `Usage: npm start [-- --fresh]
  --fresh   start over: forget the year in the state folder
The state folder is .nenrin, or STATE_DIR if that is set.`;

const say = (what: string): void => console.log(what);

const startOver = async (state: string): Promise<boolean> => {
  if (process.env["TEMPORAL_ADDRESS"])
    throw new Error("--fresh can't forget the workflows of the Temporal server at TEMPORAL_ADDRESS.");
  const release = takeState(state);
  try {
    if (!(await isMeant(state))) return false;
    say("Starting over.");
    removeState(state);
    return true;
  } finally {
    release();
  }
};

const shown = ({ addresses: { web, temporalUi, mail } }: Service, seconds: string): string =>
  [
    `\n年輪 is ready after ${seconds} s.`,
    `  Screens         ${web}`,
    `  API reference   ${web}docs`,
    ...(temporalUi === null ? [] : [`  Temporal UI     ${temporalUi}`]),
    `  Captured mail   ${mail}`,
    `Ctrl-C stops it; the next start goes on with the same year.\n`,
  ].join("\n");

/** Resolves when somebody wants it to end. */
const askedToStop = (): { readonly asked: Promise<string>; readonly signal: AbortSignal } => {
  const stop = new AbortController();
  const asked = new Promise<string>((resolveAsked) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => {
        stop.abort();
        resolveAsked(signal);
      });
  });
  return { asked, signal: stop.signal };
};

/** Resolves when a part has ended by itself, which none should, with what there is to say about it. */
const broken = ({ api, worker, engines: { postgres, temporal } }: Service): Promise<string> =>
  Promise.race(
    [api, worker, postgres.running, ...(temporal.running === null ? [] : [temporal.running])].map(
      async (running) => `${running.name} ended: ${await running.ended}\n${running.lastLines().join("\n")}`,
    ),
  );

/** The year is there and everything is shown, until somebody ends it or a part breaks. */
const serve = async (
  service: Service,
  { asked, startedAt }: { asked: Promise<string>; startedAt: number },
) => {
  const failed = broken(service);
  const { cycle, isNew } = await provideFirstYear({ ...service, api: service.addresses.api });
  say(isNew ? `Opened the plan fy2014 as rehearsal ${cycle}.` : `Going on with cycle ${cycle}.`);
  say(shown(service, ((performance.now() - startedAt) / 1000).toFixed(1)));
  const trouble = await Promise.race([asked.then(() => null), failed]);
  if (trouble !== null) throw new Error(trouble);
};

const run = async (state: string): Promise<void> => {
  const startedAt = performance.now();
  const { asked, signal } = askedToStop();
  const service = await startService({ state, ports: USUAL_PORTS, say, signal }).catch((error: unknown) => {
    // What ended because it was told to has nothing to say.
    if (signal.aborted) return null;
    throw error;
  });
  if (service === null) return say("Stopped before it was ready.");
  try {
    await serve(service, { asked, startedAt });
    say("Stopping.");
  } finally {
    await service.stop();
  }
};

/** Who starts a second time wants to know where the first one is. */
const explained = (error: unknown, state: string): string => {
  if (!(error instanceof Error)) return String(error);
  if (!(error instanceof StateIsTaken)) return error.message;
  const web = readAddresses(state)?.web;
  return `${error.message}\n${web === undefined ? "It is starting or stopping." : `Its screens are at ${web}`}`;
};

const { values } = parseArgs({ options: { fresh: { type: "boolean" }, help: { type: "boolean" } } });
const state = resolve(checkout, process.env["STATE_DIR"] ?? ".nenrin");
try {
  if (values.help === true) say(USAGE);
  else if (values.fresh !== true || (await startOver(state))) await run(state);
} catch (error) {
  console.error(`\n${explained(error, state)}\n`);
  process.exitCode = 1;
}

import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { canonicalJson } from "../domain/canonical.ts";
import { hashOfSecret } from "../api/secrets.ts";
import type { Plan } from "../domain/plan.ts";
import type { PersonToken } from "./tokens.ts";

/** What can be tried at once: a year to look at, opened as any preparer would. */
export interface FirstYear {
  /** The newest cycle's key, e.g. `2014-r1`. */
  readonly cycle: string;
  /** False if it was there before. */
  readonly isNew: boolean;
}

const Cycles = z.object({ cycles: z.array(z.object({ cycle: z.string() })) });
const StoredPlan = z.object({ hash: z.string() });
const OpenedCycle = z.object({ cycle: z.string() });
const PATIENCE_MS = 30_000;

interface Caller {
  /** `http://…/api/v1` */
  readonly api: string;
  readonly token: string;
}

const ask = async (
  { api, token }: Caller,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly json: unknown }> => {
  const response = await fetch(`${api}${path}`, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      // The same wish has the same key: an interrupted start is taken up where it stood.
      ...(body === undefined ? {} : { "idempotency-key": `npm-start-${hashOfSecret(canonicalJson(body))}` }),
    },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answers ${response.status}: ${text}`);
  return { status: response.status, json: JSON.parse(text) };
};

/** Until the cycle can be seen: the reply 202 says only that its opening is kept. */
const untilOpen = async (caller: Caller, cycle: string): Promise<void> => {
  const deadline = performance.now() + PATIENCE_MS;
  const isOpen = async (): Promise<boolean> =>
    Cycles.parse((await ask(caller, "/cycles")).json).cycles.some((open) => open.cycle === cycle);
  while (!(await isOpen())) {
    if (performance.now() > deadline) throw new Error(`The cycle ${cycle} is not open after 30 s.`);
    await setTimeout(100);
  }
};

/** Imports the plan and opens it as a rehearsal through the API, unless a cycle is there already. */
export const provideFirstYear = async ({
  api,
  tokens,
  plan,
}: {
  readonly api: string;
  readonly tokens: readonly PersonToken[];
  readonly plan: Plan;
}): Promise<FirstYear> => {
  const preparer = tokens.find(({ role }) => role === "preparer");
  if (preparer === undefined) throw new Error("Nobody in the plan prepares: people.yaml has no preparer.");
  const caller = { api, token: preparer.token };
  const { cycles } = Cycles.parse((await ask(caller, "/cycles")).json);
  const newest = cycles.at(-1);
  if (newest !== undefined) return { cycle: newest.cycle, isNew: false };
  const { hash } = StoredPlan.parse((await ask(caller, "/plans", plan)).json);
  const { cycle } = OpenedCycle.parse((await ask(caller, "/cycles", { plan: hash, rehearsal: true })).json);
  await untilOpen(caller, cycle);
  return { cycle, isNew: true };
};

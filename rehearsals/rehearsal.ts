import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { planSchema } from "../api/routes/plan-schema.ts";
import { staffOf } from "../domain/catalogue.ts";
import type { CycleKey } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import { castOf } from "./cast.ts";
import type { Client } from "./client.ts";
import type { Caller } from "./signing-in.ts";
import { pagesOf } from "./looking.ts";
import { runYear } from "./run.ts";
import type { Script } from "./script.ts";
import { timelineOf, type Timeline } from "./timeline.ts";
import type { View } from "./view.ts";
import * as wire from "./wire.ts";

/** Stores the plan and opens it as the next rehearsal. Each call opens another. */
export const openRehearsal = async (client: Client, plan: Plan): Promise<CycleKey> => {
  const [preparer] = staffOf(plan, "preparer");
  if (preparer === undefined) throw new RangeError("the plan has no preparer: nobody could open it");
  const caller: Caller = { person: preparer.id, role: "preparer" };
  const post = <Schema extends z.ZodType>(path: string, body: object, schema: Schema) =>
    client.post(caller, { path, body, idempotencyKey: randomUUID() }, schema);
  const { hash } = await post("/plans", plan, wire.stored);
  const { cycle } = await post("/cycles", { plan: hash, rehearsal: true }, wire.opened);
  return cycle;
};

export interface Rehearsal {
  readonly client: Client;
  readonly cycle: CycleKey;
  readonly plan: Plan;
  readonly script: Script;
  readonly seed: number;
  readonly onLook: (view: View) => void | Promise<void>;
  readonly signal: AbortSignal;
}
export interface Rehearsed {
  readonly timeline: Timeline;
  readonly requests: readonly wire.RequestReply[];
  readonly surveys: readonly wire.SurveyReply[];
  /** Next year's plan as carried over. */
  readonly nextPlan: Plan;
}

const recordOf = async ({ client, cycle, plan }: Pick<Rehearsal, "client" | "cycle" | "plan">) => {
  const [auditor] = staffOf(plan, "auditor");
  if (auditor === undefined) throw new RangeError("the plan has no auditor: nobody could read all of it");
  const caller: Caller = { person: auditor.id, role: "auditor" };
  const read = <Schema extends z.ZodType>(path: string, schema: Schema) =>
    client.get(caller, `/cycles/${cycle}${path}`, schema);
  const [mails, events, { surveys }] = await Promise.all([
    pagesOf(async (from) => {
      const page = await read(`/mails?limit=500${from === null ? "" : `&cursor=${from}`}`, wire.mails);
      return { rows: page.mails, next: page.next };
    }),
    pagesOf(async (from) => {
      const page = await read(`/audit?limit=1000${from === null ? "" : `&after=${from}`}`, wire.audit);
      return { rows: page.events, next: page.next };
    }),
    read("/surveys", wire.surveys),
  ]);
  return { mails, events, surveys };
};

/**
 * Plays the whole year of an opened rehearsal. undefined where it was stopped before its end.
 *
 * @throws StandStill or ApiRefusal where the year cannot go on
 */
export const rehearse = async (rehearsal: Rehearsal): Promise<Rehearsed | undefined> => {
  const { client, cycle, plan, seed } = rehearsal;
  const cast = castOf(rehearsal);
  const view = await runYear({ ...rehearsal, cast });
  const { nextPlan: hash } = view.cycle;
  if (view.cycle.stage !== "finished" || hash === null) return undefined;
  const record = await recordOf({ client, cycle, plan });
  const nextPlan = await client.get(
    { person: cast.preparers[0], role: "preparer" },
    `/plans/${hash}`,
    planSchema,
  );
  const { requests } = view;
  return {
    timeline: timelineOf({ seed, cycle: view.cycle, requests, ...record }),
    requests,
    surveys: record.surveys,
    nextPlan,
  };
};

import { z } from "zod";
import { access, knownCycle, nowOf, planOf, refusals, type Route } from "../acting.ts";
import { at, date, id, inCycle, listOf, reason, requestKind, sha } from "../schemas.ts";
import { whatIf } from "../what-if.ts";
import { planChanges } from "./amendments.ts";
import { courseSchema, plannedMail } from "./preview.ts";

const due = z.strictObject({ is: z.literal("due"), request: id, dueOn: date });
const anyChange = z.discriminatedUnion("is", [due, ...planChanges]);

const whys = listOf(z.string());
const term = z.object({ dueAt: at, closeAt: at, why: z.object({ due: whys, close: whys }) }).nullable();
const step = z
  .object({
    act: z.string(),
    by: z.string(),
    method: z.literal("POST"),
    path: z.string(),
    body: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "Step", description: "そのまま送れば行われる操作。by はできる役職" });
const found = z
  .object({
    now: at,
    plan: z.object({ was: sha, becomes: sha }).nullable(),
    dates: listOf(
      z.object({
        request: z.string(),
        kind: requestKind,
        organisation: z.string(),
        before: term,
        after: term,
      }),
    ),
    mails: z.object({
      before: z.int(),
      after: z.int(),
      added: listOf(plannedMail),
      removed: listOf(plannedMail),
      moved: listOf(z.object({ from: plannedMail, to: plannedMail })),
    }),
    decision: z.object({ before: courseSchema, after: courseSchema }),
    apply: step,
    afterwards: step.nullable().meta({ description: "apply のあとに要る、別の人の操作" }),
  })
  .meta({ id: "WhatIf", description: "変更した場合の違い。何も変えない" });
const askWhatIf: Route = (app, desk) => {
  app.post(
    "/cycles/:cycle/what-if",
    {
      config: access("what-if", "cycle"),
      schema: {
        summary: "変更した場合に変わる日付とメールを確かめる（何も変えない）",
        params: inCycle,
        body: z.strictObject({ change: anyChange, reason: reason.exactOptional() }),
        response: { 200: found, ...refusals },
      },
    },
    async (request) => {
      const { change, reason: given } = request.body;
      const cycle = await knownCycle(desk, request.params.cycle);
      const { body: plan } = await planOf(desk, cycle.plan);
      return whatIf(desk.db, { cycle, plan, now: nowOf(desk, cycle), change, reason: given });
    },
  );
};

/** A question, not an act: it needs no key and leaves no trace. */
export const whatIfRoutes: readonly Route[] = [askWhatIf];

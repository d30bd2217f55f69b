import { z } from "zod";
import { correctDecision } from "../../db/acts.ts";
import { reviewsOf, type Reviews } from "../../db/queries/reviews.ts";
import type { CycleKey } from "../../domain/ids.ts";
import {
  access,
  doneSchema,
  keyHeader,
  knownCycle,
  nowOf,
  once,
  planOf,
  refusals,
  type Desk,
  type Route,
} from "../acting.ts";
import { actorOf } from "../plugins/actor.ts";
import { ProblemError } from "../problems.ts";
import { at, inCycle, listOf, on, outcome, prose, reason, sha } from "../schemas.ts";

const correction = z.object({ id: z.int(), text: z.string(), reason: z.string(), by: z.string(), at });
const subject = z.enum(["policy", "report", "next-plan"]);
const mark = z.string().nullable().meta({
  description: "そのとき最新だった監査記録の控え。<件数>:<ルートの先頭16桁>",
  example: "1234:0123456789abcdef",
});
const shown = z
  .object({
    approvals: listOf(
      z.object({
        id: z.int(),
        subject,
        hash: sha,
        outcome: z.enum(["approved", "returned"]),
        by: z.string(),
        standsInFor: z.string().nullable().meta({ description: "代決のとき、本来の決裁者" }),
        reason: z.string().nullable(),
        at,
        mark,
        counts: z.boolean().meta({ description: "false は、差戻し又は新しい版により効力を失った承認" }),
        corrections: listOf(correction),
      }),
    ),
    decisions: listOf(
      z.object({
        id: z.int(),
        subject,
        hash: sha,
        outcome,
        meeting: z.string(),
        number: z.int().nullable().meta({ description: "第何回会合か" }),
        heldOn: on,
        body: z.string().nullable().meta({ description: "決定の日における本部の名称" }),
        reason: z.string().nullable(),
        by: z.string(),
        at,
        mark,
        corrections: listOf(correction),
      }),
    ),
  })
  .meta({ id: "Reviews", description: "決裁と本部決定の記録。訂正は別の記録として加わる" });

const reviewed = async (desk: Desk, of: CycleKey): Promise<Reviews> => {
  const { plan } = await knownCycle(desk, of);
  return reviewsOf(desk.db, { cycle: of, plan: (await planOf(desk, plan)).body });
};

const showReviews: Route = (app, desk) => {
  app.get(
    "/cycles/:cycle/reviews",
    {
      config: access("report", "cycle"),
      schema: { summary: "決裁と本部決定の記録", params: inCycle, response: { 200: shown, ...refusals } },
    },
    async (request) => reviewed(desk, request.params.cycle),
  );
};

const correctReview: Route = (app, desk) => {
  app.post(
    "/cycles/:cycle/reviews/corrections",
    {
      config: access("decision.correct", "cycle"),
      schema: {
        summary: "決裁・決定の記録の誤りを、別の記録で訂正する",
        params: inCycle,
        headers: keyHeader,
        body: z.strictObject({
          of: z.enum(["approval", "decision"]),
          corrects: z.int().meta({ description: "誤りのある決裁・決定の id" }),
          text: prose.meta({ description: "正しくはどう読むか" }),
          reason,
        }),
        response: { 200: doneSchema, ...refusals },
      },
    },
    async (request) => {
      const { cycle } = request.params;
      const { of, corrects } = request.body;
      const known = await reviewed(desk, cycle);
      const listed = of === "approval" ? known.approvals : known.decisions;
      if (!listed.some(({ id }) => id === corrects)) throw new ProblemError("not-found");
      const at = nowOf(desk, await knownCycle(desk, cycle));
      const [actor, now] = [actorOf(request), desk.clock()];
      const { act, sequence, hash } = await once(desk, request, (identity) =>
        correctDecision(desk.db, { ...request.body, ...identity, actor, now, cycle, at }),
      );
      return { act, sequence, hash };
    },
  );
};

/** 決裁・本部決定: as they were recorded, for good; a mistake is corrected beside them. */
export const reviewRoutes: readonly Route[] = [showReviews, correctReview];

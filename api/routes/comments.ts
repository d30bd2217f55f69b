import { z } from "zod";
import { commentsOf } from "../../db/queries/opinions.ts";
import { access, listedFor, refusals, type Route } from "../acting.ts";
import { actorOf } from "../plugins/actor.ts";
import { at, inCycle, listOf } from "../schemas.ts";

const shown = z
  .object({
    id: z.string(),
    round: z.int(),
    request: z.string(),
    organisation: z.string(),
    at,
    section: z.string().nullable(),
    text: z.string(),
    proposal: z.string().nullable(),
    disposition: z.enum(["reflected", "partly-reflected", "not-reflected"]).nullable(),
    reason: z.string().nullable(),
    change: z.string().nullable().meta({ description: "修正の内容" }),
    nextYear: z.boolean(),
    disposedBy: z.string().nullable(),
  })
  .meta({ id: "Comment", description: "意見と、それへの対応" });

const listComments: Route = (app, { db }) => {
  app.get(
    "/cycles/:cycle/comments",
    {
      config: access("comments", "cycle"),
      schema: {
        summary: "意見照会に寄せられた意見",
        params: inCycle,
        querystring: z.strictObject({
          round: z
            .string()
            .regex(/^[1-9]\d?$/)
            .transform(Number)
            .exactOptional()
            .meta({ description: "何回目の意見照会か" }),
        }),
        response: { 200: z.object({ comments: listOf(shown) }), ...refusals },
      },
    },
    async (request) => {
      const whose = listedFor(actorOf(request), "comments");
      if (whose === "nobody") return { comments: [] };
      const { round } = request.query;
      return { comments: await commentsOf(db, { cycle: request.params.cycle, round, ...whose }) };
    },
  );
};

/** 意見: each is disposed of by itself; that is an act on the report. */
export const commentRoutes: readonly Route[] = [listComments];

import { z } from "zod";
import { requestTimeline } from "../../db/queries/request-timeline.ts";
import { requestById } from "../../db/queries/requests.ts";
import { access, refusals, type Route } from "../acting.ts";
import { actorOf } from "../plugins/actor.ts";
import { eventsFor } from "../posts.ts";
import { ProblemError } from "../problems.ts";
import { at, byId, listOf } from "../schemas.ts";

const event = z
  .object({
    sequence: z.int(),
    at,
    actor: z.string(),
    name: z.string().nullable(),
    role: z.string(),
    action: z.string(),
    reason: z.string().nullable(),
    onBehalfOf: z.string().nullable().meta({ description: "代理入力のとき、依頼した人の氏名" }),
  })
  .meta({ id: "RequestEvent", description: "照会に対して行われたこと。sequence は監査記録の番号" });

/** 経過: who did what to a request when, and why. */
export const requestTimelineRoute: Route = (app, { db }) => {
  app.get(
    "/requests/:id/timeline",
    {
      config: access("request", "request"),
      schema: {
        summary: "照会の経過",
        params: byId,
        response: { 200: z.object({ events: listOf(event) }), ...refusals },
      },
    },
    async (request) => {
      const { id } = request.params;
      const found = await requestById(db, id);
      if (found === undefined) throw new ProblemError("not-found");
      const events = await requestTimeline(db, { cycle: found.cycle, id });
      return { events: eventsFor(actorOf(request), found, events) };
    },
  );
};

import { z } from "zod";
import { eventsOf } from "../../db/queries/audit.ts";
import { access, refusals, type Route } from "../acting.ts";
import { at, inCycle, listOf, page, pageOf, sha } from "../schemas.ts";

const shown = z
  .object({
    sequence: z.int(),
    recordedAt: at,
    at,
    actor: z.string(),
    role: z.string(),
    action: z.string(),
    object: z.string(),
    hash: sha.nullable(),
    reason: z.string().nullable(),
    result: z.unknown(),
    act: z.string().nullable(),
    workflow: z.string().nullable(),
    run: z.string().nullable(),
    prev: sha,
    self: sha,
  })
  .meta({ id: "AuditEvent", description: "監査記録。self は prev を含む全体の SHA-256（RFC 8785）" });

const listEvents: Route = (app, { db }) => {
  app.get(
    "/cycles/:cycle/audit",
    {
      config: access("audit", "cycle"),
      schema: {
        summary: "監査記録",
        params: inCycle,
        querystring: z.strictObject({
          after: z
            .string()
            .regex(/^\d{1,15}$/)
            .transform(Number)
            .default(0),
          ...page(1000),
        }),
        response: { 200: z.object({ events: listOf(shown), next: z.string().nullable() }), ...refusals },
      },
    },
    async (request) => {
      const { after, limit } = request.query;
      const found = await eventsOf(db, { cycle: request.params.cycle, after, limit: limit + 1 });
      const { rows, next } = pageOf(found, limit, ({ sequence }) => String(sequence));
      return { events: rows, next };
    },
  );
};

/** The chain of what ever changed state, as far as it is the cycle's. */
export const auditRoutes: readonly Route[] = [listEvents];

import { z } from "zod";
import { findingsOf } from "../../db/queries/findings.ts";
import { actRoute } from "../act-route.ts";
import { access, refusals, type Route } from "../acting.ts";
import { id, inCycle, listOf, reason } from "../schemas.ts";

const into = z.enum(["next", "dropped"]);
const shown = z
  .object({
    id: z.string(),
    cause: z.string(),
    origin: z.string(),
    note: z.string(),
    into: into.nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: "Finding", description: "次年度への反映事項" });

const listFindings: Route = (app, { db }) => {
  app.get(
    "/cycles/:cycle/findings",
    {
      config: access("findings", "cycle"),
      schema: {
        summary: "次年度への反映事項",
        params: inCycle,
        response: { 200: z.object({ findings: listOf(shown) }), ...refusals },
      },
    },
    async (request) => ({ findings: await findingsOf(db, request.params.cycle) }),
  );
};

/** 次年度への反映: what the year leaves open, carried on or dropped with a reason. */
export const findingRoutes: readonly Route[] = [
  listFindings,
  actRoute({
    url: "/cycles/:cycle/findings/carry",
    name: "cycle.carry",
    summary: "反映事項の扱いを決める",
    body: z.strictObject({ findings: z.array(id).max(2000), into, reason: reason.exactOptional() }),
    given: ({ reason: why, ...args }) => ({ args, reason: why }),
  }),
];

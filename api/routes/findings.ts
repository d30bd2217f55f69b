import { z } from "zod";
import { findingsOf } from "../../db/queries/findings.ts";
import { actRoute } from "../act-route.ts";
import { access, refusals, type Route } from "../acting.ts";
import { id, inCycle, listOf, measure, reason } from "../schemas.ts";

const into = z.enum(["next", "dropped"]);
const followUp = z.enum(["continue", "modify", "new", "merge"]);
const shown = z
  .object({
    id: z.string(),
    cause: z.string(),
    origin: z.string(),
    note: z.string(),
    into: into.nullable(),
    reason: z.string().nullable(),
    followUp: followUp.nullable(),
    target: z.string().nullable(),
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
    body: z.strictObject({
      findings: z.array(id).max(2000),
      into,
      followUp: followUp.exactOptional().meta({ description: "次年度での扱い。省くと continue（継続）" }),
      target: measure.exactOptional().meta({ description: "merge（統合）のとき、統合先の施策" }),
      reason: reason.exactOptional().meta({ description: "継続のほかは必要" }),
    }),
    given: ({ reason: why, ...args }) => ({ args, reason: why }),
  }),
];

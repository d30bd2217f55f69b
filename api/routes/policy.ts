import { z } from "zod";
import { draftContent } from "../../db/content.ts";
import { contentsOf } from "../../db/queries/content.ts";
import { approvalStanding, lastSubmitted } from "../../db/queries/standing.ts";
import { actRoute } from "../act-route.ts";
import { decisionGiven } from "../decision.ts";
import { access, knownCycle, planOf, refusals, type Route } from "../acting.ts";
import { approvalSchema, decisionBody, hash, inCycle, line, prose, reason } from "../schemas.ts";

const showPolicy: Route = (app, desk) => {
  const { db } = desk;
  app.get(
    "/cycles/:cycle/policy",
    {
      config: access("policy", "cycle"),
      schema: {
        summary: "実施方針と決裁の状況",
        params: inCycle,
        response: {
          200: approvalSchema.extend({ title: z.string().nullable(), text: z.string().nullable() }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const about = { cycle: request.params.cycle, subject: "policy" as const };
      const { plan } = await knownCycle(desk, about.cycle);
      const { policy: steps } = (await planOf(desk, plan)).body.approvals;
      const content = await lastSubmitted(db, about);
      const texts = await contentsOf(db, "policy", content === null ? [] : [content]);
      const { title = null, text = null } = texts.get(content ?? "")?.body ?? {};
      return { ...(await approvalStanding(db, { ...about, steps })), title, text };
    },
  );
};

/** 実施方針: submitted, approved in the plan's order, decided by the headquarters. */
export const policyRoutes: readonly Route[] = [
  showPolicy,
  actRoute({
    url: "/cycles/:cycle/policy",
    name: "cycle.submit-policy",
    summary: "実施方針を決裁に回す",
    body: z.strictObject({ title: line, text: prose }),
    given: (body) => {
      const content = draftContent("policy", body);
      return { args: { content: content.ref }, contents: [content] };
    },
  }),
  actRoute({
    url: "/cycles/:cycle/policy/approval",
    name: "cycle.approve-policy",
    summary: "実施方針を承認する",
    body: z.strictObject({ hash }),
    given: (args) => ({ args }),
  }),
  actRoute({
    url: "/cycles/:cycle/policy/return",
    name: "cycle.return-policy",
    summary: "実施方針を差し戻す",
    body: z.strictObject({ hash, reason }),
    given: ({ reason: why, ...args }) => ({ args, reason: why }),
  }),
  actRoute({
    url: "/cycles/:cycle/policy/decision",
    name: "cycle.decide-policy",
    summary: "実施方針の本部決定を記録する",
    body: decisionBody,
    given: decisionGiven,
  }),
];

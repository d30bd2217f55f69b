import { z } from "zod";
import { previewOf } from "../../domain/preview.ts";
import { access, planOf, refusals, type Route } from "../acting.ts";
import { at, hash, listOf, on } from "../schemas.ts";
import { launchable } from "./plans.ts";

export const plannedMail = z
  .object({
    at,
    contact: z.string(),
    organisation: z.string(),
    letter: z.string(),
    rung: z.string().nullable(),
    request: z.string().nullable(),
    items: listOf(z.string()),
  })
  .meta({ id: "PlannedMail", description: "送られるメール。rung は督促の段" });

export const courseSchema = z
  .object({
    collectedOn: on,
    consultation: z.object({ opensOn: on, closesOn: on }).nullable(),
    decisionOn: on,
    slackBusinessDays: z.int(),
  })
  .meta({
    id: "Course",
    description:
      "最後の回答から本部決定までの日程。slackBusinessDays は評価・原案・決裁に残る開庁日数（負なら間に合わない）",
  });

const who = z.enum(["nobody", "everybody"]);

const preview: Route = (app, desk) => {
  app.get(
    "/plans/:hash/preview",
    {
      config: access("preview", "plan"),
      schema: {
        summary: "計画どおりに送られるメールの一覧（誰も答えない場合、全員が答える場合）",
        params: z.object({ hash }),
        querystring: z.strictObject({ who }),
        response: { 200: z.object({ who, mails: listOf(plannedMail), course: courseSchema }), ...refusals },
      },
    },
    async (request) => {
      const { body: plan } = await planOf(desk, request.params.hash);
      return previewOf(launchable(plan), request.query.who);
    },
  );
};

/** What a plan will send, before any year goes by it. */
export const previewRoutes: readonly Route[] = [preview];

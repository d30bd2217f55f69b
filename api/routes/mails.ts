import { z } from "zod";
import { mailOf, mailsOf } from "../../db/queries/mail.ts";
import { mailStates } from "../../domain/mail.ts";
import { access, listedFor, refusals, type Route } from "../acting.ts";
import { actorOf } from "../plugins/actor.ts";
import { ProblemError } from "../problems.ts";
import { mailActRoutes } from "./mail-acts.ts";
import { at, hash, inCycle, listOf, page, pageOf, sha } from "../schemas.ts";

const listed = z.object({
  key: sha,
  letter: z.string(),
  person: z.string(),
  organisation: z.string(),
  address: z.string(),
  request: z.string().nullable(),
  rung: z.string().nullable(),
  items: listOf(z.string()),
  subject: z.string(),
  at,
  queuedAt: at,
  state: z.string(),
  attempts: z.int(),
  reply: z.string().nullable(),
  settledAt: at.nullable(),
});
const shown = listed
  .extend({
    text: z.string(),
    ics: z.string().nullable(),
    messageId: z.string(),
    inReplyTo: z.string().nullable(),
    rawHash: sha,
    tried: listOf(
      z.object({
        number: z.int(),
        phase: z.string(),
        startedAt: at,
        endedAt: at.nullable(),
        reply: z.string().nullable(),
        outcome: z.string().nullable(),
      }),
    ),
    reports: listOf(
      z.object({
        action: z.string(),
        status: z.string().nullable(),
        recipient: z.string().nullable(),
        diagnostic: z.string().nullable(),
        readAt: at,
      }),
    ),
  })
  .meta({ id: "Mail", description: "メールの台帳の1通" });

const listMails: Route = (app, { db }) => {
  app.get(
    "/cycles/:cycle/mails",
    {
      config: access("mails", "cycle"),
      schema: {
        summary: "メールの台帳（作成順）",
        params: inCycle,
        querystring: z.strictObject({
          cursor: z
            .string()
            .regex(/^\d{1,15}$/)
            .transform(Number)
            .exactOptional(),
          state: z.enum(mailStates).exactOptional().meta({ description: "この状態のものだけ" }),
          ...page(500),
        }),
        response: { 200: z.object({ mails: listOf(listed), next: z.string().nullable() }), ...refusals },
      },
    },
    async (request) => {
      const { cursor, limit, state } = request.query;
      const whose = listedFor(actorOf(request), "mails");
      if (whose === "nobody") return { mails: [], next: null };
      const { cycle } = request.params;
      const which = {
        ...(cursor !== undefined && { after: cursor }),
        ...(state !== undefined && { states: [state] }),
      };
      const found = await mailsOf(db, { cycle, ...which, ...whose, limit: limit + 1 });
      const { rows, next } = pageOf(found, limit, ({ position }) => String(position));
      return { mails: rows, next };
    },
  );
};

const showMail: Route = (app, { db }) => {
  app.get(
    "/mails/:key",
    {
      config: access("mail", "mail"),
      schema: {
        summary: "メール1通の内容と送信の経過",
        params: z.object({ key: hash }),
        response: { 200: shown, ...refusals },
      },
    },
    async (request) => {
      const mail = await mailOf(db, request.params.key);
      if (mail === undefined) throw new ProblemError("not-found");
      return mail;
    },
  );
};

/** The ledger of mail: what was written to whom, and what became of it. */
export const mailRoutes: readonly Route[] = [listMails, showMail, ...mailActRoutes];

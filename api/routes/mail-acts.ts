import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { recallMail, resolveMail, type MailAct } from "../../db/acts.ts";
import { mailOf } from "../../db/queries/mail.ts";
import type { Sha256 } from "../../domain/ids.ts";
import {
  access,
  doneSchema,
  keyHeader,
  knownCycle,
  nowOf,
  once,
  refusals,
  type Desk,
  type Route,
} from "../acting.ts";
import { actorOf } from "../plugins/actor.ts";
import { ProblemError } from "../problems.ts";
import { hash, reason } from "../schemas.ts";

const ofMail = z.object({ key: hash });
const why = reason.regex(/\S/, "理由を書いてください");
const replies = { 200: doneSchema, ...refusals };

/** @throws ProblemError `not-found` */
const decisionOn = async (
  desk: Desk,
  request: FastifyRequest,
  of: { readonly key: Sha256; readonly reason: string },
): Promise<Omit<MailAct, "key" | "fingerprint">> => {
  const mail = await mailOf(desk.db, of.key);
  if (mail === undefined) throw new ProblemError("not-found");
  const at = nowOf(desk, await knownCycle(desk, mail.cycle));
  return { mail, at, reason: of.reason, actor: actorOf(request), now: desk.clock() };
};

const resolve: Route = (app, desk) => {
  app.post(
    "/mails/:key/resolution",
    {
      config: access("mail.resolve", "mail"),
      schema: {
        summary: "送達不明のメールの結果を記録する",
        description: "accepted：届いていた。resend：届いていないので、同じ内容を同じ Message-ID で送り直す",
        params: ofMail,
        headers: keyHeader,
        body: z.strictObject({ as: z.enum(["accepted", "resend"]), reason: why }),
        response: replies,
      },
    },
    async (request) => {
      const { as, reason: said } = request.body;
      const act = await decisionOn(desk, request, { key: request.params.key, reason: said });
      const { again: _again, ...done } = await once(desk, request, (identity) =>
        resolveMail(desk.db, { ...act, ...identity, as }),
      );
      return done;
    },
  );
};

const recall: Route = (app, desk) => {
  app.post(
    "/mails/:key/cancellation",
    {
      config: access("mail.cancel", "mail"),
      schema: {
        summary: "送信待ちのメールを取り消す",
        params: ofMail,
        headers: keyHeader,
        body: z.strictObject({ reason: why }),
        response: replies,
      },
    },
    async (request) => {
      const act = await decisionOn(desk, request, { key: request.params.key, reason: request.body.reason });
      const { again: _again, ...done } = await once(desk, request, (identity) =>
        recallMail(desk.db, { ...act, ...identity }),
      );
      return done;
    },
  );
};

/** What people decide about a mail: what became of one nobody was sure of, and that one is not to be sent. */
export const mailActRoutes: readonly Route[] = [resolve, recall];

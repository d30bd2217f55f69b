import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { postsOf } from "../../db/queries/directory.ts";
import { knownFiles } from "../../db/queries/files.ts";
import { requestById, type StoredRequest } from "../../db/queries/requests.ts";
import type { Actor } from "../../domain/acts.ts";
import { access, actReplies, answerAct, keyHeader, performFor, type Desk, type Route } from "../acting.ts";
import { takenAnswers } from "../answer-checks.ts";
import { answersBefore } from "../answers-before.ts";
import { actorOf } from "../plugins/actor.ts";
import { checkPost } from "../posts.ts";
import { ProblemError } from "../problems.ts";
import { byId, person, reason } from "../schemas.ts";
import { submissionBody, submissionOf, type Beside } from "../submission.ts";

const headers = keyHeader.extend({
  "if-match": z
    .string()
    .exactOptional()
    .meta({ description: "読んだ照会の ETag。ほかの人が先に更新していれば 412" }),
});

/** RFC 9110 section 13.1.1: what a person has read must still be what is there. */
const checkRevision = ({ revision }: StoredRequest, ifMatch: unknown): void => {
  if (ifMatch === undefined) throw new ProblemError("precondition-missing");
  if (ifMatch !== `"r${revision}"` && ifMatch !== `r${revision}`) throw new ProblemError("stale");
};

/** The request as whoever sends the form has read it. */
const readRequest = async ({ db }: Desk, request: FastifyRequest): Promise<StoredRequest> => {
  const asked = await requestById(db, byId.parse(request.params).id);
  if (asked === undefined) throw new ProblemError("not-found");
  checkRevision(asked, request.headers["if-match"]);
  return asked;
};

/** The request's files, what stands so far, what the checks of the plan say. @throws ProblemError where they refuse */
const besides = async (
  desk: Desk,
  { asked, actor }: { readonly asked: StoredRequest; readonly actor: Actor },
  { answers }: Pick<z.output<typeof submissionBody>, "answers">,
): Promise<Beside> => ({
  checked: await takenAnswers(desk, asked, answers),
  known: await knownFiles(desk.db, asked.id),
  before: await answersBefore(desk, { asked, actor }, answers),
});

/** Where the organisation answers in several steps, 担当者 prepares what 窓口 submits. */
const giveAnswers =
  (url: string, name: "request.submit" | "request.prepare", summary: string): Route =>
  (app, desk) => {
    app.post(
      `/requests/:id/${url}`,
      {
        config: access(name, "request"),
        schema: { summary, params: byId, headers, body: submissionBody, response: actReplies },
      },
      async (request, reply) => {
        const prepare = async () => {
          const asked = await readRequest(desk, request);
          const actor = actorOf(request);
          await checkPost(desk.db, asked, { person: actor.person, name });
          return submissionOf(asked, request.body, await besides(desk, { asked, actor }, request.body));
        };
        return answerAct(reply, await performFor(desk, { request, name, prepare }));
      },
    );
  };

const entryBody = submissionBody.extend({
  of: person.meta({ description: "入力を依頼した、照会先の組織の窓口・担当者・確認者" }),
  reason,
});

/** 代理入力: both names are kept, who entered it and at whose request. */
const enterAnswers: Route = (app, desk) => {
  app.post(
    "/requests/:id/entry",
    {
      config: access("request.enter", "request"),
      schema: {
        summary: "照会への回答を、照会先の依頼により代わりに入力する",
        params: byId,
        headers,
        body: entryBody,
        response: actReplies,
      },
    },
    async (request, reply) => {
      const { of: contact, reason: why, ...body } = request.body;
      const prepare = async () => {
        const asked = await readRequest(desk, request);
        const posts = await postsOf(desk.db, { person: contact, organisation: asked.organisation });
        if (posts.length === 0) throw new ProblemError("unknown-contact");
        const of = { asked, actor: actorOf(request) };
        const { args, ...prepared } = submissionOf(asked, body, await besides(desk, of, body));
        return { ...prepared, args: { ...args, of: contact }, reason: why };
      };
      return answerAct(reply, await performFor(desk, { request, name: "request.enter", prepare }));
    },
  );
};

/** 回答 and 意見: immutable versions, stored with the act that gives them. */
export const answerRoutes: readonly Route[] = [
  giveAnswers("answers", "request.submit", "照会に回答する"),
  giveAnswers("preparation", "request.prepare", "組織内で、割り当てられた項目の回答案を作成する"),
  enterAnswers,
];

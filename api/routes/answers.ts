import { z } from "zod";
import { knownFiles } from "../../db/queries/files.ts";
import { requestById, type StoredRequest } from "../../db/queries/requests.ts";
import { access, actReplies, answerAct, keyHeader, performFor, type Route } from "../acting.ts";
import { ProblemError } from "../problems.ts";
import { byId } from "../schemas.ts";
import { submissionBody, submissionOf } from "../submission.ts";

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

const submitAnswers: Route = (app, desk) => {
  app.post(
    "/requests/:id/answers",
    {
      config: access("request.submit", "request"),
      schema: {
        summary: "照会に回答する",
        params: byId,
        headers,
        body: submissionBody,
        response: actReplies,
      },
    },
    async (request, reply) => {
      const prepare = async () => {
        const asked = await requestById(desk.db, request.params.id);
        if (asked === undefined) throw new ProblemError("not-found");
        checkRevision(asked, request.headers["if-match"]);
        return submissionOf(asked, request.body, await knownFiles(desk.db, asked.id));
      };
      return answerAct(reply, await performFor(desk, { request, name: "request.submit", prepare }));
    },
  );
};

/** 回答 and 意見: immutable versions, stored with the act that gives them. */
export const answerRoutes: readonly Route[] = [submitAnswers];

import { z } from "zod";
import { draftContent, type ContentDraft } from "../../db/content.ts";
import { requestById, type StoredRequest } from "../../db/queries/requests.ts";
import type { GivenAnswer } from "../../domain/acts.ts";
import type { RequestKind } from "../../domain/plan.ts";
import { requestWorkflowId } from "../../workflows/contract.ts";
import { access, actReplies, answerAct, keyHeader, performFor, type Route } from "../acting.ts";
import { ProblemError } from "../problems.ts";
import { byId, id, line, prose } from "../schemas.ts";

const opinion = z.strictObject({
  section: id.nullable(),
  text: prose,
  proposal: prose.nullable(),
});
const answer = z.strictObject({
  item: id,
  says: z.enum(["value", "provisional", "nil", "not-applicable", "unmeasurable"]),
  why: id
    .exactOptional()
    .meta({ description: "unmeasurable のときの理由（計画の unmeasurableReasons の key）" }),
  number: z.number().exactOptional(),
  unit: line.exactOptional(),
  text: z.string().max(100_000),
  opinions: z.array(opinion).max(200).exactOptional().meta({ description: "意見照会への回答にだけ書く" }),
});
type Answer = z.output<typeof answer>;

const headers = keyHeader.extend({
  "if-match": z
    .string()
    .exactOptional()
    .meta({ description: "読んだ照会の ETag。ほかの人が先に更新していれば 412" }),
});

/** Opinions belong to a consultation and nowhere else; who has none says `nil`. */
const contentOf = (kind: RequestKind, { says, opinions = [], number, unit, text }: Answer): ContentDraft => {
  if (kind !== "consultation") {
    if (opinions.length > 0) throw new ProblemError("consultation-only");
    return draftContent("answer", { number: number ?? null, unit: unit ?? null, text });
  }
  if (says === "value" && opinions.length === 0) throw new ProblemError("nothing-given");
  return draftContent("comment", { opinions: says === "nil" ? [] : opinions });
};

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
        body: z.strictObject({ answers: z.array(answer).max(1000) }),
        response: actReplies,
      },
    },
    async (request, reply) => {
      const prepare = async () => {
        const asked = await requestById(desk.db, request.params.id);
        if (asked === undefined) throw new ProblemError("not-found");
        checkRevision(asked, request.headers["if-match"]);
        const drafted = request.body.answers.map((given) => ({ given, draft: contentOf(asked.kind, given) }));
        const answers = drafted.map(({ given: { item, says, why }, draft }): GivenAnswer => ({
          item,
          says,
          content: draft.ref,
          why: why ?? null,
        }));
        return {
          cycle: asked.cycle,
          workflow: requestWorkflowId(asked.id),
          args: { answers },
          reason: null,
          contents: drafted.map(({ draft }) => draft),
        };
      };
      return answerAct(reply, await performFor(desk, { request, name: "request.submit", prepare }));
    },
  );
};

/** 回答 and 意見: immutable versions, stored with the act that gives them. */
export const answerRoutes: readonly Route[] = [submitAnswers];

import { z } from "zod";
import { draftContent, type ContentDraft } from "../db/content.ts";
import type { StoredRequest } from "../db/queries/requests.ts";
import type { GivenAnswer } from "../domain/acts.ts";
import type { RequestKind } from "../domain/plan.ts";
import { requestWorkflowId } from "../workflows/contract.ts";
import type { Prepared } from "./acts.ts";
import { ProblemError } from "./problems.ts";
import { id, line, prose } from "./schemas.ts";

/** Answering, however the answers come in: as JSON, or on a form that was filled in. */

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

export const submissionBody = z.strictObject({ answers: z.array(answer).max(1000) });

/** Opinions belong to a consultation and nowhere else; who has none says `nil`. */
const contentOf = (kind: RequestKind, { says, opinions = [], number, unit, text }: Answer): ContentDraft => {
  if (kind !== "consultation") {
    if (opinions.length > 0) throw new ProblemError("consultation-only");
    return draftContent("answer", { number: number ?? null, unit: unit ?? null, text });
  }
  if (says === "value" && opinions.length === 0) throw new ProblemError("nothing-given");
  return draftContent("comment", { opinions: says === "nil" ? [] : opinions });
};

/** The act `request.submit` with everything it says. @throws ProblemError */
export const submissionOf = (
  asked: StoredRequest,
  { answers }: z.output<typeof submissionBody>,
): Prepared<"request.submit"> => {
  const drafted = answers.map((given) => ({ given, draft: contentOf(asked.kind, given) }));
  return {
    cycle: asked.cycle,
    workflow: requestWorkflowId(asked.id),
    args: {
      answers: drafted.map(({ given: { item, says, why }, draft }): GivenAnswer => ({
        item,
        says,
        content: draft.ref,
        why: why ?? null,
      })),
    },
    reason: null,
    contents: drafted.map(({ draft }) => draft),
  };
};

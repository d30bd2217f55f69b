import { z } from "zod";
import { draftContent, type ContentDraft } from "../db/content.ts";
import type { StoredRequest } from "../db/queries/requests.ts";
import type { GivenAnswer } from "../domain/acts.ts";
import type { RequestKind } from "../domain/plan.ts";
import type { KnownFiles } from "../db/queries/files.ts";
import type { FileRef } from "../domain/file.ts";
import { labelsOf, storedLabels } from "../domain/labels.ts";
import { requestWorkflowId } from "../workflows/contract.ts";
import type { Prepared } from "./acts.ts";
import { confidentiality, handling, takenLabel } from "./labels.ts";
import { ProblemError } from "./problems.ts";
import { contentId, hash, id, line, prose } from "./schemas.ts";

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
  confidentiality,
  handling,
  embargoed: z
    .boolean()
    .exactOptional()
    .meta({ description: "公表前。ほかの府省庁には件数にも表れず、報告にも載らない" }),
  files: z
    .array(z.strictObject({ file: contentId, sha256: hash }))
    .max(20)
    .exactOptional()
    .meta({ description: "添付。先に POST …/files で登録する" }),
  opinions: z.array(opinion).max(200).exactOptional().meta({ description: "意見照会への回答にだけ書く" }),
});
type Answer = z.output<typeof answer>;

export const submissionBody = z.strictObject({ answers: z.array(answer).max(1000) });

/** 格付け as it was said. @throws ProblemError `too-confidential` */
const labelsIn = ({ confidentiality: said, handling: limits = [], embargoed = false }: Answer) =>
  storedLabels(labelsOf(takenLabel(said), limits), embargoed);

/** Each in the very version that was stored. @throws ProblemError `unknown-file` */
const filesIn = ({ item, files = [] }: Answer, known: KnownFiles): readonly FileRef[] =>
  [...new Map(files.map((named) => [named.file, named])).values()].map(({ file, sha256 }) => {
    const found = known.get(file);
    if (found?.item !== item || found.ref.hash !== sha256) throw new ProblemError("unknown-file");
    return found.ref;
  });

const answerContent = (answer: Answer, known: KnownFiles): ContentDraft => {
  const { number = null, unit = null, text } = answer;
  const labels = labelsIn(answer);
  const files = filesIn(answer, known);
  return draftContent("answer", {
    number,
    unit,
    text,
    ...(labels !== undefined && { labels }),
    ...(files.length > 0 && { files }),
  });
};

/** Opinions belong to a consultation and nowhere else; who has none says `nil`. */
const contentOf = (kind: RequestKind, answer: Answer, known: KnownFiles): ContentDraft => {
  const { says, opinions = [] } = answer;
  if (kind !== "consultation") {
    if (opinions.length > 0) throw new ProblemError("consultation-only");
    return answerContent(answer, known);
  }
  if ((answer.files ?? []).length > 0) throw new ProblemError("unknown-file");
  if (says === "value" && opinions.length === 0) throw new ProblemError("nothing-given");
  return draftContent("comment", { opinions: says === "nil" ? [] : opinions });
};

/** The answers with everything they say, for the act that gives or prepares them; `known` are the request's files. @throws ProblemError */
export const submissionOf = (
  asked: StoredRequest,
  { answers }: z.output<typeof submissionBody>,
  known: KnownFiles,
): Prepared<"request.submit" | "request.prepare"> => {
  const drafted = answers.map((given) => ({ given, draft: contentOf(asked.kind, given, known) }));
  return {
    cycle: asked.cycle,
    workflow: requestWorkflowId(asked.id),
    args: {
      answers: drafted.map(({ given: { item, says, why, embargoed }, draft }): GivenAnswer => ({
        item,
        says,
        content: draft.ref,
        why: why ?? null,
        ...(embargoed === true && draft.kind === "answer" && { embargoed }),
      })),
    },
    reason: null,
    contents: drafted.map(({ draft }) => draft),
  };
};

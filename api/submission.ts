import { z } from "zod";
import { draftContent, type ContentDraft } from "../db/content.ts";
import type { StoredRequest } from "../db/queries/requests.ts";
import type { GivenAnswer } from "../domain/acts.ts";
import type { AnswerValue } from "../domain/answer-value.ts";
import type { RequestKind } from "../domain/plan.ts";
import type { KnownFiles } from "../db/queries/files.ts";
import type { FileRef } from "../domain/file.ts";
import { keptUnlessSaid, type LabelsAndFiles, type Said } from "../domain/unsaid.ts";
import { requestWorkflowId } from "../workflows/contract.ts";
import type { Prepared } from "./acts.ts";
import { confidentiality, handling, takenLabel } from "./labels.ts";
import { ProblemError } from "./problems.ts";
import { contentId, date, hash, id, line, organisation, prose } from "./schemas.ts";

/** Answering, however the answers come in: as JSON, or on a form that was filled in. */

const opinion = z.strictObject({
  section: id.nullable(),
  text: prose,
  proposal: prose.nullable(),
});
/** Files by id, each in the very version that is meant. */
export const fileNames = z.array(z.strictObject({ file: contentId, sha256: hash })).max(20);
/** Values that are neither number nor text. */
export const otherParts = {
  date: date.exactOptional().meta({ description: "日付を求める照会事項の値" }),
  choice: id.exactOptional().meta({ description: "選択肢を求める照会事項の値（選択肢の key）" }),
  table: z
    .record(id, z.record(id, z.number()))
    .exactOptional()
    .meta({ description: "表を求める照会事項の値。行の key ごとに、列の key と数値" }),
};
const answer = z.strictObject({
  item: id,
  says: z.enum(["value", "provisional", "nil", "not-applicable", "unmeasurable"]),
  why: id
    .exactOptional()
    .meta({ description: "unmeasurable のときの理由（計画の unmeasurableReasons の key）" }),
  number: z.number().exactOptional(),
  unit: line.exactOptional(),
  text: z.string().max(100_000),
  ...otherParts,
  availableOn: date.exactOptional().meta({ description: "把握困難の理由が時期未到来のとき、把握できる日" }),
  owner: organisation.exactOptional().meta({ description: "not-applicable のとき、所管と考える府省庁" }),
  explanation: prose
    .exactOptional()
    .meta({ description: "検査（warn）の指摘が誤りでないことの説明。回答とともに残る" }),
  asIs: z
    .literal(true)
    .exactOptional()
    .meta({ description: "検査（block）に適合しないまま提出する。回答としては扱わず、締切まで督促する" }),
  confidentiality,
  handling,
  embargoed: z.boolean().exactOptional().meta({
    description:
      "公表前。ほかの府省庁には件数にも表れず、報告にも載らない。省くと前の回答のとおり。公表されたら false とする",
  }),
  files: fileNames
    .exactOptional()
    .meta({ description: "添付。先に POST …/files で登録する。省くと前の回答のとおり。空の一覧で全て外す" }),
  opinions: z.array(opinion).max(200).exactOptional().meta({ description: "意見照会への回答にだけ書く" }),
});
export type SubmittedAnswer = z.output<typeof answer>;
type Answer = SubmittedAnswer;

export const submissionBody = z.strictObject({ answers: z.array(answer).max(1000) });

/** Each in the very version that was stored. @throws ProblemError `unknown-file` */
const filesIn = (item: string, files: z.output<typeof fileNames>, known: KnownFiles): readonly FileRef[] =>
  [...new Map(files.map((named) => [named.file, named])).values()].map(({ file, sha256 }) => {
    const found = known.get(file);
    if (found?.item !== item || found.ref.hash !== sha256) throw new ProblemError("unknown-file");
    return found.ref;
  });

/**
 * 格付け and 添付 as they were said.
 * @throws ProblemError `too-confidential`, `unknown-file`
 */
export const saidIn = (
  {
    item,
    confidentiality: label,
    handling: limits,
    embargoed,
    files,
  }: Pick<Answer, "item" | "confidentiality" | "handling" | "embargoed" | "files">,
  known: KnownFiles,
): Said => ({
  ...(label !== undefined && { confidentiality: takenLabel(label) }),
  ...(limits !== undefined && { handling: limits }),
  ...(embargoed !== undefined && { embargoed }),
  ...(files !== undefined && { files: filesIn(item, files, known) }),
});

/** Answers that go on their way, with what the checks say of them by item. */
export interface TakenAnswers {
  /** Blocking checks failed by what was handed in as it is. */
  readonly failing: ReadonlyMap<string, readonly string[]>;
  /** Checks that warn, each explained. */
  readonly warned: ReadonlyMap<string, readonly string[]>;
}

/** What goes with the value; only what was said is there. */
const valueIn = (
  { date: day, choice, table, availableOn, owner, explanation }: Answer,
  warned: readonly string[] = [],
): AnswerValue => ({
  ...(day !== undefined && { date: day }),
  ...(choice !== undefined && { choice }),
  ...(table !== undefined && { table }),
  ...(availableOn !== undefined && { availableOn }),
  ...(owner !== undefined && { owner }),
  ...(explanation !== undefined && { explained: { checks: warned, text: explanation } }),
});

type AnswerDraft = ContentDraft<"answer"> | ContentDraft<"comment">;

const answerContent = (answer: Answer, { known, before, checked }: Beside): ContentDraft<"answer"> => {
  const { number = null, unit = null, text } = answer;
  return draftContent("answer", {
    number,
    unit,
    text,
    ...valueIn(answer, checked.warned.get(answer.item)),
    ...keptUnlessSaid(before.get(answer.item) ?? {}, saidIn(answer, known)),
  });
};

/** Opinions belong to a consultation and nowhere else; who has none says `nil`. */
const contentOf = (kind: RequestKind, answer: Answer, beside: Beside): AnswerDraft => {
  const { says, opinions = [] } = answer;
  if (kind !== "consultation") {
    if (opinions.length > 0) throw new ProblemError("consultation-only");
    return answerContent(answer, beside);
  }
  if ((answer.files ?? []).length > 0) throw new ProblemError("unknown-file");
  if (says === "value" && opinions.length === 0) throw new ProblemError("nothing-given");
  return draftContent("comment", { opinions: says === "nil" ? [] : opinions });
};

/** Hashes of the files an answer's content names, for the act that gives it: so they come into the record. */
export const filesNamedBy = ({ body }: AnswerDraft): Pick<GivenAnswer, "files"> =>
  "files" in body && body.files !== undefined ? { files: body.files.map(({ hash }) => hash) } : {};

/** What has been found out about the answers: the request's files, what stands so far, what the checks of the plan say. */
export interface Beside {
  readonly known: KnownFiles;
  /** By item; nothing of what has never been answered. */
  readonly before: ReadonlyMap<string, LabelsAndFiles>;
  readonly checked: TakenAnswers;
}

/** The answers with everything they say, for the act that gives or prepares them. @throws ProblemError */
export const submissionOf = (
  asked: StoredRequest,
  { answers }: z.output<typeof submissionBody>,
  beside: Beside,
): Prepared<"request.submit" | "request.prepare"> => {
  const { failing } = beside.checked;
  const drafted = answers.map((given) => ({
    given,
    failed: failing.get(given.item),
    draft: contentOf(asked.kind, given, beside),
  }));
  return {
    cycle: asked.cycle,
    workflow: requestWorkflowId(asked.id),
    args: {
      answers: drafted.map(({ given: { item, says, why, owner }, failed, draft }): GivenAnswer => ({
        item,
        says,
        content: draft.ref,
        why: why ?? null,
        ...(owner !== undefined && { owner }),
        ...(failed !== undefined && { failing: failed }),
        ...("labels" in draft.body && draft.body.labels?.embargoed === true && { embargoed: true }),
        ...filesNamedBy(draft),
      })),
    },
    reason: null,
    contents: drafted.map(({ draft }) => draft),
  };
};

import { z } from "zod";
import { draftContent, type ContentBodies, type ContentDraft } from "../db/content.ts";
import type { Db } from "../db/client.ts";
import { contentsOf } from "../db/queries/content.ts";
import { itemOfYear, type ItemOfYear } from "../db/queries/evidence.ts";
import { knownFiles } from "../db/queries/files.ts";
import { planInForce } from "../db/queries/plan-in-force.ts";
import { otherValue } from "../domain/answer-value.ts";
import { checkAnswer } from "../domain/checks.ts";
import type { CycleKey } from "../domain/ids.ts";
import { keptUnlessSaid } from "../domain/unsaid.ts";
import { datumFor } from "./answer-checks.ts";
import { confidentiality, handling } from "./labels.ts";
import { ProblemError } from "./problems.ts";
import { hash, id, prose, reason } from "./schemas.ts";
import { fileNames, otherParts, saidIn } from "./submission.ts";

/** 訂正: an answer that takes the place of one that stands. */

export const correctionBody = z.strictObject({
  item: id,
  says: z.enum(["value", "nil", "not-applicable"]),
  number: z.number().nullable(),
  unit: z.string().max(100).nullable(),
  text: prose,
  ...otherParts,
  confidentiality: confidentiality.meta({
    description: "機密性の格付け（1又は2）。省くと訂正前のとおり。3は受け付けない",
  }),
  handling: handling.meta({ description: "取扱制限。省くと訂正前のとおり。空の一覧で全て解く" }),
  embargoed: z
    .boolean()
    .exactOptional()
    .meta({ description: "公表前。省くと訂正前のとおり。公表されたら false とする" }),
  files: fileNames
    .exactOptional()
    .meta({ description: "訂正前の回答の照会に登録された添付。省くと訂正前のとおり。空の一覧で全て外す" }),
  was: hash.nullable().meta({ description: "訂正前の回答のSHA-256。未把握・補完調査のときは null" }),
  reason: reason.meta({ description: "訂正の理由。府省庁等からの申出によるときは、その旨も書く" }),
});
type Correction = z.output<typeof correctionBody>;

/** The answer that stands; nothing where a survey stands in its place, or nothing at all. */
export const standingAnswer = async (
  db: Db,
  { state }: Pick<ItemOfYear, "state">,
): Promise<ContentBodies["answer"] | undefined> => {
  if (!("answer" in state)) return undefined;
  const { id: content } = state.answer.content;
  return (await contentsOf(db, "answer", [content])).get(content)?.body;
};

/** By the kind of value and the checks of the plan; a warning needs no word beside the reason. @throws ProblemError */
const checkCorrection = async (
  db: Db,
  { cycle, kind, datum }: { readonly cycle: CycleKey } & Pick<ItemOfYear, "kind" | "datum">,
  { says, number, unit, text, ...given }: Correction,
): Promise<void> => {
  const { body: plan } = await planInForce(db, cycle);
  const written = { says, why: null, number, unit, text, ...otherValue(given) };
  const against = { datum: datumFor({ kind }, plan, datum), reasons: plan.unmeasurableReasons, before: null };
  const errors = checkAnswer(written, against)
    .filter(({ level }) => level !== "warn")
    .map(({ part, message }) => ({ pointer: `/${part}`, message }));
  if (errors.length > 0) throw new ProblemError("invalid-body", { errors });
};

/**
 * The corrected answer, with 格付け and files of the one that stands unless others are said. Whether it still stands is
 * for the workflow to say, which knows it by `was`.
 * @throws ProblemError `invalid-body`, `too-confidential`, `unknown-file`
 */
export const correctedAnswer = async (
  db: Db,
  cycle: CycleKey,
  correction: Correction,
): Promise<ContentDraft<"answer">> => {
  const { item, number, unit, text } = correction;
  const asked = await itemOfYear(db, { cycle, item });
  if (asked === undefined) return draftContent("answer", { number, unit, text });
  await checkCorrection(db, { ...asked, cycle }, correction);
  const before = (await standingAnswer(db, asked)) ?? {};
  const said = saidIn(correction, await knownFiles(db, asked.request));
  return draftContent("answer", {
    number,
    unit,
    text,
    ...otherValue(correction),
    ...keptUnlessSaid(before, said),
  });
};

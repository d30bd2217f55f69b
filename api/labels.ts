import { z } from "zod";
import {
  confidentialities,
  DEFAULT_CONFIDENTIALITY,
  handlings,
  heldLabels,
  labelsOf,
  storedLabels,
  type AnswerLabels,
  type Confidentiality,
  type Handling,
} from "../domain/labels.ts";
import { ProblemError } from "./problems.ts";

/** 格付け as callers say it. 機密性３ is understood, so that whoever says it is told where to go with it. */
export const confidentiality = z
  .literal([1, 2, 3])
  .exactOptional()
  .meta({ description: "機密性の格付け（1又は2、既定は2）。3は受け付けない" });
const isHandling = (raw: string): raw is Handling => handlings.some((one) => one === raw);
export const handling = z
  .array(z.string().refine(isHandling, "取扱制限の一覧にありません"))
  .max(handlings.length)
  .exactOptional()
  .meta({ description: `取扱制限：${handlings.join("、")}` });

/** @throws ProblemError `too-confidential` */
export const takenLabel = (said: number = DEFAULT_CONFIDENTIALITY): Confidentiality => {
  const taken = confidentialities.find((one) => one === said);
  if (taken === undefined) throw new ProblemError("too-confidential");
  return taken;
};

/** What is said of an answer's 格付け; whatever is not there is not said. */
export interface SaidLabels {
  readonly confidentiality?: number;
  readonly handling?: readonly Handling[];
  readonly embargoed?: boolean;
}

/**
 * 格付け of an answer that takes another's place, as its content holds it: what is not said stays as it was, so that
 * nothing becomes public by being left out.
 * @throws ProblemError `too-confidential`
 */
export const labelsAfter = (
  before: { readonly labels?: AnswerLabels },
  { confidentiality: said, handling: limits, embargoed }: SaidLabels,
): AnswerLabels | undefined => {
  const held = heldLabels(before);
  return storedLabels(
    labelsOf(takenLabel(said ?? held.confidentiality), limits ?? held.handling ?? []),
    embargoed ?? held.embargoed === true,
  );
};

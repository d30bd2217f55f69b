import { z } from "zod";
import { confidentialities, handlings, type Confidentiality, type Handling } from "../domain/labels.ts";
import { ProblemError } from "./problems.ts";

/** 格付け as callers say it. 機密性３ is understood, so that whoever says it is told where to go with it. */
export const confidentiality = z.literal([1, 2, 3]).exactOptional().meta({
  description: "機密性の格付け（1又は2）。省くと前の回答のとおり、初めての回答では2。3は受け付けない",
});
const isHandling = (raw: string): raw is Handling => handlings.some((one) => one === raw);
export const handling = z
  .array(z.string().refine(isHandling, "取扱制限の一覧にありません"))
  .max(handlings.length)
  .exactOptional()
  .meta({ description: `取扱制限（${handlings.join("、")}）。省くと前の回答のとおり。空の一覧で全て解く` });

/** @throws ProblemError `too-confidential` */
export const takenLabel = (said: number): Confidentiality => {
  const taken = confidentialities.find((one) => one === said);
  if (taken === undefined) throw new ProblemError("too-confidential");
  return taken;
};

import { evaluationId } from "./evaluation.ts";

/** A finding's measure may become a part of another that the plan asks to be judged, and not of itself. */
export const mayMerge = (
  findings: readonly string[],
  { target, asked }: { readonly target: string | undefined; readonly asked: readonly string[] },
): boolean =>
  target !== undefined &&
  asked.includes(evaluationId("output", target)) &&
  findings.every((finding) => !finding.endsWith(`:${target}`) && !finding.includes(`:${target}/`));

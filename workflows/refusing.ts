import { ApplicationFailure } from "@temporalio/workflow";
import { isRefused, type Refused } from "../domain/refusal.ts";

/** @throws ApplicationFailure whose type is the refusal's code: the Update is refused, the workflow goes on */
export const orFail = <Value extends object>(decided: Value | Refused): Value => {
  if (isRefused(decided))
    throw ApplicationFailure.create({ type: decided.refused, message: decided.refused, nonRetryable: true });
  return decided;
};

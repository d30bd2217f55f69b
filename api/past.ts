import { z } from "zod";
import type { Db, Tx } from "../db/client.ts";
import { inPast, NoSuchPast } from "../db/queries/past.ts";
import type { CycleKey } from "../domain/ids.ts";
import type { Instant } from "../domain/time.ts";
import { ProblemError } from "./problems.ts";
import { moment } from "./schemas.ts";

/** 時点: in the address of what can be looked at as it was. */
export const asOf = moment
  .exactOptional()
  .meta({ description: "この日時（サイクルの時計）の時点の状態を、監査記録だけから組み立てて返す" });
export const asOfQuery = z.strictObject({ asOf });

/**
 * What `read` finds now, or where an instant is given what it would have found then.
 * @throws ProblemError `not-begun`, `disposed-of`
 */
export const readAsOf = async <Result>(
  db: Db,
  { cycle, asOf: then }: { readonly cycle: CycleKey; readonly asOf?: Instant | undefined },
  read: (from: Db | Tx) => Promise<Result>,
): Promise<Result> => {
  if (then === undefined) return read(db);
  try {
    return await inPast(db, { cycle, asOf: then }, read);
  } catch (error) {
    throw error instanceof NoSuchPast ? new ProblemError(error.why) : error;
  }
};

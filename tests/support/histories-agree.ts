import type { Client } from "@temporalio/client";
import { makeBundle } from "../../api/bundle.ts";
import { makeReadHistories } from "../../api/live-histories.ts";
import { compareBundle } from "../../audit/compare.mjs";
import type { Db } from "../../db/client.ts";
import type { CycleKey } from "../../domain/ids.ts";

/** @throws Error where a row of the cycle is not what the histories of its workflows make of it */
export const expectHistoriesToAgree = async (
  { db, client }: { readonly db: Db; readonly client: Client },
  cycle: CycleKey,
): Promise<void> => {
  const { files } = await makeBundle({ db, readHistories: makeReadHistories(client) }, cycle);
  const { differing } = compareBundle(new Map(files.map(({ path, bytes }) => [path, bytes])));
  if (differing.length > 0)
    throw new Error(
      `${cycle}: ${differing.map(({ name, key }) => `${name} ${key}`).join(", ")} differ from the histories`,
    );
};

import { inArray, max, sql } from "drizzle-orm";
import type { GivenAnswer } from "../../domain/acts.ts";
import type { ItemState } from "../../domain/answer.ts";
import type { PersonId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Tx } from "../client.ts";
import { answers, items } from "../schema/request.ts";
import type { Made } from "./records.ts";
import { joinedAt } from "./rungs.ts";

export interface MovedItem {
  readonly item: string;
  readonly state: ItemState;
  /** What its ladder counts from; null to leave it. */
  readonly dueAt: Instant | null;
}

/** One statement, however many items. @throws Error if one of them does not exist */
export const moveItems = async (
  tx: Tx,
  { now }: Pick<Made, "now">,
  moved: readonly MovedItem[],
): Promise<void> => {
  const rows = moved.map(({ item, state, dueAt }) => ({ id: item, is: state.is, state, due_at: dueAt }));
  const updated = await tx.execute(sql`
    update ${items}
    set "is" = moved."is", state = moved.state, due_at = coalesce(moved.due_at, ${items.dueAt}),
        due_since = case when moved.due_at <> ${items.dueAt} then ${joinedAt(sql`moved.due_at`, now)}
                         else ${items.dueSince} end
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as moved(id text, "is" text, state jsonb, due_at timestamptz)
    where ${items.id} = moved.id
    returning ${items.id}`);
  if (updated.length !== moved.length) throw new Error(`not every item exists: ${moved[0]?.item}, …`);
};

export interface GivenVersion {
  readonly answer: GivenAnswer;
  /** 代理入力: at whose request. */
  readonly onBehalfOf?: PersonId;
}

/** Each answer becomes its item's next version. An item is answered at most once in a record. */
export const addAnswers = async (
  tx: Tx,
  { by, now }: Made,
  given: readonly GivenVersion[],
): Promise<void> => {
  const ids = given.map(({ answer: { item } }) => item);
  const last = new Map(
    (
      await tx
        .select({ item: answers.item, version: max(answers.version) })
        .from(answers)
        .where(inArray(answers.item, ids))
        .groupBy(answers.item)
    ).map(({ item, version }) => [item, version ?? 0]),
  );
  await tx.insert(answers).values(
    given.map(({ answer: { item, says, why, content }, onBehalfOf = null }) => ({
      item,
      version: (last.get(item) ?? 0) + 1,
      says,
      why,
      content: content.id,
      hash: content.hash,
      by,
      onBehalfOf,
      at: now,
    })),
  );
};

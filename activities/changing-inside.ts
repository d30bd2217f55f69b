import { putInnerWorks } from "../db/commands/inner.ts";
import { innerLadderOf } from "../domain/inner-work.ts";
import { planToChaseBy, putUpLadders, type Chased } from "./ladders.ts";
import type { ChangeOf, Writing } from "./writing.ts";

/** 組織内の手順. What is allocated is chased by the inner ladder, under a name of its own. */
export const changeInside = async (
  writing: Writing,
  changes: readonly ChangeOf<"inner">[],
): Promise<void> => {
  const { tx, made } = writing;
  await putInnerWorks(tx, made, changes);
  const chased = changes.flatMap(({ request, work }): readonly Chased[] =>
    work?.is === "allocated"
      ? [{ request: innerLadderOf(request), kind: "inner", dueAt: work.dueAt, openedAt: made.now }]
      : [],
  );
  const ladders = [...new Map(chased.map((one) => [`${one.request} ${one.dueAt}`, one])).values()];
  if (ladders.length > 0) await putUpLadders(tx, await planToChaseBy(writing, made.cycle), ladders);
};

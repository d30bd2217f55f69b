import { newestAnswers } from "../db/queries/newest-answers.ts";
import type { StoredRequest } from "../db/queries/requests.ts";
import type { Actor } from "../domain/acts.ts";
import type { LabelsAndFiles } from "../domain/unsaid.ts";
import type { Desk } from "./acting.ts";
import { insideFor } from "./posts.ts";

/**
 * What the actor's answers take the place of, by item: what is prepared inside his own organisation, else what was last
 * submitted.
 */
export const answersBefore = async (
  { db }: Pick<Desk, "db">,
  { asked, actor }: { readonly asked: StoredRequest; readonly actor: Actor },
  answers: readonly { readonly item: string }[],
): Promise<ReadonlyMap<string, LabelsAndFiles>> => {
  const submitted = await newestAnswers(db, { request: asked.id, of: answers.map(({ item }) => item) });
  const prepared = (await insideFor(db, actor, asked)).flatMap(({ item, written }) =>
    written === null ? [] : [[item, written] as const],
  );
  return new Map<string, LabelsAndFiles>([...submitted, ...prepared]);
};

import type { Db } from "../db/client.ts";
import { postsOf } from "../db/queries/directory.ts";
import { requestById, type StoredRequest } from "../db/queries/requests.ts";
import type { Actor } from "../domain/acts.ts";
import { postFor } from "../domain/chain.ts";
import { ProblemError } from "./problems.ts";

/**
 * Where an organisation answers in several steps, each is somebody's: 窓口, 担当者 or 確認者. Elsewhere whoever is a
 * contact answers. @throws ProblemError `not-your-post`
 */
export const checkPost = async (
  db: Db,
  { chain, organisation }: Pick<StoredRequest, "chain" | "organisation">,
  { person, name }: Pick<Actor, "person"> & { readonly name: keyof typeof postFor },
): Promise<void> => {
  if (chain === null) return;
  const posts = await postsOf(db, { person, organisation });
  if (!posts.includes(postFor[name])) throw new ProblemError("not-your-post");
};

/** The request a workflow id names. @throws ProblemError `not-found` */
export const requestOwnedBy = async (db: Db, workflow: string): Promise<StoredRequest> => {
  const found = await requestById(db, workflow.replace(/^request-/, ""));
  if (found === undefined) throw new ProblemError("not-found");
  return found;
};

import type { Db, Tx } from "../db/client.ts";
import { worksInside, type WorkInside } from "../db/queries/inner.ts";
import { postsOf } from "../db/queries/directory.ts";
import type { RequestEvent } from "../db/queries/request-timeline.ts";
import { requestById, type StoredRequest } from "../db/queries/requests.ts";
import type { Actor } from "../domain/acts.ts";
import { insideSeenBy, isChainAct, postFor } from "../domain/chain.ts";
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

export const seesInside = (
  reader: Pick<Actor, "organisation" | "role">,
  asked: Pick<StoredRequest, "organisation">,
): boolean => ["all", asked.organisation].includes(insideSeenBy(reader));

/** Of a request's events those that are not another organisation's own affair. */
export const eventsFor = (
  reader: Pick<Actor, "organisation" | "role">,
  asked: Pick<StoredRequest, "organisation">,
  events: readonly RequestEvent[],
): readonly RequestEvent[] =>
  seesInside(reader, asked) ? events : events.filter(({ action }) => !isChainAct(action));

/** What is under way inside an organisation is its own affair, and the auditor's to read. */
export const insideFor = async (
  db: Db | Tx,
  reader: Pick<Actor, "organisation" | "role">,
  asked: Pick<StoredRequest, "id" | "organisation" | "chain">,
): Promise<readonly WorkInside[]> =>
  asked.chain !== null && seesInside(reader, asked) ? worksInside(db, asked.id) : [];

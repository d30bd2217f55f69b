import { postFor } from "./chain.ts";
import type { OrganisationId, PersonId } from "./ids.ts";
import type { InnerWork } from "./inner-work.ts";
import type { ContactRole } from "./plan.ts";
import type { Instant } from "./time.ts";

/** What one of an organisation's people does about a request that is answered in several steps. */
export interface InsideTask {
  readonly do: "allocate" | "prepare" | "sign-off" | "submit";
  readonly request: string;
  readonly items: number;
  /** The organisation's own date for 担当者 and 確認者, the secretariat's for 窓口. */
  readonly dueAt: Instant;
}
/** An open request that is answered in several steps, as it stands inside its organisation. */
export interface InsideMatter {
  readonly request: string;
  readonly organisation: OrganisationId;
  /** Of the item that is wanted first. */
  readonly dueAt: Instant;
  /** Owed and nobody's yet. */
  readonly unallocated: number;
  readonly works: readonly {
    readonly is: InnerWork["is"];
    readonly officer: PersonId;
    /** Who prepared it; null before anything is. */
    readonly by: PersonId | null;
    readonly dueAt: Instant;
  }[];
}
export interface Poster {
  readonly person: PersonId;
  readonly posts: readonly ContactRole[];
}

type Work = InsideMatter["works"][number];

const earliest = (works: readonly Work[], otherwise: Instant): Instant =>
  works.reduce((first, { dueAt }) => (dueAt < first ? dueAt : first), works[0]?.dueAt ?? otherwise);

/** 窓口 allocates and submits, 担当者 prepares what is his, 確認者 signs off what others prepared; what is due first, first. */
export const insideTasks = (matter: InsideMatter, { person, posts }: Poster): readonly InsideTask[] => {
  const { request, works, dueAt, unallocated } = matter;
  const has = (act: keyof typeof postFor): boolean => posts.includes(postFor[act]);
  const task = (what: InsideTask["do"], items: number, due: Instant): readonly InsideTask[] =>
    items === 0 ? [] : [{ do: what, request, items, dueAt: due }];
  const mine = works.filter(
    ({ is, officer }) => (is === "allocated" || is === "sent-back") && officer === person,
  );
  const prepared = works.filter(({ is, by }) => is === "prepared" && by !== person);
  const signed = works.filter(({ is }) => is === "signed-off");
  return [
    ...(has("request.submit") ? task("submit", signed.length, dueAt) : []),
    ...(has("request.sign-off") ? task("sign-off", prepared.length, earliest(prepared, dueAt)) : []),
    ...(has("request.prepare") ? task("prepare", mine.length, earliest(mine, dueAt)) : []),
    ...(has("request.allocate") ? task("allocate", unallocated, dueAt) : []),
  ];
};

import type { PersonId } from "./ids.ts";
import type { Person, StaffRole } from "./plan.ts";
import { refuse, type Refused } from "./refusal.ts";

/** 府省庁の窓口・担当者・確認者 count as one post. */
export type Post = StaffRole | "contact";

/** Which posts one person can't hold together: nobody approves or records what he made himself. */
const apart: readonly (readonly [StaffRole, StaffRole])[] = [
  ["approver", "preparer"],
  ["recorder", "preparer"],
  ["recorder", "approver"],
];

/** Pairs that clash among these posts. An auditor holds no other post, so that he audits nothing he did. */
export const clashesAmong = (posts: readonly Post[]): readonly (readonly [Post, Post])[] => {
  const both = apart.filter(([one, other]) => posts.includes(one) && posts.includes(other));
  const besides = posts.includes("auditor") ? posts.filter((post) => post !== "auditor") : [];
  return [...both, ...besides.map((post) => ["auditor", post] as const)];
};

/** What clashes among the posts a person would hold with one more. */
export const mayHold = (
  held: readonly Post[],
  more: Post,
): true | Refused<"already-done" | "posts-clash"> => {
  if (held.includes(more)) return refuse("already-done");
  return clashesAmong([...held, more]).length === 0 ? true : refuse("posts-clash");
};

/** 職務の付与, asked for by one admin and waiting for another. */
export interface AskedPost {
  readonly person: PersonId;
  readonly post: StaffRole;
  readonly askedBy: PersonId;
}

/** Two admins: who asked does not confirm, and nobody confirms a post of his own. */
export const mayConfirm = (asked: AskedPost, by: PersonId): true | Refused<"second-admin"> =>
  asked.askedBy === by || asked.person === by ? refuse("second-admin") : true;

/** The posts of a person, each once. */
export const heldBy = ({ contact, staff }: Pick<Person, "contact" | "staff">): readonly Post[] => [
  ...staff,
  ...(contact.length > 0 ? (["contact"] as const) : []),
];

import type { WorkInside } from "../db/queries/inner.ts";
import type { StoredRequest } from "../db/queries/requests.ts";
import { isSettled, type ItemState } from "../domain/answer.ts";
import { postFor } from "../domain/chain.ts";
import type { PersonId } from "../domain/ids.ts";
import type { ContactRole, Plan } from "../domain/plan.ts";
import { reasonLabel } from "../domain/reasons.ts";
import { dateOf, type Instant } from "../domain/time.ts";
import type { Choice, InsideForms, InsideView } from "./pages/inside.tsx";

/** One of the organisation's people. */
export interface PostHolder {
  readonly person: PersonId;
  readonly name: string;
  readonly contact: readonly ContactRole[];
}
/** What is known of the work inside an organisation by whoever belongs to it, or audits. */
export interface InsideOf {
  readonly request: Pick<StoredRequest, "chain" | "dueAt" | "closeAt" | "is">;
  readonly works: readonly WorkInside[];
  readonly holders: readonly PostHolder[];
  /** The reader's own posts: none for who only looks. */
  readonly posts: readonly ContactRole[];
  readonly reader: PersonId;
  readonly plan: Plan;
  /** The cycle's. */
  readonly now: Instant;
}

const nameIn = ({ holders }: InsideOf, id: PersonId): string =>
  holders.find(({ person }) => person === id)?.name ?? id;

const valueOf = ({ written }: WorkInside): string | null =>
  written?.number == null
    ? null
    : [written.number.toLocaleString("ja-JP"), written.unit ?? ""].join(" ").trim();

const preparedOf = (inside: WorkInside, of: InsideOf): InsideView["prepared"] => {
  const { work, written } = inside;
  if (work.is === "allocated") return null;
  const { says, why, content } = work.answer;
  return {
    by: nameIn(of, work.by),
    says,
    why: reasonLabel(of.plan.unmeasurableReasons, why),
    value: valueOf(inside),
    text: written?.text ?? "",
    hash: content.hash,
  };
};

export const insideViewOf = (inside: WorkInside, of: InsideOf, caused: string | null): InsideView => {
  const { work } = inside;
  return {
    is: work.is,
    officer: nameIn(of, work.officer),
    dueAt: work.dueAt,
    caused,
    late: work.dueAt < of.now && (work.is === "allocated" || work.is === "sent-back"),
    prepared: preparedOf(inside, of),
    signedBy: work.is === "signed-off" ? nameIn(of, work.signedBy) : null,
    reason: work.is === "sent-back" ? work.reason : null,
  };
};

/** True where it is the reader's to prepare it. */
export const isReaders = ({ work }: WorkInside, { reader, posts }: InsideOf): boolean =>
  work.officer === reader && posts.includes(postFor["request.prepare"]);

export interface NumberedItem {
  readonly id: string;
  readonly number: number;
  readonly text: string;
  readonly state: ItemState;
}

const some = (choices: readonly Choice[]): { readonly choices: readonly Choice[] } | null =>
  choices.length === 0 ? null : { choices };

/**
 * The forms of the reader's posts, each with the items it can be used for. All of them are allocated or submitted at
 * once; what is signed off stands on the page that is shown, since it has to be read before.
 */
export const insideFormsOf = (
  { asked, shown }: { readonly asked: readonly NumberedItem[]; readonly shown: readonly NumberedItem[] },
  of: InsideOf,
): InsideForms | null => {
  const { request, posts, works, holders } = of;
  if (request.chain === null) return null;
  const does = (name: keyof typeof postFor): boolean =>
    request.is === "open" && posts.includes(postFor[name]);
  const open = asked.filter(({ state }) => !isSettled(state));
  const at = (is: InsideView["is"], among: readonly NumberedItem[]): readonly Choice[] =>
    among.flatMap(({ id, number, text }) => {
      const work = works.find(({ item }) => item === id)?.work;
      return work?.is === is && "answer" in work
        ? [{ value: `${id} ${work.answer.content.hash}`, number, text }]
        : [];
    });
  const free = open.map(({ id, number, text }) => ({ value: id, number, text }));
  const limit = request.dueAt > of.now ? request.dueAt : request.closeAt;
  return {
    allocating:
      does("request.allocate") && free.length > 0
        ? {
            choices: free,
            officers: holders
              .filter(({ contact }) => contact.includes("officer"))
              .map(({ person, name }) => ({ value: person, name })),
            latestOn: dateOf(limit),
          }
        : null,
    reviewing: does("request.sign-off")
      ? some(
          at(
            "prepared",
            open.filter((item) => shown.includes(item)),
          ),
        )
      : null,
    submitting: does("request.submit") ? some(at("signed-off", open)) : null,
  };
};

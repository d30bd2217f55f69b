import { and, asc, count, eq, lte, max } from "drizzle-orm";
import { fold, type Entry } from "../../audit/verify.mjs";
import type { ItemState } from "../../domain/answer.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { InnerWork } from "../../domain/inner-work.ts";
import { ladderDueAt } from "../../domain/ladder.ts";
import type { Instant } from "../../domain/time.ts";
import type { Tx } from "../client.ts";
import { auditEvents } from "../schema/audit.ts";
import type { approvals, cycles, decisions, stageEntries, submissions } from "../schema/cycle.ts";
import type { analyses, evaluations } from "../schema/evaluation.ts";
import type { comments, edits, versions } from "../schema/report.ts";
import type { answers, requests } from "../schema/request.ts";
import type { surveys } from "../schema/survey.ts";

type Row<Table extends { readonly $inferSelect: object }> = Table["$inferSelect"];
/** Rows of a list: they are numbered in their order, and belong to the cycle. */
type Listed<Table extends { readonly $inferSelect: object }> = readonly Omit<Row<Table>, "id" | "cycle">[];
type Mapped<Value> = Readonly<Record<string, Value>>;

/** A cycle as its events up to an instant make it (audit/verify.mjs). */
export interface FoldedYear {
  readonly cycle: Pick<Row<typeof cycles>, "year" | "plan" | "nextPlan" | "stage" | "stepped" | "now">;
  readonly stages: Listed<typeof stageEntries>;
  readonly submissions: Listed<typeof submissions>;
  readonly approvals: Listed<typeof approvals>;
  readonly decisions: Listed<typeof decisions>;
  readonly requests: Mapped<
    Pick<
      Row<typeof requests>,
      "kind" | "organisation" | "round" | "version" | "sentAt" | "is" | "dueAt" | "closeAt" | "settledAt"
    > & {
      readonly asked: { readonly dueOn: Row<typeof surveys>["dueOn"]; readonly reason: string } | null;
      readonly chain?: "signed-off";
      readonly paused: { readonly at: Instant; readonly reason: string } | null;
    }
  >;
  readonly items: Mapped<ItemState>;
  readonly inner: Mapped<InnerWork>;
  readonly answers: Mapped<readonly Omit<Row<typeof answers>, "item" | "version">[]>;
  readonly surveys: Mapped<
    Omit<Row<typeof surveys>, "id" | "cycle" | "cause" | "why" | "items" | "isSecretariats"> & {
      readonly opening: Pick<Row<typeof surveys>, "cause" | "why" | "items">;
    }
  >;
  readonly evaluations: Listed<typeof evaluations>;
  readonly analyses: Mapped<Omit<Row<typeof analyses>, "cycle" | "domain">>;
  readonly edits: Listed<typeof edits>;
  readonly versions: readonly Omit<Row<typeof versions>, "cycle">[];
  readonly dispositions: Mapped<
    Pick<Row<typeof comments>, "disposition" | "reason"> & {
      readonly by: Row<typeof comments>["disposedBy"];
    }
  >;
  readonly carried: Mapped<{ readonly into: "next" | "dropped"; readonly reason: string | null }>;
}
/** What the verifier has no need of: what every item's ladder counts from, and how often a request was changed. */
interface Traced {
  readonly dueAt: ReadonlyMap<string, Instant>;
  readonly revisions: ReadonlyMap<string, number>;
}
export interface PastYear {
  readonly folded: FoldedYear;
  readonly traced: Traced;
}

/** The only cast: the verifier is checked to fold every change there is, and its fold to be what the tables hold. */
const yearOf = (folded: Readonly<Record<string, unknown>>): FoldedYear => folded as unknown as FoldedYear;

interface Term {
  readonly dueAt: Instant;
  readonly closeAt: Instant;
}
type OpenedRequest = Term & { readonly id: string; readonly items: Mapped<ItemState> };
interface Changed extends Partial<Term> {
  readonly write: string;
  readonly request?: string;
  readonly item?: string;
  readonly state?: ItemState;
  readonly answer?: { readonly item: string };
  readonly opened?: OpenedRequest;
}
interface Words {
  readonly requests?: readonly OpenedRequest[];
  readonly changes?: readonly Changed[];
}
const wordsOf = ({ said }: Entry): Words => (said.result?.words ?? {}) as Words;

/** Items are called after their request. */
export const requestOf = (item: string): string => item.slice(0, item.indexOf("/"));

/** What somebody edits under an ETag: its request, of whatever was changed. */
const touchedBy = (changes: readonly Changed[]): ReadonlySet<string> =>
  new Set(
    changes.flatMap(({ write, request, item, answer }) => {
      if (write === "request" || write === "term" || write === "comment" || write === "inner")
        return request ?? [];
      if (write === "item" && item !== undefined) return requestOf(item);
      return write === "answer" && answer !== undefined ? requestOf(answer.item) : [];
    }),
  );

const termIn = ({ write, request, dueAt, closeAt }: Changed): readonly (Term & { request: string })[] =>
  write === "term" && request !== undefined && dueAt !== undefined && closeAt !== undefined
    ? [{ request, dueAt, closeAt }]
    : [];

const trace = (entries: readonly Entry[]): Traced => {
  const dueAt = new Map<string, Instant>();
  const terms = new Map<string, Term>();
  const revisions = new Map<string, number>();
  const moveTerm = (request: string, term: Term): void => {
    const was = terms.get(request)?.dueAt;
    terms.set(request, term);
    for (const [item, due] of dueAt)
      if (requestOf(item) === request && due === was) dueAt.set(item, term.dueAt);
  };
  const open = ({ id, items, ...term }: OpenedRequest): void => {
    terms.set(id, term);
    revisions.set(id, 1);
    for (const item of Object.keys(items)) dueAt.set(item, term.dueAt);
  };
  const moveItem = ({ item = "", state }: Changed): void => {
    const term = terms.get(requestOf(item));
    const due = state && term && ladderDueAt(state, term);
    if (due !== undefined) dueAt.set(item, due);
  };
  for (const { requests: opened = [], changes = [] } of entries.map(wordsOf)) {
    for (const request of opened) open(request);
    for (const request of changes.flatMap((change) => change.opened ?? [])) open(request);
    for (const { request, ...term } of changes.flatMap(termIn)) moveTerm(request, term);
    for (const change of changes) moveItem(change);
    for (const request of touchedBy(changes)) revisions.set(request, (revisions.get(request) ?? 1) + 1);
  }
  return { dueAt, revisions };
};

const { sequence, at, actor, cycle: ofCycle, reason, result, reasonSeal, resultSeal } = auditEvents;
const until = (cycle: CycleKey, instant: Instant) => and(eq(ofCycle, cycle), lte(at, instant));

/** What an event said; null where it has been disposed of. */
const saidOf = (words: unknown) => (words === null ? null : { salt: "", words });

const entriesUntil = async (tx: Tx, cycle: CycleKey, instant: Instant): Promise<readonly Entry[]> =>
  (
    await tx
      .select({ sequence, at, actor, reason, result, reasonSeal, resultSeal })
      .from(auditEvents)
      .where(until(cycle, instant))
      .orderBy(asc(sequence))
  ).map(({ reason: why, result: what, ...leaf }) => ({
    leaf: { ...leaf, cycle },
    said: { reason: saidOf(why), result: saidOf(what) },
    self: "",
  }));

/** Years of the past that were looked at last: nothing is ever changed in them. */
const KEPT = 8;
const kept = new Map<string, PastYear>();

/**
 * The cycle as its record makes it of what was decided until then, by the cycle's own time. Folded once and kept.
 * @returns undefined where the cycle had not begun, null where something said until then has been disposed of
 */
export const pastYear = async (
  tx: Tx,
  { cycle, asOf }: { readonly cycle: CycleKey; readonly asOf: Instant },
): Promise<PastYear | null | undefined> => {
  const [found] = await tx
    .select({ many: count(), last: max(sequence) })
    .from(auditEvents)
    .where(until(cycle, asOf));
  const name = `${cycle} ${found?.many ?? 0} ${found?.last ?? 0}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  const entries = await entriesUntil(tx, cycle, asOf);
  const folded = fold(entries, cycle);
  if (folded === null) return null;
  const year = { folded: yearOf(folded), traced: trace(entries) };
  if (year.folded.stages.length === 0) return undefined;
  kept.set(name, year);
  for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
  return year;
};

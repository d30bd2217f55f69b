import type { OrganisationId, PersonId } from "./ids.ts";
import type { LadderRung } from "./plan.ts";
import type { Instant } from "./time.ts";

/** One item that one contact is owed a rung for now. */
export interface OwedRow {
  readonly contact: PersonId;
  /** Whose answer is owed: for 上申 to the secretariat's lead not the contact's own organisation. */
  readonly organisation: OrganisationId;
  /** The request's id, the survey's, or the name of what is chased inside the organisation. */
  readonly request: string;
  readonly item: string;
  /** What is asked. */
  readonly text: string;
  readonly rung: Pick<LadderRung, "name" | "label" | "offsetBusinessDays">;
  readonly dueAt: Instant;
}

/** What one contact is sent on one day about one request. */
export interface DigestRequest {
  readonly request: string;
  readonly organisation: OrganisationId;
  /** The most severe of its items' labels, e.g. 督促. */
  readonly label: string;
  /** The earliest of its items. */
  readonly dueAt: Instant;
  /** Most urgent first; never empty. */
  readonly items: readonly OwedRow[];
}

/** One mail to one contact over all requests. */
export interface Digest {
  readonly contact: PersonId;
  /** The label of the most severe rung in it: what the subject says. */
  readonly label: string;
  /** The earliest due date among what has that label: what the subject says too. */
  readonly dueAt: Instant;
  /** Most urgent first; never empty. */
  readonly requests: readonly DigestRequest[];
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The later a rung stands on its ladder the more severe it is; ladders of all kinds count from the due date. */
const byUrgency = (a: OwedRow, b: OwedRow): number =>
  b.rung.offsetBusinessDays - a.rung.offsetBusinessDays ||
  compare(a.dueAt, b.dueAt) ||
  compare(a.request, b.request) ||
  compare(a.item, b.item) ||
  compare(a.rung.name, b.rung.name);

/** Groups in the order of their first row. */
const groupsOf = (
  rows: readonly OwedRow[],
  keyOf: (row: OwedRow) => string,
): readonly (readonly [OwedRow, ...OwedRow[]])[] => {
  const groups = new Map<string, [OwedRow, ...OwedRow[]]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return [...groups.values()];
};

/** Whoever is contact twice over, e.g. 窓口 and 担当者, is told once: by the more severe rung. */
const onceEach = (rows: readonly OwedRow[]): readonly OwedRow[] =>
  groupsOf(rows, ({ contact, item }) => `${contact} ${item}`).map(([first]) => first);

const earliest = (rows: readonly [OwedRow, ...OwedRow[]]): Instant =>
  rows.reduce((dueAt, row) => (row.dueAt < dueAt ? row.dueAt : dueAt), rows[0].dueAt);

/**
 * One digest for each contact with anything owed, by contact; most urgent first: highest rung, then earliest due.
 * The same rows in any order give the same digests.
 */
export const digestsOf = (rows: readonly OwedRow[]): readonly Digest[] =>
  groupsOf(onceEach(rows.toSorted(byUrgency)), ({ contact }) => contact)
    .map((owed): Digest => ({
      contact: owed[0].contact,
      label: owed[0].rung.label,
      dueAt: owed[0].dueAt,
      requests: groupsOf(owed, ({ request }) => request).map((items) => ({
        request: items[0].request,
        organisation: items[0].organisation,
        label: items[0].rung.label,
        dueAt: earliest(items),
        items,
      })),
    }))
    .toSorted((a, b) => compare(a.contact, b.contact));

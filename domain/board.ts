import { isOwed, type ItemState } from "./answer.ts";
import type { OrganisationId, Sha256 } from "./ids.ts";
import type { RequestKind } from "./plan.ts";
import { settledStates } from "./progress.ts";
import type { Instant, PlainDate } from "./time.ts";

/** 提出状況: how far each organisation has come in each domain, counted from what was asked and what came. */

/** What the board counts: data and chapters. Surveys and consultations have screens of their own. */
export type BoardKind = Extract<RequestKind, "data" | "chapter">;

/** One thing asked, as the board counts it. */
export interface BoardItem {
  readonly item: string;
  readonly text: string;
  readonly request: string;
  readonly kind: BoardKind;
  readonly organisation: OrganisationId;
  /** Keys of the catalogue's domains that the item's indicators belong to; none for a chapter. */
  readonly domains: readonly string[];
  readonly is: ItemState["is"];
  /** The request's, as it now stands. */
  readonly dueAt: Instant;
  /** When the organisation first submitted it; null where it never did. */
  readonly firstAt: Instant | null;
  /** The request's dates stand still. */
  readonly paused: boolean;
  /** 期限延長の申出 of the request that nobody has answered. */
  readonly askedDueOn: PlainDate | null;
  /** Of the answer that waits for a review; null where none does. */
  readonly answer: Sha256 | null;
}

/** 提出率 is submitted ÷ items; 期限内提出率 is onTime ÷ judged. */
export interface Rates {
  readonly items: number;
  /** Submitted at least once, whatever became of it. */
  readonly submitted: number;
  /** Items of which one can say whether they were on time: submitted, or with a due date that has passed. */
  readonly judged: number;
  /** First submitted by the due date: what is returned later keeps its timeliness. */
  readonly onTime: number;
}

export const boardStates = [
  "unsubmitted",
  "overdue",
  "late",
  "to-review",
  "returned",
  "provisional",
  "failing",
  "surveying",
  "settled",
] as const;
export type BoardState = (typeof boardStates)[number];
export const boardSorts = ["due", "organisation", "rate", "overdue"] as const;
export type BoardSort = (typeof boardSorts)[number];

/** Which of the items; what is left out asks nothing. */
export interface BoardFilter {
  readonly organisation?: OrganisationId | undefined;
  /** A domain's key, or `chapter` for what belongs to none. */
  readonly domain?: string | undefined;
  readonly kind?: BoardKind | undefined;
  readonly state?: BoardState | undefined;
  /** Part of an item's text or of its organisation's name, whatever the width of the letters. */
  readonly words?: string | undefined;
}

/** The column of what belongs to no domain. */
export const CHAPTER = "chapter";

const isOverdue = (item: BoardItem, now: Instant): boolean =>
  isOwed(item) && !item.paused && item.dueAt < now;

const isIn = (item: BoardItem, state: BoardState, now: Instant): boolean => {
  switch (state) {
    case "unsubmitted":
      return item.is === "owed";
    case "overdue":
      return isOverdue(item, now);
    case "late":
      return item.firstAt !== null && item.firstAt > item.dueAt;
    case "to-review":
      return item.is === "submitted";
    case "returned":
    case "provisional":
    case "failing":
    case "surveying":
      return item.is === state;
    case "settled":
      return settledStates.includes(item.is);
  }
};

const plain = (text: string): string => text.normalize("NFKC").toLowerCase();

const columnsOf = ({ domains }: BoardItem): readonly string[] => (domains.length === 0 ? [CHAPTER] : domains);

/** @param nameOf an organisation's name, in which words are looked for too */
export const filtered = (
  items: readonly BoardItem[],
  { organisation, domain, kind, state, words }: BoardFilter,
  { now, nameOf }: { readonly now: Instant; readonly nameOf: (id: OrganisationId) => string },
): readonly BoardItem[] => {
  const wanted = words === undefined ? "" : plain(words.trim());
  return items.filter(
    (item) =>
      (organisation === undefined || item.organisation === organisation) &&
      (kind === undefined || item.kind === kind) &&
      (domain === undefined || columnsOf(item).includes(domain)) &&
      (state === undefined || isIn(item, state, now)) &&
      (wanted === "" || plain(`${item.text}\n${nameOf(item.organisation)}`).includes(wanted)),
  );
};

export const ratesOf = (items: readonly BoardItem[], now: Instant): Rates => ({
  items: items.length,
  submitted: items.filter(({ firstAt }) => firstAt !== null).length,
  judged: items.filter(({ firstAt, dueAt }) => firstAt !== null || dueAt < now).length,
  onTime: items.filter(({ firstAt, dueAt }) => firstAt !== null && firstAt <= dueAt).length,
});

/** One row of the heatmap. An item of several domains counts once in each cell and once in the row. */
export interface BoardRow {
  readonly organisation: OrganisationId;
  readonly cells: ReadonlyMap<string, Rates>;
  readonly all: Rates;
}
export interface Heatmap {
  readonly rows: readonly BoardRow[];
  readonly columns: ReadonlyMap<string, Rates>;
  readonly all: Rates;
}

const grouped = (items: readonly BoardItem[], keysOf: (item: BoardItem) => readonly string[]) => {
  const groups = new Map<string, BoardItem[]>();
  for (const item of items)
    for (const key of keysOf(item)) {
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [item]);
      else known.push(item);
    }
  return groups;
};

const ratesByColumn = (items: readonly BoardItem[], now: Instant): ReadonlyMap<string, Rates> =>
  new Map([...grouped(items, columnsOf)].map(([key, own]) => [key, ratesOf(own, now)]));

/** Organisations in the order in which the items name them. */
export const heatmapOf = (items: readonly BoardItem[], now: Instant): Heatmap => ({
  rows: [...grouped(items, ({ organisation }) => [organisation]).values()].flatMap((own) => {
    const [first] = own;
    return first === undefined
      ? []
      : [{ organisation: first.organisation, cells: ratesByColumn(own, now), all: ratesOf(own, now) }];
  }),
  columns: ratesByColumn(items, now),
  all: ratesOf(items, now),
});

/** One request as far as the filter leaves it. */
export interface BoardRequest {
  readonly request: string;
  readonly kind: BoardKind;
  readonly organisation: OrganisationId;
  readonly dueAt: Instant;
  readonly paused: boolean;
  readonly askedDueOn: PlainDate | null;
  readonly rates: Rates;
  readonly overdue: number;
  readonly owed: number;
  readonly toReview: number;
  readonly settled: number;
}

const share = ({ items, submitted }: Rates): number => (items === 0 ? 1 : submitted / items);
const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const compare: Readonly<Record<BoardSort, (a: BoardRequest, b: BoardRequest) => number>> = {
  due: (a, b) => byText(a.dueAt, b.dueAt),
  // The order of the plan, which is the order they come in.
  organisation: () => 0,
  rate: (a, b) => share(a.rates) - share(b.rates),
  overdue: (a, b) => b.overdue - a.overdue,
};

export const boardRequests = (
  items: readonly BoardItem[],
  { now, sort }: { readonly now: Instant; readonly sort: BoardSort },
): readonly BoardRequest[] =>
  [...grouped(items, ({ request }) => [request])]
    .flatMap(([request, own]): readonly BoardRequest[] => {
      const [first] = own;
      if (first === undefined) return [];
      const { kind, organisation, dueAt, paused, askedDueOn } = first;
      return [
        {
          request,
          kind,
          organisation,
          dueAt,
          paused,
          askedDueOn,
          rates: ratesOf(own, now),
          overdue: own.filter((item) => isOverdue(item, now)).length,
          owed: own.filter(isOwed).length,
          toReview: own.filter(({ is }) => is === "submitted").length,
          settled: own.filter(({ is }) => settledStates.includes(is)).length,
        },
      ];
    })
    .toSorted(compare[sort]);

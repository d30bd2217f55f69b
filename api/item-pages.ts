import type { DraftFields } from "../domain/draft.ts";
import type { ItemPages } from "./pages/item-pages.tsx";

/** As many as one page holds with all their fields and stays below 100 KB. */
export const ITEMS_A_PAGE = 10;

export interface PagedItem {
  readonly id: string;
  /** Whether the reader has still something to do about it. */
  readonly open: boolean;
}

/** The pages of a request's items, and which one is shown: the last one for whoever asks beyond it. */
export const pagesOf = (
  items: readonly PagedItem[],
  {
    wanted,
    waits,
    draft,
  }: {
    readonly wanted: number;
    readonly waits: ItemPages["waits"];
    readonly draft: DraftFields | undefined;
  },
): ItemPages => {
  const many = Math.max(1, Math.ceil(items.length / ITEMS_A_PAGE));
  const links = Array.from({ length: many }, (_, n) => {
    const here = items.slice(n * ITEMS_A_PAGE, (n + 1) * ITEMS_A_PAGE);
    return {
      page: n + 1,
      first: n * ITEMS_A_PAGE + 1,
      last: n * ITEMS_A_PAGE + here.length,
      open: here.filter(({ open }) => open).length,
      drafted: draft !== undefined && here.some(({ id }) => draft[`seen:${id}`] !== undefined),
    };
  });
  return { shown: Math.min(wanted, many), links, waits };
};

export const isOnPage = (number: number, { shown, links }: ItemPages): boolean => {
  const link = links[shown - 1];
  return link !== undefined && link.first <= number && number <= link.last;
};

/** The page a form was sent from, else the one the address names; the first where none is. */
export const wantedPage = (named: string | undefined): number =>
  named !== undefined && /^[1-9]\d{0,3}$/.test(named) ? Number(named) : 1;

import type { Paged } from "./pages/pager.tsx";

/** So many on each page. */
export const evenly = <Row>(rows: readonly Row[], size: number): readonly (readonly Row[])[] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, n) => rows.slice(n * size, (n + 1) * size));

/** As many on each page as weigh no more than the limit together; what is heavier by itself stands alone. */
export const byWeight = <Row>(
  rows: readonly Row[],
  weigh: (row: Row) => number,
  limit: number,
): readonly (readonly Row[])[] => {
  const pages: Row[][] = [];
  let left = 0;
  for (const row of rows) {
    const page = pages.at(-1);
    const weight = weigh(row);
    if (page !== undefined && weight <= left) page.push(row);
    else {
      pages.push([row]);
      left = limit;
    }
    left -= weight;
  }
  return pages;
};

/** One of the pages: the last one for whoever asks beyond it. */
export const pageOf = <Row>(
  pages: readonly (readonly Row[])[],
  { wanted, hrefOf }: { readonly wanted: number; readonly hrefOf: (page: number) => string },
): Paged<Row> => {
  const shown = Math.max(1, Math.min(wanted, pages.length));
  const rows = pages[shown - 1] ?? [];
  const before = pages.slice(0, shown - 1).flat().length;
  return {
    rows,
    all: pages.flat().length,
    first: before + 1,
    last: before + rows.length,
    shown,
    hrefs: pages.map((_, n) => hrefOf(n + 1)),
  };
};

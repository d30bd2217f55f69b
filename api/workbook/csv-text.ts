import { stringify } from "csv-stringify/sync";

type Cell = string | number | null;

/** One table as CSV (RFC 4180). Text that a spreadsheet would take for a formula is prefixed with an apostrophe. */
export const csvText = (
  { titles, rows }: { readonly titles: readonly string[]; readonly rows: readonly (readonly Cell[])[] },
  { bom }: { readonly bom: boolean },
): string =>
  stringify([[...titles], ...rows.map((row) => [...row])], {
    bom,
    escape_formulas: true,
    record_delimiter: "windows",
  });

/** In UTF-8, with the mark by which spreadsheets know it. */
export const csvBytes = (table: Parameters<typeof csvText>[0]): Uint8Array =>
  Buffer.from(csvText(table, { bom: true }), "utf8");

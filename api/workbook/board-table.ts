import { stringify } from "csv-stringify/sync";

type Cell = string | number | null;

/** One table as CSV: UTF-8 with BOM, RFC 4180; text that a spreadsheet would take for a formula gets an apostrophe. */
export const csvOf = (titles: readonly string[], rows: readonly (readonly Cell[])[]): Uint8Array =>
  Buffer.from(
    stringify([[...titles], ...rows.map((row) => [...row])], {
      bom: true,
      escape_formulas: true,
      record_delimiter: "windows",
    }),
    "utf8",
  );

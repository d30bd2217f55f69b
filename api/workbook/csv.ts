import { stringify } from "csv-stringify/sync";
import { encodeCp932, lostIn } from "./cp932.ts";
import type { Form } from "./form.ts";
import { dataTable } from "./sheets.ts";

/** RFC 4180. Text that a spreadsheet would take for a formula is prefixed with an apostrophe. */
const linesOf = (form: Form, bom: boolean): string => {
  const { titles, rows } = dataTable(form);
  return stringify([[...titles], ...rows.map((row) => [...row])], {
    bom,
    escape_formulas: true,
    record_delimiter: "windows",
  });
};

export const renderCsv = (form: Form): Uint8Array => Buffer.from(linesOf(form, true), "utf8");

/** A character Windows-31J does not have, and where it stands. */
export interface Lost {
  readonly row: number;
  readonly column: string;
  readonly letters: readonly string[];
}

export const lostFrom = (form: Form): readonly Lost[] => {
  const { titles, rows } = dataTable(form);
  return rows.flatMap((row, n) =>
    row.flatMap((cell, at) => {
      const letters = typeof cell === "string" ? lostIn(cell) : [];
      return letters.length === 0 ? [] : [{ row: n + 2, column: titles[at] ?? "", letters }];
    }),
  );
};

/** @throws RangeError where `lostFrom` finds something */
export const renderCp932 = (form: Form): Uint8Array => encodeCp932(linesOf(form, false));

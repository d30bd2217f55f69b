import { encodeCp932, lostIn } from "./cp932.ts";
import { csvBytes, csvText } from "./csv-text.ts";
import type { Form } from "./form.ts";
import { dataTable } from "./sheets.ts";

export const renderCsv = (form: Form): Uint8Array => csvBytes(dataTable(form));

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
export const renderCp932 = (form: Form): Uint8Array => encodeCp932(csvText(dataTable(form), { bom: false }));

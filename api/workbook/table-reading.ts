import { isValue } from "../../domain/answer-kind.ts";
import { cellsOf, type NamedCell, type TableValue } from "../../domain/answer-value.ts";
import type { ReadAnswer } from "./answer-reading.ts";
import { columns, titles, type FormItem } from "./form.ts";
import { isBlank, readRow, type CellMistake, type Row } from "./row-reading.ts";

/** A row of the file that is a cell of an item's table. */
export interface CellRow {
  readonly cells: Row;
  readonly row: number;
  readonly cell: NamedCell;
}

const nameOf = ({ row, column }: NamedCell): string => `「${row.label}・${column.label}」`;

/** A cell has a number and nothing else. */
const readCell = ({ cells, row, cell }: CellRow) => {
  const reading = readRow(cells, row);
  columns.forEach(({ title, of }, at) => {
    if (of === null && title !== titles.number && !isBlank(cells[at]))
      reading.wrong(title, `表の欄${nameOf(cell)}には、数値だけを記入してください。`);
  });
  return { cell, number: reading.number(titles.number), mistakes: reading.mistakes };
};

/** Cells that were asked and have no number: at their own rows, or at the item's where the file has them no more. */
const blanks = (item: FormItem, main: number, rows: readonly CellRow[]): readonly CellMistake[] => {
  if (item.expects?.is !== "table") return [];
  return cellsOf(item.expects).flatMap((asked): readonly CellMistake[] => {
    const found = rows.find(({ cell }) => nameOf(cell) === nameOf(asked));
    if (found === undefined)
      return [{ row: main, column: titles.number, message: `表の欄${nameOf(asked)}の行がありません。` }];
    return isBlank(found.cells[columns.findIndex(({ title }) => title === titles.number)])
      ? [
          {
            row: found.row,
            column: titles.number,
            message: `表の欄${nameOf(asked)}の数値を記入してください（零は0）。`,
          },
        ]
      : [];
  });
};

/** The table that an item's cells make up, and what is wrong with them; no cell written is no table. */
export const tableIn = (
  item: FormItem,
  { says, asIs }: Pick<ReadAnswer, "says" | "asIs">,
  { main, rows }: { readonly main: number; readonly rows: readonly CellRow[] },
): { readonly table?: TableValue; readonly mistakes: readonly CellMistake[] } => {
  const read = rows.map(readCell);
  const table: Record<string, Record<string, number>> = {};
  for (const { cell, number } of read)
    if (number !== undefined) (table[cell.row.key] ??= {})[cell.column.key] = number;
  const mistakes = [
    ...read.flatMap((one) => one.mistakes),
    ...(isValue(says) && asIs !== true ? blanks(item, main, rows) : []),
  ];
  return { ...(Object.keys(table).length > 0 && { table }), mistakes };
};

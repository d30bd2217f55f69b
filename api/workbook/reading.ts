import { answerOf, type ReadAnswer } from "./answer-reading.ts";
import {
  columns,
  formRows,
  header,
  isOpen,
  oneLine,
  rowsOf,
  titles,
  type Form,
  type FormRow,
} from "./form.ts";
import {
  givenText,
  isAsGiven,
  isBlank,
  place,
  readRow,
  textOf,
  type CellMistake,
  type Row,
} from "./row-reading.ts";
import { tableIn } from "./table-reading.ts";

/** What a row says, in the words of the API. */
export interface RowAnswer {
  readonly row: number;
  /** The first row on which a cell of its table is written; the item's own where there is none. */
  readonly tableRow: number;
  readonly answer: ReadAnswer;
}
export type Reading =
  | { readonly is: "answers"; readonly answers: readonly RowAnswer[] }
  | { readonly is: "mistakes"; readonly mistakes: readonly CellMistake[] }
  /** Filled in on a form of another state of the request. */
  | { readonly is: "stale" };

interface FilledRow {
  readonly cells: Row;
  readonly row: number;
}
/** With what was handed out there. */
interface PlacedRow extends FilledRow {
  readonly of: FormRow;
  readonly changes: readonly CellMistake[];
}

const idOf = (cells: Row): string => textOf(cells[place(titles.id)]) ?? "";
/** Which row of the form it is. */
const keyOf = (cells: Row): string =>
  JSON.stringify(
    [titles.id, titles.tableRow, titles.tableColumn].map((title) => givenText(cells[place(title)])),
  );

const isWrittenOn = ({ cells }: FilledRow): boolean =>
  columns.some(({ of }, at) => of === null && !isBlank(cells[at]));

/** Each where the form has it, with whatever was changed of what the secretariat wrote; or that it has no such row. */
const placing = (form: Form): ((filled: FilledRow) => PlacedRow | CellMistake) => {
  const given = rowsOf(form);
  const asked = formRows(form);
  const places = new Map(given.map((cells, at) => [keyOf(cells), at]));
  return ({ cells, row }) => {
    const at = places.get(keyOf(cells)) ?? -1;
    const of = asked[at];
    if (of !== undefined) {
      const changes = columns.flatMap(({ title, of: handedOut }, n) =>
        handedOut === null || isAsGiven(cells[n], given[at]?.[n] ?? null)
          ? []
          : [{ row, column: title, message: "調査票の記載から変更されています。元に戻してください。" }],
      );
      return { cells, row, of, changes };
    }
    const id = idOf(cells);
    return form.items.some((item) => item.id === id)
      ? { row, column: titles.tableRow, message: "この照会事項の表に、そのような行と列の欄はありません。" }
      : { row, column: titles.id, message: `「${id}」は、この照会の管理番号ではありません。` };
  };
};

interface ReadItem {
  readonly answers: readonly RowAnswer[];
  readonly mistakes: readonly CellMistake[];
}
const said = (...mistakes: readonly CellMistake[]): ReadItem => ({ answers: [], mistakes });

/** The rows of one item: nothing, an answer, or what is wrong with it. */
const readItem = (form: Form, rows: readonly PlacedRow[]): ReadItem => {
  const changes = rows.flatMap((one) => one.changes);
  const [first] = rows.filter(isWrittenOn);
  if (first === undefined) return said(...changes);
  const { row, of } = first;
  if (!isOpen(of.item))
    return said({
      row,
      column: titles.says,
      message: "この項目は既に確定しています。記入を消してください。",
    });
  const main = rows.find((one) => one.of.cell === null);
  if (main === undefined)
    return said({ row, column: titles.id, message: "表の欄に記入がありますが、照会事項の行がありません。" });
  const reading = readRow(main.cells, main.row);
  const answer = answerOf(form, of.item, reading);
  const cells = rows.flatMap((one) => (one.of.cell === null ? [] : [{ ...one, cell: one.of.cell }]));
  const { table, mistakes } = tableIn(of.item, answer, { main: main.row, rows: cells });
  const tableRow = cells.find(isWrittenOn)?.row ?? main.row;
  return {
    answers: [{ row: main.row, tableRow, answer: { ...answer, ...(table !== undefined && { table }) } }],
    mistakes: [...changes, ...reading.mistakes, ...mistakes],
  };
};

/** Everything below the header that is not blank, each as the spreadsheet counts it. */
const filledRows = (table: readonly Row[]): readonly FilledRow[] =>
  table.flatMap((cells, n) => (n === 0 || cells.every(isBlank) ? [] : [{ cells, row: n + 1 }]));

const EDITION = /^r\d+-[0-9a-f]{8}$/;
/** Rows of this very request that carry the mark of another state. */
const isStale = (form: Form, rows: readonly FilledRow[]): boolean => {
  const own = new Set(form.items.map(({ id }) => id));
  const editions = rows.map(({ cells }) => textOf(cells[place(titles.edition)]) ?? "");
  return (
    rows.every(({ cells }) => own.has(idOf(cells))) &&
    editions.some((edition) => EDITION.test(edition) && edition !== form.edition)
  );
};

const headerMistakes = ([first = []]: readonly Row[]): readonly CellMistake[] => {
  const found = first.map((cell) => oneLine(textOf(cell) ?? ""));
  const width = Math.max(header.length, found.findLastIndex((title) => title !== "") + 1);
  return Array.from({ length: width }, (_, at) => at).flatMap((at) =>
    (found[at] ?? "") === (header[at] ?? "")
      ? []
      : [
          {
            row: 1,
            column: header[at] ?? `${at + 1}列目`,
            message: "列の見出しが変更されています。列の追加、削除及び並べ替えはできません。",
          },
        ],
  );
};

const repeated = (rows: readonly FilledRow[]): readonly CellMistake[] => {
  const keys = rows.map(({ cells }) => keyOf(cells));
  return rows.flatMap(({ row, cells }, n) =>
    keys.indexOf(keys[n] ?? "") === n
      ? []
      : [{ row, column: titles.id, message: `「${idOf(cells)}」の行が二つ以上あります。` }],
  );
};

const byRow = (one: { readonly row: number }, other: { readonly row: number }): number => one.row - other.row;

/**
 * What a filled form says, all of it or none: rows on which nothing was written are not answered. Rows may have been
 * sorted or left out; what was handed out must not have been changed.
 */
export const readAnswers = (form: Form, table: readonly Row[]): Reading => {
  const wrongHeader = headerMistakes(table);
  if (wrongHeader.length > 0) return { is: "mistakes", mistakes: wrongHeader };
  const filled = filledRows(table);
  if (isStale(form, filled)) return { is: "stale" };
  const all = filled.map(placing(form));
  const placed = all.flatMap((one) => ("of" in one ? [one] : []));
  const read = form.items.map((item) =>
    readItem(
      form,
      placed.filter(({ of }) => of.item === item),
    ),
  );
  const mistakes = [
    ...repeated(filled),
    ...all.flatMap((one) => ("of" in one ? [] : [one])),
    ...read.flatMap((one) => one.mistakes),
  ].toSorted(byRow);
  if (mistakes.length > 0) return { is: "mistakes", mistakes };
  return { is: "answers", answers: read.flatMap((one) => one.answers).toSorted(byRow) };
};

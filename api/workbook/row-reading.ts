import { header, oneLine, type Cell } from "./form.ts";
import type { ReadCell } from "./opening.ts";

/** One row of a filled form, cell by cell, as people and spreadsheets write. */

/** What is wrong with a cell. */
export interface CellMistake {
  /** As the spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly column: string;
  readonly message: string;
}

export type Row = readonly ReadCell[];
export const isBlank = (cell: ReadCell | undefined): boolean =>
  cell === undefined || cell === null || (typeof cell === "string" && cell.trim() === "");

export const place = (title: string): number => header.indexOf(title);
const UNSTORABLE = /\u{0000}|\p{Surrogate}/u;

/** A number typed where a text belongs is a text; a date or a truth is none. */
export const textOf = (cell: ReadCell | undefined): string | undefined => {
  if (cell === undefined || cell === null) return "";
  if (typeof cell === "string")
    return UNSTORABLE.test(cell) ? undefined : cell.replaceAll("\r\n", "\n").trim();
  return typeof cell === "number" ? String(cell) : undefined;
};

/** Half width, without the commas of thousands. */
const numberOf = (cell: ReadCell | undefined): number | undefined => {
  if (typeof cell === "number") return Number.isFinite(cell) ? cell : undefined;
  const plain = (textOf(cell) ?? "").normalize("NFKC").replaceAll(/[,\s]/g, "");
  return /^[-+]?(\d+(\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : undefined;
};

/** As the form's own CSV marks a text that a spreadsheet would take for a formula. */
const unmarked = (text: string): string => text.replace(/^'(?=[-=+@＝＋－＠])/u, "");
/** A text of the form as it came back, however the file was saved. */
export const givenText = (cell: ReadCell | undefined): string => unmarked(oneLine(textOf(cell) ?? ""));
export const isAsGiven = (cell: ReadCell | undefined, given: Cell): boolean => {
  if (given === null) return isBlank(cell);
  if (typeof given === "number") return numberOf(cell) === given;
  return givenText(cell) === unmarked(given);
};

/** The cells of one row that people write, and what is wrong with them. */
export interface RowReading {
  readonly mistakes: readonly CellMistake[];
  readonly wrong: (column: string, message: string) => void;
  readonly text: (title: string) => string;
  /** undefined where nothing is written, or no number. */
  readonly number: (title: string) => number | undefined;
  /** As it is typed, or as the spreadsheet keeps a day; undefined where there is none. */
  readonly day: (title: string) => string | undefined;
}

const dayIn = (cell: ReadCell | undefined): string | undefined => {
  const raw = typeof cell === "object" && cell !== null ? cell.date.slice(0, 10) : (textOf(cell) ?? "");
  const [, year = "", month = "", day = ""] =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(raw.normalize("NFKC")) ?? [];
  return year === "" ? undefined : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
};

export const readRow = (cells: Row, row: number): RowReading => {
  const mistakes: CellMistake[] = [];
  const wrong = (column: string, message: string): void => void mistakes.push({ row, column, message });
  const read = <Value>(
    title: string,
    as: (cell: ReadCell | undefined) => Value | undefined,
    message: string,
  ): Value | undefined => {
    const cell = cells[place(title)];
    if (isBlank(cell)) return undefined;
    const found = as(cell);
    if (found === undefined) wrong(title, message);
    return found;
  };
  return {
    mistakes,
    wrong,
    text: (title) =>
      read(title, textOf, "文字で記入してください（日付や使用できない文字は受け付けません）。") ?? "",
    number: (title) => read(title, numberOf, "数字だけを記入してください（例：1,234.5）。"),
    day: (title) => read(title, dayIn, "日付を、2015-03-31 のように記入してください。"),
  };
};

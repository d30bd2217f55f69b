import { colToLetter, writeXlsx, type Cell, type DataValidation, type WriteSheet } from "hucre/xlsx";
import { columns, formRows, isAsked, titles, type Column, type Form, type FormRow } from "./form.ts";
import { choicesIn, tablesOf, type Table } from "./sheets.ts";

/** Against slips, not against intent: no password. What is read back is compared with what was handed out. */
const protection = {
  sheet: true,
  selectLockedCells: true,
  selectUnlockedCells: true,
  formatCells: true,
  formatColumns: true,
  formatRows: true,
  sort: true,
  autoFilter: true,
};

const filled = (rgb: string) => ({ type: "pattern" as const, pattern: "solid" as const, fgColor: { rgb } });
const headingStyle = {
  font: { bold: true },
  fill: filled("E6EAF0"),
  alignment: { vertical: "center" as const, wrapText: true },
};
const lockedStyle = {
  alignment: { vertical: "top" as const, wrapText: true },
  protection: { locked: true },
};
const writableStyle = {
  ...lockedStyle,
  fill: filled("FFF9E5"),
  protection: { locked: false },
};
/** What is typed as text stays what was typed: no date is made of 1-2. */
const writableText = { ...writableStyle, numFmt: "@" };

const headingCells = (count: number): readonly (readonly [string, Partial<Cell>])[] =>
  Array.from({ length: count }, (_, at) => [`0,${at}`, { style: headingStyle }]);

const styleOf = (column: Column, row: FormRow) => {
  if (!isAsked(column, row)) return lockedStyle;
  return column.numeric ? writableStyle : writableText;
};

const styledCells = (form: Form): Map<string, Partial<Cell>> =>
  new Map([
    ...headingCells(columns.length),
    ...formRows(form).flatMap((row, n) =>
      columns.map((column, at) => [`${n + 1},${at}`, { style: styleOf(column, row) }] as const),
    ),
  ]);

const rangeOf = (title: string, rows: number): string => {
  const letter = colToLetter(columns.findIndex((column) => column.title === title));
  return `${letter}2:${letter}${rows + 1}`;
};

/** Of each of these one is chosen. */
const listed = [titles.says, titles.why, titles.confidentiality, titles.embargoed, titles.asIs] as const;

/** Chosen from the code table; a number is a number. */
const validationsOf = (form: Form): DataValidation[] => {
  const rows = formRows(form).length;
  const lists = listed.flatMap((title) => {
    const choices = choicesIn(form, title);
    return choices === null ? [] : [{ title, choices }];
  });
  const shown = { allowBlank: true, showErrorMessage: true, errorStyle: "stop" as const };
  return [
    ...lists.map(({ title, choices }) => ({
      ...shown,
      type: "list" as const,
      formula1: choices,
      range: rangeOf(title, rows),
      errorTitle: title,
      errorMessage: `「${title}」は一覧から選んでください。`,
    })),
    {
      ...shown,
      type: "decimal",
      operator: "between",
      formula1: "-1E+15",
      formula2: "1E+15",
      range: rangeOf(titles.number, rows),
      errorTitle: titles.number,
      errorMessage: "数字だけを記入してください。単位は「単位」の列に記入します。",
    },
  ];
};

const LINE_POINTS = 15;
/** A letter of Japanese is as wide as two of a column's units. */
const linesOf = (text: string, width: number): number =>
  text.split("\n").reduce((lines, line) => lines + Math.max(1, Math.ceil((line.length * 2) / width)), 0);
/** Rows are as high as what they hold, also where a program does not find that out by itself. */
const rowHeights = (rows: Table["rows"], widths: readonly number[]): Map<number, { height: number }> =>
  new Map(
    rows.map((row, n) => {
      const lines = row.map((cell, at) => linesOf(String(cell ?? ""), widths[at] ?? 1));
      return [n + 1, { height: LINE_POINTS * Math.max(1, ...lines) }] as const;
    }),
  );

const onePageWide = { fitToPage: true, fitToWidth: 1, fitToHeight: 0 } as const;

const dataSheet = (form: Form, { name, titles: names, rows }: Table): WriteSheet => ({
  name,
  columns: columns.map(({ width }) => ({ width })),
  rows: [[...names], ...rows.map((row) => [...row])],
  rowDefs: rowHeights(
    rows,
    columns.map(({ width }) => width),
  ),
  cells: styledCells(form),
  freezePane: { rows: 1, columns: 2 },
  dataValidations: validationsOf(form),
  protection,
  pageSetup: { orientation: "landscape", ...onePageWide },
});

const WIDEST_COLUMN = 70;
const widthOf = (texts: readonly string[]): number =>
  Math.min(WIDEST_COLUMN, Math.max(8, ...texts.map((text) => text.length * 2 + 2)));

const explainingSheet = ({ name, titles: names, rows }: Table): WriteSheet => {
  const widths = names.map((title, at) => widthOf([title, ...rows.map((row) => String(row[at] ?? ""))]));
  return {
    name,
    columns: widths.map((width) => ({ width })),
    rows: [[...names], ...rows.map((row) => [...row])],
    rowDefs: rowHeights(rows, widths),
    cells: new Map([
      ...headingCells(names.length),
      ...rows.flatMap((row, n) => row.map((_, at) => [`${n + 1},${at}`, { style: lockedStyle }] as const)),
    ]),
    freezePane: { rows: 1 },
    protection,
    pageSetup: { orientation: "portrait", ...onePageWide },
  };
};

/** 調査票 as xlsx: the table to fill in on the first sheet, its explanations on the others. */
export const renderWorkbook = async (form: Form): Promise<Uint8Array> => {
  const [data, ...others] = tablesOf(form);
  if (data === undefined) throw new Error("a form has a table");
  return writeXlsx({
    sheets: [dataSheet(form, data), ...others.map(explainingSheet)],
    properties: { title: `${form.title}　調査票` },
  });
};

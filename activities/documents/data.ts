import { stringify } from "csv-stringify/sync";
import { writeXlsx } from "hucre/xlsx";
import type { ReportDocument } from "../../domain/document.ts";
import { epochMs } from "../../domain/time.ts";
import { codeTable, definitions, history } from "./codes.ts";
import { dataColumns, evaluationColumns, sheetOf, type DataSheet } from "./columns.ts";
import { rehearsalMark, type PrintFacts } from "./facts.ts";

/**
 * The data as machines read it, by 行政データにおける機械可読性に関するルール: one table a sheet, the header in the
 * first row, one datum a cell, units and codes in columns of their own, nothing merged, blank never zero.
 */
const sheetsOf = (document: ReportDocument, facts: PrintFacts): readonly DataSheet[] => [
  sheetOf("データ", dataColumns, { rows: document.data.rows, document }),
  sheetOf("評価", evaluationColumns, { rows: document.data.evaluations, document }),
  codeTable(document),
  definitions(),
  history(document, facts),
];

/** UTF-8 with BOM, RFC 4180; text that a spreadsheet would take for a formula is prefixed with an apostrophe. */
export const renderCsv = (document: ReportDocument): string => {
  const { titles, rows } = sheetOf("データ", dataColumns, { rows: document.data.rows, document });
  return stringify([[...titles], ...rows.map((row) => [...row])], {
    bom: true,
    escape_formulas: true,
    record_delimiter: "windows",
  });
};

/** The same tables as the workbook, each row an object by column name. */
export const renderJson = (document: ReportDocument, facts: PrintFacts): string => {
  const tables = sheetsOf(document, facts).map(({ name, titles, rows }) => [
    name,
    rows.map((row) => Object.fromEntries(titles.map((title, at) => [title, row[at] ?? null]))),
  ]);
  const head = {
    題名: `${rehearsalMark(document)}${document.title}`,
    版のSHA256: facts.sha256,
    訓練: document.rehearsal,
  };
  return `${JSON.stringify({ ...head, ...Object.fromEntries(tables) }, null, 1)}\n`;
};

const WIDEST_COLUMN = 60;
const widthOf = (title: string): number => Math.min(WIDEST_COLUMN, Math.max(12, title.length * 2 + 2));

export const renderXlsx = async (document: ReportDocument, facts: PrintFacts): Promise<Uint8Array> => {
  const at = new Date(epochMs(facts.createdAt));
  return writeXlsx({
    sheets: sheetsOf(document, facts).map(({ name, titles, rows }) => ({
      name,
      columns: titles.map((title) => ({ header: title, key: title, width: widthOf(title) })),
      data: rows.map((row) =>
        Object.fromEntries(titles.map((title, column) => [title, row[column] ?? null])),
      ),
      freezePane: { rows: 1 },
    })),
    properties: { title: `${rehearsalMark(document)}${document.title}`, created: at, modified: at },
  });
};

import { grouped } from "./compose.ts";
import type { OrganisationId } from "./ids.ts";
import type { Expected, Named } from "./plan.ts";
import type { PlainDate } from "./time.ts";
import { wareki } from "./wareki.ts";

/** A number for a row and a column, by their keys; what is missing is not known, and not zero. */
export type TableValue = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * What an answer holds besides number, unit and text. A member that is not there was not said: so answers of before
 * have the hashes they had.
 */
export interface AnswerValue {
  readonly date?: PlainDate;
  /** Key of one of the datum's options. */
  readonly choice?: string;
  readonly table?: TableValue;
  /** 時期未到来: from when on it can be known. */
  readonly availableOn?: PlainDate;
  /** 所管外: who is proposed to own it. */
  readonly owner?: OrganisationId;
  /** 説明: why it stands although checks of the plan warn of it, with their keys. */
  readonly explained?: { readonly checks: readonly string[]; readonly text: string };
}

/** A value that is neither number nor text. */
export type OtherValue = Pick<AnswerValue, "date" | "choice" | "table">;

/** Of an answer what its value is besides number and text; undefined where that is all. */
export const otherValue = ({ date, choice, table }: OtherValue): OtherValue | undefined =>
  date === undefined && choice === undefined && table === undefined
    ? undefined
    : {
        ...(date !== undefined && { date }),
        ...(choice !== undefined && { choice }),
        ...(table !== undefined && { table }),
      };

/** A cell of a table, named. */
export interface NamedCell {
  readonly row: Named;
  readonly column: Named;
}
/** Every cell that is asked, row by row. */
export const cellsOf = ({ rows, columns }: Expected & { readonly is: "table" }): readonly NamedCell[] =>
  rows.flatMap((row) => columns.map((column) => ({ row, column })));

const printed = (value: number | undefined): string => (value === undefined ? "－" : grouped(value));

const tableText = (table: TableValue, expects: Expected | undefined): string => {
  const [rows, columns] = expects?.is === "table" ? [expects.rows, expects.columns] : namesIn(table);
  return rows
    .map(({ key, label }) => {
      const cells = columns.map((column) => `${column.label} ${printed(table[key]?.[column.key])}`);
      return `${label}：${cells.join("、")}`;
    })
    .join("\n");
};

/** Where the plan has lost what was asked, the keys speak. */
const namesIn = (table: TableValue): readonly [readonly Named[], readonly Named[]] => {
  const named = (keys: readonly string[]): readonly Named[] =>
    [...new Set(keys)].map((key) => ({ key, label: key }));
  return [named(Object.keys(table)), named(Object.values(table).flatMap((cells) => Object.keys(cells)))];
};

/** Every known cell with its names, in the order in which it was asked. */
export const namedCells = (
  table: TableValue,
  expects: Expected | undefined,
): readonly { readonly row: string; readonly column: string; readonly number: number }[] => {
  const [rows, columns] = expects?.is === "table" ? [expects.rows, expects.columns] : namesIn(table);
  return rows.flatMap((row) =>
    columns.flatMap((column) => {
      const number = table[row.key]?.[column.key];
      return number === undefined ? [] : [{ row: row.label, column: column.label, number }];
    }),
  );
};

/** 明治6年1月1日, with which 和暦 begins as one counts it now. */
const FIRST_DATED = "1873-01-01";

/** 日付, 選択肢 or 表 as one reads it; empty where the answer is a number or a text. A table has one row a line. */
export const valueText = ({ date, choice, table }: OtherValue, expects: Expected | undefined): string => {
  if (date !== undefined) return date < FIRST_DATED ? date : wareki(date);
  if (table !== undefined) return tableText(table, expects);
  if (choice === undefined) return "";
  const options = expects?.is === "choice" ? expects.options : [];
  return options.find(({ key }) => key === choice)?.label ?? choice;
};

import type { Holiday } from "../domain/plan.ts";
import { plainDate, type PlainDate } from "../domain/time.ts";

/** The first line of 内閣府's 国民の祝日について（CSV）. */
const HEADER = "国民の祝日・休日月日,国民の祝日・休日名称";
/** e.g. 2015/4/29,昭和の日 */
const ROW = /^(\d{4})\/(\d{1,2})\/(\d{1,2}),([^,\s](?:[^,]*[^,\s])?)$/;

export type ReadHolidays =
  | { readonly ok: true; readonly holidays: readonly Holiday[] }
  /** `line` counts from 1. */
  | { readonly ok: false; readonly line: number; readonly message: string };

const wrong = (line: number, message: string): ReadHolidays => ({ ok: false, line, message });

const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder("shift_jis", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const dateOf = (year: string, month: string, day: string): PlainDate | undefined => {
  try {
    return plainDate(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  } catch {
    return undefined;
  }
};

const holidayOf = (row: string): Holiday | undefined => {
  const [, year = "", month = "", day = "", name = ""] = ROW.exec(row) ?? [];
  const date = dateOf(year, month, day);
  return date === undefined ? undefined : { date, name };
};

const readRows = (rows: readonly string[]): ReadHolidays => {
  const holidays = new Map<PlainDate, Holiday>();
  for (const [index, row] of rows.entries()) {
    const holiday = holidayOf(row);
    if (holiday === undefined)
      return wrong(index + 2, `「${row}」を「2015/4/29,昭和の日」のような日付と名称として読めません`);
    if (holidays.has(holiday.date)) return wrong(index + 2, `「${row}」の日付が二度あります`);
    holidays.set(holiday.date, holiday);
  }
  return { ok: true, holidays: [...holidays.values()] };
};

/** 祝日法 art. 2 begins with 元日: a list without one was cut off. */
const complete = (holidays: readonly Holiday[]): ReadHolidays => {
  const dates = new Set<string>(holidays.map(({ date }) => date));
  const missing = holidays.findIndex(({ date }) => !dates.has(`${date.slice(0, 4)}-01-01`));
  if (holidays.length > 0 && missing < 0) return { ok: true, holidays };
  return wrong(Math.max(missing, 0) + 2, "その年の元日がありません。途中で切れていないか確かめてください");
};

/** The Cabinet Office's list as it is published: Shift_JIS, a heading, then a day a line. Nothing of a wrong file. */
export const readHolidayCsv = (bytes: Uint8Array): ReadHolidays => {
  const [header, ...rows] = textOf(bytes)?.trimEnd().split(/\r?\n/) ?? [];
  if (header !== HEADER)
    return wrong(
      1,
      `1行目が「${HEADER}」ではありません。内閣府のCSVを、保存し直さずにそのまま指定してください`,
    );
  const read = readRows(rows);
  return read.ok ? complete(read.holidays) : read;
};

import type { Says } from "../../domain/says.ts";
import {
  answersOf,
  columns,
  header,
  isOpen,
  oneLine,
  rowsOf,
  saysLabels,
  titles,
  type Cell,
  type Form,
  type FormItem,
} from "./form.ts";
import type { ReadCell } from "./opening.ts";

/** What is wrong with a cell. */
export interface CellMistake {
  /** As the spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly column: string;
  readonly message: string;
}
/** What a row says, in the words of the API. */
export interface RowAnswer {
  readonly row: number;
  readonly answer: {
    readonly item: string;
    readonly says: Says;
    readonly why?: string;
    readonly number?: number;
    readonly unit?: string;
    readonly text: string;
    readonly date?: string;
    readonly choice?: string;
    readonly availableOn?: string;
    readonly owner?: string;
    readonly explanation?: string;
  };
}
export type Reading =
  | { readonly is: "answers"; readonly answers: readonly RowAnswer[] }
  | { readonly is: "mistakes"; readonly mistakes: readonly CellMistake[] }
  /** Filled in on a form of another state of the request. */
  | { readonly is: "stale" };

type Row = readonly ReadCell[];
const isBlank = (cell: ReadCell | undefined): boolean =>
  cell === undefined || cell === null || (typeof cell === "string" && cell.trim() === "");

const place = (title: string): number => header.indexOf(title);
const UNSTORABLE = /\u{0000}|\p{Surrogate}/u;

/** A number typed where a text belongs is a text; a date or a truth is none. */
const textOf = (cell: ReadCell | undefined): string | undefined => {
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
const isAsGiven = (cell: ReadCell | undefined, given: Cell): boolean => {
  if (given === null) return isBlank(cell);
  if (typeof given === "number") return numberOf(cell) === given;
  return unmarked(oneLine(textOf(cell) ?? "")) === unmarked(given);
};

/** The cells of one row that people write, and what is wrong with them. */
const readRow = (cells: Row, row: number) => {
  const mistakes: CellMistake[] = [];
  const wrong = (column: string, message: string): void => void mistakes.push({ row, column, message });
  const text = (title: string): string => {
    const found = textOf(cells[place(title)]);
    if (found === undefined)
      wrong(title, "文字で記入してください（日付や使用できない文字は受け付けません）。");
    return found ?? "";
  };
  return { mistakes, wrong, text, cell: (title: string) => cells[place(title)] };
};
type RowReading = ReturnType<typeof readRow>;

const saysOf = (form: Form, { text, wrong }: RowReading): Says => {
  const label = text(titles.says);
  const says = answersOf(form).find((one) => saysLabels[one] === label);
  if (says === undefined)
    wrong(
      titles.says,
      label === "" ? "記入がありますが、区分が選ばれていません。" : `「${label}」という区分はありません。`,
    );
  return says ?? "value";
};

const whyOf = (form: Form, says: Says, { text, wrong }: RowReading): { readonly why?: string } => {
  const label = text(titles.why);
  if (says !== "unmeasurable") {
    if (label !== "") wrong(titles.why, "理由は、区分が「把握困難」のときだけ記入してください。");
    return {};
  }
  const reason = form.reasons.find((one) => one.label === label);
  if (reason === undefined) wrong(titles.why, "コード表の理由から選んでください。");
  return reason === undefined ? {} : { why: reason.key };
};

const amountOf = ({ cell, wrong }: RowReading): { readonly number?: number } => {
  if (isBlank(cell(titles.number))) return {};
  const number = numberOf(cell(titles.number));
  if (number === undefined) wrong(titles.number, "数字だけを記入してください（例：1,234.5）。");
  return number === undefined ? {} : { number };
};

/** As it is typed, or as the spreadsheet keeps a day. */
const dayOf = ({ cell, wrong }: RowReading, title: string): string | undefined => {
  const found = cell(title);
  if (isBlank(found)) return undefined;
  const raw = typeof found === "object" && found !== null ? found.date.slice(0, 10) : (textOf(found) ?? "");
  const [, year = "", month = "", day = ""] =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(raw.normalize("NFKC")) ?? [];
  if (year === "") wrong(title, "日付を、2015-03-31 のように記入してください。");
  return year === "" ? undefined : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
};

/** What is neither number nor text: a day, or one of the options by its name. */
const otherOf = (
  expects: FormItem["expects"],
  reading: RowReading,
): { readonly date?: string; readonly choice?: string } => {
  if (expects?.is !== "choice") {
    const date = dayOf(reading, titles.other);
    return date === undefined ? {} : { date };
  }
  const name = reading.text(titles.other);
  if (name === "") return {};
  const option = expects.options.find(({ label }) => label === name);
  if (option === undefined)
    reading.wrong(
      titles.other,
      `選択肢（${expects.options.map(({ label }) => label).join("、")}）から記入してください。`,
    );
  return option === undefined ? {} : { choice: option.key };
};

const ownerOf = ({ owners = [] }: Form, { text, wrong }: RowReading): { readonly owner?: string } => {
  const name = text(titles.owner);
  if (name === "") return {};
  const owner = owners.find((one) => one.name === name);
  if (owner === undefined) wrong(titles.owner, `「${name}」という名称の府省庁はありません。`);
  return owner === undefined ? {} : { owner: owner.value };
};

const besidesOf = (form: Form, reading: RowReading): object => {
  const availableOn = dayOf(reading, titles.availableOn);
  const explanation = reading.text(titles.explanation);
  return {
    ...(availableOn !== undefined && { availableOn }),
    ...ownerOf(form, reading),
    ...(explanation !== "" && { explanation }),
  };
};

const answerOf = (form: Form, { id: item, expects }: FormItem, reading: RowReading): RowAnswer["answer"] => {
  const says = saysOf(form, reading);
  const unit = reading.text(titles.unit);
  return {
    item,
    says,
    ...whyOf(form, says, reading),
    ...amountOf(reading),
    ...(unit !== "" && { unit }),
    text: reading.text(titles.text),
    ...otherOf(expects, reading),
    ...besidesOf(form, reading),
  };
};

/** What the secretariat wrote stands as it was handed out. */
const changed = (given: readonly Cell[], cells: Row, row: number): readonly CellMistake[] =>
  columns.flatMap(({ title, of }, at) =>
    of === null || isAsGiven(cells[at], given[at] ?? null)
      ? []
      : [{ row, column: title, message: "調査票の記載から変更されています。元に戻してください。" }],
  );

const isWrittenOn = (cells: Row): boolean => columns.some(({ of }, at) => of === null && !isBlank(cells[at]));

interface FilledRow {
  readonly cells: Row;
  readonly row: number;
}
interface ReadItem {
  readonly answers: readonly RowAnswer[];
  readonly mistakes: readonly CellMistake[];
}
const said = (mistakes: readonly CellMistake[]): ReadItem => ({ answers: [], mistakes });

const idOf = (cells: Row): string => textOf(cells[place(titles.id)]) ?? "";

/** One row: nothing, an answer, or what is wrong with it. */
const readItem = (form: Form, given: readonly (readonly Cell[])[], { cells, row }: FilledRow): ReadItem => {
  const id = idOf(cells);
  const at = form.items.findIndex((item) => item.id === id);
  const item = form.items[at];
  if (item === undefined)
    return said([{ row, column: titles.id, message: `「${id}」は、この照会の管理番号ではありません。` }]);
  const changes = changed(given[at] ?? [], cells, row);
  if (!isWrittenOn(cells)) return said(changes);
  if (!isOpen(item))
    return said([
      { row, column: titles.says, message: "この項目は既に確定しています。記入を消してください。" },
    ]);
  const reading = readRow(cells, row);
  const answer = answerOf(form, item, reading);
  return { answers: [{ row, answer }], mistakes: [...changes, ...reading.mistakes] };
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
  const ids = rows.map(({ cells }) => idOf(cells));
  return rows.flatMap(({ row }, n) => {
    const id = ids[n] ?? "";
    return ids.indexOf(id) === n
      ? []
      : [{ row, column: titles.id, message: `「${id}」の行が二つ以上あります。` }];
  });
};

/**
 * What a filled form says, all of it or none: rows on which nothing was written are not answered. Rows may have been
 * sorted or left out; what was handed out must not have been changed.
 */
export const readAnswers = (form: Form, table: readonly Row[]): Reading => {
  const wrongHeader = headerMistakes(table);
  if (wrongHeader.length > 0) return { is: "mistakes", mistakes: wrongHeader };
  const rows = filledRows(table);
  if (isStale(form, rows)) return { is: "stale" };
  const given = rowsOf(form);
  const read = rows.map((row) => readItem(form, given, row));
  const mistakes = [...repeated(rows), ...read.flatMap((one) => one.mistakes)];
  if (mistakes.length > 0) return { is: "mistakes", mistakes };
  return { is: "answers", answers: read.flatMap((one) => one.answers) };
};

import type { Says } from "../../domain/says.ts";
import { isSettled, type ItemState } from "../../domain/answer.ts";
import { cellsOf, type NamedCell } from "../../domain/answer-value.ts";
import type { Expected, RequestKind } from "../../domain/plan.ts";
import type { ReasonLeaf } from "../../domain/reasons.ts";
import type { Instant } from "../../domain/time.ts";
import { itemStateNames, saysNames } from "../pages/words.ts";

/** 調査票: a request as a table that people fill in: one row an item, and one more for every cell of a table it asks. */
export interface Form {
  readonly request: string;
  readonly title: string;
  readonly organisation: string;
  readonly kind: Exclude<RequestKind, "consultation">;
  readonly dueAt: Instant;
  readonly closeAt: Instant;
  /** Which state of the request the form was made from, e.g. `r5-1b4f0e98`: another one is another form. */
  readonly edition: string;
  /** Why something can't be measured, as the plan has it. */
  readonly reasons: readonly ReasonLeaf[];
  /** Who can be proposed to own what is asked. */
  readonly owners?: readonly { readonly value: string; readonly name: string }[];
  readonly items: readonly FormItem[];
}
export interface FormItem {
  readonly id: string;
  readonly text: string;
  readonly state: ItemState;
  /** What it is asked for; empty for a chapter. */
  readonly serves: readonly Served[];
  /** 前年度の回答; null where there is none. */
  readonly before: Written | null;
  /** Of which kind its value is; absent for a number or a text. */
  readonly expects?: Expected | undefined;
}
interface Served {
  readonly measure: string;
  readonly measureName: string;
  readonly indicator: string;
  readonly indicatorText: string;
}
export interface Written {
  readonly number: number | null;
  readonly unit: string | null;
  readonly text: string;
}

export type Cell = string | number | null;

/** One row: an item, or one cell of its table. */
export interface FormRow {
  readonly item: FormItem;
  readonly cell: NamedCell | null;
}
export const formRows = ({ items }: Form): readonly FormRow[] =>
  items.flatMap((item) => [
    { item, cell: null },
    ...(item.expects?.is === "table" ? cellsOf(item.expects).map((cell) => ({ item, cell })) : []),
  ]);

export interface Column {
  readonly title: string;
  readonly definition: string;
  readonly numeric: boolean;
  /** In characters of half width. */
  readonly width: number;
  /** What stands there; null where the organisation writes. */
  readonly of: ((row: FormRow, form: Form) => Cell) | null;
}

/** A cell holds one datum on one line. */
export const oneLine = (text: string): string => text.replace(/[\s\u{0000}-\u{001f}]+/gu, " ").trim();

const given = (
  title: string,
  definition: string,
  { width, of }: { readonly width: number; readonly of: (row: FormRow, form: Form) => string },
): Column => ({
  title,
  definition,
  width,
  numeric: false,
  of: (row, form) => oneLine(of(row, form)) || null,
});
const asked = (title: string, definition: string, width: number): Column => ({
  title,
  definition,
  width,
  numeric: false,
  of: null,
});

/** Titles of what is read back. */
export const titles = {
  id: "管理番号",
  tableRow: "表の行",
  tableColumn: "表の列",
  edition: "版",
  says: "回答の区分",
  number: "数値",
  unit: "単位",
  text: "回答",
  why: "把握困難の理由",
  other: "日付又は選択肢",
  availableOn: "把握できる日",
  owner: "所管と考える府省庁",
  explanation: "指摘への説明",
  confidentiality: "機密性の格付け",
  handling: "取扱制限",
  embargoed: "公表前",
  asIs: "不備のあるまま提出",
} as const;

const returnedFor = ({ item: { state }, cell }: FormRow): string =>
  state.is === "returned" && cell === null ? state.reason : "";

/** 前年度: said of the item, and of no cell. */
const lastYear = ({ item, cell }: FormRow): Written | null => (cell === null ? item.before : null);

export const columns: readonly Column[] = [
  given(titles.id, "照会項目の番号。変更しないこと。", { width: 30, of: ({ item }) => item.id }),
  given("照会事項", "回答を求める事項。変更しないこと。", { width: 44, of: ({ item }) => item.text }),
  given(
    titles.tableRow,
    "表を求める事項で、その欄の行の名称。この行には数値だけを記入する。変更しないこと。",
    {
      width: 16,
      of: ({ cell }) => cell?.row.label ?? "",
    },
  ),
  given(titles.tableColumn, "表を求める事項で、その欄の列の名称。変更しないこと。", {
    width: 16,
    of: ({ cell }) => cell?.column.label ?? "",
  }),
  given("施策", "照会事項に係る最初の施策の名称。全ての施策と指標は「対応表」による。", {
    width: 30,
    of: ({ item: { serves } }) => serves[0]?.measureName ?? "",
  }),
  given("状態", "調査票を作成した時点の状態。コード表による。", {
    width: 12,
    of: ({ item: { state } }) => itemStateNames[state.is],
  }),
  given("差戻しの理由", "差し戻された回答について、事務局が修正を求めた理由。", {
    width: 24,
    of: returnedFor,
  }),
  asked(titles.says, "コード表の「回答の区分」から選ぶ。空欄の行は、今回は回答しないものとして扱う。", 14),
  {
    ...asked(titles.number, "数値だけを記入する。実績が零のときは0と記入し、空欄と区別する。", 14),
    numeric: true,
  },
  asked(titles.unit, "数値の単位（例：件、人、％）。", 10),
  asked(titles.text, "実施状況等の文章。理由を「その他」とした場合は、その内容も記入する。", 50),
  asked(
    titles.why,
    "区分を「把握困難」とした場合に、コード表の「把握困難の理由」から選ぶ。ほかの区分では空欄とする。",
    24,
  ),
  asked(titles.other, "日付を求める事項の日付（例：2015-03-31）、選択肢を求める事項の選択肢の名称。", 18),
  asked(titles.availableOn, "理由を「時期未到来」とした場合に、把握できる日（例：2016-04-01）。", 14),
  asked(titles.owner, "区分を「所管外」とした場合に、所管と考える府省庁の名称。分からないときは空欄。", 20),
  asked(titles.explanation, "検査の指摘（前年度からの増減等）が誤りでない場合の説明。", 30),
  asked(titles.confidentiality, "コード表から選ぶ。空欄は、前回の回答のとおり（なければ機密性２情報）。", 14),
  asked(titles.handling, "コード表の名称。二つ以上は「、」で区切る。空欄は、前回の回答のとおり。", 18),
  asked(titles.embargoed, "コード表から選ぶ。空欄は、前回の回答のとおり（なければ該当しない）。", 12),
  asked(titles.asIs, "検査に適合しないまま提出する場合に「提出する」とする。締切まで督促の対象となる。", 14),
  {
    title: "前年度の数値",
    definition: "前年度に確定した数値。ないものは空欄。",
    width: 14,
    numeric: true,
    of: (row) => lastYear(row)?.number ?? null,
  },
  given("前年度の単位", "前年度の数値の単位。", {
    width: 12,
    of: (row) => lastYear(row)?.unit ?? "",
  }),
  given("前年度の回答", "前年度に確定した回答の文章。", {
    width: 40,
    of: (row) => lastYear(row)?.text ?? "",
  }),
  given(titles.edition, "調査票の版。変更しないこと。", { width: 16, of: (_, { edition }) => edition }),
];

export const header: readonly string[] = columns.map(({ title }) => title);

/** Every row as it is handed out: what is to be written is blank. */
export const rowsOf = (form: Form): readonly (readonly Cell[])[] =>
  formRows(form).map((row) => columns.map(({ of }) => (of === null ? null : of(row, form))));

/** Only data can be provisional, somebody else's affair or not to be had. */
export const answersOf = ({ kind }: Pick<Form, "kind">): readonly Says[] =>
  kind === "data" ? ["value", "provisional", "nil", "not-applicable", "unmeasurable"] : ["value", "nil"];

export const saysLabels: Readonly<Record<Says, string>> = saysNames;

export const isOpen = ({ state }: FormItem): boolean => !isSettled(state);

/** Whether the organisation writes there: of a table the numbers stand in its cells, and nothing else does. */
export const isAsked = ({ title, of }: Column, { item, cell }: FormRow): boolean => {
  if (of !== null || !isOpen(item)) return false;
  const isNumber = title === titles.number;
  return cell === null ? !isNumber || item.expects?.is !== "table" : isNumber;
};

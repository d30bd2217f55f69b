import type { FormItem, Form } from "../../api/workbook/form.ts";
import { rowsOf, header } from "../../api/workbook/form.ts";
import type { ReadCell } from "../../api/workbook/opening.ts";
import { sha256 } from "../../domain/ids.ts";
import { instant } from "../../domain/time.ts";

const until = instant("2015-05-01T17:00:00+09:00");
const content = { id: "00000000-0000-4000-8000-000000000000", hash: sha256("a".repeat(64)) };
const answer = { item: "x", says: "value", content, why: null } as const;

const served = {
  measure: "1-1-1-ア",
  measureName: "情報の共有",
  indicator: "1-1-1-ア/1",
  indicatorText: "共有の状況",
};
const itemOf = (id: string, more: Partial<FormItem> = {}): FormItem => ({
  id: `2014-data-meti/${id}`,
  text: `${id}の件数`,
  state: { is: "owed", until },
  serves: [served],
  before: null,
  ...more,
});

/** A form with something of everything: owed, returned, settled, last year's, text that looks like a formula. */
export const sampleForm: Form = {
  request: "2014-data-meti",
  title: "平成26年度の評価",
  organisation: "経済産業省",
  kind: "data",
  dueAt: instant("2015-04-17T17:00:00+09:00"),
  closeAt: until,
  edition: "r5-0123abcd",
  reasons: [
    { key: "no-statistics", label: "統計がない" },
    { key: "other", label: "その他" },
  ],
  items: [
    itemOf("first", { before: { number: 0, unit: "件", text: "なかった。\n前年も同じ。" } }),
    itemOf("second", {
      text: "＝A1及び-1の件数",
      serves: [served, { ...served, indicator: "1-1-1-ア/2", indicatorText: "開示の状況" }],
    }),
    itemOf("third", {
      state: { is: "returned", until, answer, reason: "内訳を\n示してください。", returns: 1 },
    }),
    itemOf("settled", { state: { is: "value", answer } }),
  ],
};

const named = ([key, label]: readonly [string, string]) => ({ key, label });
/** A form that asks for one table of two rows and two columns. */
export const tableForm: Form = {
  ...sampleForm,
  items: [
    itemOf("table", {
      expects: {
        is: "table",
        rows: (
          [
            ["first", "上期"],
            ["second", "下期"],
          ] as const
        ).map(named),
        columns: (
          [
            ["held", "開催"],
            ["came", "参加"],
          ] as const
        ).map(named),
      },
    }),
  ],
};

/** The id of an item of the sample. */
export const idOf = (item: string): string => `2014-data-meti/${item}`;

type Written = Readonly<Record<string, ReadCell>>;
/** The table as it comes back with these cells written, by item (and cell of its table) and title. */
export const filledTable = (
  rows: Readonly<Record<string, Written>>,
  form: Form = sampleForm,
): readonly (readonly ReadCell[])[] => [
  header,
  ...rowsOf(form).map((row) => {
    const written = rows[[row[0], row[2], row[3]].filter((cell) => cell !== null).join(" ")] ?? {};
    return row.map((cell, at): ReadCell => written[header[at] ?? ""] ?? cell);
  }),
];

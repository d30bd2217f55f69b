import type { Says } from "../../domain/says.ts";
import { warekiTime } from "../../domain/wareki.ts";
import { itemStateNames } from "../pages/words.ts";
import { handlingNames, handlings } from "../../domain/labels.ts";
import { AS_IS, confidentialityNames, EMBARGOED, NO_HANDLING } from "./evidence.ts";
import {
  answersOf,
  columns,
  header,
  oneLine,
  rowsOf,
  saysLabels,
  titles,
  type Cell,
  type Form,
} from "./form.ts";
import { DATA_SHEET } from "./sheet-name.ts";

/** One table: unique column names in the first row, then data, nothing else. */
export interface Table {
  readonly name: string;
  readonly titles: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const CODE_SHEET = "コード表";

const meanings: Readonly<Record<Says, string>> = {
  value: "数値又は実施状況が確定している。",
  provisional: "確定していないが、現時点で把握している値がある。確定値を後日提出する。",
  nil: "該当する事項がない。",
  "not-applicable": "所管していない。",
  unmeasurable: "データがなく、把握することができない。理由を選ぶ。補完調査を行う。",
};

const says = (form: Form): Table["rows"] =>
  answersOf(form).map((code) => ["回答の区分", saysLabels[code], code, meanings[code]]);
const reasons = ({ reasons: all }: Form): Table["rows"] =>
  all.map(({ key, label }) => ["把握困難の理由", label, key, null]);

/** 格付け etc. as they are written; the codes are the API's. */
const evidenceCodes: Table["rows"] = [
  [titles.confidentiality, confidentialityNames[1], "1", "公表して差し支えない。"],
  [titles.confidentiality, confidentialityNames[2], "2", "公表まで取扱いに注意する。"],
  ...handlings.map((code) => [titles.handling, handlingNames[code], code, null]),
  [titles.handling, NO_HANDLING, "none", "前回の取扱制限を解く。"],
  [
    titles.embargoed,
    EMBARGOED.yes,
    "true",
    "公表前である。ほかの府省庁には件数にも表れず、年次報告にも載らない。",
  ],
  [titles.embargoed, EMBARGOED.no, "false", "公表前でない、又は公表された。"],
  [titles.asIs, AS_IS, "true", "直すことができないため、検査に適合しないまま提出する。"],
];

const codeTable = (form: Form): Table => ({
  name: CODE_SHEET,
  titles: ["列名", "名称", "コード", "意味"],
  rows: [
    ...says(form),
    ...reasons(form),
    ...evidenceCodes,
    ...Object.entries(itemStateNames).map(([code, name]) => ["状態", name, code, null]),
  ],
});

/** Where the code table has the names that may be chosen; null where there are none. */
export const choicesIn = (form: Form, column: string): string | null => {
  const places = codeTable(form).rows.flatMap(([of], n) => (of === column ? [n + 2] : []));
  const [first] = places;
  return first === undefined ? null : `${CODE_SHEET}!$B$${first}:$B$${first + places.length - 1}`;
};

const serving = ({ items }: Form): Table => ({
  name: "対応表",
  titles: ["管理番号", "項番", "施策", "指標番号", "指標"],
  rows: items.flatMap(({ id, serves }) =>
    serves.map(({ measure, measureName, indicator, indicatorText }) => [
      id,
      measure,
      oneLine(measureName),
      indicator,
      oneLine(indicatorText),
    ]),
  ),
});

const instructions = (form: Form): Table => ({
  name: "記入要領",
  titles: ["番号", "項目", "内容"],
  rows: [
    ["照会", form.title],
    ["宛先", form.organisation],
    ["照会番号", form.request],
    ["版", form.edition],
    ["期限", warekiTime(form.dueAt)],
    ["締切", warekiTime(form.closeAt)],
    [
      "記入する列",
      "「データ」の回答の区分、数値、単位、回答、把握困難の理由と、それに続く必要な列（日付又は選択肢、把握できる日、所管と考える府省庁、指摘への説明、機密性の格付け、取扱制限、公表前、不備のあるまま提出）。ほかの列は変更しない。",
    ],
    [
      "表",
      "表を求める事項は、事項の行に回答の区分と単位を記入し、それに続く「表の行」と「表の列」のある行の数値を全て記入する。零は0と記入する。",
    ],
    [
      "格付けと添付",
      "機密性の格付け、取扱制限、公表前が空欄のときは、前回の回答のとおりとする。添付したファイルも、前回の回答のとおり残る。ファイルの追加と取消しは照会の画面で行う。機密性３情報は記入しない。",
    ],
    ["一部の回答", "回答できる行から記入し、提出できる。記入のない行は回答として扱わない。零は0と記入する。"],
    ["数式等", "数式、マクロ、ほかのファイルへの参照を含むファイルは受け付けない。値だけを記入する。"],
    ["提出", "照会の画面から提出する。一行でも誤りがあれば全体を受け付けず、直すべき行を示す。"],
    [
      "版の更新",
      "提出、差戻し等により照会が更新されると、以前の調査票では提出できない。取得し直して転記する。",
    ],
  ].map((row, n) => [n + 1, ...row.map(oneLine)]),
});

const definitions = (): Table => ({
  name: "定義",
  titles: ["列名", "型", "記入", "定義"],
  rows: columns.map(({ title, numeric, definition, of }) => [
    title,
    numeric ? "数値" : "文字列",
    of === null ? "記入する" : "記入しない",
    definition,
  ]),
});

export const dataTable = (form: Form): Table => ({ name: DATA_SHEET, titles: header, rows: rowsOf(form) });

/** The data first and alone on its sheet, then what explains it. */
export const tablesOf = (form: Form): readonly Table[] => [
  dataTable(form),
  instructions(form),
  codeTable(form),
  definitions(),
  ...(form.items.some(({ serves }) => serves.length > 0) ? [serving(form)] : []),
];

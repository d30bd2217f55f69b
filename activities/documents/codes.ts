import type { ItemOutcomeName, ReportDocument } from "../../domain/document.ts";
import { stateLabels } from "../../domain/report-index.ts";
import { cellOf, dataColumns, evaluationColumns, type DataColumn, type DataSheet } from "./columns.ts";
import type { PrintFacts } from "./facts.ts";

const stateMeanings: Readonly<Record<ItemOutcomeName, string>> = {
  value: "値を把握し、確定した。",
  nil: "該当する事項がないことを府省庁等が回答し、確認した。",
  "not-applicable": "府省庁等の所管に属さないことを確認した。",
  surveyed: "補完調査の結果を値に代えた。",
  uncollected: "把握できなかった。理由を未把握の理由に記す。",
  open: "回答が確定していない。",
};

/** Every code used in the tables, with its name and meaning: long form, one row a code. */
export const codeTable = ({ data }: ReportDocument): DataSheet => {
  const states = Object.entries(stateMeanings).map(([code, meaning]) => [
    "把握状況コード",
    code,
    Object.entries(stateLabels).find(([state]) => state === code)?.[1] ?? null,
    meaning,
  ]);
  const organisations = new Map(data.rows.map((row) => [row.organisation, row.organisationName]));
  return {
    name: "コード表",
    titles: ["列名", "コード", "名称", "意味"],
    rows: [
      ...states,
      ["評価の視点コード", "output", "結果（アウトプット）", "個々の施策の当該年度における進捗状況。"],
      ["評価の視点コード", "outcome", "成果（アウトカム）", "戦略の目標に照らした期間中の成果。"],
      ...data.ratings.map(({ kind, key, label, meaning }) => [
        `評定コード（${kind === "output" ? "結果" : "成果"}）`,
        key,
        label,
        meaning,
      ]),
      ...[...organisations.keys()]
        .toSorted()
        .map((code) => ["府省庁コード", code, organisations.get(code) ?? null, null]),
    ],
  };
};

/** What each column of each table means, whether it is numeric, and that blank is not zero. */
export const definitions = (): DataSheet => ({
  name: "項目定義",
  titles: ["表", "列名", "型", "定義"],
  rows: [...defined("データ", dataColumns), ...defined("評価", evaluationColumns)],
});

const defined = <Row>(sheet: string, columns: readonly DataColumn<Row>[]): DataSheet["rows"] =>
  columns.map(({ title, numeric, definition }) => [sheet, title, numeric ? "数値" : "文字列", definition]);

/** Which version the file holds. */
export const history = (document: ReportDocument, facts: PrintFacts): DataSheet => ({
  name: "更新履歴",
  titles: ["作成日時", "題名", "版", "版のSHA-256", "格付け", "本部決定における修正"],
  rows: [
    [
      facts.createdAt,
      document.title,
      facts.standing,
      facts.sha256,
      facts.classification,
      facts.changes === null ? null : cellOf(facts.changes),
    ],
  ],
});

import type { DataRow, EvaluationRow, ReportDocument } from "../../domain/document.ts";
import { stateLabels } from "../../domain/report-index.ts";

export type DataCell = string | number | null;

/** One column of a published table; name, meaning and content stand together so that they can't part. */
export interface DataColumn<Row> {
  readonly title: string;
  readonly definition: string;
  readonly numeric: boolean;
  readonly of: (row: Row, document: ReportDocument) => DataCell;
}

const column = <Row>(title: string, definition: string, of: DataColumn<Row>["of"]): DataColumn<Row> => ({
  title,
  definition,
  numeric: false,
  of,
});
const numbers = <Row>(title: string, definition: string, of: DataColumn<Row>["of"]): DataColumn<Row> => ({
  ...column(title, definition, of),
  numeric: true,
});

const kindOf = (document: ReportDocument): string => (document.rehearsal ? "【訓練】" : "本番");
const kindMeaning = "「本番」又は「【訓練】」。【訓練】は実際の回答ではない。";

/** 指標 × 照会項目 × 府省庁等, long form, one datum a cell. */
export const dataColumns: readonly DataColumn<DataRow>[] = [
  numbers("年度", "対象とした会計年度（西暦）。2014は平成26年度。", (_, { year }) => year),
  column("区分", kindMeaning, (_, document) => kindOf(document)),
  numbers("領域番号", "政策領域の番号。", ({ area }) => area),
  column("領域", "政策領域の名称。", ({ areaName }) => areaName),
  numbers("分野番号", "政策分野の番号。分野のない領域は空欄。", ({ domain }) => domain),
  column("分野", "政策分野の名称。分野のない領域は空欄。", ({ domainName }) => domainName),
  column("見出し", "施策の属する見出し。ないものは空欄。", ({ heading }) => heading),
  column("項番", "施策の番号。領域－分野－節－記号。", ({ measure }) => measure),
  column("施策", "施策の名称。", ({ measureName }) => measureName),
  column("指標番号", "指標の番号。項番／順序。", ({ indicator }) => indicator),
  column("指標", "評価に当たり考慮すべき状況。", ({ indicatorText }) => indicatorText),
  column(
    "照会項目番号",
    "照会した項目の番号。一の項目が複数の指標に用いられる場合、同じ番号及び府省庁コードの行は同一の回答である。合計するときは重複を除くこと。",
    ({ datum }) => datum,
  ),
  column("照会事項", "照会した事項。", ({ datumText }) => datumText),
  column("府省庁コード", "回答した府省庁等のコード。コード表による。", ({ organisation }) => organisation),
  column("府省庁等", "回答した府省庁等の名称。", ({ organisationName }) => organisationName),
  column("把握状況コード", "照会項目の把握状況。コード表による。", ({ state }) => state),
  column("把握状況", "把握状況コードの名称。", ({ state }) => stateLabels[state]),
  numbers("数値", "回答の数値。数値の回答がないものは空欄であり、零を意味しない。", ({ number }) => number),
  column("単位", "数値の単位。", ({ unit }) => unit),
  column("表の行", "表で回答したものの行の名称。一つの欄を一行とする。", ({ cell }) => cell?.row ?? null),
  column("表の列", "表で回答したものの列の名称。", ({ cell }) => cell?.column ?? null),
  column("日付", "日付で回答したものの日付（西暦年-月-日）。", ({ date }) => date ?? null),
  column("選択肢", "選択肢で回答したものの選択肢の名称。", ({ choice }) => choice ?? null),
  column("内容", "回答又は補完調査の結果の文章。", ({ text }) => text),
  column("未把握の理由", "把握できなかった理由。", ({ reason }) => reason),
  column("補完調査番号", "値に代えた補完調査の番号。", ({ survey }) => survey),
  column("根拠番号", "値の根拠とした回答又は補完調査の番号。", ({ source }) => source),
  column("根拠のSHA-256", "根拠とした回答又は補完調査の結果のSHA-256。", ({ sha256 }) => sha256),
];

export const evaluationColumns: readonly DataColumn<EvaluationRow>[] = [
  numbers("年度", "対象とした会計年度（西暦）。", (_, { year }) => year),
  column("区分", kindMeaning, (_, document) => kindOf(document)),
  column("評価の視点コード", "評価の視点。コード表による。", ({ kind }) => kind),
  column("対象番号", "結果の評価は施策の項番、成果の評価は領域－分野。", ({ key }) => key),
  column("対象", "評価の対象の名称。", ({ name }) => name),
  column("評定コード", "評定。コード表による。評価が確定していないものは空欄。", ({ rating }) => rating),
  column("評定", "評定コードの名称。", ({ ratingLabel }) => ratingLabel),
  column("評価", "言葉による評価。", ({ words }) => words),
  column("根拠番号", "評価の番号。", ({ source }) => source),
  numbers(
    "前年度",
    "比較の対象とした年度（西暦）。決定された前年度の評価がないものは空欄。",
    ({ lastYear }) => lastYear?.year ?? null,
  ),
  column(
    "前年度の対象番号",
    "前年度における対象番号。統合されたものは読点で区切る。",
    ({ lastYear }) => lastYear?.keys.join("、") ?? null,
  ),
  column("前年度の評定", "決定された前年度の評定の名称。", ({ lastYear }) => lastYear?.ratingLabel ?? null),
  column(
    "前年度との比較",
    "「可」又は「比較不可」。前年度から定義が変わったものは比較不可。",
    ({ lastYear }) => (lastYear === undefined ? null : lastYear.comparable ? "可" : "比較不可"),
  ),
  column(
    "定義の変更",
    "前年度からの定義の変更。変更のないものは空欄。",
    ({ lastYear }) => lastYear?.differences.join("、") || null,
  ),
];

/** A cell holds one datum on one line: line feeds and tabs become single spaces, outer blanks go. */
export const cellOf = (value: DataCell): DataCell =>
  typeof value === "string" ? value.replace(/[\s\u{0000}-\u{001f}]+/gu, " ").trim() : value;

export interface DataSheet {
  readonly name: string;
  readonly titles: readonly string[];
  readonly rows: readonly (readonly DataCell[])[];
}

export const sheetOf = <Row>(
  name: string,
  columns: readonly DataColumn<Row>[],
  { rows, document }: { readonly rows: readonly Row[]; readonly document: ReportDocument },
): DataSheet => ({
  name,
  titles: columns.map(({ title }) => title),
  rows: rows.map((row) => columns.map(({ of }) => cellOf(of(row, document)))),
});

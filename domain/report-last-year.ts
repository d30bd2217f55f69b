import { domainThroughYears, measureThroughYears, type EarlierJudgement } from "./comparison.ts";
import { notice, paragraph } from "./compose.ts";
import type { GeneratedBlock, LastYearRow, SourceId } from "./document.ts";
import { fiscalYear, measureKey } from "./ids.ts";
import type { EvaluationKind } from "./plan.ts";
import type { ReportRecord } from "./report-record.ts";
import { fiscalYearLabel } from "./wareki.ts";

/** Names last year's decided version. */
export const lastYearSource = ({ cycle }: NonNullable<ReportRecord["lastYear"]>): SourceId =>
  `decided:${cycle}`;

const judgedBefore = (
  { plan, lastYear }: ReportRecord,
  kind: EvaluationKind,
  key: string,
): EarlierJudgement | undefined => {
  if (lastYear === undefined) return undefined;
  const [before] =
    kind === "output"
      ? measureThroughYears(plan, measureKey(key), [lastYear])
      : domainThroughYears(plan, key, [lastYear]);
  return before;
};

/** 前年度の評価 of a measure by its lineage, of a domain by its key; null where there is none. */
export const lastYearRow = (record: ReportRecord, kind: EvaluationKind, key: string): LastYearRow | null => {
  const before = judgedBefore(record, kind, key);
  if (before === undefined) return null;
  const ratings = before.judged.map(({ key: of, ratingLabel }) =>
    before.judged.length === 1 ? (ratingLabel ?? "評価未了") : `${of} ${ratingLabel ?? "評価未了"}`,
  );
  return {
    year: before.year,
    keys: before.keys,
    ratingLabel: ratings.length === 0 ? "評価なし" : ratings.join("、"),
    words: before.judged.flatMap(({ words }) => words ?? []).join("\n"),
    comparable: before.comparable,
    differences: before.differences,
  };
};

/** One line, for a table's cell. */
export const lastYearLine = ({ year, ratingLabel, comparable, differences }: LastYearRow): string => {
  const label = `前年度（${fiscalYearLabel(fiscalYear(year))}）の評定：${ratingLabel}`;
  if (comparable) return label;
  const why = differences.length === 0 ? "施策の統合" : differences.join("、");
  return `${label}（比較不可。定義の変更：${why}）`;
};

/** Beside this year's judgement: last year's, or that the two can't be compared and why. */
export const lastYearBlocks = (
  record: ReportRecord,
  kind: EvaluationKind,
  key: string,
): readonly GeneratedBlock[] => {
  const row = lastYearRow(record, kind, key);
  if (row === null || record.lastYear === undefined) return [];
  const source = [lastYearSource(record.lastYear)];
  const line = lastYearLine(row);
  return [
    row.comparable ? paragraph(line, source) : notice(line, source),
    ...(row.words === "" ? [] : [paragraph(`前年度の評価：${row.words}`, source)]),
  ];
};

import { arrivedBlocks } from "./report-files.ts";
import { notice, paragraph, phrase, section, table, words, type DraftSection } from "./compose.ts";
import type { GeneratedBlock, Phrase } from "./document.ts";
import type { IndicatorKey } from "./ids.ts";
import type { Measure } from "./plan.ts";
import { measureName } from "./catalogue.ts";
import { ratingLabel } from "./report-areas.ts";
import { lastYearLine, lastYearRow, lastYearSource } from "./report-last-year.ts";
import { stateLabels, type ReportIndex, type ReportItem } from "./report-index.ts";
import type { RecordedAnalysis } from "./report-record.ts";

/** 分析: whether it was needed is a decision for every domain, and printed with its reason. */
export const analysisChapter = (index: ReportIndex): DraftSection => {
  const { record, domains } = index;
  const decided = domains.map((one) => ({
    ...one,
    analysis: record.analyses.find(({ domain }) => domain === one.key),
  }));
  const undecided = decided.filter(({ analysis }) => analysis === undefined);
  return section("analyses", "分析", {
    blocks: [
      ...(undecided.length === 0
        ? []
        : [notice(`分析の要否が決定されていない分野が${undecided.length}件ある。`)]),
      table("分析の要否", [words("政策分野", 4), words("要否", 1), words("理由", 6)], {
        rows: decided.map(({ fullTitle, key, analysis }) => [
          phrase(fullTitle),
          phrase(analysis === undefined ? "未決定" : analysis.needed ? "要" : "不要", [`analysis:${key}`]),
          phrase(analysis?.reason ?? "", [`analysis:${key}`]),
        ]),
      }),
    ],
    sections: decided.flatMap(({ analysis, key, fullTitle }) =>
      analysis?.needed === true
        ? [section(`analysis-${key}`, fullTitle, { blocks: [analysed(analysis), ...madeFrom(analysis)] })]
        : [],
    ),
  });
};

const analysed = ({ domain, text }: RecordedAnalysis): GeneratedBlock =>
  text === null
    ? notice("分析を要するとしたが、その結果が記録されていない。", [`analysis:${domain}`])
    : paragraph(text.text, [`analysis:${domain}`, `analysis:${text.contentId}`]);

/** Its inputs by version, each in the paragraph's sources. */
const madeFrom = ({ inputs = [] }: RecordedAnalysis): readonly GeneratedBlock[] => {
  if (inputs.length === 0) return [];
  const answers = inputs.filter(({ item }) => item !== null).length;
  return [
    paragraph(
      `本分析は、確定した回答等${answers}件及び承認された評価${inputs.length - answers}件に基づく。`,
      inputs.map(({ source }) => source),
    ),
  ];
};

/** 他制度評価: each part as it arrived, or the fact and reason that it did not. */
export const otherChapter = (index: ReportIndex): DraftSection =>
  section("others", "他の枠組みによる評価", {
    sections: index.record.plan.chapters.map(({ key, title, basis }, place) => {
      const source = `chapter:${key}`;
      const arrived = index.record.chapters.find((one) => one.key === key);
      const blocks =
        arrived?.is === "arrived"
          ? arrivedBlocks(arrived, place)
          : [
              notice(
                `本報告の取りまとめまでに提出がなく、掲載していない。理由：${arrived?.reason ?? "記録がない。"}`,
                [source],
              ),
            ];
      return section(`chapter-${key}`, title, {
        blocks: [paragraph(`本節は、${basis}に基づく評価の結果である。`, [index.planSource]), ...blocks],
      });
    }),
  });

/** 別添１: 項番, 担当府省庁, 施策, 指標, 成果と進捗, one table a domain. */
export const measureAnnex = (index: ReportIndex): DraftSection =>
  section("annex-measures", "施策別の成果及び進捗の状況", {
    blocks: index.domains
      .filter(({ measures }) => measures.length > 0)
      .map(({ fullTitle, measures }) =>
        table(
          fullTitle,
          [
            words("項番", 2),
            words("担当府省庁等", 3),
            words("施策", 5),
            words("指標", 6),
            words("成果及び進捗の状況", 8),
          ],
          { rows: measures.map((measure) => annexRow(index, measure)) },
        ),
      ),
  });

const annexRow = (index: ReportIndex, measure: Measure): readonly Phrase[] => {
  const items = measure.indicators.flatMap(({ key }) => index.itemsOf(key));
  const given = index.evaluationOf("output", measure.key);
  const stateText = (key: IndicatorKey): string =>
    index.isShown(key) ? `（${stateLabels[index.stateOf(key)]}）` : "";
  const progress =
    given === undefined
      ? "評価が確定していない。"
      : `【${ratingLabel(index, "output", given.rating)}】\n${given.text}`;
  const { lastYear } = index.record;
  const before = lastYearRow(index.record, "output", measure.key);
  return [
    phrase(measure.key, [index.planSource]),
    phrase([...new Set(items.map(({ organisationName }) => organisationName))].join("、"), [
      index.planSource,
    ]),
    phrase(measureName(measure), [index.planSource]),
    phrase(measure.indicators.map(({ key, text }) => `・${text}${stateText(key)}`).join("\n"), [
      index.planSource,
      ...new Set(items.map(({ source }) => source)),
    ]),
    phrase(before === null ? progress : `${progress}\n${lastYearLine(before)}`, [
      ...(given === undefined ? [] : [`evaluation:${given.contentId}`]),
      ...(before === null || lastYear === undefined ? [] : [lastYearSource(lastYear)]),
    ]),
  ];
};

/** 別添２: everything that could not be known, and why. Nothing is left out silently. */
export const uncollectedAnnex = (index: ReportIndex): DraftSection => {
  const missing = index.items.filter(({ is }) => is === "uncollected" || is === "open");
  const row = (item: ReportItem): readonly Phrase[] => [
    phrase(item.datum.indicators.join("\n"), [index.planSource]),
    phrase(item.organisationName),
    phrase(item.datum.text, [index.planSource]),
    phrase(item.outcome?.is === "uncollected" ? item.outcome.reason : "回答が確定していない。", [
      item.source,
    ]),
  ];
  return section("annex-uncollected", "把握できなかった事項", {
    blocks:
      missing.length === 0
        ? [paragraph("把握できなかった事項はない。")]
        : [
            paragraph(
              `把握できなかった照会項目は、次の${missing.length}件である。`,
              missing.map(({ source }) => source),
            ),
            table(
              "把握できなかった事項及びその理由",
              [words("指標", 2), words("担当府省庁等", 3), words("照会事項", 6), words("理由", 6)],
              { rows: missing.map(row) },
            ),
          ],
  });
};

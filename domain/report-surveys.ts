import { grouped, paragraph, phrase, section, table, words, type DraftSection } from "./compose.ts";
import type { GeneratedBlock, Phrase } from "./document.ts";
import type { ReportIndex } from "./report-index.ts";
import type { RecordedSurvey } from "./report-record.ts";
import { monthAndDay, wareki } from "./wareki.ts";

/** 補完調査: why, how, what came of it and how far it carries. */
export const surveyChapter = (index: ReportIndex): DraftSection =>
  section("surveys", "補完調査", {
    blocks:
      index.surveys.length === 0
        ? [paragraph("評価指標に基づくデータの把握が困難な事項はなく、補完調査は実施しなかった。")]
        : [
            paragraph(
              `評価指標に基づくデータの把握が困難な事項について、${index.surveys.length}件の補完調査を実施した。`,
              index.surveys.map(({ id }) => `survey:${id}`),
            ),
          ],
    sections: index.surveys.map((survey, at) =>
      section(`survey-${survey.id}`, `補完調査${at + 1}　${ownerOf(index, survey)}`, {
        blocks: [surveyTable(index, survey)],
      }),
    ),
  });

const surveyTable = (index: ReportIndex, survey: RecordedSurvey): GeneratedBlock => {
  const source = [`survey:${survey.id}`];
  const row = (title: string, text: string): readonly Phrase[] => [phrase(title), phrase(text, source)];
  const asked = survey.data.map(
    (key) => index.record.plan.data.find((datum) => datum.key === key)?.text ?? key,
  );
  return table(`補完調査 ${survey.id} の概要`, [words("事項", 2), words("内容", 9)], {
    rows: [
      row("担当府省庁等", ownerOf(index, survey)),
      ...(survey.scope === null ? [] : [row("名称及び範囲", `${survey.scope.title}\n${survey.scope.scope}`)]),
      row("対象", asked.join("\n")),
      row("実施の理由", survey.justification),
      row("方法", methodOf(survey)),
      ...endOf(index, survey).map(([title, text]) => row(title, text)),
    ],
  });
};

const ownerOf = (index: ReportIndex, { organisation, cause }: RecordedSurvey): string =>
  cause === "no-owner" ? "担当府省庁の定めなし" : nameOf(index, organisation);

const nameOf = (index: ReportIndex, organisation: string): string =>
  index.items.find((item) => item.organisation === organisation)?.organisationName ?? organisation;

const methodOf = ({ method, protocol }: RecordedSurvey): string => {
  const text = method?.text ?? "方法の記録がない。";
  if (protocol === null) return text;
  const steps = protocol.steps.map(
    ({ label, on }) => `${label}（${on === null ? "未実施" : monthAndDay(on)}）`,
  );
  const asked = protocol.asked === 0 ? "" : `質問票の送付先：${grouped(protocol.asked)}者\n`;
  return `${protocol.label}\n${text}\n${asked}経過：${steps.join("、")}`;
};

type Lines = readonly (readonly [string, string])[];

const foundLines = (index: ReportIndex, end: Extract<RecordedSurvey["end"], { is: "found" }>): Lines => {
  const grade = gradeOf(index, end.grade);
  return [
    ["結果", end.result.text],
    ...(end.value === null ? [] : [["値", `${grouped(end.value.number)}${end.value.unit}`] as const]),
    ...(grade === null ? [] : [["結果の質", grade] as const]),
    ...(end.references.length === 0
      ? []
      : [["根拠", end.references.map(({ title, on }) => `${title}（${wareki(on)}）`).join("\n")] as const]),
    ["結果の限界", end.limits === "" ? "限界についての記載はない。" : end.limits],
  ];
};

/** The plan's word for it, with what it means; the key where the plan has lost it. */
const gradeOf = ({ record: { plan } }: ReportIndex, key: string | null): string | null => {
  const grade = plan.surveyGrades?.find((one) => one.key === key);
  return grade === undefined ? key : `${grade.label}（${grade.meaning}）`;
};

const lateLines = ({ offered }: RecordedSurvey): Lines =>
  offered === 0
    ? []
    : [
        [
          "調査中に届いた回答",
          `対象のうち${grouped(offered)}件について、調査の実施中に担当府省庁等から回答があった。内容を確認した上で、調査の結果によることとした。`,
        ],
      ];

const endOf = (index: ReportIndex, survey: RecordedSurvey): Lines => {
  const { end } = survey;
  switch (end.is) {
    case "found":
      return [...foundLines(index, end), ...lateLines(survey)];
    case "impossible": {
      const result: Lines = end.result === null ? [] : [["結果", end.result.text]];
      return [...result, ["把握できなかった理由", end.reason], ...lateLines(survey)];
    }
    case "stopped":
      return [["中止の理由", end.reason]];
    case "merged":
      return [["統合", `補完調査 ${end.into} に統合した。理由：${end.reason}`]];
    case "running":
      return [["結果", "補完調査が終了していない。"]];
  }
};

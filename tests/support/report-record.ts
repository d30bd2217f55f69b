import { createHash } from "node:crypto";
import { cycleKey, personId, sha256, type Sha256 } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { domainKey } from "../../domain/report-index.ts";
import type {
  RecordedItem,
  RecordedOutcome,
  RecordedSurvey,
  RecordedText,
  ReportRecord,
} from "../../domain/report-record.ts";

const hashOf = (text: string): Sha256 => sha256(createHash("sha256").update(text).digest("hex"));
const content = (id: string, text: string): RecordedText => ({ text, contentId: id, sha256: hashOf(text) });

/** How the item at that place of the plan's order ended: all five settled states come up within seven items. */
const outcomeOf = (at: number, survey: string): RecordedOutcome => {
  switch (at % 7) {
    case 0:
      return { is: "nil", ...content(`c-${at}`, "対象となる事案がなかったため。") };
    case 1:
      return { is: "not-applicable", ...content(`c-${at}`, "") };
    case 2:
      return { is: "surveyed", survey };
    case 3:
      return {
        is: "uncollected",
        reason: `記録が保存されておらず、補完調査によっても把握できなかったため（${at}）。`,
      };
    case 4:
      return {
        is: "value",
        number: at * 317,
        unit: "件",
        ...content(`c-${at}`, "平成26年度末現在の累計である。"),
      };
    default: {
      const text =
        "関係機関との情報共有の枠組みを構築し、平成26年度中に全12回の会合を開催した。参加機関は、前年度から増加している。";
      return { is: "value", number: null, unit: null, ...content(`c-${at}`, `${text}（${at}）`) };
    }
  }
};

const surveyOf = (
  items: readonly RecordedItem[],
  [first]: readonly RecordedItem[],
  at: number,
): RecordedSurvey[] =>
  first === undefined
    ? []
    : [
        {
          id: `survey-2014-${first.organisation}-${at + 1}`,
          organisation: first.organisation,
          data: items.map(({ datum }) => datum),
          cause: "silence",
          justification: "締切までに回答がなかった。",
          protocol: null,
          scope: null,
          offered: 0,
          method: content(`m-${at}`, "公開資料の調査及び担当者への聴取による。"),
          end: {
            is: "found",
            result: content(`r-${at}`, "公開資料によれば、取組は全国の拠点で継続している。"),
            limits: "公開資料に基づくため、未公表の取組を含まない。",
            grade: null,
            value: null,
            references: [],
          },
        },
      ];

/** A year in which every item, evaluation and analysis is settled, in all five ways; one chapter is missing. */
export const settledRecord = (plan: Plan): ReportRecord => {
  const asked = plan.data.flatMap((datum) =>
    datum.owners.map(({ organisation }) => ({ datum: datum.key, organisation })),
  );
  const items = asked.map((one, at) => ({
    ...one,
    outcome: outcomeOf(at, `survey-2014-${one.organisation}-${at + 1}`),
  }));
  const domains = plan.areas.flatMap(({ number, domains: of }) =>
    of.length === 0 ? [domainKey(number, null)] : of.map((domain) => domainKey(number, domain.number)),
  );
  const rated = (kind: "output" | "outcome", key: string, at: number) => {
    const scale = plan.scales[kind];
    const rating = scale[at % scale.length]?.key ?? "";
    return {
      kind,
      key,
      rating,
      ...content(
        `${kind}-${key}`,
        `年次計画に掲げた取組が実施され、${at + 1}番目の評価として所期の結果が得られた。`,
      ),
    };
  };
  const [, ...late] = plan.chapters;
  return {
    plan,
    planHash: hashOf("plan"),
    cycle: cycleKey("2014"),
    rehearsal: false,
    items,
    surveys: items.flatMap((item, at) =>
      item.outcome.is === "surveyed" ? surveyOf([item], [item], at) : [],
    ),
    evaluations: [
      ...plan.measures.map(({ key }, at) => rated("output", key, at)),
      ...domains.map((key, at) => rated("outcome", key, at)),
    ],
    analyses: domains.map((domain, at) => ({
      domain,
      needed: at % 6 === 0,
      reason:
        at % 6 === 0 ? "複数の府省庁の回答に差が見られるため。" : "評価により状況が十分に把握できたため。",
      text:
        at % 6 === 0
          ? content(
              `analysis-${domain}`,
              "回答の差は、所管する情報システムの規模の違いによるものと考えられる。",
            )
          : null,
    })),
    chapters: [
      ...plan.chapters.slice(0, 1).map(({ key }) => ({
        key,
        is: "arrived" as const,
        ...content(key, "点検の結果、全ての府省庁において対策が実施されていた。"),
      })),
      ...late.map(({ key }) => ({
        key,
        is: "missing" as const,
        reason: "所管部局における取りまとめが完了していないため。",
      })),
    ],
    edits: [],
  };
};

export const editor = personId("nisc-preparer");

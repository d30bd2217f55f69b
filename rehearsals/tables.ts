import { itemStateNames } from "../api/pages/words.ts";
import { dateOf } from "../domain/time.ts";
import { warekiWithWeekday } from "../domain/wareki.ts";
import type { LadderRung, Plan } from "../domain/plan.ts";
import { stageName } from "./stage-names.ts";
import type { Timeline } from "./timeline.ts";
import type { SurveyReply } from "./wire.ts";

/** What a rehearsal says at its end. */

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;
const widthOf = (text: string): number =>
  Array.from(text, (char): number => (WIDE.test(char) ? 2 : 1)).reduce((sum, width) => sum + width, 0);

/** Columns as wide as their widest cell, as a terminal shows Japanese. */
export const tableText = (title: string, rows: readonly (readonly string[])[]): string => {
  const widths = rows.reduce<readonly number[]>(
    (all, row) => row.map((cell, at) => Math.max(all[at] ?? 0, widthOf(cell))),
    [],
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => `${cell}${" ".repeat((widths[at] ?? 0) - widthOf(cell))}`)
      .join("  ")
      .trimEnd();
  return [`【${title}】`, ...rows.map((row) => `  ${line(row)}`)].join("\n");
};

const counted = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

const letterNames: Readonly<Record<string, string>> = {
  inquiry: "照会",
  receipt: "受領",
  returned: "差戻し",
  extension: "期限延長",
  survey: "補完調査",
  consultation: "意見照会",
  disposition: "意見への対応",
  "approval-turn": "決裁依頼",
  "approval-returned": "決裁差戻し",
  decided: "本部決定",
  published: "公表",
  notice: "事務局連絡",
};

const rungsOf = (plan: Plan): readonly LadderRung[] => [
  ...new Map(
    Object.values(plan.ladders)
      .flat()
      .map((rung) => [rung.name, rung]),
  ).values(),
];

const rungName = (rung: LadderRung): string =>
  `${rung.label}（期限の${Math.abs(rung.offsetBusinessDays)}開庁日${rung.offsetBusinessDays < 0 ? "前" : "後"}）`;

/** Letters first, then the rungs of the ladder from the mildest on; what nobody got is left out. */
const mailRows = (timeline: Timeline, plan: Plan): readonly (readonly string[])[] => {
  const letters = counted(timeline.mails.filter(({ rung }) => rung === null).map(({ kind }) => kind));
  const rungs = counted(timeline.mails.flatMap(({ rung }) => (rung === null ? [] : [rung])));
  return [
    ...[...letters].map(([kind, count]) => [letterNames[kind] ?? kind, `${count}通`]),
    ...rungsOf(plan)
      .toSorted((one, other) => one.offsetBusinessDays - other.offsetBusinessDays)
      .flatMap((rung) => {
        const count = rungs.get(rung.name);
        return count === undefined ? [] : [[rungName(rung), `${count}通`]];
      }),
    ["計", `${timeline.mails.length}通`],
  ];
};

const endNames = { found: "把握できた", impossible: "把握できなかった", stopped: "取りやめた" } as const;

/** Stages with their dates, mails per letter and rung, surveys, indicators by settled state. */
export const closingTables = ({
  timeline,
  plan,
  surveys,
}: {
  readonly timeline: Timeline;
  readonly plan: Plan;
  readonly surveys: readonly SurveyReply[];
}): string => {
  const ends = counted(surveys.map(({ end }) => (end === null ? "実施中" : endNames[end.is])));
  const states = counted(Object.values(timeline.indicators).map((state) => itemStateNames[state]));
  const rows = (counts: ReadonlyMap<string, number>): readonly (readonly string[])[] => [
    ...[...counts].map(([name, count]) => [name, `${count}件`]),
    ["計", `${[...counts.values()].reduce((sum, count) => sum + count, 0)}件`],
  ];
  return [
    tableText(
      "段階",
      timeline.stages.map(({ stage, enteredAt }) => [stageName(stage), warekiWithWeekday(dateOf(enteredAt))]),
    ),
    tableText("メール", mailRows(timeline, plan)),
    tableText("補完調査", rows(ends)),
    tableText("指標の把握状況", rows(states)),
  ].join("\n\n");
};

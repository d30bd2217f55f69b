import { causeNames } from "../api/pages/survey-words.ts";
import { itemStateNames } from "../api/pages/words.ts";
import { letterNames } from "../domain/letters.ts";
import { dateOf } from "../domain/time.ts";
import { warekiWithWeekday } from "../domain/wareki.ts";
import type { LadderRung, Plan } from "../domain/plan.ts";
import { stageName } from "./stage-names.ts";
import type { Timeline } from "./timeline.ts";
import type { RequestReply, SurveyReply } from "./wire.ts";

/** What a rehearsal says at its end. */

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;
const widthOf = (text: string): number =>
  Array.from(text, (char): number => (WIDE.test(char) ? 2 : 1)).reduce((sum, width) => sum + width, 0);

/** Columns as wide as their widest cell, as a terminal shows Japanese. */
export const tableText = (title: string, rows: readonly (readonly string[])[]): string => {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...rows.map((row) => widthOf(row[at] ?? ""))),
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

/** A timeline is read back as text: its kinds are any words. */
const namesOfKinds: Readonly<Record<string, string>> = letterNames;

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
    ...[...letters].map(([kind, count]) => [namesOfKinds[kind] ?? kind, `${count}通`]),
    ...rungsOf(plan)
      .toSorted((one, other) => one.offsetBusinessDays - other.offsetBusinessDays)
      .flatMap((rung) => {
        const count = rungs.get(rung.name);
        return count === undefined ? [] : [[rungName(rung), `${count}通`]];
      }),
    ["計", `${timeline.mails.length}通`],
  ];
};

const endNames = { found: "把握", impossible: "未把握", stopped: "取りやめ", merged: "統合" } as const;

/** A row for each cause, with how its surveys ended. */
const surveyRows = (surveys: readonly SurveyReply[]): readonly (readonly string[])[] => [
  ...[...counted(surveys.map(({ cause }) => causeNames[cause]))].map(([cause, count]) => [
    cause,
    `${count}件`,
    [
      ...counted(
        surveys
          .filter((survey) => causeNames[survey.cause] === cause)
          .map(({ end }) => (end === null ? "実施中" : endNames[end.is])),
      ),
    ]
      .map(([end, ended]) => `${end}${ended}件`)
      .toSorted()
      .join("、"),
  ]),
  ["計", `${surveys.length}件`],
];

const settled = ["value", "nil", "not-applicable", "surveyed", "uncollected"] as const;

/** How much is known, of what was asked and of the indicators it serves. */
const stateRows = (
  { indicators }: Timeline,
  requests: readonly RequestReply[],
): readonly (readonly string[])[] => {
  const items = counted(
    requests
      .filter(({ kind }) => kind === "data")
      .flatMap((request) => request.items.map(({ state }) => state.is)),
  );
  const states = counted(Object.values(indicators));
  const sum = (counts: ReadonlyMap<string, number>): number =>
    [...counts.values()].reduce((all, count) => all + count, 0);
  return [
    ["", "照会項目", "指標"],
    ...settled.map((state) => [
      itemStateNames[state],
      `${items.get(state) ?? 0}件`,
      `${states.get(state) ?? 0}件`,
    ]),
    ["計", `${sum(items)}件`, `${sum(states)}件`],
  ];
};

/** Stages with their dates, mails per letter and rung, surveys, items and indicators by settled state. */
export const closingTables = ({
  timeline,
  plan,
  surveys,
  requests,
}: {
  readonly timeline: Timeline;
  readonly plan: Plan;
  readonly surveys: readonly SurveyReply[];
  readonly requests: readonly RequestReply[];
}): string =>
  [
    tableText(
      "段階",
      timeline.stages.map(({ stage, enteredAt }) => [stageName(stage), warekiWithWeekday(dateOf(enteredAt))]),
    ),
    tableText("メール", mailRows(timeline, plan)),
    tableText("補完調査", surveyRows(surveys)),
    tableText("把握状況", stateRows(timeline, requests)),
  ].join("\n\n");

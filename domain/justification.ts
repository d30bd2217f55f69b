import type { Says } from "./says.ts";
import type { SurveyCause } from "./unmeasurable.ts";
import { dateOf, type Instant, type PlainDate } from "./time.ts";
import { monthAndDay, warekiTime } from "./wareki.ts";

/** What is on record about items that a survey is opened for. */
export interface OpeningFacts {
  /** Whose answer is missing, by its name on the day. */
  readonly organisation: string;
  readonly now: Instant;
  readonly cause: SurveyCause;
  /** The reason's name in the plan, where the ministry gave one. */
  readonly why: string | null;
  /** When it was asked, wanted and closed. */
  readonly term: { readonly sentAt: Instant; readonly dueAt: Instant; readonly closeAt: Instant };
  /** Rungs of the ladder that were sent, in their order. */
  readonly reminders: readonly { readonly label: string; readonly on: PlainDate }[];
  readonly items: readonly {
    /** As the plan has it. */
    readonly datum: string;
    readonly indicators: readonly string[];
    /** What was submitted, the oldest first. */
    readonly answers: readonly { readonly at: Instant; readonly says: Says }[];
    /** Why it can't be compared with last year; checks it fails. */
    readonly remarks: readonly string[];
  }[];
  /** What the secretariat said when it returned the answer the last time. */
  readonly returnReason: string | null;
}

const ended = (text: string): string => (text.endsWith("。") ? text : `${text}。`);

const listed = (dates: readonly PlainDate[]): string =>
  [...new Set(dates)].toSorted().map(monthAndDay).join("、");

const askedText = ({ organisation, term }: OpeningFacts): string =>
  `${organisation}に対し、${warekiTime(term.sentAt)}に照会した（期限：${warekiTime(term.dueAt)}、締切：${warekiTime(term.closeAt)}）。`;

const remindersText = ({ reminders }: OpeningFacts): string => {
  const labels = [...new Set(reminders.map(({ label }) => label))];
  if (labels.length === 0) return "この間、督促は送付していない。";
  const parts = labels.map(
    (label) => `${label}（${listed(reminders.filter((one) => one.label === label).map(({ on }) => on))}）`,
  );
  return `この間、${parts.join("、")}を送付している。`;
};

const answersText = ({ items }: OpeningFacts): string => {
  const dates = items.flatMap(({ answers }) => answers.map(({ at }) => dateOf(at)));
  return dates.length === 0 ? "" : `回答は${listed(dates)}に提出されている。`;
};

const returnText = ({ returnReason }: OpeningFacts): string =>
  returnReason === null ? "" : `直近の差戻しの理由は、「${returnReason}」である。`;

const remarksText = ({ items }: OpeningFacts): string =>
  [
    ...new Set(items.flatMap(({ datum, remarks }) => remarks.map((remark) => `${datum}：${ended(remark)}`))),
  ].join("");

const causeText = (facts: OpeningFacts): string => {
  const { now, organisation, why } = facts;
  switch (facts.cause) {
    case "said-unmeasurable":
      return `${askedText(facts)}${monthAndDay(dateOf(now))}、${organisation}から、データの把握が困難である旨の回答があった${why === null ? "" : `（理由：${why}）`}。`;
    case "silence":
      return `${askedText(facts)}${remindersText(facts)}締切までに回答がなかった。`;
    case "not-corrected":
      return `${askedText(facts)}${answersText(facts)}${returnText(facts)}${remindersText(facts)}定めた期限までに再提出がなかった。`;
    case "returned-twice":
      return `${askedText(facts)}${answersText(facts)}二度の差戻しによっても、評価に用いることのできるデータが得られなかった。${returnText(facts)}`;
    case "failed-check":
      return `${askedText(facts)}${answersText(facts)}提出された回答は、締切の時点においても計画に定める点検の条件を満たしていない。${remarksText(facts)}${remindersText(facts)}`;
    case "not-comparable":
      return `${askedText(facts)}${answersText(facts)}回答は、前年度の値と比較することができない。${remarksText(facts)}`;
    case "no-owner":
      return `計画において、次の照会事項には担当府省庁及び出典の定めがなく、照会することができない。`;
  }
};

const subjectText = ({ items }: OpeningFacts): string =>
  `対象は、計画の照会事項${items.length}件（${items
    .map(({ datum, indicators }) =>
      indicators.length === 0 ? datum : `${datum}〔指標${indicators.join("、")}〕`,
    )
    .join("、")}）である。`;

/** 開始の理由: why a survey had to be opened, from the record and the plan. Printed in mails, on screen and in the report. */
export const justificationOf = (facts: OpeningFacts): string => `${causeText(facts)}${subjectText(facts)}`;

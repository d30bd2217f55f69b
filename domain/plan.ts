import type { Says } from "./says.ts";
import type { FiscalYear, IndicatorKey, MeasureKey, OrganisationId, PersonId } from "./ids.ts";
import type { SurveyGrade, SurveyMethod } from "./survey-method.ts";
import type { PlainDate, PlainTime } from "./time.ts";

/** The year as data: what `plans/<year>/` holds once read. Plain JSON, so that its canonical form has a hash. */
export interface Plan {
  readonly year: FiscalYear;
  /** e.g. 平成26年度サイバーセキュリティ政策の評価等 */
  readonly title: string;
  readonly dates: PlanDates;
  readonly areas: readonly Area[];
  readonly measures: readonly Measure[];
  readonly delegated: readonly DelegatedHeading[];
  readonly data: readonly Datum[];
  readonly organisations: readonly Organisation[];
  readonly people: readonly Person[];
  readonly chapters: readonly Chapter[];
  readonly ladders: Readonly<Record<RequestKind, readonly LadderRung[]>>;
  /** 内部期限の督促, counted from the inner deadline. Absent where every organisation answers in one step. */
  readonly innerLadder?: readonly LadderRung[];
  readonly sendWindow: SendWindow;
  readonly scales: Readonly<Record<EvaluationKind, readonly Rating[]>>;
  readonly approvals: Readonly<Record<"policy" | "report", readonly ApprovalStep[]>>;
  readonly letters: Readonly<Record<LetterKind, LetterText>>;
  readonly unmeasurableReasons: readonly UnmeasurableReason[];
  /** 祝日 and one-off closed days of every calendar year the cycle touches. A year without any is an error. */
  readonly holidays: readonly Holiday[];
  /** 本部 as it was named when: who decides. Absent where nobody wrote it down: an empty list has another hash. */
  readonly headquarters?: Organisation["names"];
  /** What the year before left open. Absent where nothing is: an empty list has another hash. */
  readonly carriedOver?: readonly CarriedOver[];
  /** From which measures of the year before this year's come. A measure without a line keeps its key. */
  readonly lineage?: readonly LineageEntry[];
  /** 補完調査の方法. Absent where surveys follow none: an empty list has another hash. */
  readonly surveyMethods?: readonly SurveyMethod[];
  /** 結果の質 of surveys, best first. Absent where nobody grades them. */
  readonly surveyGrades?: readonly SurveyGrade[];
}

export type RequestKind = "data" | "survey" | "chapter" | "consultation";
export type EvaluationKind = "output" | "outcome";

/** Which open day a due date on a closed day moves to. */
export type ClosedDayPolicy = "next" | "previous";

export interface PlanDates {
  /** The first day of the cycle: the policy's drafting starts. */
  readonly opensOn: PlainDate;
  /** Planned 本部決定 of the 実施方針. */
  readonly policyDecisionOn: PlainDate;
  /** From this day on the data requests can be opened. */
  readonly collectionOn: PlainDate;
  /** Due and close of each kind of request. Both at `closingTime`, Asia/Tokyo. Close enforces what due advises. */
  readonly requests: Readonly<Record<RequestKind, RequestTerm>>;
  readonly reportDecisionOn: PlainDate;
  readonly closingTime: PlainTime;
  readonly closedDays: ClosedDayPolicy;
}
/** Data and chapter requests have fixed days; a survey's or consultation's count from the day it opens. */
export type RequestTerm =
  | { readonly is: "fixed"; readonly dueOn: PlainDate; readonly closeOn: PlainDate }
  | { readonly is: "counted"; readonly dueBusinessDays: number; readonly closeBusinessDays: number };

export interface Area {
  readonly number: number;
  readonly name: string;
  /** Empty for area 4. */
  readonly domains: readonly PlanDomain[];
}
export interface PlanDomain {
  readonly number: number;
  readonly name: string;
  readonly sections: readonly { readonly number: number; readonly name: string }[];
}

export interface Measure {
  readonly key: MeasureKey;
  readonly area: number;
  /** null in area 4. */
  readonly domain: number | null;
  readonly section: number | null;
  readonly heading: string | null;
  readonly label: string;
  /** Verbatim as in the seed, also where the source cut it off. */
  readonly name: string;
  readonly truncated: boolean;
  /** The evident completion of a truncated name. */
  readonly nameNote?: string;
  readonly indicators: readonly Indicator[];
}
export interface Indicator {
  readonly key: IndicatorKey;
  readonly text: string;
  /** Owners or sources the seed names in the indicator's parentheses, verbatim. */
  readonly named: readonly string[];
}
/** A heading of 1-② that the third action plan evaluates (seed: 防護基盤の強化 … に記載の方法により). */
export interface DelegatedHeading {
  readonly area: number;
  readonly domain: number;
  readonly heading: string;
  readonly chapter: string;
}

/** One thing asked once, whatever number of indicators it serves. Each owner answers for himself. */
export interface Datum {
  /** ASCII, unique in the plan; equals no measure key. */
  readonly key: string;
  readonly text: string;
  readonly indicators: readonly IndicatorKey[];
  readonly owners: readonly { readonly organisation: OrganisationId; readonly basis: "named" | "inferred" }[];
  /** What kind of value is wanted. Absent: a number, a text or both. */
  readonly expects?: Expected;
  /** What an answer is checked for, in this order. Absent where it is checked for nothing: an empty list has another hash. */
  readonly checks?: readonly Check[];
}

/** One of several, by its key. */
export interface Named {
  readonly key: string;
  readonly label: string;
}
export type Expected =
  | { readonly is: "number" | "text" | "date" }
  | { readonly is: "choice"; readonly options: readonly Named[] }
  /** A number for every row and column. */
  | { readonly is: "table"; readonly rows: readonly Named[]; readonly columns: readonly Named[] };

/**
 * One thing an answer is checked for when it is handed in. `block`: it is refused, or kept as 不備あり; `warn`: it is
 * taken with an explanation.
 */
export type Check = {
  /** Unique in its datum. */
  readonly key: string;
  readonly level: "block" | "warn";
} & (
  | /** The number has one of these units. */ { readonly checks: "unit"; readonly anyOf: readonly string[] }
    /** The number, and every number of a table: at least `from`, at most `to`, both inclusive. */
  | { readonly checks: "range"; readonly from?: number; readonly to?: number }
  /** An answer that says so says why in its text. */
  | { readonly checks: "reason"; readonly says: readonly Says[] }
  /** In a table: row `total` is the sum of the rows `of` in every column, or column of columns in every row. */
  | {
      readonly checks: "sum";
      readonly along: "rows" | "columns";
      readonly total: string;
      readonly of: readonly string[];
    }
  /** Not more than `ratio` times last year's number, and not less than its `ratio`th part. */
  | { readonly checks: "last-year"; readonly ratio: number }
  /** 定義の変更: what is asked was worded or counted otherwise last year. `since` says how. */
  | { readonly checks: "definition"; readonly since: string }
);

export interface Organisation {
  readonly id: OrganisationId;
  /** Names change: each is valid from–to, `to` exclusive and absent while it holds. */
  readonly names: readonly { readonly name: string; readonly from: PlainDate; readonly to?: PlainDate }[];
  readonly kind: "secretariat" | "ministry" | "source";
  /**
   * How an answer comes about inside it. `signed-off`: 窓口 allocates, 担当者 prepares, 確認者 signs off, 窓口 submits.
   * Absent where whoever answers does so in one step.
   */
  readonly chain?: "signed-off";
}

/** 窓口, 担当者, 確認者 of an organisation. */
export type ContactRole = "window" | "officer" | "confirmer";
export type StaffRole = "preparer" | "approver" | "recorder" | "auditor" | "admin";
export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly title: string;
  readonly organisation: OrganisationId;
  readonly email: string;
  /** False once the address is known not to reach anyone (不達). */
  readonly reachable: boolean;
  readonly contact: readonly ContactRole[];
  readonly staff: readonly StaffRole[];
}

/** A part of the report that another scheme evaluates. */
export interface Chapter {
  readonly key: string;
  readonly title: string;
  readonly basis: string;
  readonly owner: OrganisationId;
}

/** One rung of the ladder. Offsets count business days from the due date; negative is before. */
export interface LadderRung {
  readonly name: string;
  /** On screen and in the subject: リマインド, 督促, 再督促, 上申. */
  readonly label: string;
  readonly offsetBusinessDays: number;
  readonly to: readonly ContactRole[];
  readonly cc: readonly ContactRole[];
  /** True for 上申: the secretariat's lead gets it too. */
  readonly lead: boolean;
}
/** Open days only, from inclusive, until exclusive. */
export interface SendWindow {
  readonly from: PlainTime;
  readonly until: PlainTime;
}
export interface Rating {
  readonly key: string;
  readonly label: string;
  readonly meaning: string;
  /** What a judgement so rated leaves for next year. Absent where it leaves nothing. */
  readonly leaves?: "unfinished" | "insufficient";
}
export interface ApprovalStep {
  readonly title: string;
  readonly person: PersonId;
  /** 代決: may act in the approver's place from–to, both days inclusive. */
  readonly deputy?: { readonly person: PersonId; readonly from: PlainDate; readonly to: PlainDate };
}
/** A tree: only what has no children can be chosen. Keys are unique in the whole tree. */
export interface UnmeasurableReason extends Named {
  readonly children?: readonly UnmeasurableReason[];
  /** What has to be said besides: from when on it can be known, or what the reason is. Only of what can be chosen. */
  readonly asks?: "date" | "text";
}
export interface Holiday {
  readonly date: PlainDate;
  readonly name: string;
}

/** Why something stays open at the end of a year. */
export type OpenCause =
  | "uncollected" // 未把握: an indicator of which something could not be known
  | "surveyed" // 補完調査: an indicator of which something is known from a survey only
  | "unfinished" // 未了: a measure that is behind its plan
  | "insufficient" // 判断材料不足: a measure or domain that could not be judged
  | "chapter-missing" // 未掲載: a chapter of another scheme that did not arrive
  | "comment"; // 意見: a comment that is to be taken up next year
/** 次年度への反映: something an earlier year left open. */
export interface CarriedOver {
  /** Key of the indicator, measure, domain or chapter it is about, as this plan has it. */
  readonly origin: string;
  readonly cause: OpenCause;
  readonly note: string;
  /** The fiscal year that left it open first. */
  readonly fromYear: FiscalYear;
}

/** 施策の対照: one measure of this plan, or the end of one of last year's, and where that comes from. */
export interface LineageEntry {
  /** As this plan has it; null for one that is still to be written, or that there is no more. */
  readonly measure: MeasureKey | null;
  /** As the year before had them. */
  readonly from: readonly MeasureKey[];
  readonly change: "continued" | "modified" | "new" | "merged" | "removed";
  /** Ids of last year's findings that led to it. */
  readonly findings: readonly string[];
  /** The answers, by version, that those findings rest on. */
  readonly sources: readonly string[];
  readonly note: string | null;
}

/** Every kind of mail Nenrin writes. */
export type LetterKind =
  | "inquiry" // 照会: a request has opened
  | "digest" // リマインド, 督促, 再督促, 上申: one a contact and day
  | "reminder" // 督促: asked by hand, beside the ladder
  | "receipt" // 受領
  | "entered" // 代理入力
  | "inner" // 組織内の割当て・確認の依頼・差戻し・確認済み
  | "returned" // 差戻し
  | "extension" // 期限延長の承認・不承認, 期限の繰上げ, 期限の再開
  | "halted" // 期限の停止, 照会の取下げ
  | "survey" // 補完調査の開始
  | "consultation" // 意見照会
  | "disposition" // 意見への対応
  | "approval-turn" // 決裁依頼
  | "approval-returned" // 決裁差戻し
  | "decided" // 本部決定
  | "published" // 公表
  | "notice"; // secretariat's own: 不達, 補完調査の自動開始
/** `{name}` places are filled by the letter; lint refuses unknown ones. */
export interface LetterText {
  readonly subject: string;
  readonly body: string;
}

import type { DecidedYear } from "./decided-year.ts";
import type { SourceId } from "./document.ts";
import type { OtherValue } from "./answer-value.ts";
import type { FileRef } from "./file.ts";
import type { CycleKey, OrganisationId, PersonId, Sha256 } from "./ids.ts";
import type { EvaluationKind, Plan } from "./plan.ts";
import type { SurveyOpening } from "./request.ts";
import type { PlainDate } from "./time.ts";

/**
 * Everything the report is compiled from. The order of the arrays does not matter, except that of `edits`.
 * What is missing is printed as missing, so a record may also be compiled before the year is complete.
 */
export interface ReportRecord {
  readonly plan: Plan;
  /** Of the plan as amended: what `plan` was read from. */
  readonly planHash: Sha256;
  readonly cycle: CycleKey;
  readonly rehearsal: boolean;
  readonly items: readonly RecordedItem[];
  /**
   * Asked and not settled, of organisations that the plan does not name for it: theirs by 所管の付替え. Absent where
   * there are none.
   */
  readonly openElsewhere?: readonly Pick<RecordedItem, "datum" | "organisation">[];
  readonly surveys: readonly RecordedSurvey[];
  readonly evaluations: readonly RecordedEvaluation[];
  readonly analyses: readonly RecordedAnalysis[];
  readonly chapters: readonly RecordedChapter[];
  /** Oldest first: the last of a section counts, and an empty text takes it back. */
  readonly edits: readonly RecordedEdit[];
  /** 前年度 as it was decided. Absent where it was not, or nobody kept it here. */
  readonly lastYear?: DecidedYear;
}

/** One version of stored content. */
export interface RecordedText {
  readonly text: string;
  readonly contentId: string;
  readonly sha256: Sha256;
}

export interface RecordedItem {
  /** The datum's key in the plan. */
  readonly datum: string;
  readonly organisation: OrganisationId;
  readonly outcome: RecordedOutcome;
  /** 公表前: for who judges, and in no report. Absent where it is not. */
  readonly embargoed?: true;
}
/** How an item was settled. */
export type RecordedOutcome =
  | ({
      readonly is: "value";
      readonly number: number | null;
      readonly unit: string | null;
      /** 日付, 選択肢 or 表. Absent where it is a number or a text. */
      readonly other?: OtherValue;
    } & RecordedText)
  | ({ readonly is: "nil" } & RecordedText)
  | ({ readonly is: "not-applicable" } & RecordedText)
  | { readonly is: "surveyed"; readonly survey: string }
  | { readonly is: "uncollected"; readonly reason: string };

export interface RecordedSurvey {
  readonly id: string;
  readonly organisation: OrganisationId;
  /** Keys of the data it stands in for. */
  readonly data: readonly string[];
  readonly cause: SurveyOpening["cause"];
  /** 開始の理由, with the facts. */
  readonly justification: string;
  readonly method: RecordedText | null;
  /** How it was carried out; null where no protocol of the plan was followed. */
  readonly protocol: {
    readonly label: string;
    readonly steps: readonly { readonly label: string; readonly on: PlainDate | null }[];
    /** How many respondents were asked. */
    readonly asked: number;
  } | null;
  /** Another title and scope than it was opened with. */
  readonly scope: { readonly title: string; readonly scope: string } | null;
  /** How many of its items the organisation answered meanwhile, without being taken at its word. */
  readonly offered: number;
  readonly end:
    | {
        readonly is: "found";
        readonly result: RecordedText;
        readonly limits: string;
        /** A key of the plan's grades. */
        readonly grade: string | null;
        readonly value: { readonly number: number; readonly unit: string } | null;
        readonly references: readonly { readonly title: string; readonly on: PlainDate }[];
      }
    | { readonly is: "impossible"; readonly reason: string; readonly result: RecordedText | null }
    | { readonly is: "stopped"; readonly reason: string }
    | { readonly is: "merged"; readonly into: string; readonly reason: string }
    | { readonly is: "running" };
}

/** Of what came of it; of how it is done while nothing has. */
export const surveyHash = ({ method, end }: RecordedSurvey): Sha256 | null => {
  const result = "result" in end ? end.result : null;
  return (result ?? method)?.sha256 ?? null;
};

export interface RecordedEvaluation extends RecordedText {
  readonly kind: EvaluationKind;
  /** A measure's key for `output`, a domain's key for `outcome`. */
  readonly key: string;
  readonly rating: string;
}

/** One thing a judgement or an analysis rests on, in the very version that was read. */
export interface Evidence {
  /** The asked item's id; null where it is no answer, but another judgement. */
  readonly item: string | null;
  readonly source: SourceId;
  /** null where nothing was answered: a reason, but no content. */
  readonly sha256: Sha256 | null;
}

export interface RecordedAnalysis {
  /** A domain's key. */
  readonly domain: string;
  readonly needed: boolean;
  readonly reason: string;
  readonly text: RecordedText | null;
  /** What it was made from, in the versions that were read. Absent where nobody recorded it. */
  readonly inputs?: readonly Evidence[];
}

/** What another scheme evaluated. */
export type RecordedChapter = { readonly key: string } & (
  | ({
      readonly is: "arrived";
      /** Absent where there are none. */
      readonly files?: readonly FileRef[];
      /** 公表前. Absent where it is not. */
      readonly embargoed?: true;
    } & RecordedText)
  | { readonly is: "missing"; readonly reason: string }
);

export interface RecordedEdit {
  /** Key of the section in the document. */
  readonly section: string;
  readonly text: string;
  readonly by: PersonId;
  /** The section's fingerprint the writer had before him. */
  readonly againstSource: string;
}

import type { SettledState } from "./answer.ts";
import type {
  CycleKey,
  FiscalYear,
  IndicatorKey,
  MeasureKey,
  OrganisationId,
  PersonId,
  Sha256,
} from "./ids.ts";
import type { EvaluationKind, Rating } from "./plan.ts";
import type { PlainDate } from "./time.ts";

/** 年次報告 as plain JSON: one immutable version of it is what gets consulted on, approved, decided and printed. */
export interface ReportDocument {
  readonly title: string;
  readonly year: FiscalYear;
  readonly cycle: CycleKey;
  /** True for a rehearsal: every output then carries 【訓練】. */
  readonly rehearsal: boolean;
  readonly chapters: readonly Section[];
  /** Every version a block names, once, by id in code-unit order. */
  readonly sources: readonly Source[];
  readonly data: ReportData;
  /** What is published beside it. Absent where nothing is. */
  readonly files?: readonly AttachedFile[];
}

/** 添付: a file that a chapter came with, in the published folder under a name of its own. */
export interface AttachedFile {
  readonly name: string;
  readonly title: string;
  /** By which it is stored. */
  readonly file: string;
  readonly sha256: Sha256;
  readonly size: number;
}

/**
 * Names what a number or sentence was generated from, e.g. `answer:<content id>`, `evaluation:<content id>`,
 * `item:<datum>@<organisation>` where nothing was answered, `plan:<hash>` for what the plan itself says.
 */
export type SourceId = string;
export interface Source {
  readonly id: SourceId;
  /** null where the record holds a state or a reason, but no content. */
  readonly sha256: Sha256 | null;
}

/** 章, 分野, 節, 見出し, 施策 alike: text of its own, then its parts. */
export interface Section {
  /** Stable over compilations: what an edit is attached to, e.g. `domain-1-4`, `measure-1-4-0-ケ`. */
  readonly key: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
  /** Changes whenever the generated blocks or anything they came from changes. */
  readonly fingerprint: string;
}

export type GeneratedBlock = Paragraph | List | Table | Notice;
export type Block = GeneratedBlock | Edited;

export interface Phrase {
  readonly text: string;
  readonly source: readonly SourceId[];
}
export interface Paragraph extends Phrase {
  readonly is: "paragraph";
}
/** Something a reader must not overlook: a missing part, a judgement not made yet. */
export interface Notice extends Phrase {
  readonly is: "notice";
}
export interface List {
  readonly is: "list";
  readonly items: readonly Phrase[];
}
/** The first column holds the row's header. A line feed in a cell parts its lines. */
export interface Table {
  readonly is: "table";
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Phrase[])[];
  readonly total: readonly Phrase[] | null;
}
export interface Column {
  readonly title: string;
  /** Share of the table's width. */
  readonly weight: number;
  readonly numeric: boolean;
}
/** A person's own text, never mixed with generated text and never dropped by a compilation. */
export interface Edited {
  readonly is: "edited";
  readonly text: string;
  readonly by: PersonId;
  /** The section's fingerprint when the text was written. */
  readonly againstSource: string;
  /** True when the section has changed since: somebody has to look again. */
  readonly stale: boolean;
}

/** The same facts as flat rows, for CSV, JSON and xlsx. */
export interface ReportData {
  readonly rows: readonly DataRow[];
  readonly evaluations: readonly EvaluationRow[];
  /** The plan's scales: every rating that could have been given. */
  readonly ratings: readonly ({ readonly kind: EvaluationKind } & Rating)[];
}
/** One organisation's answer as it counts for one indicator. An answer that serves two indicators has two rows. */
export interface DataRow {
  readonly area: number;
  readonly areaName: string;
  readonly domain: number | null;
  readonly domainName: string | null;
  readonly heading: string | null;
  readonly measure: MeasureKey;
  readonly measureName: string;
  readonly indicator: IndicatorKey;
  readonly indicatorText: string;
  readonly datum: string;
  readonly datumText: string;
  readonly organisation: OrganisationId;
  readonly organisationName: string;
  readonly state: ItemOutcomeName;
  /** null is "no number", never zero. */
  readonly number: number | null;
  readonly unit: string | null;
  /** Of a table: which of its cells the number is. Absent where it is none, as are `date` and `choice`. */
  readonly cell?: { readonly row: string; readonly column: string };
  readonly date?: PlainDate;
  readonly choice?: string;
  readonly text: string | null;
  /** Why it could not be collected. */
  readonly reason: string | null;
  readonly survey: string | null;
  readonly source: SourceId;
  readonly sha256: Sha256 | null;
}
/** `open` stands only in drafts compiled before everything is settled. */
export type ItemOutcomeName = SettledState | "open";

export interface EvaluationRow {
  readonly kind: EvaluationKind;
  readonly key: string;
  readonly name: string;
  /** null while it is not evaluated. */
  readonly rating: string | null;
  readonly ratingLabel: string | null;
  readonly words: string | null;
  readonly source: SourceId | null;
  /** Absent where last year has nothing to be held against it. */
  readonly lastYear?: LastYearRow;
}
/** 前年度の評価 as it was decided. */
export interface LastYearRow {
  readonly year: number;
  /** As last year's plan had them; several where they were merged. */
  readonly keys: readonly string[];
  readonly ratingLabel: string;
  readonly words: string;
  /** 比較不可 where false: the definition has changed since, in the words of `differences`. */
  readonly comparable: boolean;
  readonly differences: readonly string[];
}

/** Every section of the tree, parents before their parts. */
export const sectionsOf = (sections: readonly Section[]): readonly Section[] =>
  sections.flatMap((section) => [section, ...sectionsOf(section.sections)]);

/** Keys of the sections whose edited text was written against something that has changed since. */
export const staleSections = (document: ReportDocument): readonly string[] =>
  sectionsOf(document.chapters)
    .filter(({ blocks }) => blocks.some((block) => block.is === "edited" && block.stale))
    .map(({ key }) => key);

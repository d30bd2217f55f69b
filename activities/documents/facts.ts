import { markText, type RecordMark } from "../../domain/checkpoint.ts";
import type { ReportDocument } from "../../domain/document.ts";
import type { Sha256 } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";

/** What is printed on every page but is no part of the document, so that it can't change its hash. */
export interface PrintFacts {
  /** Of the version's canonical JSON. */
  readonly sha256: Sha256;
  /** 格付け, e.g. 機密性２情報. */
  readonly classification: string;
  /** What the version is, e.g. 原案（第３版）, or the decision that made it valid. */
  readonly standing: string;
  /** 修正の上決定: the wording the headquarters changed, as it was recorded. null where the version stands as it is. */
  readonly changes: string | null;
  /** The record's last signed head when the version was decided; null where none was signed yet. */
  readonly mark: RecordMark | null;
  /** Stamped into files that must carry a date; the clock is never read. */
  readonly createdAt: Instant;
}

export const rehearsalMark = (document: ReportDocument): string => (document.rehearsal ? "【訓練】" : "");

/** The line at the head of every page. */
export const headLine = (document: ReportDocument, { classification, standing }: PrintFacts): string =>
  `${rehearsalMark(document)}${classification}　${standing}`;

/** The line at the foot: which version this is, and up to where the record behind it was signed. */
export const versionLine = ({ sha256, mark }: PrintFacts): string =>
  `版のSHA-256　${sha256}${mark === null ? "" : `　監査記録の控え　${markText(mark)}`}`;

/** What is printed before the report where the headquarters changed its wording. */
export const CHANGES_TITLE = "本部決定における修正";
export const CHANGES_REMARK =
  "本報告は、次のとおり修正の上、決定された。本文は決裁された版のままであり、次の修正を加えたものが決定の内容である。";

/** Printed beside edited text whose section has changed since it was written. */
export const staleRemark = "〔要確認：この記述の後に、根拠となった回答等が変更されている。〕";

/** An annex's tables need the page's long side. */
export const isLandscape = ({ key }: { readonly key: string }): boolean => key.startsWith("annex-");

const UNLISTED = /^(section|heading|measure|survey)-/;
/** In the table of contents stand chapters, 分野 and the like: measures and surveys are too many. */
export const isListed = ({ key }: { readonly key: string }): boolean => !UNLISTED.test(key);

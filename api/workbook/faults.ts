/** Why a file is not opened, or not read. */
export type FaultCode =
  | "damaged"
  | "too-large"
  | "too-slow"
  | "macro"
  | "formula"
  | "external-link"
  | "object"
  | "unknown-part"
  | "no-table"
  | "not-text";

export interface Fault {
  readonly code: FaultCode;
  /** A part or a cell of the file; empty where it is about the whole. */
  readonly where: string;
}

/** Ends the opening of a file. */
export class FileFault extends Error {
  override readonly name = "FileFault";
  readonly fault: Fault;
  constructor(code: FaultCode, where = "") {
    super(`${code} ${where}`);
    this.fault = { code, where };
  }
}

export const faultTexts: Readonly<Record<FaultCode, string>> = {
  damaged: "調査票（xlsx又はCSV）として開けません。壊れているか、パスワードがかかっています。",
  "too-large": "ファイル又はその中身が大きすぎます。",
  "too-slow":
    "読み取りに時間がかかりすぎるため、中止しました。取得し直した調査票に値だけを記入するか、項目を分けて提出してください。",
  macro: "マクロを含むファイルは受け付けません。",
  formula: "数式は使えません。値を記入してください。",
  "external-link": "ほかのファイルへの参照を含むファイルは受け付けません。",
  object: "画像、図形、埋込みファイルなどを含むファイルは受け付けません。",
  "unknown-part": "調査票にない内容が含まれています。",
  "no-table": "先頭のシートが「データ」ではありません。",
  "not-text": "文字コードを読み取れません。UTF-8又はWindows-31J（Shift_JIS）で保存してください。",
};

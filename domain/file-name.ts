import { FILE_SIZE_LIMIT_BYTES } from "./file.ts";

/** What may be attached, by its ending: what a page of the answer rests on, and nothing that could act by itself. */
export type FileKind = "pdf" | "docx" | "xlsx" | "pptx" | "png" | "jpeg" | "csv" | "txt";
const kinds: Readonly<Record<string, FileKind>> = {
  pdf: "pdf",
  docx: "docx",
  xlsx: "xlsx",
  pptx: "pptx",
  png: "png",
  jpg: "jpeg",
  jpeg: "jpeg",
  csv: "csv",
  txt: "txt",
};
export const fileEndings: readonly string[] = Object.keys(kinds).map((ending) => `.${ending}`);

const macros = new Set("docm dotm xlsm xltm xlsb xlam xla pptm potm ppsm ppam".split(" "));
const programs = new Set(
  "exe com scr bat cmd msi msp dll cpl sys pif lnk url hta js jse mjs vbs vbe wsf wsh ps1 psm1 jar py pl rb sh app apk reg iso img html htm svg xml zip 7z rar lzh".split(
    " ",
  ),
);
const oldOffice = new Set("doc xls ppt rtf odt ods odp".split(" "));

/** Why a name is not taken. */
export type NameFault =
  | "no-name"
  | "too-long"
  | "path"
  | "letters"
  | "no-ending"
  | "double-ending"
  | "macro"
  | "program"
  | "old-office"
  | "unknown-kind";

/** Windows takes 255; a folder and a version need some. */
const NAME_LIMIT = 150;
/** Controls, what turns the direction of reading around, and what nobody sees. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\p{Co}\p{Cn}]/u;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

const isEnding = (part: string): boolean =>
  part in kinds || macros.has(part) || programs.has(part) || oldOffice.has(part);

const endingFault = (ending: string): NameFault => {
  if (macros.has(ending)) return "macro";
  if (programs.has(ending)) return "program";
  return oldOffice.has(ending) ? "old-office" : "unknown-kind";
};

/** What the name says the file is, or why it is not taken. It is stored as it was given, and never used as a path. */
export const kindOfName = (name: string): { readonly kind: FileKind } | { readonly fault: NameFault } => {
  const fault = spelling(name);
  if (fault !== undefined) return { fault };
  const [, ...endings] = name
    .toLowerCase()
    .split(".")
    .map((part) => part.trim());
  const ending = endings.at(-1);
  if (ending === undefined || ending === "") return { fault: "no-ending" };
  const kind = kinds[ending];
  if (kind === undefined) return { fault: endingFault(ending) };
  return endings.slice(0, -1).some(isEnding) ? { fault: "double-ending" } : { kind };
};

const spelling = (name: string): NameFault | undefined => {
  if (/[/\\]/.test(name)) return "path";
  if (name.trim() === "" || name.startsWith(".")) return "no-name";
  if (UNSEEN.test(name) || /[<>:"|?*]/.test(name) || RESERVED.test(name)) return "letters";
  return name.length > NAME_LIMIT ? "too-long" : undefined;
};

/** Why what is in the file is not taken. */
export type ContentFault =
  "empty" | "too-large" | "other-content" | "two-in-one" | "active" | "bomb" | "damaged" | "not-text";
export type FileFault = NameFault | ContentFault;

const MIB = 2 ** 20;
export const fileFaultTexts: Readonly<Record<FileFault, string>> = {
  "no-name": "ファイル名がありません。名前を付けてください。",
  "too-long": `ファイル名が長すぎます。${NAME_LIMIT}文字以内にしてください。`,
  path: "ファイル名にフォルダーの区切り（／、＼）を含めることはできません。",
  letters:
    "ファイル名に使えない文字（制御文字、表示されない文字、記号など）が含まれています。名前を付け直してください。",
  "no-ending": `ファイル名に拡張子がありません。受け付けるのは、${fileEndings.join("、")}です。`,
  "double-ending": "ファイル名に拡張子が二つあります。拡張子を一つにしてください。",
  macro:
    "マクロを含むことのできる形式は受け付けません。マクロのない形式（.docx、.xlsx、.pptx）で保存し直してください。",
  program:
    "実行できるもの、ウェブページ及び圧縮ファイルは受け付けません。中の文書を、一つずつ添付してください。",
  "old-office": "古い形式又はほかのソフトの形式です。.docx、.xlsx、.pptx又は.pdfで保存し直してください。",
  "unknown-kind": `この拡張子は受け付けません。受け付けるのは、${fileEndings.join("、")}です。`,
  empty: "ファイルが空です。内容のあるファイルを選んでください。",
  "too-large": `ファイルが大きすぎます。${FILE_SIZE_LIMIT_BYTES / MIB}MB以下にしてください。`,
  "other-content": "ファイルの中身が拡張子と一致しません。正しい拡張子で保存し直してください。",
  "two-in-one": "ファイルの末尾に別のデータが付いています。元のソフトで保存し直してください。",
  active: "マクロ、埋め込まれたプログラム又は外部の雛形への参照を含むファイルは受け付けません。",
  bomb: "展開した大きさが大きすぎるファイルは受け付けません。",
  damaged: "ファイルが壊れているか、パスワードがかかっています。",
  "not-text":
    "文字コードを読み取れません。UTF-8又はWindows-31J（Shift_JIS）の文章だけのファイルにしてください。",
};

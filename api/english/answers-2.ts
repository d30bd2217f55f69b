import type { Phrases } from "./phrase.ts";

/** Answering: the form, drafts, evidence, sign-off, the workbook, receipts. */
export const answers2: Phrases = {
  "ファイル名に使えない文字（制御文字、表示されない文字、記号など）が含まれています。名前を付け直してください。":
    "The file's name contains characters that cannot be used (control, invisible or special characters). Please rename it.",
  "ファイル名に拡張子がありません。受け付けるのは、{text}です。":
    "The file's name has no extension. Accepted are {text}.",
  "ファイル名に拡張子が二つあります。拡張子を一つにしてください。":
    "The file's name has two extensions. Please leave one.",
  "マクロを含むことのできる形式は受け付けません。マクロのない形式（.docx、.xlsx、.pptx）で保存し直してください。":
    "Formats that may contain macros are not accepted. Please save it in a format without macros (.docx, .xlsx, .pptx).",
  "実行できるもの、ウェブページ及び圧縮ファイルは受け付けません。中の文書を、一つずつ添付してください。":
    "Programs, web pages and archives are not accepted. Please attach the documents in it one by one.",
  "古い形式又はほかのソフトの形式です。.docx、.xlsx、.pptx又は.pdfで保存し直してください。":
    "An old format, or that of other software. Please save it as .docx, .xlsx, .pptx or .pdf.",
  "この拡張子は受け付けません。受け付けるのは、{text}です。":
    "This extension is not accepted. Accepted are {text}.",
  "ファイルが空です。内容のあるファイルを選んでください。":
    "The file is empty. Please choose a file with content.",
  "ファイルが大きすぎます。{n}MB以下にしてください。": "The file is too large. Please keep it within {n} MB.",
  "ファイルの中身が拡張子と一致しません。正しい拡張子で保存し直してください。":
    "The file's content does not match its extension. Please save it with the right one.",
  "ファイルの末尾に別のデータが付いています。元のソフトで保存し直してください。":
    "Other data follow the end of the file. Please save it again with its own software.",
  "マクロ、埋め込まれたプログラム又は外部の雛形への参照を含むファイルは受け付けません。":
    "Files with macros, embedded programs or references to outside templates are not accepted.",
  "展開した大きさが大きすぎるファイルは受け付けません。":
    "Files that are too large when unpacked are not accepted.",
  "ファイルが壊れているか、パスワードがかかっています。": "The file is damaged or protected by a password.",
  "文字コードを読み取れません。UTF-8又はWindows-31J（Shift_JIS）の文章だけのファイルにしてください。":
    "The character encoding cannot be read. Please make it a plain text file in UTF-8 or Windows-31J (Shift_JIS).",
  "「{shown}」：{word}": "“{shown}”: {word}",
  下書きを捨てる: "Discard the draft",
  記入した調査票を提出する: "Submit the workbook",
  記入した調査票を確認者に回す: "Pass the workbook on to the confirmer",
  調査票による回答案の作成: "Preparing answers by workbook",
  "あなたに割り当てられた項目だけに記入してください。ほかの項目に記入があると、全体を受け付けません。":
    "Please fill in only the items allocated to you. If others are filled in, nothing is taken.",
  "２　{heading}": "2. {heading}",
};

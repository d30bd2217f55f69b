import type { Phrases } from "./phrase.ts";

/** Why something is not to be had, and what to do. */
export const refusals2: Phrases = {
  計画に直すべき点があります: "The plan has to be corrected",
  "findings の block の指摘をすべて直してから登録してください。":
    "Please correct all findings marked block before storing it.",
  その計画は登録されていません: "That plan is not stored",
  "計画を登録し、そのハッシュを指定してください。": "Please store the plan and give its hash.",
  指定された文章が登録されていません: "That text is not stored",
  "一覧を開き直し、表示された番号とハッシュを指定してください。":
    "Please open the list anew and give a number and hash shown there.",
  "日程が過ぎているため、訓練としてのみ開始できます":
    "Its dates have passed: it can be opened as a rehearsal only",
  "訓練として開始するか、これからの日程の計画を登録してください。":
    "Please open it as a rehearsal, or store a plan whose dates are to come.",
  次年度の計画ではありません: "Not a plan of the next year",
  "この年次サイクルの翌年度の計画を登録し、そのハッシュを指定してください。":
    "Please store a plan of the year after this cycle and give its hash.",
  次年度に反映するとした事項が計画にありません: "A finding that was carried over is not in the plan",
  "errors に示す事項を、計画の lineage の findings に書いてください。":
    "Please write the findings that errors names into the plan's lineage (findings).",
  次に待つ期日がありません: "There is no next date to wait for",
  "担当の方の操作を待っています。必要な操作を済ませてから進めてください。":
    "It waits for people. Please do first what has to be done.",
  意見照会だけに使える回答です: "This answer is for consultations only",
  "意見（opinions）は意見照会への回答にだけ書いてください。":
    "Please give comments (opinions) only in answer to a consultation.",
  この照会に調査票はありません: "This request has no workbook",
  "意見照会への意見は、照会の画面から提出してください。":
    "Please submit comments on the page of the request.",
  この文字コードでは失われる文字があります: "Some characters would be lost in this encoding",
  "errors に示す文字はWindows-31Jにありません。Excel又はUTF-8のCSVの調査票を取得してください。":
    "Windows-31J lacks the characters that errors names. Please get the workbook as Excel or as CSV in UTF-8.",
  機密性の高い情報は受け付けられません: "Information of high confidentiality is not accepted",
  "機密性３情報は、年輪に登録せず、秘密文書等の取扱いの規則に従い、事務局に直接連絡してください。公表できる範囲の内容に改めたものは、機密性１又は２として提出できます。":
    "Do not upload information of confidentiality 3. Follow the rules for secret documents and contact the secretariat directly. What can be published may be submitted as confidentiality 1 or 2.",
  このファイルは添付できません: "This file cannot be attached",
  "errors に示す理由を確かめ、直したファイルを添付してください。ファイルは保存されていません。":
    "Please see the reason that errors gives, and attach a corrected file. The file was not stored.",
  この項目に添付されていないファイルです: "The file is not attached to this item",
  "この項目にファイルを添付し、示されたidとSHA-256を指定してください。":
    "Please attach the file to this item and give its id and SHA-256.",
  回答が示しているファイルです: "An answer refers to this file",
  "提出した回答のファイルは取り消せません。添付しない回答を、改めて提出してください。":
    "A file of a submitted answer cannot be withdrawn. Please submit an answer without it.",
  ファイルの受付が混み合っています: "Too many files are arriving",
  "何も保存されていません。少し待ってから、もう一度送ってください。":
    "Nothing was stored. Please wait a little and send again.",
  このファイルは受け付けられません: "This file cannot be accepted",
  "errors に示す理由を確かめ、取得した調査票に値だけを記入して、もう一度提出してください。":
    "Please see the reason that errors gives, fill in only values in the workbook you got, and submit again.",
  調査票に直すべき点があります: "The workbook has to be corrected",
  "errors に示すシート・行・列を直して、もう一度提出してください。どの行も提出されていません。":
    "Please correct the sheet, row and column that errors names, and submit again. No row was submitted.",
  調査票が以前の版です: "The workbook is of an earlier state",
  "照会が更新されています。調査票を取得し直し、記入した内容を移してから提出してください。":
    "The request has changed. Please get the workbook anew and move over what you filled in.",
  統合できる補完調査ではありません: "This survey cannot be merged",
  "同じ年次サイクルの、終わっていない別の補完調査を指定してください。":
    "Please choose another survey of the same cycle that has not ended.",
  処理系が応答しません: "The engine does not answer",
  "しばらく待ってからもう一度お試しください。続く場合は運用担当に連絡してください。":
    "Please wait a while and try again. If it goes on, please tell the operator.",
  処理中に障害が起きました: "Something went wrong",
  "もう一度お試しください。続く場合は運用担当に連絡してください。":
    "Please try again. If it goes on, please tell the operator.",
  作成や代理入力に加わった方は行えません: "Not possible for whoever prepared or entered it on behalf",
  "加わっていない方に依頼してください。": "Please ask somebody who did not.",
};

import type { Phrases } from "./phrase.ts";

/** The year at a glance, what to do, the next step of the clock. */
export const home: Phrases = {
  年次サイクルの選択: "Choice of cycle",
  対応を要するメール: "Mail that needs attention",
  "対応を要するメール（{n}通{text}）": "Mail that needs attention ({n}{text})",
  "のうち{n}通": ", of which {n} are shown",
  メールを全て見る: "See all mail",
  "{n}通": "{n}",
  "メールはまだありません。": "There is no mail yet.",
  "最後のメールは、<1>付けです。": "The last mail is dated <1>.",
  "送達不明のメールは、届いたかどうかが分からないものです。二重に届くことを避けるため、自動では送り直しません。":
    "Of an uncertain mail it is not known whether it arrived. It is not sent again automatically, so that nothing arrives twice.",
  "補完調査はありません。": "There are no surveys.",
  "照会はまだ始まっていません。": "Requests have not been opened yet.",
  照会項目の状況: "State of the items",
  はじめに行うこと: "What to do first",
  "閲覧のみできます。手続を行うには、<1>してください。": "You can only look. To do something, please <1>.",
  訓練の時計を進める: "Step the rehearsal's clock",
  "この年次サイクルは、全ての手続を終えました。": "Everything of this cycle is done.",
  関連する画面: "Related pages",
  APIの説明: "Description of the API",
  "手続の履歴（Temporal）": "Workflow histories (Temporal)",
  "送信されたメール（外部には送信されていません）": "Mail sent (none of it left this machine)",
  年次サイクルはまだ開かれていません: "No cycle has been opened yet",
  "計画を登録してから、事務局の起案担当が年次サイクルを開きます（API <1>）。":
    "Once a plan is stored, a preparer of the secretariat opens the cycle (API <1>).",
  "{title}（{cycle}）": "{title} ({cycle})",
  "{date}　年次サイクル {cycle}　<1>現在": "{date}, cycle {cycle}, as of <1>",
  "実施方針の案を提出してください。": "Submit the draft policy.",
  "実施方針の案を確認し、決裁してください。": "Review the draft policy and approve it.",
  "実施方針の本部決定を記録してください。": "Record the headquarters' decision on the policy.",
  "府省庁への照会を一括で開始してください。": "Open all requests to the organisations.",
  "{date}までに、照会項目{n}件に回答してください。": "Answer {n} items by {date}.",
  "{date}までに回答する照会項目{n}件を、担当者に割り当ててください。":
    "Allocate to officers {n} items due {date}.",
  "{date}までに、割り当てられた照会項目{n}件の回答案を作成してください。":
    "Prepare the answers to the {n} items allocated to you by {date}.",
  "{date}までに、照会項目{n}件の回答案を確認し、確認済みとするか差し戻してください。":
    "By {date}, review {n} prepared answers; sign them off or return them.",
  "{date}までに、確認の済んだ照会項目{n}件の回答を事務局に提出してください。":
    "By {date}, submit {n} signed-off answers to the secretariat.",
  "{date}までに、原案への意見の有無を回答してください。":
    "By {date}, say whether you have comments on the draft report.",
  "提出された回答{n}件を確認し、受領するか差し戻してください。":
    "Review {n} submitted answers; accept or return them.",
  "期限延長の申出{n}件に、承認するかどうか回答してください。": "Answer {n} requests for an extension.",
  "補完調査{n}件の方法と期限を定めてください。": "Set the method and due date of {n} surveys.",
  "補完調査{n}件の結果を記録してください。": "Record the outcome of {n} surveys.",
  "{date}までに、補完調査{n}件の手順を行い、記録してください。":
    "By {date}, carry out and record the steps of {n} surveys.",
  "調査中に届いた回答{n}件について、採用するか、採用せずに調査を続けるかを決めてください。":
    "For {n} answers that arrived during a survey, decide whether to take them or to go on with the survey.",
  "評価{n}件を記入してください。": "Write {n} evaluations.",
  "評価{n}件を確認し、承認してください。": "Review {n} evaluations and approve them.",
  "{n}分野について、分析の要否を決めてください。": "Decide for {n} domains whether an analysis is needed.",
  "記録から年次報告の原案を作成してください。": "Compile the draft report from the record.",
  "原案を府省庁への意見照会に付してください。":
    "Send the draft report to the organisations for consultation.",
  "年次報告の版を決裁に上げてください。": "Submit a version of the report for approval.",
  "年次報告の版を確認し、決裁してください。": "Review the version of the report and approve it.",
  "意見{n}件への対応（反映・一部反映・反映せず）を決めてください。":
    "Decide how to dispose of {n} comments (reflected, in part, not).",
  "年次報告の本部決定を記録してください。": "Record the headquarters' decision on the report.",
  "決定された年次報告を公表してください。": "Publish the decided report.",
  "残った課題{n}件を次の計画へ引き継ぐか、理由を付して引き継がないこととしてください。":
    "Carry {n} open findings over into the next plan, or drop them with a reason.",
  "次年度の計画を作成し、決裁に回してください。": "Write the next plan and submit it for approval.",
  "次年度の計画（案）と変更の一覧を確認し、決裁してください。":
    "Review the draft of the next plan and its list of changes, and approve it.",
  "送達不明のメール{n}通について、届いているかを相手方に確かめてください。":
    "Ask the recipients of {n} uncertain mails whether they arrived.",
  "現在、あなたが行うことはありません。": "There is nothing for you to do at present.",
  手続の画面を開く: "Open the page",
  "年次サイクル（次の段階に移ります）": "The cycle (moves on to its next stage)",
  "督促の確認（期限の近い照会、過ぎた照会を確かめます）":
    "Check for reminders (of requests that are due soon or overdue)",
  "{word}の期限（{organisation}）": "{word} due ({organisation})",
  補完調査の期限: "Survey due",
  "ほか{n}件": "and {n} more",
  次へ: "Next",
  "時計を<1>まで進めます。そのとき動くものは、次のとおりです。":
    "This sets the clock to <1>. Then these move:",
  "時計が進んで動くものはありません。人の手続を待っています。":
    "Nothing moves as the clock goes on. It waits for people.",
  "手続が進んでいます。しばらくしてから、この画面を読み込み直してください。":
    "Something is being carried out. Please reload this page in a while.",
  "手続の状況を確認できませんでした。しばらくしてから、この画面を読み込み直してください。":
    "It could not be seen how things stand. Please reload this page in a while.",
  "{word}（第{n}回）": "{word} (round {n})",
  期限超過: "Overdue",
  延長申出中: "Extension asked for",
  期限停止中: "Term paused",
  組織: "Organisation",
  決着: "Settled",
  回答した項目: "Items answered",
  確定した項目: "Items final",
  "照会の一覧（回答・確定は、照会項目の数に対する件数）":
    "Requests (answered and final out of the number of items)",
  "年次報告（HTML）": "Report (HTML)",
  "年次報告（PDF）": "Report (PDF)",
  "年次報告（Word）": "Report (Word)",
  "データ（Excel）": "Data (Excel)",
  "データ（CSV）": "Data (CSV)",
  "データ（JSON）": "Data (JSON)",
  公表資料: "Published documents",
  "{sizetext}、<1>公表": "{sizetext}, published <1>",
  期限の日: "Due date",
  "{label}（{distance}）": "{label} ({distance})",
  "期限 {shorttime} {text} {n}項目": "due {shorttime} {text}: {n} items",
  に未提出: " not submitted",
  の未提出: " not submitted",
  "{rungwords} {n}通を送信。理由: {why}": "{rungwords}: {n} sent. Reason: {why}",
  "ほかに{n}種類": "and {n} more kinds",
};

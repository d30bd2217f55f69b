import type { ActName, DeskActName } from "../../domain/acts.ts";
import type { Action, ViewName } from "../../domain/policy.ts";
import { actWords } from "../../domain/act-words.ts";

/** What one looks at, as a noun. */
const viewWords: Readonly<Record<ViewName, string>> = {
  me: "本人の情報の閲覧",
  sessions: "セッションの一覧の閲覧",
  tokens: "利用者トークンの一覧の閲覧",
  people: "名簿と職務の閲覧",
  plans: "計画の一覧の閲覧",
  plan: "計画の閲覧",
  cycles: "年次サイクルの一覧の閲覧",
  cycle: "年次サイクルの閲覧",
  "cycle-plan": "従っている計画の閲覧",
  preview: "事前確認",
  "what-if": "変更の試算",
  rest: "訓練の時計の閲覧",
  policy: "実施方針の閲覧",
  requests: "照会の一覧の閲覧",
  request: "照会の閲覧",
  surveys: "補完調査の一覧の閲覧",
  survey: "補完調査の閲覧",
  evaluations: "評価の閲覧",
  report: "年次報告の閲覧",
  version: "年次報告の版の閲覧",
  comments: "意見の閲覧",
  publications: "公表物の閲覧",
  board: "回答状況の閲覧",
  file: "添付ファイルの取得",
  "next-plan": "次年度の計画の閲覧",
  years: "経年の閲覧",
  findings: "反映事項の閲覧",
  mails: "メールの一覧の閲覧",
  mail: "メールの閲覧",
  histories: "手続の履歴の閲覧",
  past: "過去の時点の閲覧",
  engine: "Temporalの画面への案内",
  audit: "監査記録の閲覧",
  bundle: "記録一式の取得",
  act: "自分の操作の結果の閲覧",
};

const isView = (action: Action): action is ViewName => action in viewWords;
const isAct = (action: Action): action is ActName | DeskActName => action in actWords;

/** What the authorisation table's action is called on screen. */
export const actionWord = (action: Action): string => {
  if (isView(action)) return viewWords[action];
  return isAct(action) ? actWords[action] : action;
};

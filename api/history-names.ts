import type { Activities, Change } from "../activities/contract.ts";
import type { signals } from "../workflows/contract.ts";

/** What the parts of a history are called. A new activity, signal or change breaks the build here. */

export const activityWords: Readonly<Record<keyof Activities, string>> = {
  record: "記録",
  openRequests: "照会の一斉送付",
  startWorkflows: "次の手続の開始",
  tellAmended: "計画の変更の連絡",
  chase: "督促すべきものの確認",
  commentsOf: "提出された意見の確認",
  planRules: "変更後の計画の読取り",
  compileVersion: "記録からの年次報告の編纂",
  correctedItem: "訂正する回答の確認",
  justify: "補完調査を行う理由の整理",
  compareAnswers: "前年の回答との比較",
  askRespondents: "回答者への質問票の送付",
  publishVersion: "公表ファイルの作成",
  collectFindings: "反映事項の取りまとめ",
  composeNextPlan: "次年度計画の案の作成",
  runCourier: "メールの発送",
  deliverActs: "受け付けた操作の引渡し",
  keepRecord: "記録の保存と署名",
};

export const signalWords: Readonly<
  Record<keyof typeof signals, { readonly what: string; readonly why: string }>
> = {
  collectionSettled: {
    what: "データと他制度評価の照会が全て決着したとの知らせを受けた",
    why: "最後の照会が決着したため。",
  },
  reportReached: { what: "年次報告の段階の知らせを受けた", why: "年次報告が次の段階に進んだため。" },
  consultationAnswered: {
    what: "意見照会の回答がそろったとの知らせを受けた",
    why: "意見照会の最後の照会が決着したため。",
  },
  surveyEnded: { what: "補完調査が終わったとの知らせを受けた", why: "補完調査の結果が記録されたため。" },
  surveyNarrowed: { what: "補完調査の対象が減ったとの知らせを受けた", why: "補完調査の対象が変わったため。" },
  surveyOver: {
    what: "補完調査が終わり、回答が不要になったとの知らせを受けた",
    why: "補完調査が終わったため。",
  },
  respondentSettled: {
    what: "回答者の照会が決着したとの知らせを受けた",
    why: "回答者の回答が確定したため。",
  },
  surveyMerged: {
    what: "別の補完調査に統合されたとの知らせを受けた",
    why: "事務局が補完調査を統合したため。",
  },
  surveyNeedless: {
    what: "補完調査が不要になったとの知らせを受けた",
    why: "対象の照会項目が全て決着したため。",
  },
  planAmended: { what: "計画が変更されたとの知らせを受けた", why: "事務局が計画を変更したため。" },
};

/** By the first word of their ids. */
const workflowWords: Readonly<Record<string, string>> = {
  cycle: "年次サイクル",
  request: "照会",
  chase: "督促",
  survey: "補完調査",
  report: "年次報告",
};
export const workflowName = (id: string): string =>
  `${workflowWords[id.split("-", 1)[0] ?? ""] ?? "手続"}（${id}）`;

/** What a record changed, as nouns that are counted. */
export const changeWords: Readonly<Record<Change["write"], string>> = {
  cycle: "年次サイクルの開始",
  stage: "段階の移行",
  clock: "訓練の時計",
  plan: "従う計画",
  "next-plan": "次年度計画の案",
  process: "手続の終了",
  submission: "決裁への提出",
  approval: "決裁の判断",
  decision: "本部決定",
  request: "照会の決着",
  "handed-on": "照会の引継ぎ",
  term: "期限の変更",
  "call-back": "予定したメールの取消し",
  item: "項目の状態",
  answer: "回答",
  inner: "組織内の手順",
  comment: "意見",
  survey: "補完調査",
  evaluation: "評価",
  analysis: "分析の要否",
  edit: "加筆",
  version: "年次報告の版",
  disposition: "意見への対応",
  finding: "反映事項の扱い",
};

export const howWords = {
  failed: "失敗した",
  "timed-out": "時間切れになった",
  cancelled: "取りやめになった",
  terminated: "打ち切られた",
} as const;

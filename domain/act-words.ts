import type { ActName, DeskActName } from "./acts.ts";

/** What a person did, as a noun an official would use. */
export const actWords: Readonly<Record<ActName | DeskActName, string>> = {
  "plan.store": "計画の登録",
  "token.create": "利用者トークンの発行",
  "token.revoke": "利用者トークンの失効",
  "session.revoke": "セッションの終了",
  "post.ask": "職務付与の申請",
  "post.confirm": "職務付与の確認",
  "post.refuse": "職務付与の申請の取下げ",
  "post.revoke": "職務の解除",
  "mail.resolve": "送達不明のメールの結果の記録",
  "decision.correct": "決裁・決定の記録の訂正",
  "mail.cancel": "メールの取消し",
  "cycle.open": "年次サイクルの開始",
  "cycle.submit-policy": "実施方針の提出",
  "cycle.approve-policy": "実施方針の承認",
  "cycle.return-policy": "実施方針の差戻し",
  "cycle.decide-policy": "実施方針の本部決定の記録",
  "cycle.amend": "計画の変更",
  "cycle.open-requests": "照会の開始",
  "cycle.evaluate": "評価の記入",
  "cycle.approve-evaluations": "評価の承認",
  "cycle.return-evaluations": "評価の差戻し",
  "cycle.decide-analysis": "分析の要否の決定",
  "cycle.correct": "確定した回答の訂正",
  "cycle.carry": "反映事項の扱いの決定",
  "cycle.write-next-plan": "次年度の計画の作成",
  "cycle.approve-next-plan": "次年度の計画の承認",
  "cycle.return-next-plan": "次年度の計画の差戻し",
  "cycle.advance": "訓練の時計の操作",
  "request.submit": "照会への回答",
  "request.enter": "回答の代理入力",
  "request.allocate": "回答の割当て",
  "request.prepare": "回答案の作成",
  "request.sign-off": "回答案の確認",
  "request.send-back": "回答案の差戻し",
  "request.accept": "回答の受領",
  "request.return": "回答の差戻し",
  "request.reassign": "所管の付替え",
  "request.reopen": "確定した項目の再開",
  "request.give-up": "未把握としての整理",
  "request.ask-extension": "期限延長の申出",
  "request.grant-extension": "期限延長の承認",
  "request.refuse-extension": "期限延長の不承認",
  "request.pause": "期限の停止",
  "request.resume": "期限の再開",
  "request.shorten": "期限の繰上げ",
  "request.withdraw": "照会の取下げ",
  "request.remind": "督促（個別）",
  "request.take-late": "調査中に届いた回答の採用",
  "request.leave-late": "調査中に届いた回答の不採用（調査の継続）",
  "survey.plan": "補完調査の方法の決定",
  "survey.step": "補完調査の手順の記録",
  "survey.conclude": "補完調査の結果の記録",
  "survey.change": "補完調査の対象等の変更",
  "survey.merge": "補完調査の統合",
  "survey.stop": "補完調査の中止",
  "report.edit": "年次報告への加筆",
  "report.compile": "年次報告の編纂",
  "report.consult": "意見照会の開始",
  "report.dispose": "意見への対応の決定",
  "report.submit": "年次報告の提出",
  "report.approve": "年次報告の承認",
  "report.return": "年次報告の差戻し",
  "report.decide": "年次報告の本部決定の記録",
  "report.publish": "年次報告の公表",
};

/** What brings itself about: by a date that comes, by another workflow, or by what happens to a mail or a history. */
export type OwnDeed =
  | "request.close"
  | "request.survey-ended"
  | "request.survey-narrowed"
  | "request.survey-over"
  | "survey.needless"
  | "survey.overdue"
  | "survey.merged"
  | "survey.reply"
  | "cycle.begin-collection"
  | "cycle.begin-evaluation"
  | "cycle.follow-report"
  | "cycle.begin-carry-over"
  | "report.end-consultation"
  | "chase.remind"
  | "chase.end"
  | "directory.unreachable"
  | "history.keep";
/** Whatever a workflow records. */
export type Deed = ActName | OwnDeed;

/** With its cause, since nobody has given a reason. */
const ownWords: Readonly<Record<OwnDeed, { readonly what: string; readonly why: string }>> = {
  "request.close": { what: "締切の経過", why: "回答の締切までに回答がなかったため。" },
  "request.survey-ended": { what: "補完調査の終了の反映", why: "補完調査が終わったため。" },
  "request.survey-narrowed": { what: "補完調査の対象の縮小の反映", why: "補完調査の対象が変わったため。" },
  "request.survey-over": { what: "補完調査の終了の反映", why: "補完調査が取りやめになったため。" },
  "survey.overdue": { what: "補完調査の期限の経過", why: "期限までに結果が記録されなかったため。" },
  "survey.merged": { what: "補完調査の統合による終了", why: "別の補完調査にまとめたため。" },
  "survey.reply": { what: "補完調査の質問への回答の反映", why: "回答者の照会が決着したため。" },
  "survey.needless": { what: "補完調査の取りやめ", why: "対象の照会項目が全て決着したため。" },
  "cycle.begin-collection": {
    what: "データの把握の段階の開始",
    why: "計画に定めたデータ把握の開始日になったため。",
  },
  "cycle.begin-evaluation": { what: "評価の段階の開始", why: "データと他制度評価の照会が全て決着したため。" },
  "cycle.follow-report": { what: "年次報告に合わせた段階の移行", why: "年次報告が次の段階に進んだため。" },
  "cycle.begin-carry-over": { what: "次年度への反映の段階の開始", why: "年次報告が公表されたため。" },
  "report.end-consultation": {
    what: "意見照会の終了",
    why: "全ての府省庁の回答がそろい、又は締切が過ぎたため。",
  },
  "chase.remind": { what: "督促等のメール", why: "督促の段の日時になり、未提出の項目があったため。" },
  "chase.end": { what: "督促の終了", why: "年次報告の公表により、求めるものがなくなったため。" },
  "directory.unreachable": {
    what: "連絡先の不達の記録",
    why: "メールサーバーが宛先を受け付けなかったため。",
  },
  "history.keep": { what: "手続の履歴の保存", why: "手続が終わり、又は次の実行に引き継がれたため。" },
};

const isOwn = (deed: string): deed is OwnDeed => Object.hasOwn(ownWords, deed);
const isAct = (deed: string): deed is ActName | DeskActName => Object.hasOwn(actWords, deed);

/** A name that is not known, of a later release perhaps, is shown as it is recorded. */
export const deedWords = (deed: string): string => {
  if (isOwn(deed)) return ownWords[deed].what;
  return isAct(deed) ? actWords[deed] : deed;
};
/** Why what nobody did was done; null for what a person did, who gives his own reason. */
export const ownCause = (deed: string): string | null => (isOwn(deed) ? ownWords[deed].why : null);

/** The engine takes 400 bytes, also once they are encrypted. */
const SUMMARY_CHARACTERS = 80;

/** One line of the Temporal UI: what is recorded, in whose post, and why. */
export const deedSummary = (
  deed: Deed,
  { post, reason }: { readonly post: string | null; readonly reason: string | null },
): string => {
  const why = reason ?? ownCause(deed);
  const line = [
    `${deedWords(deed)}を記録`,
    post === null ? "" : `（${post}）`,
    why === null ? "" : `。理由: ${why}`,
  ].join("");
  return line.length > SUMMARY_CHARACTERS ? `${line.slice(0, SUMMARY_CHARACTERS - 1)}…` : line;
};

import type { ReportedAction } from "../../domain/delivery-report.ts";
import type { AttemptOutcome, AttemptPhase, MailState } from "../../domain/mail.ts";
import type { Instant } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";
import { mailStateNames } from "./words.ts";

/** Where a mail stands. */
export interface MailStanding {
  readonly state: MailState;
  /** It is to be sent, and does not move. */
  readonly stuck: boolean;
  readonly attempts: number;
  readonly nextTryAt: Instant;
}

export const mailStandingName = ({ state, stuck }: MailStanding): string =>
  stuck ? `${mailStateNames[state]}（停滞）` : mailStateNames[state];

/** What happened, in a sentence. */
export const mailStandingText = ({ state, stuck, attempts, nextTryAt }: MailStanding): string => {
  if (stuck) return "送信すべき時刻を過ぎていますが、送信が進んでいません。";
  switch (state) {
    case "queued":
      return attempts === 0
        ? "送信を待っています。"
        : `まだ受け付けられていません。${warekiTime(nextTryAt)}以後に、もう一度送信します。`;
    case "sending":
      return "送信しています。";
    case "accepted":
      return "宛先へのメールサーバーが受け付けました。";
    case "rejected":
      return "届きませんでした。自動では、これ以上送信しません。";
    case "uncertain":
      return "届いたかどうかが分かりません。送信の最後に、メールサーバーの応答を受け取れませんでした。二重に届くことを避けるため、自動では送り直しません。";
    case "cancelled":
      return "取り消したので、送信しません。";
    case "captured":
      return "訓練のため、外部には送信していません。";
  }
};

/** What the secretariat does about it; null where nothing is to be done. */
export const mailTodo = ({ state, stuck }: MailStanding): string | null => {
  if (stuck) return "メールの送信設備について、運用担当に確認してください。";
  switch (state) {
    case "uncertain":
      return "宛先の方又はメールサーバーの記録で届いたかを確かめ、結果を記録してください。";
    case "rejected":
      return "宛先の方の連絡先を確かめ、別の方法で連絡してください。連絡先が変わっていれば、計画を変更してください。";
    case "queued":
    case "sending":
    case "accepted":
    case "cancelled":
    case "captured":
      return null;
  }
};

export const outcomeNames: Readonly<Record<AttemptOutcome, string>> = {
  accepted: "受付け",
  refused: "拒否",
  deferred: "保留（再送の対象）",
  uncertain: "不明",
};

export const phaseNames: Readonly<Record<AttemptPhase, string>> = {
  claimed: "本文の送信を終える前",
  "dot-pushed": "本文の送信を終えた後",
  replied: "応答あり",
};

export const reportNames: Readonly<Record<ReportedAction, string>> = {
  failed: "不達",
  delayed: "遅延",
  delivered: "配達済み",
  relayed: "別のサーバーへ中継",
  expanded: "転送",
};

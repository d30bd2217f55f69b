import type { ActingRole } from "../../domain/acts.ts";
import type { ItemState } from "../../domain/answer.ts";
import type { MailState } from "../../domain/mail.ts";
import type { OpenCause, RequestKind } from "../../domain/plan.ts";
import type { StepStanding, YearStep, Phase } from "../../domain/year-steps.ts";
import type { Says } from "../../domain/says.ts";

/** What the screens call things: one word each, the report's where it has one. */

export const phaseNames: Readonly<Record<Phase, { readonly letter: string; readonly name: string }>> = {
  plan: { letter: "Plan", name: "計画" },
  do: { letter: "Do", name: "実施" },
  check: { letter: "Check", name: "点検・評価" },
  act: { letter: "Act", name: "改善" },
};

export const stepNames: Readonly<Record<YearStep, string>> = {
  policy: "実施方針",
  underway: "施策の実施",
  collection: "照会",
  survey: "補完調査",
  evaluation: "評価",
  drafting: "原案",
  consultation: "意見照会",
  approval: "決裁",
  decision: "本部決定",
  publication: "公表",
  "carry-over": "引継ぎ",
};

export const standingNames: Readonly<Record<StepStanding["is"], string>> = {
  done: "済",
  present: "現在",
  beside: "実施中",
  ahead: "これから",
  needless: "該当なし",
};

export const kindNames: Readonly<Record<RequestKind, string>> = {
  data: "データ照会",
  survey: "補完調査",
  chapter: "他制度評価",
  consultation: "意見照会",
};

/** In the order in which an item goes through them. */
export const itemStateNames: Readonly<Record<ItemState["is"], string>> = {
  owed: "未回答",
  submitted: "確認待ち",
  returned: "差戻し中",
  provisional: "暫定値",
  failing: "不備あり",
  surveying: "補完調査中",
  value: "把握",
  nil: "該当なし",
  "not-applicable": "所管外",
  surveyed: "補完調査",
  uncollected: "未把握",
};

/** What is asked in a consultation is not measured: it is commented on or not. */
const opinionStateNames: Readonly<Partial<Record<ItemState["is"], string>>> = {
  value: "意見あり",
  nil: "意見なし",
  uncollected: "意見の提出なし",
};
export const itemStateName = (kind: RequestKind, is: ItemState["is"]): string =>
  (kind === "consultation" ? opinionStateNames[is] : undefined) ?? itemStateNames[is];

export const saysNames: Readonly<Record<Says, string>> = {
  value: "確定値",
  provisional: "暫定値",
  nil: "該当なし",
  "not-applicable": "所管外",
  unmeasurable: "把握困難",
};

export const mailStateNames: Readonly<Record<MailState, string>> = {
  queued: "送信待ち",
  sending: "送信中",
  accepted: "送信済み",
  rejected: "不達",
  uncertain: "送達不明",
  cancelled: "取消し",
  captured: "訓練のため送信せず",
};

export const roleNames: Readonly<Record<ActingRole, string>> = {
  preparer: "事務局　起案担当",
  approver: "事務局　決裁者",
  contact: "府省庁　窓口・担当者・確認者",
  recorder: "本部決定　記録者",
  auditor: "監査担当",
  admin: "システム管理者",
  machine: "機械",
};

/** 反映事項の区分. */
export const openCauseNames: Readonly<Record<OpenCause, string>> = {
  uncollected: "未把握",
  surveyed: "補完調査による把握",
  unfinished: "未了",
  insufficient: "判断材料不足",
  "chapter-missing": "他制度評価の未掲載",
  comment: "次年度に反映する意見",
};

/** A finding by its id `<cause>:<origin>`, e.g. 未把握（1-1-1-ア/2）. */
export const findingName = (id: string): string => {
  const [cause = "", ...origin] = id.split(":");
  const named = Object.entries(openCauseNames).find(([one]) => one === cause)?.[1];
  return named === undefined ? id : `${named}（${origin.join(":")}）`;
};

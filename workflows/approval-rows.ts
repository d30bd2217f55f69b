import type { Change, MailOrder, Subject } from "../activities/contract.ts";
import type { Act, DecisionArgs } from "../domain/acts.ts";
import { mayApprove, waitsFor, type Ladder } from "../domain/approval.ts";
import { fiscalYear, type CycleKey, type FiscalYear } from "../domain/ids.ts";
import { isRefused } from "../domain/refusal.ts";
import type { Instant } from "../domain/time.ts";
import { fiscalYearLabel } from "../domain/wareki.ts";
import { cyclePath, mailOrder, nextPlanPath } from "./mail-orders.ts";

/** What is approved and decided: the year's policy, or its report. */
export interface Matter {
  readonly cycle: CycleKey;
  readonly year: FiscalYear;
  readonly subject: Subject;
}

const titleOf = ({ year, subject }: Matter): string => {
  switch (subject) {
    case "policy":
      return `${fiscalYearLabel(year)}の評価等の実施方針`;
    case "report":
      return `${fiscalYearLabel(year)}の年次報告`;
    case "next-plan":
      return `${fiscalYearLabel(fiscalYear(year + 1))}の計画`;
  }
};

type ByHash = Act & { readonly args: { readonly hash: Ladder["hash"] } };

export const approvalRow = (
  { subject }: Matter,
  { ladder, act, outcome }: { ladder: Ladder; act: ByHash; outcome: "approved" | "returned" },
): Change => {
  const may = mayApprove(ladder, {
    person: act.actor.person,
    hash: act.args.hash,
    at: act.at,
    contributors: [],
  });
  const standsInFor = isRefused(may) ? null : may.standsInFor;
  return { write: "approval", subject, hash: act.args.hash, outcome, standsInFor };
};

/** 決裁依頼 to whoever comes next; the recorders once everyone has approved. */
export const turnMails = (
  matter: Matter,
  { ladder, act }: { readonly ladder: Ladder; readonly act: Act },
): readonly MailOrder[] => {
  const common = { path: cyclePath(matter.cycle), occurrence: act.id };
  const people = waitsFor(ladder, act.at);
  if (people.length === 0)
    return [
      mailOrder({
        ...common,
        letter: "notice",
        to: { staff: "recorder" },
        detail: `${titleOf(matter)}（案）の決裁が終わりました。本部の決定を記録してください。`,
      }),
    ];
  return people.map((person) =>
    mailOrder({ ...common, letter: "approval-turn", to: { person }, detail: `${titleOf(matter)}（案）` }),
  );
};

/** 決裁差戻し, by an approver or by the headquarters. */
export const returnedMails = (matter: Matter, act: Act): readonly MailOrder[] => [
  mailOrder({
    letter: "approval-returned",
    to: { staff: "preparer" },
    path: cyclePath(matter.cycle),
    occurrence: act.id,
    detail: `${titleOf(matter)}（案）`,
    reason: act.reason,
  }),
];

/** 決裁依頼 for what any one approver may pass. */
export const reviewMails = (matter: Matter, act: Act): readonly MailOrder[] => [
  mailOrder({
    letter: "approval-turn",
    to: { staff: "approver" },
    path: nextPlanPath(matter.cycle),
    occurrence: act.id,
    detail: `${titleOf(matter)}（案）`,
  }),
];

/** 本部決定: everyone asked hears of it; what was returned is its preparers' affair. */
export const decisionMails = (
  matter: Matter,
  act: Act & { readonly args: DecisionArgs },
): readonly MailOrder[] => {
  if (act.args.outcome === "returned") return returnedMails(matter, act);
  const decided = {
    letter: "decided",
    path: cyclePath(matter.cycle),
    occurrence: act.id,
    detail: titleOf(matter),
    reason: act.reason,
  } as const;
  return [
    mailOrder({ ...decided, to: { everyOrganisation: "window" } }),
    mailOrder({ ...decided, to: { staff: "preparer" } }),
  ];
};

export const publishedMails = ({ cycle }: Matter, at: Instant): readonly MailOrder[] => [
  mailOrder({
    letter: "published",
    to: { everyOrganisation: "window" },
    path: cyclePath(cycle),
    occurrence: `published ${at}`,
  }),
];

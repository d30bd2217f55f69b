import type { MailOrder } from "../activities/contract.ts";
import { isOwed, isSettled, type ItemState } from "../domain/answer.ts";
import { followingReaders } from "../domain/letters.ts";
import type { StaffRole } from "../domain/plan.ts";
import type { Request, RequestAct, SurveyOpening } from "../domain/request.ts";
import { at } from "../domain/time.ts";
import { cyclePath, mailOrder, requestPath } from "./mail-orders.ts";
import type { RequestStep } from "./request-rows.ts";

type Mail = Omit<Parameters<typeof mailOrder>[0], "path" | "request" | "to"> & {
  readonly act?: RequestAct;
};

const toOrganisation = ({ after }: RequestStep, mail: Mail): readonly MailOrder[] =>
  followingReaders.map((contact) =>
    mailOrder({
      ...mail,
      to: { organisation: after.organisation, contact },
      request: after.id,
      path: requestPath(after.id),
    }),
  );

const toStaff = (
  staff: StaffRole,
  { cycle, after }: RequestStep,
  mail: Omit<Mail, "letter">,
): readonly MailOrder[] => [
  mailOrder({ ...mail, letter: "notice", to: { staff }, request: after.id, path: cyclePath(cycle) }),
];

const idsOf = (request: Request, is: ItemState["is"], among: readonly string[]): readonly string[] =>
  among.filter((item) => request.items[item]?.is === is);

const returnedMails = (step: RequestStep, act: RequestAct & { name: "request.return" }) => {
  const given = act.args.items.map(({ item }) => item);
  // What goes to a survey instead has a letter of its own.
  const items = idsOf(step.after, "returned", given);
  const untils = items.flatMap((id) => {
    const item = step.after.items[id];
    return item?.is === "returned" ? [item.until] : [];
  });
  const [dueAt = null] = untils.toSorted();
  if (items.length === 0) return [];
  return toOrganisation(step, {
    letter: "returned",
    items,
    occurrence: act.id,
    reason: act.reason,
    dueAt,
  });
};

/** 停止 or 取下げ, with what of the request was still open. */
const haltedMails = (
  step: RequestStep,
  { act, detail }: { readonly act: RequestAct; readonly detail: string },
): readonly MailOrder[] => {
  const items = Object.entries(step.before.items).flatMap(([id, item]) => (isSettled(item) ? [] : [id]));
  return toOrganisation(step, { letter: "halted", items, occurrence: act.id, detail, reason: act.reason });
};

const owedOf = ({ items }: Request): readonly string[] =>
  Object.entries(items).flatMap(([id, item]) => (isOwed(item) ? [id] : []));

const resumedText = ({ before, after }: RequestStep): string =>
  before.dueAt === after.dueAt
    ? "停止していた期限を再開します。期限に変更はありません。"
    : "停止していた期限を再開します。停止していた日数だけ、期限及び締切を繰り下げます。";

const actMails = (step: RequestStep, act: RequestAct): readonly MailOrder[] => {
  const occurrence = act.id;
  switch (act.name) {
    case "request.submit":
      return toOrganisation(step, {
        letter: "receipt",
        items: act.args.answers.map(({ item }) => item),
        occurrence,
      });
    case "request.return":
      return returnedMails(step, act);
    case "request.ask-extension":
      return toStaff("approver", step, {
        occurrence,
        detail: "期限延長の申出がありました。承認又は不承認を決めてください。",
      });
    case "request.grant-extension":
      return toOrganisation(step, {
        letter: "extension",
        occurrence,
        detail: "申出のとおり、期限を延長します。",
      });
    case "request.refuse-extension":
      return toOrganisation(step, {
        letter: "extension",
        occurrence,
        detail: `期限の延長は認められませんでした。理由：${act.reason ?? ""}`,
      });
    case "request.shorten":
      return toOrganisation(step, {
        letter: "extension",
        occurrence,
        detail: `期限を繰り上げます。理由：${act.reason ?? ""}`,
      });
    case "request.resume":
      return toOrganisation(step, { letter: "extension", occurrence, detail: resumedText(step) });
    case "request.pause":
      return haltedMails(step, { act, detail: "期限の停止" });
    case "request.withdraw":
      return haltedMails(step, { act, detail: "照会の取下げ" });
    case "request.remind":
      return toOrganisation(step, { letter: "reminder", items: owedOf(step.after), occurrence });
    case "request.accept":
    case "request.give-up":
      return [];
  }
};

const causeText = ({ cause }: SurveyOpening): string => {
  switch (cause) {
    case "said-unmeasurable":
      return "把握が困難である旨の御回答があったため。";
    case "silence":
      return "締切までに御回答がなかったため。";
    case "not-corrected":
      return "差し戻した回答の再提出が期限までになかったため。";
    case "returned-twice":
      return "二度の差戻しによっても必要なデータが得られなかったため。";
  }
};

const surveyMails = (step: RequestStep): readonly MailOrder[] =>
  step.opens.flatMap(({ opening, dueOn }) => {
    const said = { items: opening.items, occurrence: opening.survey, reason: causeText(opening) };
    const dueAt = at(dueOn, step.closingTime);
    return [
      ...toOrganisation(step, { ...said, letter: "survey", dueAt }),
      ...toStaff("preparer", step, {
        ...said,
        detail: "補完調査を開始しました。調査の方法を定めてください。",
      }),
    ];
  });

/** A missing chapter can only be taken note of by a person. */
const missingMails = (step: RequestStep): readonly MailOrder[] => {
  const { kind, items, closeAt } = step.after;
  const missing = Object.entries(items).filter(([, item]) => isOwed(item));
  if (step.act !== null || kind !== "chapter" || missing.length === 0) return [];
  return toStaff("preparer", step, {
    items: missing.map(([item]) => item),
    occurrence: `${step.after.id} ${closeAt}`,
    detail: "他の制度による評価が締切までに提出されませんでした。取扱いを決めてください。",
  });
};

export const mailsOfRequest = (step: RequestStep): readonly MailOrder[] => [
  ...(step.act === null ? [] : actMails(step, step.act)),
  ...surveyMails(step),
  ...missingMails(step),
];

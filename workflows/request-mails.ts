import type { MailOrder } from "../activities/contract.ts";
import { isOwed, isSettled } from "../domain/answer.ts";
import { followingReaders, openingReaders } from "../domain/letters.ts";
import type { StaffRole } from "../domain/plan.ts";
import { leftAtClose, type Request, type RequestAct } from "../domain/request.ts";
import { at } from "../domain/time.ts";
import { innerMails } from "./inner-mails.ts";
import { cyclePath, mailOrder, requestPath, surveyPath } from "./mail-orders.ts";
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

/** Stands for the act's reason where every answer came back with its own. */
const ITEM_BY_ITEM = "項目ごとに記載のとおり";

/** 差戻し and 再開: each item with its own reason, where they differ. */
const returnedMails = (
  step: RequestStep,
  act: RequestAct,
  given: readonly string[],
): readonly MailOrder[] => {
  // What goes to a survey instead has a letter of its own.
  const wanted = given.flatMap((id) => {
    const item = step.after.items[id];
    return item?.is === "returned" || item?.is === "owed" ? [{ id, item }] : [];
  });
  const [dueAt = null] = wanted.map(({ item }) => item.until).toSorted();
  if (wanted.length === 0) return [];
  return toOrganisation(step, {
    letter: "returned",
    items: wanted.map(({ id }) => id),
    occurrence: act.id,
    reason: act.reason ?? ITEM_BY_ITEM,
    dueAt,
  });
};

/** The other organisation is asked as everybody was, by its window. */
const handedOnMails = ({ handsOn }: RequestStep): readonly MailOrder[] => {
  if (handsOn === undefined) return [];
  const { request, organisation, items } = handsOn;
  return openingReaders.map((contact) =>
    mailOrder({
      letter: "inquiry",
      to: { organisation, contact },
      request,
      items: items.map(({ item }) => item),
      path: requestPath(request),
      occurrence: request,
    }),
  );
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

/** The ministry has answered after all while a survey runs: the secretariat chooses. */
const lateMails = (step: RequestStep, act: RequestAct & { name: "request.submit" }): readonly MailOrder[] => {
  const offered = act.args.answers.flatMap(({ item, content }) => {
    const state = step.after.items[item];
    return state?.is === "surveying" && state.offered?.content.hash === content.hash
      ? [{ item, survey: state.survey }]
      : [];
  });
  return [...new Set(offered.map(({ survey }) => survey))].map((survey) =>
    mailOrder({
      letter: "notice",
      to: { staff: "preparer" },
      request: step.after.id,
      path: surveyPath(survey),
      items: offered.filter((one) => one.survey === survey).map(({ item }) => item),
      occurrence: `${act.id} ${survey}`,
      detail:
        "補完調査の実施中に、対象の照会項目への回答がありました。回答を採用するか、調査を続けるかを決めてください。",
    }),
  );
};

/** Whoever was asked in the course of a survey need not answer any more. */
const overMails = (step: RequestStep): readonly MailOrder[] => {
  const { before, after, act } = step;
  if (act !== null || after.kind !== "survey" || step.over === undefined) return [];
  const items = Object.entries(before.items).flatMap(([id, item]) => (isSettled(item) ? [] : [id]));
  return toOrganisation(step, {
    letter: "halted",
    items,
    occurrence: `${after.id} over`,
    detail: "照会の取下げ",
    reason: step.over,
  });
};

const resumedText = ({ before, after }: RequestStep): string =>
  before.dueAt === after.dueAt
    ? "停止していた期限を再開します。期限に変更はありません。"
    : "停止していた期限を再開します。停止していた日数だけ、期限及び締切を繰り下げます。";

const actMails = (step: RequestStep, act: RequestAct): readonly MailOrder[] => {
  const occurrence = act.id;
  switch (act.name) {
    case "request.submit":
      return [
        ...toOrganisation(step, {
          letter: "receipt",
          items: act.args.answers.map(({ item }) => item),
          occurrence,
        }),
        ...lateMails(step, act),
      ];
    case "request.enter":
      return toOrganisation(step, {
        letter: "entered",
        items: act.args.answers.map(({ item }) => item),
        occurrence,
        reason: act.reason,
        entered: { by: act.actor.person, of: act.args.of },
      });
    case "request.allocate":
    case "request.prepare":
    case "request.sign-off":
    case "request.send-back":
      return innerMails(step, act);
    case "request.return":
      return returnedMails(
        step,
        act,
        act.args.items.map(({ item }) => item),
      );
    case "request.reassign":
      return handedOnMails(step);
    case "request.reopen":
      return returnedMails(step, act, act.args.items);
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
    case "request.take-late":
    case "request.leave-late":
    case "request.give-up":
      return [];
  }
};

const surveyMails = (step: RequestStep): readonly MailOrder[] =>
  step.opens.flatMap(({ opening, dueOn, justification }) => {
    const said = { items: opening.items, occurrence: opening.survey, reason: justification };
    const dueAt = at(dueOn, step.closingTime);
    return [
      ...toOrganisation(step, { ...said, letter: "survey", dueAt }),
      mailOrder({
        ...said,
        letter: "notice",
        to: { staff: "preparer" },
        request: step.after.id,
        path: surveyPath(opening.survey),
        detail: `補完調査を開始しました。調査の方法を定めてください。必要に応じ、対象の変更、他の調査との統合又は中止ができます。\n開始の理由：${justification}`,
      }),
    ];
  });

/** What is still open after its close and can only be decided by a person. */
const missingMails = (step: RequestStep): readonly MailOrder[] => {
  const { act, after, now } = step;
  const items = leftAtClose(after, now);
  if (act !== null || items.length === 0) return [];
  const untils = items.map((id) => {
    const item = after.items[id];
    return item !== undefined && "until" in item ? item.until : after.closeAt;
  });
  return toStaff("preparer", step, {
    items,
    occurrence: `${after.id} ${untils.toSorted().at(-1) ?? after.closeAt}`,
    detail:
      after.kind === "chapter"
        ? "他の制度による評価が締切までに提出されませんでした。取扱いを決めてください。"
        : "暫定値のまま締切を過ぎた項目があります。確定値として受領するか、差し戻すかを決めてください。",
  });
};

export const mailsOfRequest = (step: RequestStep): readonly MailOrder[] => [
  ...(step.act === null ? [] : actMails(step, step.act)),
  ...surveyMails(step),
  ...overMails(step),
  ...missingMails(step),
];

import type { Change, MailOrder } from "../activities/contract.ts";
import { isOwed, type ItemState } from "../domain/answer.ts";
import type { CycleKey } from "../domain/ids.ts";
import { followingReaders } from "../domain/letters.ts";
import {
  changedItems,
  isRequestSettled,
  type Request,
  type RequestAct,
  type SurveyOpening,
} from "../domain/request.ts";
import { at, type Instant, type PlainDate, type PlainTime } from "../domain/time.ts";
import { requestWorkflowId } from "./contract.ts";
import { cyclePath, mailOrder, requestPath } from "./mail-orders.ts";

export interface OpenedSurvey {
  readonly opening: SurveyOpening;
  readonly dueOn: PlainDate;
}

/** What has happened to a request: by an act, by silence, or by the end of a survey. */
export interface RequestStep {
  readonly cycle: CycleKey;
  readonly before: Request;
  readonly after: Request;
  readonly act: RequestAct | null;
  readonly opens: readonly OpenedSurvey[];
  readonly closingTime: PlainTime;
  /** Of a consultation request. */
  readonly round: number;
}

const answerRows = ({ after: { id, kind }, act, round }: RequestStep): readonly Change[] => {
  if (act?.name !== "request.submit") return [];
  const { answers } = act.args;
  if (kind !== "consultation") return answers.map((answer) => ({ write: "answer", answer }));
  return answers
    .filter(({ says }) => says === "value")
    .map(({ content }) => ({ write: "comment", request: id, content, round }));
};

const termRows = ({ before, after: { id, dueAt, closeAt, asked } }: RequestStep): readonly Change[] =>
  dueAt === before.dueAt && closeAt === before.closeAt && asked === before.asked
    ? []
    : [{ write: "term", request: id, dueAt, closeAt, asked }];

const surveyRows = ({ after, opens }: RequestStep): readonly Change[] =>
  opens.map(({ opening, dueOn }) => ({
    write: "survey",
    survey: opening.survey,
    request: after.id,
    organisation: after.organisation,
    opening,
    dueOn,
    method: null,
    end: null,
  }));

const endRows = ({ before, after }: RequestStep): readonly Change[] =>
  isRequestSettled(after) && !isRequestSettled(before)
    ? [
        { write: "request", request: after.id, is: "settled" },
        { write: "process", workflow: requestWorkflowId(after.id), is: "closed" },
      ]
    : [];

const itemRows = ({ before, after }: RequestStep): readonly Change[] =>
  changedItems(before, after).flatMap((item) => {
    const state = after.items[item];
    return state === undefined ? [] : [{ write: "item", item, state }];
  });

export const rowsOfRequest = (step: RequestStep): readonly Change[] => [
  ...answerRows(step),
  ...termRows(step),
  ...itemRows(step),
  ...surveyRows(step),
  ...endRows(step),
];

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

const toPreparers = ({ cycle, after }: RequestStep, mail: Omit<Mail, "letter">): readonly MailOrder[] => [
  mailOrder({
    ...mail,
    letter: "notice",
    to: { staff: "preparer" },
    request: after.id,
    path: cyclePath(cycle),
  }),
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
      return toPreparers(step, {
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
      ...toPreparers(step, { ...said, detail: "補完調査を開始しました。調査の方法を定めてください。" }),
    ];
  });

/** A missing chapter can only be taken note of by a person. */
const missingMails = (step: RequestStep): readonly MailOrder[] => {
  const { kind, items, closeAt } = step.after;
  const missing = Object.entries(items).filter(([, item]) => isOwed(item));
  if (step.act !== null || kind !== "chapter" || missing.length === 0) return [];
  return toPreparers(step, {
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

const stateNames: Readonly<Record<ItemState["is"], string>> = {
  owed: "未回答",
  submitted: "確認待ち",
  returned: "差戻し",
  surveying: "補完調査中",
  value: "確定",
  nil: "該当なし",
  "not-applicable": "所管外",
  surveyed: "補完調査により把握",
  uncollected: "未把握",
};

const shortly = (instant: Instant): string => instant.slice(0, 16).replace("T", " ");

/** The request as an auditor reads it in the Temporal UI. */
export const detailsOfRequest = ({ organisation, dueAt, closeAt, items, asked }: Request): string => {
  const states = Object.values(items).map(({ is }) => is);
  const counts = [...new Set(states)].map(
    (is) => `${stateNames[is]} ${states.filter((state) => state === is).length}件`,
  );
  return [
    `**${organisation}**　期限 ${shortly(dueAt)}　締切 ${shortly(closeAt)}`,
    counts.join("、"),
    ...(asked === null ? [] : [`${asked.dueOn}までの延長の申出あり：${asked.reason}`]),
  ].join("\n\n");
};

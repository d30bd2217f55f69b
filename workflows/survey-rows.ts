import type { Change, MailOrder } from "../activities/contract.ts";
import type { ContentRef } from "../domain/acts.ts";
import { currentStep, type AskedRespondent, type Survey, type SurveyAct } from "../domain/survey.ts";
import { surveyWorkflowId } from "./contract.ts";
import { mailOrder, surveyPath } from "./mail-orders.ts";

/** The hash of what an act of a survey brings along. */
export const contentOf = (act: SurveyAct): ContentRef | null => {
  switch (act.name) {
    case "survey.plan":
    case "survey.step":
    case "survey.conclude":
    case "survey.change":
      return act.args.content;
    case "survey.merge":
    case "survey.stop":
      return null;
  }
};

export const rowsOfSurvey = ({ id, ...facts }: Survey): readonly Change[] => [
  { write: "survey", survey: id, ...facts },
  ...(facts.end === null
    ? []
    : [{ write: "process", workflow: surveyWorkflowId(id), is: "closed" } as const]),
];

/** Whom a survey has come to ask with this step of its own. */
export const newlyAsked = (before: Survey, after: Survey): readonly AskedRespondent[] => {
  const known = new Set((before.protocol?.asked ?? []).map(({ request }) => request));
  return (after.protocol?.asked ?? []).filter(({ request }) => !known.has(request));
};

/** Requests of a survey whose items these are: an item's id begins with its request's. */
export const requestsOf = (items: readonly string[]): readonly string[] => [
  ...new Set(items.map((item) => item.slice(0, item.indexOf("/")))),
];

/** All replies are in: the secretariat goes on with what they say. */
export const repliesMails = ({ id, dueOn }: Survey): readonly MailOrder[] => [
  mailOrder({
    letter: "notice",
    to: { staff: "preparer" },
    path: surveyPath(id),
    occurrence: `${id} replies ${dueOn}`,
    detail: "補完調査の質問票への回答が出そろいました。次の手順に進んでください。",
  }),
];

const stateOf = (survey: Survey): string => {
  const { method, protocol, end } = survey;
  if (end === null) {
    if (method === null) return "調査の方法を検討中";
    const step = currentStep(survey);
    return `調査中${protocol === null ? "" : `（${protocol.label}：${step?.label ?? "結果の取りまとめ"}）`}`;
  }
  switch (end.is) {
    case "found":
      return "結果あり";
    case "impossible":
      return `把握できず：${end.reason}`;
    case "stopped":
      return `取りやめ：${end.reason}`;
    case "merged":
      return `${end.into} に統合：${end.reason}`;
  }
};

/** The survey as an auditor reads it in the Temporal UI. */
export const detailsOfSurvey = (survey: Survey): string =>
  [
    `**${survey.organisation}**　期限 ${survey.dueOn}`,
    stateOf(survey),
    survey.justification,
    ...survey.opening.items.map((item) => `- ${item}`),
  ].join("\n\n");

import type { Change } from "../activities/contract.ts";
import { isOwed, type ItemState } from "../domain/answer.ts";
import type { CycleKey } from "../domain/ids.ts";
import {
  changedInside,
  changedItems,
  isRequestSettled,
  type HandedOn,
  type Request,
  type RequestAct,
  type SurveyOpening,
  type UnmovedRequest,
} from "../domain/request.ts";
import type { Survey } from "../domain/survey.ts";
import type { Instant, PlainDate, PlainTime } from "../domain/time.ts";
import { requestWorkflowId } from "./contract.ts";

export interface OpenedSurvey {
  readonly opening: SurveyOpening;
  readonly dueOn: PlainDate;
  readonly justification: string;
}

/** A survey as it begins. */
export const surveyOpenedBy = (
  { id, organisation }: Pick<Request, "id" | "organisation">,
  { opening, dueOn, justification }: OpenedSurvey,
): Survey => ({
  id: opening.survey,
  request: id,
  organisation,
  opening,
  justification,
  dueOn,
  method: null,
  protocol: null,
  scope: null,
  end: null,
});

/** What has happened to a request: by an act, by silence, or by the end of a survey. */
export interface RequestStep {
  readonly cycle: CycleKey;
  readonly before: Request;
  readonly after: Request;
  readonly act: RequestAct | null;
  readonly opens: readonly OpenedSurvey[];
  readonly handsOn?: HandedOn | undefined;
  readonly now: Instant;
  readonly closingTime: PlainTime;
  /** Of a consultation request. */
  readonly round: number;
  /** With kind `survey`: why its answers are not needed any more. Absent while they are. */
  readonly over?: string;
}

const answerRows = ({ after: { id, kind }, act, round }: RequestStep): readonly Change[] => {
  if (act?.name !== "request.submit" && act?.name !== "request.enter") return [];
  const { answers } = act.args;
  if (act.name === "request.enter")
    return act.args.answers.map((answer) => ({ write: "answer", answer, onBehalfOf: act.args.of }));
  if (kind !== "consultation") return answers.map((answer) => ({ write: "answer", answer }));
  return answers
    .filter(({ says }) => says === "value")
    .map(({ content }) => ({ write: "comment", request: id, content, round }));
};

const termRows = ({
  before,
  after: { id, dueAt, closeAt, asked, paused },
}: RequestStep): readonly Change[] =>
  dueAt === before.dueAt && closeAt === before.closeAt && asked === before.asked && paused === before.paused
    ? []
    : [{ write: "term", request: id, dueAt, closeAt, asked, paused }];

const owes = ({ items }: Request): boolean => Object.values(items).some(isOwed);

/** What was planned for dates that no longer hold, or for what is no longer owed, is not sent any more. */
const calledBack = ({ before, after, act, over }: RequestStep): readonly Change[] => {
  if (act?.name === "request.withdraw" || over !== undefined)
    return [{ write: "call-back", request: after.id, planned: "everything" }];
  const isMoved = after.dueAt !== before.dueAt || (after.paused !== null && before.paused === null);
  return isMoved || (owes(before) && !owes(after))
    ? [{ write: "call-back", request: after.id, planned: "reminders" }]
    : [];
};

const surveyRows = ({ after, opens }: RequestStep): readonly Change[] =>
  opens.map((opened) => {
    const { id, ...survey } = surveyOpenedBy(after, opened);
    return { write: "survey", survey: id, ...survey };
  });

const owedUntil = ({ items, closeAt }: HandedOn): Readonly<Record<string, ItemState>> =>
  Object.fromEntries(items.map(({ item }) => [item, { is: "owed", until: closeAt }]));

/** The request in which another organisation is asked, as it starts. */
export const requestHandedOn = (handsOn: HandedOn): UnmovedRequest => {
  const { request: id, organisation, dueAt, closeAt } = handsOn;
  const items = owedUntil(handsOn);
  return { id, kind: "data", organisation, dueAt, closeAt, items, asked: null, surveys: 0 };
};

const handedOnRows = ({ handsOn, now }: RequestStep): readonly Change[] => {
  if (handsOn === undefined) return [];
  const { request: id, organisation, dueAt, closeAt, items } = handsOn;
  const term = { sentAt: now, dueAt, closeAt };
  return [
    {
      write: "handed-on",
      opened: { id, kind: "data", organisation, round: 0, version: null, ...term, items: owedUntil(handsOn) },
      from: Object.fromEntries(items.map(({ item, from }) => [item, from])),
    },
    { write: "process", workflow: requestWorkflowId(id), is: "open" },
  ];
};

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

const innerRows = ({ before, after }: RequestStep): readonly Change[] =>
  changedInside(before, after).map((item) => ({
    write: "inner",
    request: after.id,
    item,
    work: after.inner?.[item] ?? null,
  }));

export const rowsOfRequest = (step: RequestStep): readonly Change[] => [
  ...answerRows(step),
  ...termRows(step),
  ...calledBack(step),
  ...itemRows(step),
  ...innerRows(step),
  ...surveyRows(step),
  ...handedOnRows(step),
  ...endRows(step),
];

const stateNames: Readonly<Record<ItemState["is"], string>> = {
  owed: "未回答",
  submitted: "確認待ち",
  returned: "差戻し",
  provisional: "暫定値",
  failing: "不備あり",
  surveying: "補完調査中",
  value: "確定",
  nil: "該当なし",
  "not-applicable": "所管外",
  surveyed: "補完調査により把握",
  uncollected: "未把握",
};

const shortly = (instant: Instant): string => instant.slice(0, 16).replace("T", " ");

/** The request as an auditor reads it in the Temporal UI. */
export const detailsOfRequest = ({ organisation, dueAt, closeAt, items, asked, paused }: Request): string => {
  const states = Object.values(items).map(({ is }) => is);
  const counts = [...new Set(states)].map(
    (is) => `${stateNames[is]} ${states.filter((state) => state === is).length}件`,
  );
  return [
    `**${organisation}**　期限 ${shortly(dueAt)}　締切 ${shortly(closeAt)}`,
    counts.join("、"),
    ...(paused === null ? [] : [`${shortly(paused.at)}から期限を停止中：${paused.reason}`]),
    ...(asked === null ? [] : [`${asked.dueOn}までの延長の申出あり：${asked.reason}`]),
  ].join("\n\n");
};

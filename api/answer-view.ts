import type { RequestHistory, WrittenAnswer } from "../db/queries/request-history.ts";
import { cellsOf, valueText, type AnswerValue } from "../domain/answer-value.ts";
import { contactsOf } from "../domain/catalogue.ts";
import type { OrganisationId, PersonId } from "../domain/ids.ts";
import type { Check, Datum, Plan } from "../domain/plan.ts";
import type { RequestCauses } from "../domain/request-causes.ts";
import { reasonLabel } from "../domain/reasons.ts";
import type { Instant } from "../domain/time.ts";
import { wareki } from "../domain/wareki.ts";
import type { CauseOf } from "./causes.ts";
import { evidenceOfVersion } from "./evidence-view.ts";
import { nameOf } from "./frame.ts";
import type { Option } from "./pages/form.tsx";
import type { GivenVersion, LastYearView, Written } from "./pages/request-item.tsx";
import { cellField } from "./pages/value-fields.tsx";

/** An answer of the organisation itself; of a consultation none stands here. */
type Given = AnswerValue & {
  readonly number: number | null;
  readonly unit: string | null;
  readonly text: string;
};
export type LastYearAnswer = Given;
const nothing: Given = { number: null, unit: null, text: "" };

const given = (written: WrittenAnswer["written"]): Given =>
  written === null || "opinions" in written ? nothing : written;

export interface AnswerViewOf {
  readonly history: RequestHistory;
  readonly plan: Plan;
  readonly now: Instant;
  readonly names: ReadonlyMap<PersonId, string>;
  readonly causes: RequestCauses;
  readonly causeOf: CauseOf;
}

export const datumIn = (plan: Plan, key: string): Datum | undefined =>
  plan.data.find((datum) => datum.key === key);

const printed = (answer: Given, datum: Datum | undefined): string | null => {
  const { number, unit } = answer;
  const counted = number === null ? "" : [number.toLocaleString("ja-JP"), unit ?? ""].join(" ").trim();
  const other = valueText(answer, datum?.expects);
  const table = other !== "" && answer.table !== undefined && unit !== null ? `（単位：${unit}）` : "";
  return `${counted}${other}${table}` || null;
};

/** What was said beside the value, a sentence each. */
const besides = (
  { availableOn, owner, explained }: Given,
  organisationName: (id: OrganisationId) => string,
): readonly string[] => [
  ...(availableOn === undefined ? [] : [`把握できる日：${wareki(availableOn)}`]),
  ...(owner === undefined ? [] : [`所管と考える府省庁：${organisationName(owner)}`]),
  ...(explained === undefined ? [] : [`検査の指摘に対する説明：${explained.text}`]),
];

/** One submitted version as its screen shows it. */
export const versionOf = (
  { item, version, at, by, onBehalfOf, says, why, written }: WrittenAnswer,
  { history, plan, now, names, causes, causeOf }: AnswerViewOf,
  datum: Datum | undefined,
): GivenVersion => {
  const answer = given(written);
  return {
    version,
    at,
    caused: causeOf(causes.answers.get(item)?.[version - 1]),
    late: at > history.request.dueAt,
    by: names.get(by) ?? by,
    onBehalfOf: onBehalfOf === null ? null : (names.get(onBehalfOf) ?? onBehalfOf),
    says,
    why: reasonLabel(plan.unmeasurableReasons, why),
    value: printed(answer, datum),
    text: answer.text,
    besides: besides(answer, (id) => nameOf(plan, id, now)),
    ...evidenceOfVersion(history.request.id, written),
  };
};

/** 前年度の回答 beside this year's; units and labels are this year's plan's. */
export const lastYearOf = (
  before: LastYearAnswer | undefined,
  datum: Datum | undefined,
): LastYearView | null =>
  before === undefined ? null : { value: printed(before, datum), text: before.text };

/** What the fields of an answer start with, by the parts of their names: what was written the last time. */
export const writtenIn = (before: WrittenAnswer["written"], datum: Datum | undefined): Written => {
  const { number, unit, text, date, choice, table, availableOn, owner, explained } = given(before);
  const expects = datum?.expects;
  const cells = expects?.is === "table" ? cellsOf(expects) : [];
  return {
    number: number === null ? "" : String(number),
    unit: unit ?? "",
    text,
    date: date ?? "",
    choice: choice ?? "",
    availableOn: availableOn ?? "",
    owner: owner ?? "",
    explanation: explained?.text ?? "",
    ...Object.fromEntries(
      cells.map(({ row, column }) => {
        const cell = table?.[row.key]?.[column.key];
        return [cellField(row.key, column.key), cell === undefined ? "" : String(cell)];
      }),
    ),
  };
};

/** In which units a number is wanted; empty where any will do. */
export const unitsOf = (datum: Datum | undefined): readonly string[] =>
  (datum?.checks ?? []).flatMap((check) => (check.checks === "unit" ? check.anyOf : []));

const checkName = (check: Check): string => {
  switch (check.checks) {
    case "unit":
      return `単位（${check.anyOf.join("又は")}）`;
    case "range":
      return "数値の範囲";
    case "reason":
      return "理由の記入";
    case "sum":
      return "表の計";
    case "last-year":
      return "前年度との増減";
    case "definition":
      return "定義の変更";
  }
};

/** What an answer failed, in an official's words; the key itself where the plan has lost the check. */
export const checkNames = (keys: readonly string[], datum: Datum | undefined): readonly string[] =>
  keys.map((key) => {
    if (key === "kind") return "値の種類";
    const check = datum?.checks?.find((one) => one.key === key);
    return check === undefined ? key : checkName(check);
  });

/** Who else can be asked: whoever the plan has a 窓口 of. */
export const othersThan = (
  organisation: OrganisationId,
  { plan, now }: Pick<AnswerViewOf, "plan" | "now">,
): readonly Option[] =>
  plan.organisations
    .filter(({ id }) => id !== organisation && contactsOf(plan, id, "window").length > 0)
    .map(({ id }) => ({ value: id, name: nameOf(plan, id, now) }));

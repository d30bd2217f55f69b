import { valueText } from "../domain/answer-value.ts";
import { dataOfIndicator, datumOf, measureOf } from "../domain/catalogue.ts";
import { measureKey, type OrganisationId } from "../domain/ids.ts";
import type { Expected, Plan } from "../domain/plan.ts";
import type { RecordedItem, RecordedOutcome, ReportRecord } from "../domain/report-record.ts";
import type { Evidence } from "./pages/evaluation.tsx";
import { evaluationStateNames, type EvaluationRow } from "./pages/evaluations.tsx";
import { itemStateNames } from "./pages/words.ts";

/** What a judgement rests on, read from the same record as the report. */

/** A number, or what else the value is beside its text. */
const printedValue = (outcome: RecordedOutcome, expects: Expected | undefined): string | null => {
  if (outcome.is !== "value") return null;
  const { number, unit, other = {} } = outcome;
  if (number !== null) return `${number.toLocaleString("ja-JP")} ${unit ?? ""}`.trim();
  return valueText(other, expects) || null;
};

const surveyText = ({ surveys }: ReportRecord, id: string): string => {
  const end = surveys.find((survey) => survey.id === id)?.end;
  if (end === undefined) return "";
  switch (end.is) {
    case "found":
      return `${end.result.text}（結果の限界：${end.limits}）`;
    case "impossible":
    case "stopped":
    case "merged":
      return end.reason;
    case "running":
      return "";
  }
};

const textOf = (record: ReportRecord, outcome: RecordedOutcome): string => {
  switch (outcome.is) {
    case "value":
    case "nil":
    case "not-applicable":
      return outcome.text;
    case "surveyed":
      return surveyText(record, outcome.survey);
    case "uncollected":
      return outcome.reason;
  }
};

const ofItem = (
  record: ReportRecord,
  { datum, organisation, outcome }: RecordedItem,
  nameOf: (id: OrganisationId) => string,
): Evidence => ({
  id: `${datum} ${organisation}`,
  title: datumOf(record.plan, datum)?.text ?? datum,
  from: nameOf(organisation),
  state: itemStateNames[outcome.is],
  caused: null,
  value: printedValue(outcome, datumOf(record.plan, datum)?.expects),
  text: textOf(record, outcome),
});

const dataOfMeasure = (plan: Plan, key: string): ReadonlySet<string> => {
  const indicators = measureOf(plan, measureKey(key))?.indicators ?? [];
  return new Set(
    indicators.flatMap((indicator) => dataOfIndicator(plan, indicator.key).map((datum) => datum.key)),
  );
};

/** Of a measure: every settled answer to its data, organisation by organisation. */
export const evidenceOfMeasure = (
  record: ReportRecord,
  key: string,
  nameOf: (id: OrganisationId) => string,
): readonly Evidence[] => {
  const data = dataOfMeasure(record.plan, key);
  return record.items.filter(({ datum }) => data.has(datum)).map((item) => ofItem(record, item, nameOf));
};

/** Of a domain: what was said of each of its measures. */
export const evidenceOfDomain = (rows: readonly EvaluationRow[], domain: string): readonly Evidence[] =>
  rows
    .filter((row) => row.kind === "output" && row.domain === domain)
    .map(({ key, name, is, rating, text, caused }) => ({
      id: key,
      title: `${key}　${name}`,
      from: "施策の結果の評価",
      state: evaluationStateNames[is],
      caused,
      value: rating,
      text: text ?? "",
    }));

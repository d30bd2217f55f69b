import { namedCells, valueText } from "./answer-value.ts";
import type { DataRow, EvaluationRow, ReportData } from "./document.ts";
import type { EvaluationKind, Measure } from "./plan.ts";
import { measureName } from "./catalogue.ts";
import { ratingLabel } from "./report-areas.ts";
import { lastYearRow } from "./report-last-year.ts";
import type { ReportDomain, ReportIndex, ReportItem } from "./report-index.ts";

/** The record as flat rows, in the order of the report. */
export const reportData = (index: ReportIndex): ReportData => ({
  rows: index.domains.flatMap((domain) =>
    domain.measures.flatMap((measure) => measureRows(index, domain, measure)),
  ),
  evaluations: [
    ...index.record.plan.measures.map((measure) =>
      evaluationRow(index, { kind: "output", key: measure.key, name: measureName(measure) }),
    ),
    ...index.domains.map(({ key, area, domain }) =>
      evaluationRow(index, { kind: "outcome", key, name: domain?.name ?? area.name }),
    ),
  ],
  ratings: kinds.flatMap((kind) => index.record.plan.scales[kind].map((rating) => ({ kind, ...rating }))),
});
const kinds: readonly EvaluationKind[] = ["output", "outcome"];

const measureRows = (
  index: ReportIndex,
  { area, domain }: ReportDomain,
  measure: Measure,
): readonly DataRow[] =>
  measure.indicators.flatMap((indicator) =>
    index.itemsOf(indicator.key).flatMap((item) =>
      answered(item).map((said) => ({
        area: area.number,
        areaName: area.name,
        domain: domain?.number ?? null,
        domainName: domain?.name ?? null,
        heading: measure.heading,
        measure: measure.key,
        measureName: measureName(measure),
        indicator: indicator.key,
        indicatorText: indicator.text,
        datum: item.datum.key,
        datumText: item.datum.text,
        organisation: item.organisation,
        organisationName: item.organisationName,
        ...said,
      })),
    ),
  );

type Answered = Pick<
  DataRow,
  | "state"
  | "number"
  | "unit"
  | "cell"
  | "date"
  | "choice"
  | "text"
  | "reason"
  | "survey"
  | "source"
  | "sha256"
>;

/** A table has a row a cell: one datum a row; its text stands in the first. */
const answered = (item: ReportItem): readonly Answered[] => {
  const { datum, outcome } = item;
  const whole = answeredWhole(item);
  const table = outcome?.is === "value" ? outcome.other?.table : undefined;
  if (table === undefined) return [whole];
  return namedCells(table, datum.expects).map(({ number, ...cell }, n) => ({
    ...whole,
    number,
    cell,
    text: n === 0 ? whole.text : null,
  }));
};

const answeredWhole = ({ is, outcome, survey, source, datum }: ReportItem): Answered => {
  const nothing = {
    state: is,
    number: null,
    unit: null,
    text: null,
    reason: null,
    survey: null,
    source,
    sha256: null,
  };
  switch (outcome?.is) {
    case undefined:
      return nothing;
    case "value":
      return {
        ...nothing,
        number: outcome.number,
        unit: outcome.unit,
        ...(outcome.other?.date !== undefined && { date: outcome.other.date }),
        ...(outcome.other?.choice !== undefined && {
          choice: valueText({ choice: outcome.other.choice }, datum.expects),
        }),
        text: outcome.text || null,
        sha256: outcome.sha256,
      };
    case "nil":
    case "not-applicable":
      return { ...nothing, text: outcome.text || null, sha256: outcome.sha256 };
    case "surveyed":
      return { ...nothing, survey: outcome.survey, ...foundBy(survey) };
    case "uncollected":
      return { ...nothing, reason: outcome.reason };
  }
};

/** What the survey in an answer's place has found; nothing where the record does not hold it. */
const foundBy = (survey: ReportItem["survey"]): Partial<Answered> => {
  if (survey?.end.is !== "found") return {};
  const { result, value } = survey.end;
  const measured = value === null ? {} : { number: value.number, unit: value.unit };
  return { ...measured, text: result.text, sha256: result.sha256 };
};

const evaluationRow = (
  index: ReportIndex,
  { kind, key, name }: { kind: EvaluationKind; key: string; name: string },
): EvaluationRow => {
  const given = index.evaluationOf(kind, key);
  const lastYear = lastYearRow(index.record, kind, key);
  return {
    kind,
    key,
    name,
    rating: given?.rating ?? null,
    ratingLabel: given === undefined ? null : ratingLabel(index, kind, given.rating),
    words: given?.text ?? null,
    source: given === undefined ? null : `evaluation:${given.contentId}`,
    ...(lastYear === null ? {} : { lastYear }),
  };
};

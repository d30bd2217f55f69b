import { weakest } from "./answer.ts";
import { valueText } from "./answer-value.ts";
import type { ItemOutcomeName, SourceId } from "./document.ts";
import { grouped } from "./compose.ts";
import type { IndicatorKey, OrganisationId } from "./ids.ts";
import type { Area, Datum, Measure, Organisation, Plan, PlanDomain } from "./plan.ts";
import type { RecordedEvaluation, RecordedOutcome, RecordedSurvey, ReportRecord } from "./report-record.ts";
import type { PlainDate } from "./time.ts";

/** One asked item as the report shows it. */
export interface ReportItem {
  readonly datum: Datum;
  readonly organisation: OrganisationId;
  readonly organisationName: string;
  readonly is: ItemOutcomeName;
  readonly outcome: RecordedOutcome | null;
  /** With `surveyed`, where the record holds that survey. */
  readonly survey: RecordedSurvey | null;
  /** What is printed as its content. */
  readonly content: string;
  readonly source: SourceId;
}

/** A 分野 of 表１; area 4 is one without a name of its own. */
export interface ReportDomain {
  /** `1-4`; `4-0` where the area has no domains. */
  readonly key: string;
  readonly title: string;
  /** With its area's number, for where domains of several areas stand together. */
  readonly fullTitle: string;
  readonly area: Area;
  readonly domain: PlanDomain | null;
  readonly measures: readonly Measure[];
}

/** The record made ready to be read chapter by chapter. */
export interface ReportIndex {
  readonly record: ReportRecord;
  readonly planSource: SourceId;
  readonly domains: readonly ReportDomain[];
  /** In the plan's order: data, then owners. */
  readonly items: readonly ReportItem[];
  readonly surveys: readonly RecordedSurvey[];
  readonly itemsOf: (indicator: IndicatorKey) => readonly ReportItem[];
  /** False where it was asked for, and nothing that came of it is in the report. */
  readonly isShown: (indicator: IndicatorKey) => boolean;
  /** The weakest state any of its items ended in; `open` while one is. */
  readonly stateOf: (indicator: IndicatorKey) => ItemOutcomeName;
  readonly evaluationOf: (kind: RecordedEvaluation["kind"], key: string) => RecordedEvaluation | undefined;
}

export const stateLabels: Readonly<Record<ItemOutcomeName, string>> = {
  value: "把握",
  nil: "該当なし",
  "not-applicable": "所管外",
  surveyed: "補完調査",
  uncollected: "未把握",
  open: "未確定",
};

export const domainKey = (area: number, domain: number | null): string => `${area}-${domain ?? 0}`;

/** The name on that day; the last known one where none is valid then. */
const nameOn = (organisation: Organisation, on: PlainDate): string => {
  const valid = organisation.names.find(({ from, to }) => from <= on && (to === undefined || on < to));
  return (valid ?? organisation.names.at(-1))?.name ?? organisation.id;
};

const circled = (number: number): string => String.fromCodePoint(0x2460 + number - 1);

const titlesOf = (area: Area, domain: PlanDomain | null): Pick<ReportDomain, "title" | "fullTitle"> => {
  if (domain === null) return { title: area.name, fullTitle: area.name };
  const title = `${circled(domain.number)} ${domain.name}`;
  return { title, fullTitle: `${area.number}－${title}` };
};

const domainsOf = (plan: Plan): readonly ReportDomain[] =>
  plan.areas.flatMap((area) => {
    const parts: readonly (PlanDomain | null)[] = area.domains.length === 0 ? [null] : area.domains;
    return parts.map((domain) => ({
      key: domainKey(area.number, domain?.number ?? null),
      ...titlesOf(area, domain),
      area,
      domain,
      measures: plan.measures.filter(
        (measure) => measure.area === area.number && measure.domain === (domain?.number ?? null),
      ),
    }));
  });

const remark = (label: string, text: string): string => (text === "" ? label : `${label}（${text}）`);

const NO_RESULT = "補完調査の結果が記録されていない。";

/** What was found, and how far it carries: by which method, of which grade, within which limits. */
const surveyedText = ({ end, protocol }: RecordedSurvey, { surveyGrades = [] }: Plan): string => {
  if (end.is !== "found") return NO_RESULT;
  const value = end.value === null ? "" : `${grouped(end.value.number)}${end.value.unit}\n`;
  const remarks = [
    ...(protocol === null ? [] : [`方法：${protocol.label}`]),
    ...(end.grade === null
      ? []
      : [`結果の質：${surveyGrades.find(({ key }) => key === end.grade)?.label ?? end.grade}`]),
    ...(end.limits === "" ? [] : [`限界：${end.limits}`]),
  ];
  return `${value}${end.result.text}${remarks.length === 0 ? "" : `\n（補完調査による。${remarks.join("　")}）`}`;
};

/** The number or what else it is, then the text; a table has a line a row. */
const valueContent = (
  { number, unit, other = {}, text }: RecordedOutcome & { readonly is: "value" },
  { expects }: Datum,
): string => {
  const counted = number === null ? "" : `${grouped(number)}${unit ?? ""}`;
  const given = valueText(other, expects);
  const inUnit = other.table !== undefined && unit !== null ? `（単位：${unit}）` : "";
  return [counted, given, inUnit, text].filter((part) => part !== "").join("\n");
};

const contentOf = (
  outcome: RecordedOutcome | null,
  {
    survey,
    datum,
    plan,
  }: { readonly survey: RecordedSurvey | null; readonly datum: Datum; readonly plan: Plan },
): string => {
  if (outcome === null) return "回答が確定していない。";
  switch (outcome.is) {
    case "value":
      return valueContent(outcome, datum);
    case "nil":
      return remark("該当する事項はない。", outcome.text);
    case "not-applicable":
      return remark("当該府省庁の所管に属さない。", outcome.text);
    case "surveyed":
      return survey === null ? NO_RESULT : surveyedText(survey, plan);
    case "uncollected":
      return `理由：${outcome.reason}`;
  }
};

const sourceOf = (key: string, outcome: RecordedOutcome | null, survey: RecordedSurvey | null): SourceId => {
  if (outcome !== null && "contentId" in outcome) return `answer:${outcome.contentId}`;
  return survey === null ? `item:${key}` : `survey:${survey.id}`;
};

const itemKey = (datum: string, organisation: OrganisationId): string => `${datum}@${organisation}`;

/**
 * Whoever the plan names, of a datum that it names nobody for the secretariat, by a survey; then whoever it was handed
 * on to.
 */
const answering = (
  { plan, items, openElsewhere = [] }: ReportRecord,
  datum: Datum,
): readonly OrganisationId[] => {
  const { key, owners, indicators } = datum;
  const secretariat = plan.organisations.find(({ kind }) => kind === "secretariat");
  const unowned = indicators.length === 0 || secretariat === undefined ? [] : [secretariat.id];
  const named = owners.length === 0 ? unowned : owners.map(({ organisation }) => organisation);
  const handedOn = [...items, ...openElsewhere].flatMap((one) =>
    one.datum === key && !named.includes(one.organisation) ? [one.organisation] : [],
  );
  return [...named, ...handedOn.toSorted()];
};

const itemsOf = (
  record: ReportRecord,
  surveys: ReadonlyMap<string, RecordedSurvey>,
): readonly ReportItem[] => {
  const { plan } = record;
  const recorded = new Map(
    record.items.map((item) => [itemKey(item.datum, item.organisation), item.outcome]),
  );
  const names = new Map(plan.organisations.map((one) => [one.id, nameOn(one, plan.dates.reportDecisionOn)]));
  return plan.data.flatMap((datum) =>
    answering(record, datum).map((organisation) => {
      const key = itemKey(datum.key, organisation);
      const outcome = recorded.get(key) ?? null;
      const survey = outcome?.is === "surveyed" ? (surveys.get(outcome.survey) ?? null) : null;
      return {
        datum,
        organisation,
        organisationName:
          datum.owners.length === 0 ? "担当府省庁の定めなし" : (names.get(organisation) ?? organisation),
        is: outcome?.is ?? "open",
        outcome,
        survey,
        content: contentOf(outcome, { survey, datum, plan }),
        source: sourceOf(key, outcome, survey),
      };
    }),
  );
};

const weakestOf = (items: readonly ReportItem[]): ItemOutcomeName => {
  const states = items.flatMap(({ is }) => (is === "open" ? [] : [is]));
  return states.length < items.length ? "open" : (weakest(states) ?? "open");
};

/** Organisations in the plan's order; `…-2` before `…-10`. */
const ordered = ({ plan, surveys }: ReportRecord): readonly RecordedSurvey[] => {
  const place = new Map(plan.organisations.map(({ id }, at) => [id, at]));
  const placeOf = ({ organisation }: RecordedSurvey): number => place.get(organisation) ?? place.size;
  return surveys.toSorted(
    (one, other) =>
      placeOf(one) - placeOf(other) || one.id.length - other.id.length || (one.id < other.id ? -1 : 1),
  );
};

export const indexRecord = (record: ReportRecord): ReportIndex => {
  const surveys = ordered(record);
  const items = itemsOf(record, new Map(surveys.map((survey) => [survey.id, survey])));
  const byIndicator = new Map<IndicatorKey, ReportItem[]>();
  for (const item of items)
    for (const indicator of item.datum.indicators)
      byIndicator.set(indicator, [...(byIndicator.get(indicator) ?? []), item]);
  const asked = new Set(record.plan.data.flatMap(({ indicators }) => indicators));
  const evaluations = new Map(record.evaluations.map((one) => [`${one.kind}:${one.key}`, one]));
  return {
    record,
    planSource: `plan:${record.planHash}`,
    domains: domainsOf(record.plan),
    items,
    surveys,
    itemsOf: (indicator) => byIndicator.get(indicator) ?? [],
    isShown: (indicator) => byIndicator.has(indicator) || !asked.has(indicator),
    stateOf: (indicator) => weakestOf(byIndicator.get(indicator) ?? []),
    evaluationOf: (kind, key) => evaluations.get(`${kind}:${key}`),
  };
};

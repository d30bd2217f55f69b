import { UNOWNED } from "./asking.ts";
import { measuresOfDomain } from "./catalogue.ts";
import type { SourceId } from "./document.ts";
import type { CycleKey, OrganisationId, Sha256 } from "./ids.ts";
import type { EvaluationKind } from "./plan.ts";
import { indexRecord, type ReportIndex, type ReportItem } from "./report-index.ts";
import { surveyHash, type Evidence, type ReportRecord } from "./report-record.ts";

/** An item of evidence with what whoever judges reads of it. */
export interface ProposedEvidence extends Evidence {
  readonly item: string;
  readonly organisation: OrganisationId;
  readonly organisationName: string;
  readonly asked: string;
  readonly is: ReportItem["is"];
  readonly content: string;
}

/** A data request's item as its row is called. */
const itemIdOf = (cycle: CycleKey, { organisation, datum }: ReportItem): string =>
  `${cycle}-data-${datum.owners.length === 0 ? UNOWNED : organisation}/${datum.key}`;

const hashOf = ({ outcome, survey }: ReportItem): Sha256 | null => {
  if (outcome !== null && "sha256" in outcome) return outcome.sha256;
  return survey === null ? null : surveyHash(survey);
};

const proposed = ({ record }: ReportIndex, item: ReportItem): ProposedEvidence => ({
  item: itemIdOf(record.cycle, item),
  source: item.source,
  sha256: hashOf(item),
  organisation: item.organisation,
  organisationName: item.organisationName,
  asked: item.datum.text,
  is: item.is,
  content: item.content,
});

/**
 * What the system proposes as evidence, and never a rating: of a measure, every settled answer to its indicators; of a
 * domain, those of all its measures. Each item once, in the plan's order.
 */
export type Proposing = (kind: EvaluationKind, key: string) => readonly ProposedEvidence[];
export const proposeEvidence = (record: ReportRecord): Proposing => {
  const index = indexRecord(record);
  return (kind, key) => {
    const measures =
      kind === "output"
        ? record.plan.measures.filter((measure) => measure.key === key)
        : measuresOfDomain(record.plan, key);
    const wanted = new Set(measures.flatMap(({ indicators }) => indicators.map((one) => one.key)));
    return index.items
      .filter(({ outcome, datum }) => outcome !== null && datum.indicators.some((one) => wanted.has(one)))
      .map((item) => proposed(index, item));
  };
};

export const evidenceOf = ({ item, source, sha256 }: Evidence): Evidence => ({ item, source, sha256 });

/** The answers, by version, to the indicator a finding is about; of a measure, to all its indicators. */
export const findingSources = (
  record: ReportRecord,
): ((finding: { readonly origin: string }) => readonly SourceId[]) => {
  const index = indexRecord(record);
  return ({ origin }) =>
    index.items
      .filter(
        ({ outcome, datum }) =>
          outcome !== null && datum.indicators.some((key) => key === origin || key.startsWith(`${origin}/`)),
      )
      .map(({ source }) => source);
};

/** What an analysis of the domain starts from: its evidence, and the judgements approved of it and its measures. */
export const analysisInputs = (record: ReportRecord, domain: string): readonly Evidence[] => {
  const measures = new Set<string>(measuresOfDomain(record.plan, domain).map(({ key }) => key));
  const judged = record.evaluations
    .filter(({ kind, key }) => (kind === "outcome" ? key === domain : measures.has(key)))
    .map(({ contentId, sha256 }) => ({ item: null, source: `evaluation:${contentId}`, sha256 }))
    .toSorted((one, other) => (one.source < other.source ? -1 : 1));
  return [...proposeEvidence(record)("outcome", domain).map(evidenceOf), ...judged];
};

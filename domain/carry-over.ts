import type { ItemOutcomeName } from "./document.ts";
import type { FollowUp } from "./acts.ts";
import { domainsOf, measureName } from "./catalogue.ts";
import { WHOLE_REPORT } from "./lint-references.ts";
import type { EvaluationKind, Indicator, Measure, OpenCause, Plan } from "./plan.ts";
import { indexRecord, type ReportIndex, type ReportItem } from "./report-index.ts";
import type { ReportRecord } from "./report-record.ts";

/** Something the year leaves open: it goes into the next plan, or is dropped with a reason. */
export interface Finding {
  /** `<cause>:<origin>`: the same year gives the same findings the same ids. */
  readonly id: string;
  readonly cause: OpenCause;
  /** Key of the indicator, measure, domain or chapter. */
  readonly origin: string;
  /** For the official who decides on it: one line. */
  readonly note: string;
}

/** A finding that goes into the next plan, and what is to become of it there. */
export interface CarriedFinding extends Finding {
  readonly followUp: FollowUp;
  /** With `merge`: the measure it becomes a part of. */
  readonly target: string | null;
  readonly reason: string | null;
}

/** A comment that is to be taken up next year. */
export interface DeferredComment {
  readonly section: string | null;
  readonly organisationName: string;
  readonly text: string;
  readonly reason: string | null;
}

const SECTION = /^(?:measure|domain)-(.+)$/;
/** The measure or domain whose section it is on; the whole report where it is on none that the plan still has. */
const originOfComment = ({ section }: DeferredComment, known: ReadonlySet<string>): string => {
  const [, key = ""] = SECTION.exec(section ?? "") ?? [];
  return known.has(key) ? key : WHOLE_REPORT;
};

/** 次年度に反映する意見, one finding for all that is about the same thing. */
export const commentFindings = (plan: Plan, comments: readonly DeferredComment[]): readonly Finding[] => {
  const known = new Set<string>([...plan.measures, ...domainsOf(plan)].map(({ key }) => key));
  const byOrigin = new Map<string, string[]>();
  for (const comment of comments) {
    const origin = originOfComment(comment, known);
    const said = `${comment.organisationName}：${ended(comment.text.trim())}${comment.reason ?? ""}`;
    byOrigin.set(origin, [...(byOrigin.get(origin) ?? []), said]);
  }
  return [...byOrigin].map(([origin, said]) => finding("comment", origin, said.join(" ")));
};

/**
 * 次年度への反映: all that the record leaves open, in the plan's order: what could not be measured, measures behind
 * their plan or without a judgement, domains without one, chapters that did not arrive. Silence is never finished:
 * what nobody settled or judged is open too.
 */
export const findingsOf = (record: ReportRecord): readonly Finding[] => {
  const index = indexRecord(record);
  return [
    ...record.plan.measures.flatMap(({ indicators }) => indicators.flatMap((one) => unmeasured(index, one))),
    ...record.plan.measures.flatMap((measure) =>
      judged(index, { kind: "output", key: measure.key, name: nameOf(measure) }),
    ),
    ...index.domains.flatMap(({ key, fullTitle }) =>
      judged(index, { kind: "outcome", key, name: `政策分野「${fullTitle}」` }),
    ),
    ...missingChapters(record),
  ];
};

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

/** People end a reason with 。 or not. */
const ended = (text: string): string => (text.endsWith("。") ? text : `${text}。`);

const finding = (cause: OpenCause, origin: string, note: string): Finding => ({
  id: `${cause}:${origin}`,
  cause,
  origin,
  note: ended(oneLine(note)),
});

const nameOf = (measure: Measure): string => `施策「${measureName(measure)}」`;

/** The weakest of its items decides: a part that could not be had is not hidden behind a part that could. */
const unmeasured = (index: ReportIndex, { key, text }: Indicator): readonly Finding[] => {
  const items = index.itemsOf(key);
  const those = (...states: readonly ItemOutcomeName[]): string =>
    items
      .filter(({ is }) => states.includes(is))
      .map(reasonOf)
      .join("");
  switch (index.stateOf(key)) {
    case "uncollected":
    case "open":
      return [
        finding(
          "uncollected",
          key,
          `「${text}」に把握できなかったものがある。${those("uncollected", "open")}`,
        ),
      ];
    case "surveyed":
      return [
        finding("surveyed", key, `「${text}」に補完調査の結果をもって代えたものがある。${those("surveyed")}`),
      ];
    case "value":
    case "nil":
    case "not-applicable":
      return [];
  }
};

/** 府省庁：why its part is not measured. */
const reasonOf = ({ organisationName, outcome, survey }: ReportItem): string => {
  const said = (text: string): string => `${organisationName}：${ended(text.trim())}`;
  switch (outcome?.is) {
    case "uncollected":
      return said(outcome.reason);
    case "surveyed":
      return said(
        survey?.end.is === "found" && survey.end.limits !== "" ? survey.end.limits : outcome.survey,
      );
    case "value":
    case "nil":
    case "not-applicable":
      return "";
    case undefined:
      return said("回答が確定していない");
  }
};

const kindNames: Readonly<Record<EvaluationKind, string>> = {
  output: "結果（アウトプット）",
  outcome: "成果（アウトカム）",
};

/** What a rating leaves open is the plan's to say. */
const judged = (
  index: ReportIndex,
  { kind, key, name }: { readonly kind: EvaluationKind; readonly key: string; readonly name: string },
): readonly Finding[] => {
  const given = index.evaluationOf(kind, key);
  if (given === undefined)
    return [finding("insufficient", key, `${name}の${kindNames[kind]}の評価が確定していない。`)];
  const rating = index.record.plan.scales[kind].find((one) => one.key === given.rating);
  return rating?.leaves === undefined
    ? []
    : [finding(rating.leaves, key, `${name}の${kindNames[kind]}の評定は、「${rating.label}」である。`)];
};

const missingChapters = ({ plan, chapters }: ReportRecord): readonly Finding[] =>
  plan.chapters.flatMap(({ key, title }) => {
    const given = chapters.find((one) => one.key === key);
    if (given?.is === "arrived") return [];
    return [
      finding(
        "chapter-missing",
        key,
        `「${title}」を年次報告に掲載できなかった。理由：${given?.reason ?? "提出がなかった。"}`,
      ),
    ];
  });

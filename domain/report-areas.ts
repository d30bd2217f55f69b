import { grouped, notice, paragraph, phrase, section, table, words, type DraftSection } from "./compose.ts";
import type { GeneratedBlock, ItemOutcomeName, Table } from "./document.ts";
import type { Area, EvaluationKind, Indicator, Measure } from "./plan.ts";
import { lastYearBlocks } from "./report-last-year.ts";
import { measureName } from "./catalogue.ts";
import { stateLabels, type ReportDomain, type ReportIndex } from "./report-index.ts";

/** One chapter of an area: 分野 → 節 → 見出し → 施策 → 指標, with data, output and outcome. */
export const areaChapter = (index: ReportIndex, area: Area): DraftSection => {
  const domains = index.domains.filter((one) => one.area.number === area.number);
  const title = `${area.name}（領域${area.number}）`;
  const [only] = domains;
  return only?.domain === null
    ? section(`area-${area.number}`, title, { blocks: facts(index, only), sections: parts(index, only) })
    : section(`area-${area.number}`, title, {
        sections: domains.map((one) =>
          section(`domain-${one.key}`, one.title, { blocks: facts(index, one), sections: parts(index, one) }),
        ),
      });
};

const shownStates: readonly ItemOutcomeName[] = [
  "value",
  "nil",
  "not-applicable",
  "surveyed",
  "uncollected",
  "open",
];

/** What the domain consists of and how much of it could be known. */
const facts = (
  index: ReportIndex,
  { key, area, domain, measures }: ReportDomain,
): readonly GeneratedBlock[] => {
  const indicators = measures.flatMap((measure) => measure.indicators.map((indicator) => indicator.key));
  const sources = indicators.flatMap((indicator) => index.itemsOf(indicator).map(({ source }) => source));
  const states = indicators.filter(index.isShown).map((indicator) => index.stateOf(indicator));
  const parts = shownStates
    .map((state) => ({ state, number: states.filter((one) => one === state).length }))
    .filter(({ number }) => number > 0)
    .map(({ state, number }) => `${stateLabels[state]}${grouped(number)}件`);
  const delegated = index.record.plan.delegated.filter(
    (one) => one.area === area.number && one.domain === domain?.number,
  );
  const chapters = [...new Set(delegated.map((one) => one.chapter))].map(
    (chapter) => index.record.plan.chapters.find((one) => one.key === chapter)?.title ?? chapter,
  );
  return [
    paragraph(
      `施策${grouped(measures.length)}件、指標${grouped(indicators.length)}件を対象とした。指標の把握状況は、${parts.join("、") || "該当する指標なし"}である。`,
      [index.planSource, ...new Set(sources)],
    ),
    ...(delegated.length === 0
      ? []
      : [
          paragraph(
            `${delegated.map(({ heading }) => `【${heading}】`).join("、")}については、「${chapters.join("」及び「")}」として評価した結果を別の章に掲げる。`,
            [index.planSource],
          ),
        ]),
    ...judgement(index, { kind: "outcome", key, label: "成果（アウトカム）の評価" }),
  ];
};

const judgement = (
  index: ReportIndex,
  { kind, key, label }: { kind: EvaluationKind; key: string; label: string },
): readonly GeneratedBlock[] => {
  const given = index.evaluationOf(kind, key);
  const before = lastYearBlocks(index.record, kind, key);
  if (given === undefined) return [notice(`${label}は、確定していない。`), ...before];
  const source = [`evaluation:${given.contentId}`];
  return [
    paragraph(`${label}　評定：${ratingLabel(index, kind, given.rating)}`, source),
    paragraph(given.text, source),
    ...before,
  ];
};

/** The label of a rating on the plan's scale; the key itself where the scale has lost it. */
export const ratingLabel = (index: ReportIndex, kind: EvaluationKind, rating: string): string =>
  index.record.plan.scales[kind].find(({ key }) => key === rating)?.label ?? rating;

const WIDE_DIGIT_ZERO = 0xff10;

/** Sections where the domain has them, else its headings, else its measures. */
const parts = (index: ReportIndex, one: ReportDomain): readonly DraftSection[] => {
  const { key, domain, measures } = one;
  const loose = headings(
    index,
    `heading-${key}-0`,
    measures.filter((measure) => measure.section === null),
  );
  const sections = (domain?.sections ?? []).map(({ number, name }) =>
    section(`section-${key}-${number}`, `${String.fromCodePoint(WIDE_DIGIT_ZERO + number)}）${name}`, {
      sections: headings(
        index,
        `heading-${key}-${number}`,
        measures.filter((measure) => measure.section === number),
      ),
    }),
  );
  return [...loose, ...sections];
};

/** Runs of measures under one heading, in the plan's order; measures without one stand by themselves. */
const headings = (
  index: ReportIndex,
  prefix: string,
  measures: readonly Measure[],
): readonly DraftSection[] => {
  const runs: { readonly heading: string | null; readonly measures: Measure[] }[] = [];
  for (const measure of measures) {
    const last = runs.at(-1);
    if (last !== undefined && last.heading === measure.heading) last.measures.push(measure);
    else runs.push({ heading: measure.heading, measures: [measure] });
  }
  return runs.flatMap((run, at) => {
    const sections = run.measures.map((measure) => measureSection(index, measure));
    return run.heading === null
      ? sections
      : [section(`${prefix}-${at + 1}`, `【${run.heading}】`, { sections })];
  });
};

const measureSection = (index: ReportIndex, measure: Measure): DraftSection =>
  section(`measure-${measure.key}`, `（${measure.label}）${measureName(measure)}`, {
    blocks: [
      ...measure.indicators.map((indicator) => indicatorTable(index, indicator)),
      ...judgement(index, { kind: "output", key: measure.key, label: "結果（アウトプット）の評価" }),
    ],
  });

const indicatorTable = (index: ReportIndex, { key, text }: Indicator): GeneratedBlock => {
  const items = index.itemsOf(key);
  const caption = `指標 ${key}　${text}`;
  if (items.length === 0) return notice(`${caption}　照会した項目がない。`, [index.planSource]);
  // A datum that says no more than its indicator would only repeat the caption.
  const asksMore = items.some(({ datum }) => datum.text !== text);
  const columns: Table["columns"] = [
    words("担当府省庁等", 3),
    ...(asksMore ? [words("照会事項", 4)] : []),
    words("把握状況", 2),
    words("内容", 8),
  ];
  return table(caption, columns, {
    rows: items.map((item) => [
      phrase(item.organisationName),
      ...(asksMore ? [phrase(item.datum.text, [index.planSource])] : []),
      phrase(stateLabels[item.is], [item.source]),
      phrase(item.content, [item.source]),
    ]),
  });
};

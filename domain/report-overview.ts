import {
  count,
  grouped,
  notice,
  numberOf,
  paragraph,
  phrase,
  section,
  table,
  words,
  type DraftSection,
} from "./compose.ts";
import type { GeneratedBlock, ItemOutcomeName, Phrase, SourceId, Table } from "./document.ts";
import type { EvaluationKind } from "./plan.ts";
import { stateLabels, type ReportIndex } from "./report-index.ts";

/** 総論: what was evaluated, what could be known of it, and how it was judged. Every count has its denominator. */
export const overview = (index: ReportIndex): DraftSection =>
  section("overview", "総論", {
    sections: [
      section("overview-scope", "評価等の対象及び方法", { blocks: scope(index) }),
      section("overview-data", "データの把握状況", { blocks: collected(index) }),
      section("overview-evaluation", "評価の概況", { blocks: judged(index) }),
    ],
  });

const scope = (index: ReportIndex): readonly GeneratedBlock[] => {
  const { planSource, domains, record } = index;
  const { plan } = record;
  const source = [planSource];
  const indicators = plan.measures.flatMap((measure) => measure.indicators);
  const planned = (value: number): Phrase => phrase(grouped(value), source);
  return [
    paragraph(
      `本報告は、${plan.title}として実施した、評価指標に基づくデータの把握及び評価、補完調査、分析等の結果を取りまとめたものである。`,
      source,
    ),
    paragraph(
      `対象は、${plan.areas.length}領域${plan.areas.flatMap((area) => area.domains).length}分野の施策${grouped(plan.measures.length)}件及びその指標（評価に当たり考慮すべき状況）${grouped(indicators.length)}件である。「結果（アウトプット）を測る視点」により個々の施策の進捗状況を、「成果（アウトカム）を測る視点」により戦略の目標に照らした期間中の成果を、それぞれ評価した。`,
      source,
    ),
    table("評価等の対象", [words("政策分野", 4), count("施策"), count("指標")], {
      rows: domains.map(({ fullTitle, measures }) => [
        phrase(fullTitle, source),
        planned(measures.length),
        planned(measures.flatMap((measure) => measure.indicators).length),
      ]),
      total: [phrase("合計"), planned(plan.measures.length), planned(indicators.length)],
    }),
  ];
};

const states: readonly ItemOutcomeName[] = [
  "value",
  "nil",
  "not-applicable",
  "surveyed",
  "uncollected",
  "open",
];

/** Something counted: in which row and column it falls, and what says so. */
interface Counted {
  readonly row: string;
  readonly is: ItemOutcomeName;
  readonly source: readonly SourceId[];
}

/** Rows partition what is counted, so that the rows' sums are the totals. 未確定 is shown only where there is any. */
const stateTable = (
  caption: string,
  head: string,
  { rows, counted }: { rows: readonly string[]; counted: readonly Counted[] },
): Table => {
  const shown = states.filter((state) => state !== "open" || counted.some(({ is }) => is === "open"));
  const line = (title: string, within: readonly Counted[]): readonly Phrase[] => [
    phrase(title),
    ...shown.map((state) => counting(within.filter(({ is }) => is === state))),
    counting(within),
  ];
  return table(caption, [words(head, 3), ...shown.map((state) => count(stateLabels[state])), count("計")], {
    rows: rows.map((row) =>
      line(
        row,
        counted.filter((one) => one.row === row),
      ),
    ),
    total: line("合計", counted),
  });
};
const counting = (counted: readonly Counted[]): Phrase =>
  phrase(grouped(counted.length), [...new Set(counted.flatMap(({ source }) => source))]);

const collected = (index: ReportIndex): readonly GeneratedBlock[] => {
  const { domains, items, record } = index;
  const names = domains.map(({ fullTitle }) => fullTitle);
  const indicators = domains.flatMap(({ measures }, at) =>
    measures.flatMap((measure) =>
      measure.indicators
        .filter(({ key }) => index.isShown(key))
        .map(({ key }) => ({
          row: names[at] ?? "",
          is: index.stateOf(key),
          source: index.itemsOf(key).map(({ source }) => source),
        })),
    ),
  );
  const asked = items.map((item) => ({ row: item.organisationName, is: item.is, source: [item.source] }));
  const organisations = record.plan.organisations
    .map(({ id }) => items.find(({ organisation }) => organisation === id)?.organisationName)
    .filter((name) => name !== undefined);
  return [
    paragraph(
      `${grouped(organisations.length)}の府省庁等に対し、延べ${grouped(asked.length)}件の項目を照会した。その内訳は、次のとおりである。`,
      asked.flatMap(({ source }) => source),
    ),
    breakdown(asked),
    paragraph(
      "一の指標に複数の照会項目がある場合は、その把握が最も不十分なものを当該指標の把握状況とした。回答がないことを「該当なし」又は零として扱った項目はない。",
    ),
    ...(asked.some(({ is }) => is === "open")
      ? [notice("回答の確定していない照会項目がある。本表の数は確定したものではない。")]
      : []),
    stateTable("指標の把握状況（政策分野別）", "政策分野", { rows: names, counted: indicators }),
    stateTable("照会項目の把握状況（府省庁等別）", "府省庁等", { rows: organisations, counted: asked }),
  ];
};

const described: Readonly<Record<ItemOutcomeName, string>> = {
  value: "値を把握したもの",
  nil: "該当する事項がなかったもの",
  "not-applicable": "所管に属さないもの",
  surveyed: "補完調査により把握したもの",
  uncollected: "把握できなかったもの",
  open: "回答が確定していないもの",
};

/** Each share with its denominator. */
const breakdown = (asked: readonly Counted[]): GeneratedBlock => ({
  is: "list",
  items: states
    .map((state) => ({ state, found: asked.filter(({ is }) => is === state) }))
    .filter(({ state, found }) => state !== "open" || found.length > 0)
    .map(({ state, found }) =>
      phrase(
        `${described[state]}　${grouped(found.length)}件（${grouped(asked.length)}件中）`,
        found.flatMap(({ source }) => source),
      ),
    ),
});

const judged = (index: ReportIndex): readonly GeneratedBlock[] => {
  const { record, domains } = index;
  const measures = record.plan.measures.map(({ key }) => key);
  return [
    ratings(index, {
      kind: "output",
      keys: measures,
      caption: "結果（アウトプット）の評定別施策数",
      unit: "施策",
    }),
    ratings(index, {
      kind: "outcome",
      keys: domains.map(({ key }) => key),
      caption: "成果（アウトカム）の評定別分野数",
      unit: "分野",
    }),
    paragraph(
      "評定は、言葉による評価と併せて担当者が判断し、別の者が承認したものであり、把握したデータから自動的に算出したものではない。",
    ),
  ];
};

interface Judged {
  readonly kind: EvaluationKind;
  readonly keys: readonly string[];
  readonly caption: string;
  readonly unit: string;
}
const ratings = (index: ReportIndex, { kind, keys, caption, unit }: Judged): Table => {
  const given = keys.flatMap((key) => index.evaluationOf(kind, key) ?? []);
  const source = given.map(({ contentId }) => `evaluation:${contentId}`);
  const scale = index.record.plan.scales[kind];
  const missing = keys.length - given.length;
  return table(caption, [words("評定", 2), words("意味", 5), count(`${unit}数`)], {
    rows: [
      ...scale.map((rating) => [
        phrase(rating.label),
        phrase(rating.meaning),
        numberOf(
          given.filter((one) => one.rating === rating.key).map(({ contentId }) => `evaluation:${contentId}`),
        ),
      ]),
      ...(missing > 0
        ? [[phrase("評価未了"), phrase("評価が確定していない。"), phrase(grouped(missing))]]
        : []),
    ],
    total: [phrase("合計"), phrase(""), phrase(grouped(keys.length), source)],
  });
};

import type { VNode } from "preact";
import type { EarlierJudgement } from "../../domain/comparison.ts";
import { fiscalYear, type CycleKey } from "../../domain/ids.ts";
import type { EvaluationKind } from "../../domain/plan.ts";
import { fiscalYearLabel } from "../../domain/wareki.ts";
import { Crumbs } from "./crumbs.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Table, type Column } from "./table.tsx";

export interface ThroughYearsView {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  readonly kind: EvaluationKind;
  readonly key: string;
  readonly name: string;
  readonly year: number;
  /** The approved one; null before. */
  readonly now: { readonly rating: string; readonly words: string } | null;
  /** The latest first. */
  readonly earlier: readonly EarlierJudgement[];
}

interface Row {
  readonly cycle: CycleKey;
  readonly year: number;
  readonly keys: readonly string[];
  readonly rating: string;
  readonly words: readonly string[];
  readonly comparable: boolean | null;
  readonly differences: readonly string[];
}

const columns: readonly Column<Row>[] = [
  { name: "年度", heads: true, short: true, cell: ({ year }) => fiscalYearLabel(fiscalYear(year)) },
  { name: "番号", cell: ({ keys }) => keys.join("、") },
  { name: "評定", short: true, cell: ({ rating }) => rating },
  {
    name: "評価",
    cell: ({ words }) =>
      words.map((line) => (
        <span key={line} class="prose">
          {line}
        </span>
      )),
  },
  {
    name: "今年度との比較",
    cell: ({ comparable, differences }) =>
      comparable === null ? (
        "（今年度）"
      ) : (
        <>
          <span class="tag">{comparable ? "可" : "比較不可"}</span>
          {differences.map((line) => (
            <span key={line} class="prose">
              {line}
            </span>
          ))}
        </>
      ),
  },
];

const rowsOf = ({ cycle, year, key, now, earlier }: ThroughYearsView): readonly Row[] => [
  {
    cycle,
    year,
    keys: [key],
    rating: now?.rating ?? "評価未了",
    words: now === null ? [] : [now.words],
    comparable: null,
    differences: [],
  },
  ...earlier.map(({ judged, ...before }) => ({
    ...before,
    rating: judged.map(({ ratingLabel }) => ratingLabel ?? "評価未了").join("、") || "評価なし",
    words: judged.flatMap(({ words }) => words ?? []),
  })),
];

/** GET /cycles/{cycle}/years/{kind}/{key}: one measure or domain through the strategy's term, by lineage. */
export const throughYearsPage = (view: ThroughYearsView): VNode => {
  const title = view.kind === "output" ? `${view.key}　${view.name}` : view.name;
  return layout(
    `${title}（年度を通じた比較）`,
    view.frame,
    <>
      <Crumbs
        cycle={view.cycle}
        between={[{ href: `/cycles/${view.cycle}/years`, name: "過去の年度" }]}
        here={view.key}
      />
      <h1>{title}</h1>
      <p>
        施策の対照（前年度のどの施策から来たか）に従い、決定された評価を年度ごとに並べます。定義の変わったものは、比較できません。
      </p>
      <Table caption="年度を通じた評価" columns={columns} rows={rowsOf(view)} rowKey={({ cycle }) => cycle} />
    </>,
  );
};

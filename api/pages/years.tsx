import type { VNode } from "preact";
import type { DecisionOutcome } from "../../domain/acts.ts";
import { fiscalYear, type CycleKey, type Sha256 } from "../../domain/ids.ts";
import type { EvaluationKind } from "../../domain/plan.ts";
import type { PlainDate } from "../../domain/time.ts";
import { fiscalYearLabel, warekiWithWeekday } from "../../domain/wareki.ts";
import { outcomeNames } from "./approval.tsx";
import { Crumbs } from "./crumbs.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Table, type Column } from "./table.tsx";

export interface DecidedYearRow {
  readonly cycle: CycleKey;
  readonly year: number;
  readonly title: string;
  readonly version: Sha256;
  readonly decision: {
    readonly outcome: DecisionOutcome;
    readonly meeting: string;
    readonly heldOn: PlainDate;
  } | null;
}
interface Judged {
  readonly kind: EvaluationKind;
  readonly key: string;
  readonly name: string;
}
export interface YearsView {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  readonly years: readonly DecidedYearRow[];
  readonly judged: readonly Judged[];
}

const columns: readonly Column<DecidedYearRow>[] = [
  { name: "年度", heads: true, short: true, cell: ({ year }) => fiscalYearLabel(fiscalYear(year)) },
  {
    name: "年次報告",
    cell: ({ cycle, title, version }) => (
      <a href={`/cycles/${cycle}/report/versions/${version}`}>{title}（決定された版）</a>
    ),
  },
  {
    name: "本部決定",
    cell: ({ decision }) =>
      decision === null ? (
        ""
      ) : (
        <>
          {outcomeNames[decision.outcome]}（{decision.meeting}、
          <time dateTime={decision.heldOn}>{warekiWithWeekday(decision.heldOn)}</time>）
        </>
      ),
  },
  { name: "公表資料", cell: ({ cycle }) => <a href={`/?cycle=${cycle}`}>{cycle}の公表資料</a> },
];

const kindNames: Readonly<Record<EvaluationKind, string>> = {
  output: "施策ごとの結果",
  outcome: "分野ごとの成果",
};

/** GET /cycles/{cycle}/years: earlier years as they were decided, and what can be held against them. */
export const yearsPage = ({ frame, cycle, years, judged }: YearsView): VNode =>
  layout(
    "過去の年度",
    frame,
    <>
      <Crumbs cycle={cycle} here="過去の年度" />
      <h1>過去の年度</h1>
      {years.length === 0 ? (
        <p>決定され、公表された過去の年度はありません。</p>
      ) : (
        <Table caption="決定された年度" columns={columns} rows={years} rowKey={(year) => year.cycle} />
      )}
      {(["outcome", "output"] as const).map((kind) => (
        <section key={kind} aria-labelledby={`${kind}-heading`}>
          <h2 id={`${kind}-heading`}>{kindNames[kind]}の年度を通じた比較</h2>
          <ul>
            {judged
              .filter((one) => one.kind === kind)
              .map(({ key, name }) => (
                <li key={key}>
                  <a href={`/cycles/${cycle}/years/${kind}/${encodeURIComponent(key)}`}>
                    {key}　{name}
                  </a>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>,
  );

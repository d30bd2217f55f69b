import type { Span, ScheduleRow } from "../../domain/schedule.ts";
import { addDays, dateOf, type Instant, type PlainDate } from "../../domain/time.ts";
import { wareki } from "../../domain/wareki.ts";
import { Table, type Column } from "./table.tsx";
import { stepNames } from "./words.ts";

export interface GanttView {
  readonly rows: readonly ScheduleRow[];
  readonly bounds: Span;
  readonly now: Instant;
}

const LABEL = 110;
const WIDTH = 960;
/** Room for the stroke of the last day. */
const MARGIN = 4;
const HEAD = 28;
const ROW = 40;

const dayNumber = (date: PlainDate): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** Where a day begins, in the drawing's own units. */
const scaleOf = ({ from, to }: Span) => {
  const [first, days] = [dayNumber(from), dayNumber(addDays(to, 1)) - dayNumber(from)];
  return (date: PlainDate): number => LABEL + ((dayNumber(date) - first) / days) * (WIDTH - LABEL - MARGIN);
};

const monthsIn = ({ from, to }: Span): readonly PlainDate[] => {
  const all: PlainDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (day.endsWith("-01")) all.push(day);
  return all;
};

const Bar = ({
  span,
  x,
  y,
  height,
  kind,
}: {
  readonly span: Span;
  readonly x: (date: PlainDate) => number;
  readonly y: number;
  readonly height: number;
  readonly kind: "planned" | "actual" | "ahead";
}) => (
  <rect
    class={`gantt-${kind}`}
    x={x(span.from).toFixed(1)}
    y={y}
    width={Math.max(x(addDays(span.to, 1)) - x(span.from), 3).toFixed(1)}
    height={height}
    rx="2"
  />
);

const Row = ({
  row,
  n,
  x,
}: {
  readonly row: ScheduleRow;
  readonly n: number;
  readonly x: (date: PlainDate) => number;
}) => {
  const top = HEAD + n * ROW;
  return (
    <g>
      <text x="0" y={top + 24}>
        {stepNames[row.step]}
      </text>
      {row.planned === null ? null : <Bar span={row.planned} x={x} y={top + 6} height={10} kind="planned" />}
      {row.actual.map((span) => (
        <Bar key={span.from} span={span} x={x} y={top + 19} height={12} kind="actual" />
      ))}
      {row.ahead === null ? null : <Bar span={row.ahead} x={x} y={top + 19} height={12} kind="ahead" />}
    </g>
  );
};

const Chart = ({ rows, bounds, now }: GanttView) => {
  const x = scaleOf(bounds);
  const height = HEAD + rows.length * ROW;
  const today = x(dateOf(now));
  return (
    <svg class="gantt" viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true" focusable="false">
      {monthsIn(bounds).map((first) => (
        <g key={first}>
          <line class="gantt-month" x1={x(first)} x2={x(first)} y1={HEAD - 8} y2={height} />
          <text class="gantt-label" x={x(first) + 3} y={16}>
            {`${Number(first.slice(5, 7))}月`}
          </text>
        </g>
      ))}
      {rows.map((row, n) => (
        <Row key={row.step} row={row} n={n} x={x} />
      ))}
      <line class="gantt-now" x1={today} x2={today} y1={HEAD - 8} y2={height} />
    </svg>
  );
};

const spanText = (span: Span | null): string =>
  span === null
    ? "－"
    : span.from === span.to
      ? wareki(span.from)
      : `${wareki(span.from)}～${wareki(span.to)}`;

const columns: readonly Column<ScheduleRow>[] = [
  { name: "段階", heads: true, cell: ({ step }) => stepNames[step] },
  { name: "計画", cell: ({ planned }) => spanText(planned) },
  {
    name: "実績",
    cell: ({ actual }) =>
      actual.length === 0
        ? "－"
        : actual.map((span, n) => (
            <span key={span.from} class="span-line">
              {actual.length > 1 ? `第${n + 1}回　` : ""}
              {spanText(span)}
            </span>
          )),
  },
  { name: "見込み", cell: ({ ahead }) => spanText(ahead) },
];

/** 年間の日程: a drawing for the eye, and the same days as a table for everybody. */
export const Gantt = (view: GanttView) => (
  <>
    <ul class="gantt-key" aria-label="図の見方">
      <li data-kind="planned">計画</li>
      <li data-kind="actual">実績</li>
      <li data-kind="ahead">見込み</li>
      <li data-kind="now">現在</li>
    </ul>
    <div class="gantt-frame" role="region" aria-label="年間の日程の図（下の表と同じ内容）" tabIndex={0}>
      <Chart {...view} />
    </div>
    <Table
      caption="年間の日程（見込みは、これから誰も回答せず、事務局が一日も失わない場合）"
      columns={columns}
      rows={view.rows}
      rowKey={({ step }) => step}
    />
  </>
);

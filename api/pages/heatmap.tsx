import type { Rates } from "../../domain/board.ts";

export interface HeatmapColumn {
  readonly key: string;
  readonly short: string;
  readonly name: string;
}
export interface HeatmapRow {
  readonly organisation: string;
  /** The board of that organisation alone. */
  readonly href: string;
  readonly cells: ReadonlyMap<string, Rates>;
  readonly all: Rates;
}
export interface HeatmapView {
  readonly columns: readonly HeatmapColumn[];
  readonly rows: readonly HeatmapRow[];
  readonly totals: ReadonlyMap<string, Rates>;
  readonly all: Rates;
}

const BANDS = 4;

/** 0 for nothing submitted, 4 for everything: only shades what the figures say. */
const bandOf = ({ items, submitted }: Rates): number => Math.floor((submitted / items) * BANDS);

const percent = (part: number, whole: number): string =>
  whole === 0 ? "－" : `${Math.floor((part / whole) * 100)}%`;

const Cell = ({ rates }: { readonly rates: Rates | undefined }) =>
  rates === undefined ? (
    <td />
  ) : (
    <td data-b={bandOf(rates)}>
      {percent(rates.submitted, rates.items)} {rates.submitted}/{rates.items}
      <br />
      {percent(rates.onTime, rates.judged)} {rates.onTime}/{rates.judged}
    </td>
  );

const Row = ({ row, columns }: { readonly row: HeatmapRow; readonly columns: readonly HeatmapColumn[] }) => (
  <tr>
    <th scope="row">
      <a href={row.href}>{row.organisation}</a>
    </th>
    <Cell rates={row.all} />
    {columns.map(({ key }) => (
      <Cell key={key} rates={row.cells.get(key)} />
    ))}
  </tr>
);

const Legend = ({ columns }: Pick<HeatmapView, "columns">) => (
  <details>
    <summary>分野の番号と名称</summary>
    <dl class="domain-names">
      {columns.map(({ key, short, name }) => (
        <div key={key}>
          <dt>{short}</dt>
          <dd>{name}</dd>
        </div>
      ))}
    </dl>
  </details>
);

/** 府省庁×分野: a table that reads without its shades. Wider than a telephone, so it scrolls inside its own frame. */
export const HeatmapTable = ({ columns, rows, totals, all }: HeatmapView) => (
  <>
    <p id="heatmap-reading">
      上段は提出率（提出／照会項目）、下段は期限内提出率（期限内の提出／期限が到来したか提出済みの項目）です。複数の分野に係る項目は、各分野で1件と数え、合計では1件と数えます。
    </p>
    <div class="heatmap" role="region" aria-label="府省庁別・分野別の提出状況" tabIndex={0}>
      <table aria-describedby="heatmap-reading">
        <caption>提出率と期限内提出率</caption>
        <thead>
          <tr>
            <th scope="col">府省庁</th>
            <th scope="col">合計</th>
            {columns.map(({ key, short, name }) => (
              <th key={key} scope="col" title={name}>
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.href} row={row} columns={columns} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">合計</th>
            <Cell rates={all} />
            {columns.map(({ key }) => (
              <Cell key={key} rates={totals.get(key)} />
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
    <Legend columns={columns} />
  </>
);

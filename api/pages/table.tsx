import type { ComponentChildren } from "preact";

export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Names the row; exactly one column does. */
  readonly heads?: boolean;
  /** Short: never broken over lines on a wide screen. */
  readonly short?: boolean;
}

/**
 * A table that becomes a list of cards on a narrow screen. The roles are written out because a browser may drop a
 * table's own once its boxes are no table's any more.
 */
export const Table = <Row,>({
  caption,
  columns,
  rows,
  rowKey,
}: {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
}) => (
  <table class="table" role="table">
    <caption>{caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        {columns.map(({ name }) => (
          <th key={name} role="columnheader" scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map((row) => (
        <tr key={rowKey(row)} role="row">
          {columns.map((column) => (
            <Cell key={column.name} column={column} row={row} />
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

const Cell = <Row,>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) => {
  const { name, cell, heads, short } = column;
  return heads === true ? (
    <th role="rowheader" scope="row">
      {cell(row)}
    </th>
  ) : (
    <td role="cell" data-label={name} class={short === true ? "short" : undefined}>
      <div>{cell(row)}</div>
    </td>
  );
};

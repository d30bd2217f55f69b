import type { RequestKind } from "../../domain/plan.ts";
import { dateOf, type Instant } from "../../domain/time.ts";
import { hourOf, warekiWithWeekday } from "../../domain/wareki.ts";
import { Caused } from "./caused.tsx";
import { asOfAddress } from "./layout.tsx";
import { Table, type Column } from "./table.tsx";
import { kindNames } from "./words.ts";

export interface RequestRow {
  readonly id: string;
  readonly organisation: string;
  readonly kind: RequestKind;
  readonly round: number;
  readonly is: "open" | "settled";
  readonly dueAt: Instant;
  /** Something is still owed, and the due date has passed. */
  readonly overdue: boolean;
  readonly extensionAsked: boolean;
  readonly paused: boolean;
  readonly items: number;
  readonly answered: number;
  readonly settled: number;
  /** Addresses of the events that made them so; null for who may not read the record. */
  readonly caused: { readonly state: string | null; readonly due: string | null };
  /** Whether this reader may open it. */
  readonly readable: boolean;
}

const kindOf = ({ kind, round }: Pick<RequestRow, "kind" | "round">): string =>
  round > 1 ? `${kindNames[kind]}（第${round}回）` : kindNames[kind];

const Due = ({ row }: { readonly row: RequestRow }) => (
  <>
    <Caused by={row.caused.due}>
      <time dateTime={row.dueAt}>
        {warekiWithWeekday(dateOf(row.dueAt))}
        {hourOf(row.dueAt)}
      </time>
    </Caused>
    {row.overdue ? <span class="tag tag-late">期限超過</span> : null}
    {row.extensionAsked ? <span class="tag">延長申出中</span> : null}
    {row.paused ? <span class="tag">期限停止中</span> : null}
  </>
);

const Share = ({ of, done, name }: { readonly of: number; readonly done: number; readonly name: string }) => (
  <span class="share">
    <progress max={Math.max(of, 1)} value={done} aria-label={name} />
    <span>
      {done}／{of}
    </span>
  </span>
);

const columnsAt = (moment: Instant | undefined): readonly Column<RequestRow>[] => [
  {
    name: "組織",
    heads: true,
    cell: (row) => {
      const href = `/requests/${row.id}`;
      if (!row.readable) return <>{row.organisation}</>;
      return <a href={moment === undefined ? href : asOfAddress(href, moment)}>{row.organisation}</a>;
    },
  },
  { name: "種別", cell: kindOf, short: true },
  {
    name: "状態",
    short: true,
    cell: ({ is, caused }) => (
      <Caused by={caused.state}>
        <span class="tag" data-is={is}>
          {is === "open" ? "未決着" : "決着"}
        </span>
      </Caused>
    ),
  },
  { name: "期限", cell: (row) => <Due row={row} /> },
  { name: "回答", cell: (row) => <Share of={row.items} done={row.answered} name="回答した項目" /> },
  { name: "確定", cell: (row) => <Share of={row.items} done={row.settled} name="確定した項目" /> },
];

/** 照会の一覧: each organisation's each request, by when, and how far; with `moment` as they were then. */
export const RequestsTable = ({
  rows,
  moment,
}: {
  readonly rows: readonly RequestRow[];
  readonly moment?: Instant;
}) => (
  <Table
    caption="照会の一覧（回答・確定は、照会項目の数に対する件数）"
    columns={columnsAt(moment)}
    rows={rows}
    rowKey={({ id }) => id}
  />
);

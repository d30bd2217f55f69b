import type { Instant } from "../../domain/time.ts";
import { CausedAt } from "./caused.tsx";
import { Table, type Column } from "./table.tsx";

export interface TimelineEntry {
  readonly sequence: number;
  readonly at: Instant;
  /** The event's address; null for who may not read the record. */
  readonly caused: string | null;
  /** null where the clock or another procedure brought it about. */
  readonly by: { readonly name: string; readonly role: string } | null;
  readonly what: string;
  /** 代理入力: at whose request. */
  readonly onBehalfOf: string | null;
  readonly reason: string | null;
}

const columns: readonly Column<TimelineEntry>[] = [
  { name: "日時", heads: true, cell: ({ at, caused }) => <CausedAt at={at} by={caused} /> },
  {
    name: "内容",
    cell: ({ what, onBehalfOf }) => (onBehalfOf === null ? what : `${what}（${onBehalfOf}様の依頼による）`),
  },
  {
    name: "行った人",
    cell: ({ by }) =>
      by === null ? (
        "自動"
      ) : (
        <>
          {by.name}
          <br />
          {by.role}
        </>
      ),
  },
  { name: "理由", cell: ({ reason }) => reason ?? "—" },
];

/** Who did what to the request, the last thing first. */
export const Timeline = ({
  entries,
  request,
}: {
  readonly entries: readonly TimelineEntry[];
  readonly request: string;
}) =>
  entries.length === 0 ? null : (
    <section aria-labelledby="timeline-heading">
      <h2 id="timeline-heading">経過</h2>
      <p>
        <a href={`/requests/${request}/timeline`}>メール、補完調査、手続の動きを含む全ての経過</a>
      </p>
      <Table
        caption="この照会について行われたこと（新しい順）"
        columns={columns}
        rows={entries.toReversed()}
        rowKey={({ sequence }) => String(sequence)}
      />
    </section>
  );

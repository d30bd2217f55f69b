import type { Disposition } from "../../domain/acts.ts";
import type { Instant } from "../../domain/time.ts";
import { Caused, CausedAt } from "./caused.tsx";
import { Table, type Column } from "./table.tsx";

/** 意見 of one organisation, and what was done about it. */
export interface OpinionView {
  readonly id: string;
  readonly at: Instant;
  /** null: on the whole. */
  readonly section: string | null;
  readonly text: string;
  /** 修正文案. */
  readonly proposal: string | null;
  readonly disposition: Disposition | null;
  readonly reason: string | null;
  /** 修正内容. */
  readonly change: string | null;
  /** To be taken up next year. */
  readonly nextYear: boolean;
  /** Addresses of the events that made it and disposed of it; absent where the record is not shown. */
  readonly causes?: { readonly made: string | null; readonly disposed: string | null };
}

export const dispositionNames: Readonly<Record<Disposition, string>> = {
  reflected: "反映",
  "partly-reflected": "一部反映",
  "not-reflected": "反映せず",
};

/** 修正の内容, and whether it is taken up next year. */
export const Taken = ({ change, nextYear }: Pick<OpinionView, "change" | "nextYear">) => (
  <>
    {change === null ? null : <span class="prose">修正の内容：{change}</span>}
    {nextYear ? <span class="prose">次年度の計画に反映します。</span> : null}
  </>
);

const columns: readonly Column<OpinionView>[] = [
  { name: "対象", heads: true, cell: ({ section }) => section ?? "全体" },
  {
    name: "意見",
    cell: ({ at, text, proposal, causes }) => (
      <>
        <span class="prose">{text}</span>
        {proposal === null ? null : <span class="prose">修正文案：{proposal}</span>}
        <span class="quiet">
          <CausedAt at={at} by={causes?.made ?? null} />
        </span>
      </>
    ),
  },
  {
    name: "対応",
    short: true,
    cell: ({ disposition, causes }) =>
      disposition === null ? (
        "検討中"
      ) : (
        <Caused by={causes?.disposed ?? null}>{dispositionNames[disposition]}</Caused>
      ),
  },
  {
    name: "対応の理由",
    cell: ({ reason, change, nextYear }) => (
      <>
        {reason === null ? null : <span class="prose">{reason}</span>}
        <Taken change={change} nextYear={nextYear} />
      </>
    ),
  },
];

/** 意見と対応: each opinion with what was done about it, and why. */
export const Opinions = ({ opinions }: { readonly opinions: readonly OpinionView[] }) =>
  opinions.length === 0 ? null : (
    <div class="opinions">
      <Table caption="意見と対応" columns={columns} rows={opinions} rowKey={({ id }) => id} />
    </div>
  );

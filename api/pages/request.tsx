import type { VNode } from "preact";
import type { Says } from "../../domain/acts.ts";
import type { ItemState } from "../../domain/answer.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import type { Instant, PlainDate } from "../../domain/time.ts";
import { warekiTime, warekiWithWeekday } from "../../domain/wareki.ts";
import { layout, type Frame } from "./layout.tsx";
import { Opinions, type OpinionView } from "./opinions.tsx";
import { Table, type Column } from "./table.tsx";
import { itemStateName, kindNames, saysNames } from "./words.ts";

/** One submitted version of an answer. */
export interface GivenVersion {
  readonly version: number;
  readonly at: Instant;
  /** Submitted after the due date. */
  readonly late: boolean;
  readonly by: string;
  readonly says: Says;
  /** With 把握困難: the reason's name. */
  readonly why: string | null;
  readonly value: string | null;
  readonly text: string;
}
export interface ItemView {
  readonly id: string;
  readonly text: string;
  readonly indicators: readonly string[];
  readonly is: ItemState["is"];
  /** Of a return or of giving up. */
  readonly reason: string | null;
  readonly until: Instant | null;
  /** The newest first. */
  readonly versions: readonly GivenVersion[];
}
export interface RequestView {
  readonly frame: Frame;
  readonly id: string;
  readonly cycle: CycleKey;
  readonly organisation: string;
  readonly kind: RequestKind;
  readonly is: "open" | "settled";
  readonly sentAt: Instant;
  readonly dueAt: Instant;
  readonly closeAt: Instant;
  readonly asked: { readonly dueOn: PlainDate; readonly reason: string } | null;
  readonly items: readonly ItemView[];
  /** Of a consultation; else none. */
  readonly opinions: readonly OpinionView[];
}

const When = ({ at }: { readonly at: Instant }) => <time dateTime={at}>{warekiTime(at)}</time>;

const Facts = ({ view }: { readonly view: RequestView }) => (
  <dl class="facts facts-lines">
    <div>
      <dt>状態</dt>
      <dd>{view.is === "open" ? "未決着" : "決着"}</dd>
    </div>
    <div>
      <dt>送付</dt>
      <dd>
        <When at={view.sentAt} />
      </dd>
    </div>
    <div>
      <dt>期限</dt>
      <dd>
        <When at={view.dueAt} />
      </dd>
    </div>
    <div>
      <dt>締切</dt>
      <dd>
        <When at={view.closeAt} />
      </dd>
    </div>
    {view.asked === null ? null : (
      <div>
        <dt>期限延長の申出</dt>
        <dd>
          {warekiWithWeekday(view.asked.dueOn)}まで（理由：{view.asked.reason}）
        </dd>
      </div>
    )}
  </dl>
);

const versionColumns: readonly Column<GivenVersion>[] = [
  { name: "版", heads: true, cell: ({ version }) => `第${version}版` },
  {
    name: "提出",
    cell: ({ at, late, by }) => (
      <>
        <When at={at} />
        {late ? <span class="tag tag-late">期限後</span> : null}
        <br />
        {by}
      </>
    ),
  },
  {
    name: "区分",
    cell: ({ says, why }) => `${saysNames[says]}${why === null ? "" : `（${why}）`}`,
  },
  {
    name: "内容",
    cell: ({ value, text }) => (
      <>
        {value === null ? null : <strong>{value}</strong>}
        <span class="prose">{text}</span>
      </>
    ),
  },
];

interface ItemPart {
  readonly item: ItemView;
  readonly kind: RequestKind;
  readonly number: number;
}

/** What is answered to a consultation stands below, opinion by opinion. */
const Versions = ({ item, kind, number }: ItemPart) => {
  if (kind === "consultation") return null;
  return item.versions.length === 0 ? (
    <p>回答はまだありません。</p>
  ) : (
    <Table
      caption={`${number}の回答の経過`}
      columns={versionColumns}
      rows={item.versions}
      rowKey={({ version }) => String(version)}
    />
  );
};

const Item = ({ item, kind, number }: ItemPart) => (
  <section class="item" id={`item-${number}`} aria-labelledby={`item-${number}-heading`}>
    <h3 id={`item-${number}-heading`}>
      <span class="item-number">{number}</span> {item.text}
    </h3>
    <p>
      <span class="tag" data-item={item.is}>
        {itemStateName(kind, item.is)}
      </span>
      {item.until === null ? null : (
        <span class="until">
          <When at={item.until} />
          まで受け付けます。
        </span>
      )}
    </p>
    {item.reason === null ? null : <p class="notice">理由：{item.reason}</p>}
    {item.indicators.length === 0 ? null : (
      <p class="indicators">関係する指標：{item.indicators.join("、")}</p>
    )}
    <Versions item={item} kind={kind} number={number} />
  </section>
);

/** GET /requests/{id}: what one organisation was asked, where each item stands and what was answered. */
export const requestPage = (view: RequestView): VNode => {
  const title = `${view.organisation}　${kindNames[view.kind]}`;
  return layout(
    title,
    view.frame,
    <>
      <nav aria-label="現在の位置" class="crumbs">
        <ol>
          <li>
            <a href={`/?cycle=${view.cycle}`}>年次サイクル {view.cycle}</a>
          </li>
          <li aria-current="page">{title}</li>
        </ol>
      </nav>
      <h1>{title}</h1>
      <Facts view={view} />
      <p>
        回答、受領、差戻し及び期限延長は、API <code>/api/v1/requests/{view.id}</code> で行います（
        <a href="/docs">APIの説明</a>）。
      </p>
      <h2>照会項目（{view.items.length}件）</h2>
      {view.items.map((item, n) => (
        <Item key={item.id} item={item} kind={view.kind} number={n + 1} />
      ))}
      <Opinions opinions={view.opinions} />
    </>,
  );
};

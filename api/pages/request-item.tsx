import type { ComponentChildren } from "preact";
import type { Says } from "../../domain/says.ts";
import type { ItemState } from "../../domain/answer.ts";
import type { Expected, RequestKind } from "../../domain/plan.ts";
import type { AnswerLabels } from "../../domain/labels.ts";
import type { Instant } from "../../domain/time.ts";
import { Caused, CausedAt } from "./caused.tsx";
import { Files, type AttachedView, type FileView } from "./evidence.tsx";
import { Inside, type InsideView } from "./inside.tsx";
import { Table, type Column } from "./table.tsx";
import { itemStateName, saysNames } from "./words.ts";

/** One submitted version of an answer. */
export interface GivenVersion {
  readonly version: number;
  readonly at: Instant;
  /** The address of the event that made it so; null for who may not read the record. */
  readonly caused: string | null;
  /** Submitted after the due date. */
  readonly late: boolean;
  readonly by: string;
  /** 代理入力: at whose request `by` of the secretariat entered it. */
  readonly onBehalfOf: string | null;
  readonly says: Says;
  /** With 把握困難: the reason's name. */
  readonly why: string | null;
  readonly value: string | null;
  readonly text: string;
  /** 印; null where it says nothing. */
  readonly label: string | null;
  readonly files: readonly FileView[];
  /** What was said besides: an owner that is proposed, an explanation. */
  readonly besides: readonly string[];
}
export interface LastYearView {
  readonly value: string | null;
  readonly text: string;
}
/** What the fields of an answer start with, by the parts of their names. */
export type Written = Readonly<Record<string, string>>;

export interface ItemView {
  readonly id: string;
  /** Its place among all of the request's items, from 1. */
  readonly number: number;
  readonly text: string;
  readonly indicators: readonly string[];
  readonly is: ItemState["is"];
  /** The address of the event that made it so; null for who may not read the record. */
  readonly caused: string | null;
  /** Of a return or of giving up. */
  readonly reason: string | null;
  readonly until: Instant | null;
  /** 前年度の回答: what was settled as a value of the same datum; null where nothing was. */
  readonly before: LastYearView | null;
  /** The newest first. */
  readonly versions: readonly GivenVersion[];
  /** Whether the organisation's answer is wanted, taken, or too late; or somebody else's to prepare. */
  readonly answering: "wanted" | "possible" | "over" | "others";
  /** How far it has come inside the organisation; null for who is not of it, and where nothing is under way. */
  readonly inside: InsideView | null;
  /** What an answer starts with: of a returned one, what was returned. */
  readonly written: Written;
  /** What kind of value is wanted, and in which units. */
  readonly expects: Expected | undefined;
  readonly units: readonly string[];
  /** With 不備あり: what is wrong with it. */
  readonly failing: readonly string[];
  /** What its next answer starts with: 格付け, and the files that lie there. */
  readonly evidence: { readonly labels: AnswerLabels; readonly attached: readonly AttachedView[] };
  /** Of the submitted answer: its hash, by which a review names it. */
  readonly reviewable: string | null;
  /** Somebody else has answered since the form was opened. */
  readonly changed: boolean;
}

const versionColumns: readonly Column<GivenVersion>[] = [
  { name: "版", heads: true, cell: ({ version }) => `第${version}版` },
  {
    name: "提出",
    cell: ({ at, caused, late, by, onBehalfOf }) => (
      <>
        <CausedAt at={at} by={caused} />
        {late ? <span class="tag tag-late">期限後</span> : null}
        <br />
        {by}
        {onBehalfOf === null ? null : (
          <>
            <br />
            <span class="tag">代理入力</span>（{onBehalfOf}の依頼による）
          </>
        )}
      </>
    ),
  },
  {
    name: "区分",
    cell: ({ says, why }) => `${saysNames[says]}${why === null ? "" : `（${why}）`}`,
  },
  {
    name: "内容",
    cell: ({ value, text, besides, label, files }) => (
      <>
        {value === null ? null : <strong>{value}</strong>}
        <span class="prose">{text}</span>
        {besides.map((said) => (
          <p key={said} class="hint">
            {said}
          </p>
        ))}
        {label === null ? null : <span class="tag">{label}</span>}
        <Files files={files} />
      </>
    ),
  },
];

interface ItemPart {
  readonly item: ItemView;
  readonly kind: RequestKind;
}

const LastYear = ({ before }: { readonly before: LastYearView }) => (
  <div class="last-year">
    <h4>前年度の回答</h4>
    {before.value === null ? null : (
      <p>
        <strong>{before.value}</strong>
      </p>
    )}
    {before.text === "" ? null : <p class="prose">{before.text}</p>}
  </div>
);

/** What is answered to a consultation stands below, opinion by opinion. */
const Versions = ({ item, kind }: ItemPart) => {
  if (kind === "consultation") return null;
  return item.versions.length === 0 ? (
    <p>回答はまだありません。</p>
  ) : (
    <Table
      caption={`${item.number}の回答の経過`}
      columns={versionColumns}
      rows={item.versions}
      rowKey={({ version }) => String(version)}
    />
  );
};

export const Item = ({ item, kind, children }: ItemPart & { readonly children?: ComponentChildren }) => (
  <section class="item" id={`item-${item.number}`} aria-labelledby={`item-${item.number}-heading`}>
    <h3 id={`item-${item.number}-heading`}>
      <span class="item-number">{item.number}</span> {item.text}
    </h3>
    <p>
      <Caused by={item.caused}>
        <span class="tag" data-item={item.is}>
          {itemStateName(kind, item.is)}
        </span>
      </Caused>
      {item.until === null ? null : (
        <span class="until">
          <CausedAt at={item.until} by={item.caused} />
          まで受け付けます。
        </span>
      )}
    </p>
    {item.changed ? (
      <p class="notice">
        あなたがこの画面を開いた後に、ほかの方がこの項目に回答しました。次の経過の最も新しい版と、あなたの入力とを見比べてください。
      </p>
    ) : null}
    {item.failing.length === 0 ? null : (
      <p class="notice">
        不備のあるまま提出されています。締切までに直されないときは、補完調査に代えます。（検査：
        {item.failing.join("、")}）
      </p>
    )}
    {item.reason === null ? null : <p class="notice">理由：{item.reason}</p>}
    {item.indicators.length === 0 ? null : (
      <p class="indicators">関係する指標：{item.indicators.join("、")}</p>
    )}
    <Versions item={item} kind={kind} />
    {item.inside === null ? null : <Inside inside={item.inside} />}
    {item.before === null ? (
      children
    ) : (
      <div class="with-last-year">
        <div>{children}</div>
        <LastYear before={item.before} />
      </div>
    )}
  </section>
);

import type { VNode } from "preact";
import type { DroppedFinding } from "../../domain/next-plan-changes.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import { markText, type RecordMark } from "../../domain/checkpoint.ts";
import type { LineChange } from "../../domain/line-diff.ts";
import type { PlanChange } from "../../domain/lineage.ts";
import type { CarriedOver } from "../../domain/plan.ts";
import type { Instant } from "../../domain/time.ts";
import { fiscalYearLabel } from "../../domain/wareki.ts";
import { Compared, LineChanges } from "./compared.tsx";
import { CausedAt } from "./caused.tsx";
import { Crumbs } from "./crumbs.tsx";
import type { FormsView } from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { ReviewPanel } from "./review-panel.tsx";
import { Table, type Column } from "./table.tsx";
import { Outcome } from "./tried.tsx";
import { findingName } from "./words.ts";

interface Signed {
  readonly by: string;
  readonly at: Instant;
  /** The address of the event that made it so; null for who may not read the record. */
  readonly caused: string | null;
}
export interface NextPlanView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  /** null before it is written, and while it is with its preparers again. */
  readonly plan: { readonly hash: Sha256; readonly title: string } | null;
  readonly submitted: Signed | null;
  /** Everyone who had a hand in it. */
  readonly contributors: readonly string[];
  readonly approved: (Signed & { readonly mark: RecordMark | null }) | null;
  /** Against the plan that was returned last; null where none was, or where it is the same. */
  readonly since: { readonly hash: Sha256; readonly changes: readonly LineChange[] } | null;
  readonly returns: readonly (Signed & { readonly reason: string })[];
  readonly changes: readonly PlanChange[];
  readonly carriedOver: readonly CarriedOver[];
  readonly dropped: readonly DroppedFinding[];
  readonly mayReview: boolean;
}

export const planChangeNames: Readonly<Record<PlanChange["change"], string>> = {
  continued: "継続",
  modified: "見直し",
  new: "新規",
  merged: "統合",
  removed: "廃止",
};

const columns: readonly Column<PlanChange>[] = [
  {
    name: "次年度の施策",
    heads: true,
    cell: ({ measure, name }) => `${measure ?? "（番号なし）"}　${name}`,
  },
  { name: "区分", short: true, cell: ({ change }) => <span class="tag">{planChangeNames[change]}</span> },
  { name: "今年度の施策", cell: ({ from }) => from.join("、") },
  {
    name: "変更の内容と由来",
    cell: ({ differences, findings, note }) => (
      <>
        {differences.map((line) => (
          <span key={line} class="prose">
            {line}
          </span>
        ))}
        {note === null ? null : <span class="prose">{note}</span>}
        {findings.length === 0 ? null : (
          <span class="prose quiet">反映事項：{findings.map(findingName).join("、")}</span>
        )}
      </>
    ),
  },
];

const droppedColumns: readonly Column<DroppedFinding>[] = [
  { name: "対象", heads: true, cell: ({ origin }) => origin },
  { name: "内容", cell: ({ note }) => <span class="prose">{note}</span> },
  { name: "反映しない理由", cell: ({ reason }) => <span class="prose">{reason}</span> },
];

const Standing = ({
  view: { submitted, contributors, approved, returns },
}: {
  readonly view: NextPlanView;
}) => (
  <section aria-labelledby="approval-heading">
    <h2 id="approval-heading">決裁の状況</h2>
    {submitted === null ? (
      <p>決裁に回されている次年度の計画はありません。</p>
    ) : (
      <p>
        <CausedAt at={submitted.at} by={submitted.caused} />
        に、{submitted.by}が決裁に回しました。
      </p>
    )}
    {contributors.length === 0 ? null : (
      <p>作成に関わった人：{contributors.join("、")}（決裁は、ほかの人が行います。）</p>
    )}
    {approved === null ? null : (
      <p>
        <CausedAt at={approved.at} by={approved.caused} />
        に、<strong>{approved.by}が承認</strong>
        しました。
        {approved.mark === null ? null : (
          <>
            　監査記録の控え　<code>{markText(approved.mark)}</code>
          </>
        )}
      </p>
    )}
    {returns.length === 0 ? null : (
      <ul>
        {returns.map(({ by, at, reason, caused }) => (
          <li key={`${at} ${by}`}>
            <CausedAt at={at} by={caused} />　{by}が差戻し
            <span class="prose">理由：{reason}</span>
          </li>
        ))}
      </ul>
    )}
  </section>
);

const carriedColumns: readonly Column<CarriedOver>[] = [
  { name: "対象", heads: true, cell: ({ origin }) => origin },
  { name: "内容", cell: ({ note }) => <span class="prose">{note}</span> },
  { name: "最初に残された年度", short: true, cell: ({ fromYear }) => fiscalYearLabel(fromYear) },
];

const Changes = ({ view: { changes, carriedOver, dropped } }: { readonly view: NextPlanView }) => (
  <section aria-labelledby="changes-heading">
    <h2 id="changes-heading">変更の一覧</h2>
    {changes.length === 0 ? (
      <p>施策に変更はありません。</p>
    ) : (
      <>
        <p>挙げていない施策は、今年度と同じです。</p>
        <Table
          caption={`今年度の計画からの変更（${changes.length}件）`}
          columns={columns}
          rows={changes}
          rowKey={({ measure, from, findings }) => `${measure} ${from.join()} ${findings.join()}`}
        />
      </>
    )}
    {carriedOver.length === 0 ? null : (
      <Table
        caption={`次年度に引き継ぐ事項（${carriedOver.length}件）`}
        columns={carriedColumns}
        rows={carriedOver}
        rowKey={({ cause, origin }) => `${cause} ${origin}`}
      />
    )}
    {dropped.length === 0 ? null : (
      <Table
        caption={`次年度に反映しない事項（${dropped.length}件）`}
        columns={droppedColumns}
        rows={dropped}
        rowKey={({ id }) => id}
      />
    )}
  </section>
);

/** GET /cycles/{cycle}/next-plan: what the next year has otherwise, and who passes it. */
export const nextPlanPage = (view: NextPlanView): VNode =>
  layout(
    "次年度の計画",
    view.frame,
    <>
      <Crumbs
        cycle={view.cycle}
        between={[{ href: `/cycles/${view.cycle}/findings`, name: "次年度への反映事項" }]}
        here="次年度の計画"
      />
      <h1>次年度の計画</h1>
      <Outcome forms={view.forms} />
      {view.plan === null ? null : (
        <p>
          {view.plan.title}　<span class="quiet">SHA-256</span> <code>{view.plan.hash}</code>
        </p>
      )}
      <Standing view={view} />
      {view.plan === null ? null : (
        <Compared
          against={view.since && { hash: view.since.hash, outcome: "returned" }}
          isAgain={view.returns.length > 0}
        >
          {view.since === null ? null : <LineChanges changes={view.since.changes} />}
        </Compared>
      )}
      {view.mayReview && view.plan !== null ? (
        <ReviewPanel
          forms={view.forms}
          action={`/cycles/${view.cycle}/next-plan`}
          hash={view.plan.hash}
          lead="次の一覧を確認し、承認し、又は理由を付して差し戻します。承認すると、この年次サイクルは終わります。"
        />
      ) : null}
      {view.plan === null ? null : <Changes view={view} />}
    </>,
  );

import type { VNode } from "preact";
import type { DecisionOutcome } from "../../domain/acts.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { Instant, PlainDate } from "../../domain/time.ts";
import { warekiWithWeekday } from "../../domain/wareki.ts";
import { outcomeNames } from "./approval.tsx";
import { Caused, CausedAt } from "./caused.tsx";
import { Crumbs } from "./crumbs.tsx";
import {
  ActForm,
  formOf,
  ProseField,
  ReasonField,
  SelectField,
  Send,
  type FormsView,
  type Option,
} from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Table, type Column } from "./table.tsx";
import { Outcome } from "./tried.tsx";

interface CorrectionView {
  readonly id: number;
  readonly text: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
  /** The address of the event that made it so; null for who may not read the record. */
  readonly caused: string | null;
}
interface Recorded {
  readonly id: number;
  readonly subject: "policy" | "report" | "next-plan";
  readonly hash: Sha256;
  readonly by: string;
  readonly at: Instant;
  readonly reason: string | null;
  readonly corrections: readonly CorrectionView[];
  /** The address of the event that made it so; null for who may not read the record. */
  readonly caused: string | null;
}
export interface ApprovalRow extends Recorded {
  readonly outcome: "approved" | "returned";
  /** 代決: in whose place. */
  readonly standsInFor: string | null;
  readonly counts: boolean;
}
export interface DecisionRow extends Recorded {
  readonly outcome: DecisionOutcome;
  readonly meeting: string;
  readonly number: number | null;
  readonly heldOn: PlainDate;
  readonly body: string | null;
}
export interface ReviewsView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  readonly approvals: readonly ApprovalRow[];
  readonly decisions: readonly DecisionRow[];
  readonly mayCorrect: boolean;
}

const subjectNames: Readonly<Record<Recorded["subject"], string>> = {
  policy: "実施方針",
  report: "年次報告",
  "next-plan": "次年度の計画",
};

const versionCell = ({ hash }: Recorded) => <code title={hash}>{hash.slice(0, 12)}…</code>;

const Corrections = ({ corrections }: Pick<Recorded, "corrections">) => (
  <>
    {corrections.map(({ id, text, reason, by, at, caused }) => (
      <span key={id} class="prose">
        訂正（
        <CausedAt at={at} by={caused} />、{by}）：{text}　理由：{reason}
      </span>
    ))}
  </>
);

const approvalColumns: readonly Column<ApprovalRow>[] = [
  { name: "番号", heads: true, short: true, cell: ({ id }) => `決裁${id}` },
  { name: "対象", short: true, cell: ({ subject }) => subjectNames[subject] },
  { name: "版", cell: versionCell },
  {
    name: "決裁者",
    cell: ({ by, standsInFor }) => (standsInFor === null ? by : `${standsInFor}（${by}が代決）`),
  },
  {
    name: "決裁",
    cell: ({ outcome, at, reason, caused }) => (
      <>
        {outcome === "approved" ? "承認" : "差戻し"}　<CausedAt at={at} by={caused} />
        {reason === null ? null : <span class="prose">理由：{reason}</span>}
      </>
    ),
  },
  {
    name: "効力",
    cell: ({ outcome, counts, corrections }) => (
      <>
        {outcome === "returned" ? "" : counts ? "有効" : "失効（差戻し又は新しい版による）"}
        <Corrections corrections={corrections} />
      </>
    ),
  },
];

const decisionColumns: readonly Column<DecisionRow>[] = [
  { name: "番号", heads: true, short: true, cell: ({ id }) => `決定${id}` },
  { name: "対象", short: true, cell: ({ subject }) => subjectNames[subject] },
  { name: "版", cell: versionCell },
  {
    name: "会議",
    cell: ({ body, meeting, number, heldOn, caused }) => (
      <>
        {body === null ? null : <span class="prose">{body}</span>}
        <span class="prose">{meeting}</span>
        {number === null ? null : <span class="prose">第{number}回</span>}
        <Caused by={caused}>
          <time dateTime={heldOn}>{warekiWithWeekday(heldOn)}</time>
        </Caused>
      </>
    ),
  },
  {
    name: "議決",
    cell: ({ outcome, reason, corrections }) => (
      <>
        {outcomeNames[outcome]}
        {reason === null ? null : <span class="prose">理由・修正の内容：{reason}</span>}
        <Corrections corrections={corrections} />
      </>
    ),
  },
  {
    name: "記録",
    cell: ({ by, at, caused }) => (
      <>
        {by}　<CausedAt at={at} by={caused} />
      </>
    ),
  },
];

const correctable = ({ approvals, decisions }: ReviewsView): readonly Option[] => [
  ...decisions.map(({ id, subject, meeting }) => ({
    value: `decision:${id}`,
    name: `決定${id}　${subjectNames[subject]}（${meeting}）`,
  })),
  ...approvals.map(({ id, subject, by }) => ({
    value: `approval:${id}`,
    name: `決裁${id}　${subjectNames[subject]}（${by}）`,
  })),
];

const CorrectionForm = ({ view }: { readonly view: ReviewsView }) => {
  const form = formOf(view.forms, "corrections");
  return (
    <section class="panel" aria-labelledby="correct-heading">
      <h2 id="correct-heading">記録の誤りを訂正する</h2>
      <p>決裁と本部決定の記録は、変更できません。誤りは、それに結び付けた別の記録として残します。</p>
      <ActForm form={form} action={`/cycles/${view.cycle}/reviews`} label="記録の訂正">
        <SelectField
          form={form}
          name="what"
          label="誤りのある記録"
          needed
          none="選んでください"
          options={correctable(view)}
        />
        <ProseField form={form} name="text" label="正しい内容" needed rows={3} />
        <ReasonField form={form} label="訂正の理由" />
        <p>
          <Send>訂正を記録する</Send>
        </p>
      </ActForm>
    </section>
  );
};

/** GET /cycles/{cycle}/reviews: every approval and decision as it was recorded, and what was said of it later. */
export const reviewsPage = (view: ReviewsView): VNode =>
  layout(
    "決裁と本部決定の記録",
    view.frame,
    <>
      <Crumbs cycle={view.cycle} here="決裁と本部決定の記録" />
      <h1>決裁と本部決定の記録</h1>
      <Outcome forms={view.forms} />
      {view.approvals.length === 0 ? (
        <p>決裁の記録はまだありません。</p>
      ) : (
        <Table
          caption="決裁"
          columns={approvalColumns}
          rows={view.approvals}
          rowKey={({ id }) => String(id)}
        />
      )}
      {view.decisions.length === 0 ? (
        <p>本部決定の記録はまだありません。</p>
      ) : (
        <Table
          caption="本部決定"
          columns={decisionColumns}
          rows={view.decisions}
          rowKey={({ id }) => String(id)}
        />
      )}
      {view.mayCorrect && correctable(view).length > 0 ? <CorrectionForm view={view} /> : null}
    </>,
  );

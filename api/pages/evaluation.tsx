import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import type { EvaluationKind } from "../../domain/plan.ts";
import { Caused } from "./caused.tsx";
import { Crumbs } from "./crumbs.tsx";
import {
  evaluationKindNames,
  evaluationPath,
  evaluationStateNames,
  type EvaluationRow,
} from "./evaluations.tsx";
import {
  ActForm,
  formOf,
  ProseField,
  RadioField,
  ReasonField,
  Send,
  type FormsView,
  type Option,
} from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Table, type Column } from "./table.tsx";
import { Outcome } from "./tried.tsx";

/** One thing the judgement rests on: an answer, a survey's result, or a measure's own judgement. */
export interface Evidence {
  readonly id: string;
  readonly title: string;
  readonly from: string;
  readonly state: string;
  /** The address of the event that made its state; null for who may not read the record. */
  readonly caused: string | null;
  readonly value: string | null;
  readonly text: string;
}
export interface EvaluationView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  readonly kind: EvaluationKind;
  readonly key: string;
  readonly name: string;
  readonly standing: EvaluationRow;
  /** Key of the rating as written. */
  readonly rating: string;
  readonly ratings: readonly Option[];
  readonly evidence: readonly Evidence[];
  /** Of a domain: what was decided about its analysis. */
  readonly analysis: {
    readonly needed: boolean;
    readonly reason: string;
    readonly text: string | null;
  } | null;
  readonly mayWrite: boolean;
  readonly next: Pick<EvaluationRow, "kind" | "key" | "name"> | null;
}

const evidenceColumns: readonly Column<Evidence>[] = [
  { name: "回答者", heads: true, cell: ({ from }) => from },
  {
    name: "状態",
    short: true,
    cell: ({ state, caused }) => (
      <Caused by={caused}>
        <span class="tag">{state}</span>
      </Caused>
    ),
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

/** One table for each thing that was asked, whoever answered it. */
const EvidenceList = ({ evidence }: Pick<EvaluationView, "evidence">) => (
  <section class="evidence" aria-labelledby="evidence-heading">
    <h2 id="evidence-heading">判断の材料（{evidence.length}件）</h2>
    {evidence.length === 0 ? <p>この評価に結び付く回答はありません。</p> : null}
    {[...new Set(evidence.map(({ title }) => title))].map((asked) => (
      <Table
        key={asked}
        caption={asked}
        columns={evidenceColumns}
        rows={evidence.filter(({ title }) => title === asked)}
        rowKey={({ id }) => id}
      />
    ))}
  </section>
);

const TextForm = ({ view }: { readonly view: EvaluationView }) => {
  const form = formOf(view.forms, "text");
  return (
    <ActForm form={form} action={evaluationPath(view.cycle, view)} label="評価の記入">
      <RadioField form={form} name="rating" label="評価" needed options={view.ratings} value={view.rating} />
      <ProseField
        form={form}
        name="text"
        label="評価の理由・説明"
        needed
        rows={8}
        value={view.standing.text ?? ""}
        hint="判断の材料に基づき、文章で記入してください。年次報告に記載されます。"
      />
      <p>
        <Send>評価を記入する</Send>
      </p>
    </ActForm>
  );
};

const AnalysisForm = ({ view }: { readonly view: EvaluationView }) => {
  const form = formOf(view.forms, "analysis");
  const { analysis } = view;
  return (
    <section aria-labelledby="analysis-heading">
      <h2 id="analysis-heading">分析</h2>
      {analysis === null ? null : (
        <p>
          現在の決定：<strong>{analysis.needed ? "行う" : "行わない"}</strong>
          <span class="prose">理由：{analysis.reason}</span>
        </p>
      )}
      {view.mayWrite ? (
        <ActForm form={form} action={evaluationPath(view.cycle, view)} label="分析の要否">
          <RadioField
            form={form}
            name="needed"
            label="分析の要否"
            needed
            value={analysis === null ? "" : String(analysis.needed)}
            options={[
              { value: "true", name: "分析を行う" },
              { value: "false", name: "分析を行わない" },
            ]}
          />
          <ReasonField form={form} label="要否の理由" />
          <ProseField
            form={form}
            name="text"
            label="分析の内容"
            rows={6}
            value={analysis?.text ?? ""}
            hint="分析を行う場合に記入してください。"
          />
          <p>
            <Send quiet>分析の要否を決める</Send>
          </p>
        </ActForm>
      ) : (
        <p class="prose">{analysis?.text ?? (analysis === null ? "要否はまだ決められていません。" : "")}</p>
      )}
    </section>
  );
};

const Written = ({ view: { standing } }: { readonly view: EvaluationView }) => (
  <>
    <p>
      <Caused by={standing.caused}>
        <span class="tag" data-is={standing.is === "approved" ? "settled" : undefined}>
          {evaluationStateNames[standing.is]}
        </span>
      </Caused>
      {standing.by === null ? null : <span class="until">記入：{standing.by}</span>}
    </p>
    {standing.is === "returned" && standing.reason !== null ? (
      <p class="notice">差戻しの理由：{standing.reason}</p>
    ) : null}
  </>
);

const Reading = ({ view: { standing } }: { readonly view: EvaluationView }) =>
  standing.rating === null ? null : (
    <>
      <p>
        <strong>{standing.rating}</strong>
      </p>
      <p class="prose">{standing.text}</p>
    </>
  );

/** GET /cycles/{cycle}/evaluations/{kind}/{key}: one judgement, with what it rests on beside it. */
export const evaluationPage = (view: EvaluationView): VNode => {
  const title = view.kind === "output" ? `${view.key}　${view.name}` : view.name;
  return layout(
    `${title}の評価`,
    view.frame,
    <>
      <Crumbs
        cycle={view.cycle}
        between={[{ href: `/cycles/${view.cycle}/evaluations`, name: "評価" }]}
        here={view.kind === "output" ? view.key : view.name}
      />
      <p class="quiet">{evaluationKindNames[view.kind]}</p>
      <h1>{title}</h1>
      <Outcome forms={view.forms} />
      {view.next === null ? null : (
        <p>
          次の未記入の評価：<a href={evaluationPath(view.cycle, view.next)}>{view.next.name}</a>
        </p>
      )}
      <div class="beside">
        <section class="judgement" aria-labelledby="judgement-heading">
          <h2 id="judgement-heading">評価</h2>
          <Written view={view} />
          {view.mayWrite ? <TextForm view={view} /> : <Reading view={view} />}
        </section>
        <EvidenceList evidence={view.evidence} />
      </div>
      {view.kind === "outcome" ? <AnalysisForm view={view} /> : null}
    </>,
  );
};

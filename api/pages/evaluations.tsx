import type { VNode } from "preact";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { LineChange } from "../../domain/line-diff.ts";
import type { EvaluationKind } from "../../domain/plan.ts";
import { Caused } from "./caused.tsx";
import { LineChanges, sinceText, type Against } from "./compared.tsx";
import { Crumbs } from "./crumbs.tsx";
import { ActForm, fieldId, formOf, type Form, type FormsView } from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Table, type Column } from "./table.tsx";
import { Outcome } from "./tried.tsx";
import { Verdict } from "./verdict.tsx";

/** One judgement the plan asks for, and where it stands. */
export interface EvaluationRow {
  readonly kind: EvaluationKind;
  readonly key: string;
  readonly name: string;
  readonly domain: string;
  readonly is: "unwritten" | "drafted" | "approved" | "returned" | "reopened";
  readonly rating: string | null;
  readonly text: string | null;
  readonly by: string | null;
  /** The address of the event that made its state; null for who may not read the record. */
  readonly caused: string | null;
  /** Of a return. */
  readonly reason: string | null;
  /** What an approver names when he approves; null where it does not wait for him. */
  readonly reviewed: string | null;
  /** Of the text that stands. */
  readonly hash: Sha256 | null;
  /** How it differs from what an approver saw before; null where it does not wait for the reader. */
  readonly compared: {
    readonly against: Against | null;
    /** The very text comes up anew after it was returned. */
    readonly isAgain: boolean;
    readonly changes: readonly LineChange[];
  } | null;
  /** Of a domain: whether it is analysed; null while nobody has decided. */
  readonly analysis: boolean | null;
}
export interface EvaluationDomain {
  readonly key: string;
  readonly name: string;
}
export interface EvaluationsView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  readonly domains: readonly EvaluationDomain[];
  /** Key of the domain that is shown: a year's judgements fill more than one screen. */
  readonly shown: string;
  readonly rows: readonly EvaluationRow[];
  readonly mayWrite: boolean;
  readonly mayReview: boolean;
  readonly allChosen: boolean;
}

export const evaluationKindNames: Readonly<Record<EvaluationKind, string>> = {
  output: "施策の結果",
  outcome: "分野の成果",
};
export const evaluationStateNames: Readonly<Record<EvaluationRow["is"], string>> = {
  unwritten: "未記入",
  drafted: "承認待ち",
  approved: "承認済み",
  returned: "差戻し中",
  reopened: "訂正により再検討",
};

export const evaluationPath = (cycle: CycleKey, { kind, key }: Pick<EvaluationRow, "kind" | "key">): string =>
  `/cycles/${cycle}/evaluations/${kind}/${encodeURIComponent(key)}`;

const columnsOf = (cycle: CycleKey): readonly Column<EvaluationRow>[] => [
  {
    name: "対象",
    heads: true,
    cell: (row) => (
      <a href={evaluationPath(cycle, row)}>
        {row.kind === "output" ? `${row.key}　${row.name}` : `分野の成果　${row.name}`}
      </a>
    ),
  },
  {
    name: "状態",
    short: true,
    cell: ({ is, caused }) => (
      <Caused by={caused}>
        <span class="tag" data-is={is === "approved" ? "settled" : undefined}>
          {evaluationStateNames[is]}
        </span>
      </Caused>
    ),
  },
  { name: "評価", cell: ({ rating }) => rating ?? "" },
  {
    name: "分析",
    short: true,
    cell: ({ kind, analysis }) =>
      kind === "output" ? "" : analysis === null ? "未決定" : analysis ? "行う" : "行わない",
  },
];

const Progress = ({ rows }: Pick<EvaluationsView, "rows">) => (
  <dl class="facts">
    {(["unwritten", "returned", "reopened", "drafted", "approved"] as const).map((is) => (
      <div key={is}>
        <dt>{evaluationStateNames[is]}</dt>
        <dd>{rows.filter((row) => row.is === is).length}件</dd>
      </div>
    ))}
    <div>
      <dt>分析の要否が未決定の分野</dt>
      <dd>{rows.filter(({ kind, analysis }) => kind === "outcome" && analysis === null).length}</dd>
    </div>
  </dl>
);

const Since = ({ compared }: { readonly compared: NonNullable<EvaluationRow["compared"]> }) => {
  const { against, isAgain, changes } = compared;
  return (
    <>
      <p class="quiet">{sinceText(against, isAgain)}</p>
      {against === null ? null : (
        <>
          <p>
            <span class="quiet">SHA-256</span> <code>{against.hash}</code>
          </p>
          <LineChanges changes={changes} />
        </>
      )}
    </>
  );
};

const Waiting = ({
  row,
  form,
  first,
  chosen,
}: {
  readonly row: EvaluationRow;
  readonly form: Form;
  readonly first: boolean;
  readonly chosen: boolean;
}) => {
  const value = row.reviewed ?? "";
  return (
    <li class="item">
      <h3>
        {row.kind === "output" ? row.key : evaluationKindNames.outcome}　{row.name}
      </h3>
      <p>
        <strong>{row.rating}</strong>　<span class="quiet">記入：{row.by}</span>
      </p>
      <p class="prose">{row.text}</p>
      <p>
        <span class="quiet">SHA-256</span> <code>{row.hash}</code>
      </p>
      {row.compared === null ? null : <Since compared={row.compared} />}
      <p>
        <label class="check">
          <input
            type="checkbox"
            id={first ? fieldId(form.name, "entries") : undefined}
            name="entries"
            value={value}
            checked={form.has("entries", value, chosen)}
          />
          <span>{row.kind === "output" ? row.key : row.name}の評価を選ぶ</span>
        </label>
      </p>
    </li>
  );
};

const ReviewPart = ({
  view,
  waiting,
}: {
  readonly view: EvaluationsView;
  readonly waiting: readonly EvaluationRow[];
}) => {
  const form = formOf(view.forms, "review");
  const action = `/cycles/${view.cycle}/evaluations`;
  const domain = { domain: view.shown };
  return (
    <section aria-labelledby="waiting-heading">
      <h2 id="waiting-heading">承認待ちの評価（{waiting.length}件）</h2>
      <ActForm form={form} action={action} label="評価の承認" hidden={domain}>
        <p class="lead">
          評価を選び、この下の「承認する」か「差し戻す」を押してください。
          <a href={`${action}?domain=${view.shown}&select=all#decide`}>承認待ちを全て選ぶ</a>
        </p>
        <ol class="plain-list">
          {waiting.map((row, n) => (
            <Waiting
              key={`${row.kind} ${row.key}`}
              row={row}
              form={form}
              first={n === 0}
              chosen={view.allChosen}
            />
          ))}
        </ol>
        <Verdict
          form={form}
          id="decide"
          heading="選んだ評価の扱い"
          onward={{ choice: "approve", label: "承認する" }}
          hint="差し戻す場合に記入してください。"
        />
      </ActForm>
    </section>
  );
};

const isOpen = ({ is }: EvaluationRow): boolean => is !== "approved";

/** 分野の選択: each with what is still open in it. */
const Domains = ({ view }: { readonly view: EvaluationsView }) => (
  <nav aria-label="分野の選択">
    <ul class="domain-choice">
      {view.domains.map(({ key, name }) => {
        const own = view.rows.filter(({ domain }) => domain === key);
        const open = own.filter(isOpen).length;
        return (
          <li key={key}>
            <a
              href={`/cycles/${view.cycle}/evaluations?domain=${key}`}
              aria-current={key === view.shown ? "page" : undefined}
            >
              {key}　{name}
            </a>
            <span class="radio-note">{open === 0 ? "全て承認済み" : `承認前 ${open}／${own.length}件`}</span>
          </li>
        );
      })}
    </ul>
  </nav>
);

const DomainPart = ({
  view,
  domain: { key, name },
}: {
  readonly view: EvaluationsView;
  readonly domain: EvaluationDomain;
}) => {
  const rows = view.rows.filter(({ domain }) => domain === key);
  const waiting = rows.filter(({ reviewed }) => reviewed !== null);
  return (
    <>
      {view.mayReview && waiting.length > 0 ? <ReviewPart view={view} waiting={waiting} /> : null}
      <section aria-labelledby={`domain-${key}`}>
        <h2 id={`domain-${key}`}>
          {key}　{name}
        </h2>
        <Table
          caption={`${name}の評価`}
          columns={columnsOf(view.cycle)}
          rows={rows}
          rowKey={(row) => `${row.kind} ${row.key}`}
        />
      </section>
    </>
  );
};

/** GET /cycles/{cycle}/evaluations: the judgements of a domain, and those of it that wait for the reader's approval. */
export const evaluationsPage = (view: EvaluationsView): VNode =>
  layout(
    "評価",
    view.frame,
    <>
      <Crumbs cycle={view.cycle} here="評価" />
      <h1>評価</h1>
      <p>
        <a href={`/cycles/${view.cycle}/corrections`}>確定した回答の訂正</a>
      </p>
      <Outcome forms={view.forms} />
      <Progress rows={view.rows} />
      <Domains view={view} />
      {view.domains
        .filter(({ key }) => key === view.shown)
        .map((domain) => (
          <DomainPart key={domain.key} view={view} domain={domain} />
        ))}
    </>,
  );

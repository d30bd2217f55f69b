import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";
import { Crumbs } from "./crumbs.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Table, type Column } from "./table.tsx";

/** A mail in a sentence: what was sent to whom, and why. */
export interface MailSentence {
  readonly key: string;
  readonly what: string;
  readonly why: string | null;
}
/** Something that happened, as a sentence with its cause and the way back to it. */
export interface SentenceView {
  /** Where it can be pointed at. */
  readonly id: string;
  readonly at: Instant;
  readonly what: string;
  readonly why: string | null;
  readonly by: string | null;
  /** The event of the record, the act and the workflow's event behind it; null where there is none. */
  readonly record: { readonly href: string; readonly name: string } | null;
  readonly act: string | null;
  readonly history: string | null;
  readonly engine: string | null;
  readonly mails: readonly MailSentence[];
}

const Ways = ({ sentence }: { readonly sentence: SentenceView }) => {
  const { record, act, history, engine } = sentence;
  const ways = [
    ...(record === null ? [] : [record]),
    ...(act === null ? [] : [{ href: `/acts/${act}`, name: "操作" }]),
    ...(history === null ? [] : [{ href: history, name: "手続の履歴" }]),
    ...(engine === null ? [] : [{ href: engine, name: "Temporal" }]),
  ];
  return ways.length === 0 ? (
    <>—</>
  ) : (
    <ul class="plain">
      {ways.map(({ href, name }) => (
        <li key={href}>
          <a href={href}>{name}</a>
        </li>
      ))}
    </ul>
  );
};

const columns: readonly Column<SentenceView>[] = [
  {
    name: "日時",
    heads: true,
    cell: ({ id, at }) => (
      <time id={id} dateTime={at}>
        {warekiTime(at)}
      </time>
    ),
  },
  {
    name: "内容と理由",
    cell: ({ what, why, mails }) => (
      <>
        {what}
        {why === null ? null : <span class="prose">理由: {why}</span>}
        {mails.length === 0 ? null : (
          <ul>
            {mails.map((mail) => (
              <li key={mail.key}>
                <a href={`/mails/${mail.key}`}>{mail.what}</a>
                {mail.why === null ? null : `　理由: ${mail.why}`}
              </li>
            ))}
          </ul>
        )}
      </>
    ),
  },
  { name: "行った人", cell: ({ by }) => by ?? "自動" },
  { name: "もとの記録", cell: (sentence) => <Ways sentence={sentence} /> },
];

export const Sentences = ({
  caption,
  sentences,
}: {
  readonly caption: string;
  readonly sentences: readonly SentenceView[];
}) => <Table caption={caption} columns={columns} rows={sentences} rowKey={({ id }) => id} />;

export interface RunView {
  readonly run: string;
  readonly sentences: readonly SentenceView[];
  readonly machine: number;
  /** This run in the Temporal UI; null for who may not, and where there is none. */
  readonly engine: string | null;
}
export interface HistoryView {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  readonly workflow: string;
  readonly runs: readonly RunView[];
  /** Why a part is not to be had; empty where all is here. */
  readonly missing: readonly string[];
}

const Run = ({ run, n }: { readonly run: RunView; readonly n: number }) => (
  <section aria-labelledby={`run-${n}`}>
    <h2 id={`run-${n}`}>実行 {n}</h2>
    {run.engine === null ? null : (
      <p>
        <a href={run.engine}>この実行をTemporalの画面で開く</a>
      </p>
    )}
    <Sentences caption={`起きたこと（古い順に${run.sentences.length}件）`} sentences={run.sentences} />
    <details>
      <summary>このほか、処理系の内部の出来事 {run.machine}件</summary>
      <p>
        処理系と処理プログラムのやり取り（処理の割当て、開始、完了など）です。手続の判断には関わりません。監査用の束の
        histories フォルダーに全て入っています。
      </p>
    </details>
  </section>
);

/** GET /cycles/{cycle}/histories/{workflow}: what a workflow did and why, event by event. */
export const historyPage = ({ frame, cycle, workflow, runs, missing }: HistoryView): VNode =>
  layout(
    `手続の履歴　${workflow}`,
    frame,
    <>
      <Crumbs
        cycle={cycle}
        between={[{ href: `/cycles/${cycle}/histories`, name: "手続の履歴" }]}
        here={workflow}
      />
      <h1>手続の履歴　{workflow}</h1>
      {missing.map((what) => (
        <p key={what} class="notice">
          {what}
        </p>
      ))}
      {runs.map((run, n) => (
        <Run key={run.run} run={run} n={n + 1} />
      ))}
    </>,
  );

/** GET /cycles/{cycle}/histories: every workflow of the year. */
export const historiesPage = ({
  frame,
  cycle,
  workflows,
}: {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  readonly workflows: readonly string[];
}): VNode =>
  layout(
    "手続の履歴",
    frame,
    <>
      <Crumbs cycle={cycle} here="手続の履歴" />
      <h1>手続の履歴</h1>
      <p>年次サイクルの手続ごとに、いつ何が起き、なぜそうなったかを文で示します。</p>
      {workflows.length === 0 ? <p>手続はまだありません。</p> : null}
      <ul>
        {workflows.map((workflow) => (
          <li key={workflow}>
            <a href={`/cycles/${cycle}/histories/${workflow}`}>{workflow}</a>
          </li>
        ))}
      </ul>
    </>,
  );

import type { VNode } from "preact";
import type { BulkDeed, BulkStep } from "../../domain/bulk.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { deedNames } from "./board.tsx";
import { Crumbs } from "./crumbs.tsx";
import { ActForm, formOf, Send, type FormsView } from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Table, type Column } from "./table.tsx";

/** What would be done to one request, or why nothing would. */
export interface BulkStepView {
  readonly request: string;
  readonly organisation: string;
  readonly texts: readonly string[];
  readonly needless: BulkStep["needless"];
  /** What the confirmation brings along: each answer by the hash that was before the reader. */
  readonly reviewed: readonly string[];
}
export interface BulkPreviewView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  readonly deed: BulkDeed;
  readonly reason: string;
  readonly steps: readonly BulkStepView[];
}

const needlessTexts: Readonly<Record<NonNullable<BulkStep["needless"]>, string>> = {
  paused: "期限を停止しているため、行いません。",
  "nothing-owed": "未回答の項目がないため、行いません。",
  "no-extension": "期限延長の申出がないため、行いません。",
  "nothing-submitted": "確認待ちの回答がないため、行いません。",
};

const OrganisationCell = ({ request, organisation }: Pick<BulkStepView, "request" | "organisation">) => (
  <a href={`/requests/${request}`}>{organisation}</a>
);

const Texts = ({ texts }: Pick<BulkStepView, "texts">) => (
  <details>
    <summary>{texts.length}項目</summary>
    <ul>
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  </details>
);

const previewColumns: readonly Column<BulkStepView>[] = [
  { name: "府省庁", heads: true, cell: (step) => <OrganisationCell {...step} /> },
  {
    name: "対象",
    cell: ({ needless, texts }) => (needless === null ? <Texts texts={texts} /> : needlessTexts[needless]),
  },
];

const backTo = (cycle: CycleKey) => [{ href: `/cycles/${cycle}/board`, name: "提出状況" }];

/** 一括処理の確認: nothing is done before it is confirmed here. */
export const bulkPreviewPage = ({ frame, forms, cycle, deed, reason, steps }: BulkPreviewView): VNode => {
  const form = formOf(forms, "bulk");
  const ready = steps.filter(({ needless }) => needless === null);
  return layout(
    "一括処理の確認",
    frame,
    <>
      <Crumbs cycle={cycle} between={backTo(cycle)} here="一括処理の確認" />
      <h1>一括処理の確認</h1>
      <p>
        選んだ{steps.length}件のうち{ready.length}件について、次のことを行います：
        <strong>{deedNames[deed]}</strong>
      </p>
      {reason === "" ? null : <p class="prose">理由：{reason}</p>}
      <Table caption="対象の照会" columns={previewColumns} rows={steps} rowKey={({ request }) => request} />
      {ready.length === 0 ? (
        <p>行うものはありません。</p>
      ) : (
        <ActForm
          form={form}
          action={`/cycles/${cycle}/board`}
          label="一括処理の実行"
          hidden={{ deed, reason }}
        >
          {ready.map(({ request }) => (
            <input key={request} type="hidden" name="chosen" value={request} />
          ))}
          {ready.flatMap(({ reviewed }) =>
            reviewed.map((one) => <input key={one} type="hidden" name="reviewed" value={one} />),
          )}
          <p class="buttons">
            <Send>{`${ready.length}件について行う`}</Send>
          </p>
        </ActForm>
      )}
      <p>
        <a href={`/cycles/${cycle}/board`}>行わずに提出状況へ戻る</a>
      </p>
    </>,
  );
};

/** What became of one request. */
export interface BulkOutcome {
  readonly request: string;
  readonly organisation: string;
  readonly is: "done" | "stored" | "refused";
  /** Why it was refused, and what to do. */
  readonly text: string;
}
export interface BulkResultView {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  readonly deed: BulkDeed;
  readonly outcomes: readonly BulkOutcome[];
}

const outcomeNames: Readonly<Record<BulkOutcome["is"], string>> = {
  done: "行いました",
  stored: "受け付けました（処理中）",
  refused: "行われませんでした",
};

const resultColumns: readonly Column<BulkOutcome>[] = [
  { name: "府省庁", heads: true, cell: (outcome) => <OrganisationCell {...outcome} /> },
  {
    name: "結果",
    short: true,
    cell: ({ is }) => <span class={is === "refused" ? "tag tag-late" : "tag"}>{outcomeNames[is]}</span>,
  },
  { name: "理由", cell: ({ text }) => text },
];

/** 一括処理の結果: every request with what became of it; one refused stops none of the others. */
export const bulkResultPage = ({ frame, cycle, deed, outcomes }: BulkResultView): VNode => {
  const count = (is: BulkOutcome["is"]): number => outcomes.filter((one) => one.is === is).length;
  return layout(
    "一括処理の結果",
    frame,
    <>
      <Crumbs cycle={cycle} between={backTo(cycle)} here="一括処理の結果" />
      <h1>一括処理の結果</h1>
      <p class="done" role="status">
        <strong>{deedNames[deed]}：</strong>
        行ったもの{count("done")}件、処理中{count("stored")}件、行われなかったもの{count("refused")}件
      </p>
      <Table
        caption="照会ごとの結果"
        columns={resultColumns}
        rows={outcomes}
        rowKey={({ request }) => request}
      />
      <p>
        <a href={`/cycles/${cycle}/board`}>提出状況へ戻る</a>
      </p>
    </>,
  );
};

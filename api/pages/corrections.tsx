import type { VNode } from "preact";
import type { ProposedEvidence } from "../../domain/evidence.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import { stateLabels } from "../../domain/report-index.ts";
import { Caused } from "./caused.tsx";
import { Crumbs } from "./crumbs.tsx";
import {
  ActForm,
  formOf,
  LineField,
  ProseField,
  RadioField,
  ReasonField,
  SelectField,
  Send,
  type FormsView,
} from "./form.tsx";
import { KeptEvidence } from "./evidence.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Pager, type Paged } from "./pager.tsx";
import type { ItemView } from "./request-item.tsx";
import { Table, type Column } from "./table.tsx";
import { Outcome } from "./tried.tsx";
import { ValueFields } from "./value-fields.tsx";

/** What is corrected, with the answer that stands and its hash; null where none does. */
interface CorrectedView
  extends ProposedEvidence, Pick<ItemView, "written" | "expects" | "units" | "evidence"> {
  readonly was: Sha256 | null;
}
export interface CorrectionsView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  /** Those of one page of what was asked for. */
  readonly settled: Paged<ProposedEvidence>;
  /** From an item to the event that made its state; null for who may not read the record. */
  readonly stateWay: (item: string) => string | null;
  readonly asked: { readonly words: string; readonly organisation: string };
  /** Whoever has something settled, to choose from. */
  readonly organisations: readonly { readonly value: string; readonly name: string }[];
  /** The one that is corrected; null where the list is shown. */
  readonly item: CorrectedView | null;
  readonly mayCorrect: boolean;
}

const columnsOf = ({ cycle, mayCorrect, stateWay }: CorrectionsView): readonly Column<ProposedEvidence>[] => [
  {
    name: "照会事項",
    heads: true,
    cell: ({ item, asked }) =>
      mayCorrect ? (
        <a href={`/cycles/${cycle}/corrections?item=${encodeURIComponent(item)}`}>{asked}</a>
      ) : (
        asked
      ),
  },
  { name: "府省庁等", cell: ({ organisationName }) => organisationName },
  {
    name: "状況",
    short: true,
    cell: ({ is, item }) => (
      <Caused by={stateWay(item)}>
        <span class="tag">{stateLabels[is]}</span>
      </Caused>
    ),
  },
  { name: "内容", cell: ({ content }) => <span class="prose">{content}</span> },
];

const CorrectionForm = ({ view, item }: { readonly view: CorrectionsView; readonly item: CorrectedView }) => {
  const form = formOf(view.forms, "answer");
  const { expects, units, written, evidence } = item;
  return (
    <section aria-labelledby="correct-heading">
      <h2 id="correct-heading">
        {item.organisationName}　{item.asked}
      </h2>
      <p>
        現在の内容（{stateLabels[item.is]}）<span class="prose kept">{item.content}</span>
      </p>
      <ActForm
        form={form}
        action={`/cycles/${view.cycle}/corrections`}
        label="回答の訂正"
        hidden={{ item: item.item, was: item.was ?? "" }}
      >
        <RadioField
          form={form}
          name="says"
          label="訂正後の区分"
          needed
          value="value"
          options={[
            { value: "value", name: "値・状況" },
            { value: "nil", name: "該当なし" },
            { value: "not-applicable", name: "所管外" },
          ]}
        />
        <ValueFields item={item.item} form={form} expects={expects} units={units} written={written} />
        <ProseField
          form={form}
          name="text"
          label="訂正後の内容"
          needed
          value={written["text"] ?? ""}
          hint="数値、日付、表などの値は、区分が「値・状況」のときだけ記入します。"
        />
        <KeptEvidence item={item.item} form={form} {...evidence} />
        <ReasonField
          form={form}
          label="訂正の理由"
          hint="府省庁等からの申出によるときは、その旨も書いてください。この回答を根拠とした評価は、改めて行うことになります。"
        />
        <p>
          <Send>回答を訂正する</Send>
        </p>
      </ActForm>
    </section>
  );
};

const Search = ({ view }: { readonly view: CorrectionsView }) => {
  const form = formOf(view.forms, "search");
  const { asked, cycle } = view;
  return (
    <form
      class="act search"
      method="get"
      action={`/cycles/${cycle}/corrections`}
      aria-label="確定した照会項目の検索"
    >
      <div class="field-row">
        <LineField form={form} name="words" label="語句" hint="照会事項又は内容の一部" value={asked.words} />
        <SelectField
          form={form}
          name="organisation"
          label="府省庁等"
          value={asked.organisation}
          none="全て"
          options={view.organisations}
        />
        <p class="buttons">
          <button class="button button-quiet" type="submit">
            検索する
          </button>
          <a href={`/cycles/${cycle}/corrections`}>条件を消す</a>
        </p>
      </div>
    </form>
  );
};

const Found = ({ view }: { readonly view: CorrectionsView }) => {
  const { rows, all, first, last } = view.settled;
  return all === 0 ? (
    <p>該当する照会項目はありません。</p>
  ) : (
    <>
      <Pager paged={view.settled} label="ページの選択" />
      <Table
        caption={`確定した照会項目（${all}件のうち${first}～${last}件目）`}
        columns={columnsOf(view)}
        rows={rows}
        rowKey={({ item }) => item}
      />
      <Pager paged={view.settled} label="ページの選択（表の後）" />
    </>
  );
};

const List = ({ view }: { readonly view: CorrectionsView }) =>
  view.organisations.length === 0 ? (
    <p>確定した回答はまだありません。</p>
  ) : (
    <>
      <Search view={view} />
      <Found view={view} />
    </>
  );

/** GET /cycles/{cycle}/corrections: what was settled, and how it is corrected. */
export const correctionsPage = (view: CorrectionsView): VNode => {
  const list = { href: `/cycles/${view.cycle}/corrections`, name: "確定した回答の訂正" };
  return layout(
    list.name,
    view.frame,
    <>
      <Crumbs
        cycle={view.cycle}
        between={view.item === null ? [] : [list]}
        here={view.item === null ? list.name : "訂正"}
      />
      <h1>{list.name}</h1>
      <Outcome forms={view.forms} />
      {view.item !== null && view.mayCorrect ? <CorrectionForm view={view} item={view.item} /> : null}
      {view.item === null ? <List view={view} /> : null}
    </>,
  );
};

import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import type { PlainDate } from "../../domain/time.ts";
import { warekiWithWeekday } from "../../domain/wareki.ts";
import { Crumbs } from "./crumbs.tsx";
import { ActForm, formOf, Send, type FormsView } from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Table, type Column } from "./table.tsx";
import { Outcome } from "./tried.tsx";
import { kindNames } from "./words.ts";

export interface AskingRow {
  readonly organisation: string;
  readonly kind: RequestKind;
  readonly items: number;
  readonly dueOn: PlainDate | null;
  /** 窓口: who gets the letter. */
  readonly contacts: readonly string[];
}
export interface OpeningView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  readonly rows: readonly AskingRow[];
  readonly mayOpen: boolean;
  readonly why: "opened" | "not-yet" | null;
}

const columns: readonly Column<AskingRow>[] = [
  { name: "組織", heads: true, cell: ({ organisation }) => organisation },
  { name: "種別", short: true, cell: ({ kind }) => kindNames[kind] },
  { name: "項目", short: true, cell: ({ items }) => `${items}件` },
  {
    name: "期限",
    cell: ({ dueOn }) => (dueOn === null ? "" : <time dateTime={dueOn}>{warekiWithWeekday(dueOn)}</time>),
  },
  {
    name: "宛先",
    cell: ({ contacts }) => (contacts.length === 0 ? "窓口が登録されていません" : contacts.join("、")),
  },
];

/** GET /cycles/{cycle}/opening: whom the year's requests go to, before one act sends them all. */
export const openingPage = (view: OpeningView): VNode =>
  layout(
    "照会の開始",
    view.frame,
    <>
      <Crumbs cycle={view.cycle} here="照会の開始" />
      <h1>照会の開始</h1>
      <Outcome forms={view.forms} />
      {view.why === "opened" ? (
        <p>
          照会は既に開始しています。<a href={`/?cycle=${view.cycle}#requests`}>照会の一覧</a>
        </p>
      ) : null}
      {view.why === "not-yet" ? <p>照会の段階になると、ここから一括で開始できます。</p> : null}
      {view.mayOpen ? (
        <section class="panel panel-next" aria-labelledby="open-heading">
          <h2 id="open-heading">照会を始める</h2>
          <p>次の{view.rows.length}件の照会を、一括で送ります。送った後に取り消すことはできません。</p>
          <ActForm
            form={formOf(view.forms, "requests")}
            action={`/cycles/${view.cycle}/opening`}
            label="照会の開始"
          >
            <p>
              <Send>照会を始める</Send>
            </p>
          </ActForm>
        </section>
      ) : null}
      <Table
        caption={`照会の予定（${view.rows.length}件）`}
        columns={columns}
        rows={view.rows}
        rowKey={({ organisation, kind }) => `${organisation} ${kind}`}
      />
    </>,
  );

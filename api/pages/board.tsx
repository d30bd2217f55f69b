import type { VNode } from "preact";
import type { BoardSort, BoardState } from "../../domain/board.ts";
import type { BulkDeed } from "../../domain/bulk.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { dateOf, type Instant } from "../../domain/time.ts";
import { hourOf, wareki, warekiTime, warekiWithWeekday } from "../../domain/wareki.ts";
import { Caused } from "./caused.tsx";
import { Crumbs } from "./crumbs.tsx";
import {
  ActForm,
  fieldId,
  formOf,
  LineField,
  RadioField,
  ReasonField,
  SelectField,
  Send,
  type Form,
  type FormsView,
  type Option,
} from "./form.tsx";
import { HeatmapTable, type HeatmapView } from "./heatmap.tsx";
import { layout, sameMoment, type Frame } from "./layout.tsx";
import { MailsTable, type MailRow } from "./mails-table.tsx";
import { Table, type Column } from "./table.tsx";
import { Outcome } from "./tried.tsx";
import { kindNames } from "./words.ts";

export interface BoardRequestView {
  readonly request: string;
  readonly kind: "data" | "chapter";
  readonly organisation: string;
  readonly dueAt: Instant;
  /** The address of the event that set it; null for who may not read the record. */
  readonly caused: string | null;
  readonly paused: boolean;
  readonly askedDueOn: string | null;
  readonly items: number;
  readonly submitted: number;
  readonly overdue: number;
  readonly toReview: number;
  readonly settled: number;
}
export interface MailsAheadView {
  readonly at: Instant;
  readonly letter: string;
  readonly mails: number;
  readonly organisations: readonly string[];
}
export interface BoardView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  readonly now: Instant;
  /** The address's part behind the path: what is asked for. */
  readonly address: string;
  readonly asked: Readonly<Record<"organisation" | "domain" | "kind" | "state" | "words" | "sort", string>>;
  readonly organisations: readonly Option[];
  readonly domains: readonly Option[];
  readonly heatmap: HeatmapView;
  readonly requests: readonly BoardRequestView[];
  /** What the reader may do to many at once. */
  readonly deeds: readonly BulkDeed[];
  readonly allChosen: boolean;
  /** null on a screen of the past. */
  readonly present: {
    readonly mailsAhead: readonly MailsAheadView[];
    readonly trouble: { readonly rows: readonly MailRow[]; readonly many: number };
  } | null;
}

const stateNames: Readonly<Record<BoardState, string>> = {
  unsubmitted: "未提出",
  overdue: "期限超過",
  late: "期限後に提出",
  "to-review": "確認待ち",
  returned: "差戻し中",
  provisional: "暫定値",
  failing: "不備あり",
  surveying: "補完調査中",
  settled: "確定",
};
const sortNames: Readonly<Record<BoardSort, string>> = {
  due: "期限の早い順",
  organisation: "府省庁の順",
  rate: "提出率の低い順",
  overdue: "期限超過の多い順",
};
export const deedNames: Readonly<Record<BulkDeed, string>> = {
  remind: "督促する",
  "grant-extension": "申出のとおり期限を延長する",
  accept: "確認待ちの回答を全て受領する",
  return: "確認待ちの回答を全て差し戻す",
};

const optionsOf = (names: Readonly<Record<string, string>>): readonly Option[] =>
  Object.entries(names).map(([value, name]) => ({ value, name }));

const Filter = ({ view }: { readonly view: BoardView }) => {
  const form = formOf(view.forms, "filter");
  const { asked, cycle } = view;
  const select = (
    name: keyof BoardView["asked"],
    label: string,
    options: readonly Option[],
    none = "全て",
  ) => (
    <SelectField form={form} name={name} label={label} value={asked[name]} none={none} options={options} />
  );
  return (
    <form class="act search" method="get" action={`/cycles/${cycle}/board`} aria-label="提出状況の絞り込み">
      <div class="field-row">
        {select("organisation", "府省庁", view.organisations)}
        {select("domain", "分野", view.domains)}
        {select("kind", "種別", [
          { value: "data", name: kindNames.data },
          { value: "chapter", name: kindNames.chapter },
        ])}
      </div>
      <div class="field-row">
        {select("state", "項目の状態", optionsOf(stateNames))}
        <LineField
          form={form}
          name="words"
          label="語"
          hint="項目の文又は府省庁名の一部"
          value={asked.words}
        />
        {select("sort", "並び順", optionsOf(sortNames), "期限の早い順")}
      </div>
      <p class="buttons">
        <button class="button button-quiet" type="submit">
          絞り込む
        </button>
        <a href={`/cycles/${cycle}/board`}>条件を消す</a>
        <a href={`/api/v1/cycles/${cycle}/board.csv${view.address}`}>この一覧をCSVで保存する</a>
      </p>
    </form>
  );
};

const Due = ({ row: { dueAt, caused, overdue, paused, askedDueOn } }: { readonly row: BoardRequestView }) => (
  <>
    <Caused by={caused}>
      <time dateTime={dueAt}>
        {warekiWithWeekday(dateOf(dueAt))}
        {hourOf(dueAt)}
      </time>
    </Caused>
    {overdue > 0 ? <span class="tag tag-late">期限超過{overdue}件</span> : null}
    {askedDueOn === null ? null : <span class="tag">延長申出中</span>}
    {paused ? <span class="tag">期限停止中</span> : null}
  </>
);

const columnsFor = (view: BoardView, form: Form): readonly Column<BoardRequestView>[] => [
  ...(view.deeds.length === 0
    ? []
    : [
        {
          name: "選択",
          cell: (row: BoardRequestView) => (
            <label class="check">
              <input
                type="checkbox"
                id={row === view.requests[0] ? fieldId(form.name, "chosen") : undefined}
                name="chosen"
                value={row.request}
                checked={form.has("chosen", row.request, view.allChosen)}
                aria-label={`${row.organisation}の${kindNames[row.kind]}を選ぶ`}
              />
            </label>
          ),
        },
      ]),
  {
    name: "府省庁",
    heads: true,
    cell: ({ request, organisation }) => (
      <a href={sameMoment(view.frame, `/requests/${request}`)}>{organisation}</a>
    ),
  },
  { name: "種別", short: true, cell: ({ kind }) => kindNames[kind] },
  { name: "期限", cell: (row) => <Due row={row} /> },
  { name: "提出", short: true, cell: ({ submitted, items }) => `${submitted}／${items}` },
  { name: "確認待ち", short: true, cell: ({ toReview }) => `${toReview}件` },
  { name: "確定", short: true, cell: ({ settled, items }) => `${settled}／${items}` },
];

const Deeds = ({ view, form }: { readonly view: BoardView; readonly form: Form }) => (
  <>
    <RadioField
      form={form}
      name="deed"
      label="選んだ照会について行うこと"
      needed
      options={view.deeds.map((deed) => ({ value: deed, name: deedNames[deed] }))}
    />
    {view.deeds.includes("return") ? (
      <ReasonField form={form} label="差戻しの理由" needed={false} hint="差し戻す場合に記入してください。" />
    ) : null}
    <p class="buttons">
      <Send>内容を確かめる</Send>
      <span>次の画面で対象を確かめてから行います。この時点では、何も行われません。</span>
    </p>
  </>
);

const Requests = ({ view }: { readonly view: BoardView }) => {
  const form = formOf(view.forms, "bulk-preview");
  if (view.requests.length === 0) return <p>条件に合う照会はありません。</p>;
  const table = (
    <Table
      caption={`照会の一覧（${view.requests.length}件。件数は、条件に合う項目を数えたもの）`}
      columns={columnsFor(view, form)}
      rows={view.requests}
      rowKey={({ request }) => request}
    />
  );
  if (view.deeds.length === 0) return table;
  const all = `${view.address}${view.address === "" ? "?" : "&"}select=all#requests`;
  return (
    <ActForm form={form} action={`/cycles/${view.cycle}/board`} label="一括処理">
      <p>
        <a href={`/cycles/${view.cycle}/board${all}`}>表示中の照会を全て選ぶ</a>
      </p>
      {table}
      <Deeds view={view} form={form} />
    </ActForm>
  );
};

const aheadColumns: readonly Column<MailsAheadView>[] = [
  { name: "日時", heads: true, cell: ({ at }) => <time dateTime={at}>{warekiTime(at)}</time> },
  { name: "メール", short: true, cell: ({ letter }) => letter },
  { name: "通数", short: true, cell: ({ mails }) => `${mails}通` },
  { name: "宛先の組織", cell: ({ organisations }) => organisations.join("、") },
];

const Ahead = ({ rows }: { readonly rows: readonly MailsAheadView[] }) =>
  rows.length === 0 ? (
    <p>今後10日間に自動で送るメールはありません。</p>
  ) : (
    <Table
      caption="今後10日間に自動で送るメール（これから何の手続も行われない場合）"
      columns={aheadColumns}
      rows={rows}
      rowKey={({ at, letter }) => `${at} ${letter}`}
    />
  );

const Present = ({ mailsAhead, trouble }: NonNullable<BoardView["present"]>) => (
  <>
    <section aria-labelledby="ahead-heading">
      <h2 id="ahead-heading">今後の自動送信</h2>
      <Ahead rows={mailsAhead} />
    </section>
    <section aria-labelledby="trouble-heading">
      <h2 id="trouble-heading">対応を要するメール</h2>
      {trouble.many === 0 ? (
        <p>送達不明又は不達のメールはありません。</p>
      ) : (
        <MailsTable caption={`対応を要するメール（${trouble.many}通）`} rows={trouble.rows} />
      )}
    </section>
  </>
);

/** GET /cycles/{cycle}/board: who has submitted what, and what to do about it. */
export const boardPage = (view: BoardView): VNode =>
  layout(
    "提出状況",
    view.frame,
    <>
      <Crumbs cycle={view.cycle} here="提出状況" />
      <h1>提出状況</h1>
      <p>
        <time dateTime={view.now}>{wareki(dateOf(view.now))}</time>
        現在の、データ照会と他制度評価の提出状況です。
      </p>
      <Outcome forms={view.forms} />
      {view.present === null ? null : <Filter view={view} />}
      <section aria-labelledby="heatmap-heading">
        <h2 id="heatmap-heading">府省庁別・分野別</h2>
        {view.heatmap.rows.length === 0 ? (
          <p>条件に合う項目はありません。</p>
        ) : (
          <HeatmapTable {...view.heatmap} />
        )}
      </section>
      <section id="requests" aria-labelledby="requests-heading">
        <h2 id="requests-heading">照会ごと</h2>
        <Requests view={view} />
      </section>
      {view.present === null ? null : <Present {...view.present} />}
    </>,
  );

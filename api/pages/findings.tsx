import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import type { OpenCause } from "../../domain/plan.ts";
import { Crumbs } from "./crumbs.tsx";
import { ActForm, fieldId, formOf, ReasonField, Send, type Form, type FormsView } from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Table, type Column } from "./table.tsx";
import { Outcome } from "./tried.tsx";

export interface FindingView {
  readonly id: string;
  readonly cause: OpenCause;
  readonly origin: string;
  readonly note: string;
  readonly into: "next" | "dropped" | null;
  readonly reason: string | null;
}
export interface FindingsView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  readonly findings: readonly FindingView[];
  readonly mayCarry: boolean;
  readonly allChosen: boolean;
  /** SHA-256 of the plan that was written; null before. */
  readonly nextPlan: string | null;
}

const causeNames: Readonly<Record<OpenCause, string>> = {
  uncollected: "未把握",
  surveyed: "補完調査による把握",
  unfinished: "未了",
  insufficient: "判断材料不足",
  "chapter-missing": "他制度評価の未掲載",
  comment: "次年度に反映する意見",
};
const intoNames = { next: "次年度に反映", dropped: "反映しない" } as const;

const columnsOf = (
  form: Form | null,
  first: string | undefined,
  allChosen: boolean,
): readonly Column<FindingView>[] => [
  {
    name: "対象",
    heads: true,
    cell: ({ id, origin }) =>
      form === null ? (
        origin
      ) : (
        <label class="check">
          <input
            type="checkbox"
            id={id === first ? fieldId(form.name, "findings") : undefined}
            name="findings"
            value={id}
            checked={form.has("findings", id, allChosen)}
          />
          <span>{origin}</span>
        </label>
      ),
  },
  { name: "区分", short: true, cell: ({ cause }) => causeNames[cause] },
  { name: "内容", cell: ({ note }) => <span class="prose">{note}</span> },
  {
    name: "扱い",
    cell: ({ into, reason }) => (
      <>
        {into === null ? "未決定" : intoNames[into]}
        {reason === null ? null : <span class="prose">理由：{reason}</span>}
      </>
    ),
  },
];

const CarryForm = ({
  view,
  open,
}: {
  readonly view: FindingsView;
  readonly open: readonly FindingView[];
}) => {
  const form = formOf(view.forms, "carry");
  const action = `/cycles/${view.cycle}/findings`;
  return (
    <ActForm form={form} action={action} label="反映事項の扱い">
      <p class="lead">
        事項を選び、この下で扱いを決めてください。<a href={`${action}?select=all#decide`}>全て選ぶ</a>
      </p>
      <Table
        caption={`扱いを決めていない事項（${open.length}件）`}
        columns={columnsOf(form, open[0]?.id, view.allChosen)}
        rows={open}
        rowKey={({ id }) => id}
      />
      <section id="decide" class="panel" aria-labelledby="decide-heading">
        <h2 id="decide-heading">選んだ事項の扱い</h2>
        <p>
          <Send choice="next">次年度に反映する</Send>
        </p>
        <ReasonField
          form={form}
          label="反映しない理由"
          needed={false}
          hint="反映しない場合に記入してください。"
        />
        <p>
          <Send quiet choice="dropped">
            反映しない
          </Send>
        </p>
      </section>
    </ActForm>
  );
};

const NextPlan = ({ view }: { readonly view: FindingsView }) => (
  <section class="panel panel-next" aria-labelledby="next-heading">
    <h2 id="next-heading">次年度の計画</h2>
    <p>
      全ての事項の扱いが決まりました。反映事項を含む次年度の計画を書き出すと、この年次サイクルは終わります。
    </p>
    <ActForm
      form={formOf(view.forms, "next-plan")}
      action={`/cycles/${view.cycle}/findings`}
      label="次年度の計画"
    >
      <p>
        <Send>次年度の計画を書き出す</Send>
      </p>
    </ActForm>
  </section>
);

/** GET /cycles/{cycle}/findings: what the year leaves open, and where each of it goes. */
export const findingsPage = (view: FindingsView): VNode => {
  const open = view.findings.filter(({ into }) => into === null);
  const decided = view.findings.filter(({ into }) => into !== null);
  return layout(
    "次年度への反映事項",
    view.frame,
    <>
      <Crumbs cycle={view.cycle} here="次年度への反映事項" />
      <h1>次年度への反映事項</h1>
      <Outcome forms={view.forms} />
      {view.findings.length === 0 ? <p>反映事項は、年次報告の公表後に示されます。</p> : null}
      {view.nextPlan === null ? null : (
        <p>
          次年度の計画を書き出しました。<span class="quiet">SHA-256</span> <code>{view.nextPlan}</code>
        </p>
      )}
      {view.mayCarry && open.length > 0 ? <CarryForm view={view} open={open} /> : null}
      {view.mayCarry && open.length === 0 && view.nextPlan === null ? <NextPlan view={view} /> : null}
      {!view.mayCarry && open.length > 0 ? (
        <Table
          caption={`扱いを決めていない事項（${open.length}件）`}
          columns={columnsOf(null, undefined, false)}
          rows={open}
          rowKey={({ id }) => id}
        />
      ) : null}
      {decided.length === 0 ? null : (
        <Table
          caption={`扱いを決めた事項（${decided.length}件）`}
          columns={columnsOf(null, undefined, false)}
          rows={decided}
          rowKey={({ id }) => id}
        />
      )}
    </>,
  );
};

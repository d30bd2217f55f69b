import type { VNode } from "preact";
import type { FollowUp } from "../../domain/acts.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { OpenCause } from "../../domain/plan.ts";
import { Crumbs } from "./crumbs.tsx";
import {
  ActForm,
  fieldId,
  formOf,
  RadioField,
  ReasonField,
  SelectField,
  Send,
  type Form,
  type FormsView,
  type Option,
} from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Table, type Column } from "./table.tsx";
import { Outcome } from "./tried.tsx";
import { openCauseNames } from "./words.ts";

export interface FindingView {
  readonly id: string;
  readonly cause: OpenCause;
  readonly origin: string;
  readonly note: string;
  readonly into: "next" | "dropped" | null;
  readonly reason: string | null;
  readonly followUp: FollowUp | null;
  /** With `merge`: the measure it becomes a part of. */
  readonly target: string | null;
}
export interface FindingsView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  readonly findings: readonly FindingView[];
  readonly mayCarry: boolean;
  /** What a measure can be merged into. */
  readonly measures: readonly Option[];
  readonly allChosen: boolean;
  /** SHA-256 of the plan that was written; null before. */
  readonly nextPlan: string | null;
}

/** 次年度での扱い, in the order of the form. */
const followUpNames: Readonly<Record<FollowUp, string>> = {
  continue: "継続",
  modify: "見直し",
  new: "新規",
  merge: "統合",
};
const choices: readonly Option[] = [
  { value: "continue", name: "継続", note: "今年度の施策のまま、次年度も取り組みます。" },
  { value: "modify", name: "見直し", note: "施策又は指標を改めます。" },
  { value: "new", name: "新規", note: "新たな施策を設けます。" },
  { value: "merge", name: "統合", note: "ほかの施策の一部とします。" },
  { value: "dropped", name: "反映しない", note: "次年度の計画に引き継ぎません。" },
];

const decidedAs = ({ into, followUp, target }: FindingView): string => {
  switch (into) {
    case null:
      return "未決定";
    case "dropped":
      return "反映しない";
    case "next":
      return `次年度に反映（${followUpNames[followUp ?? "continue"]}${target === null ? "" : `：${target}へ`}）`;
  }
};

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
  { name: "区分", short: true, cell: ({ cause }) => openCauseNames[cause] },
  { name: "内容", cell: ({ note }) => <span class="prose">{note}</span> },
  {
    name: "扱い",
    cell: (finding) => (
      <>
        <span class="short">{decidedAs(finding)}</span>
        {finding.reason === null ? null : <span class="prose">理由：{finding.reason}</span>}
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
        <RadioField form={form} name="followUp" label="次年度での扱い" needed options={choices} />
        <SelectField
          form={form}
          name="target"
          label="統合先の施策"
          none="選んでください"
          options={view.measures}
          hint="統合の場合に選んでください。"
        />
        <ReasonField
          form={form}
          needed={false}
          hint="継続のほかは記入してください。変更の一覧と次年度の計画に残ります。"
        />
        <p>
          <Send>扱いを決める</Send>
        </p>
      </section>
    </ActForm>
  );
};

const NextPlan = ({ view }: { readonly view: FindingsView }) => (
  <section class="panel panel-next" aria-labelledby="next-heading">
    <h2 id="next-heading">次年度の計画</h2>
    <p>
      全ての事項の扱いが決まりました。反映事項を含む次年度の計画（案）を作成し、決裁に回します。承認されると、この年次サイクルは終わります。
    </p>
    <ActForm
      form={formOf(view.forms, "next-plan")}
      action={`/cycles/${view.cycle}/findings`}
      label="次年度の計画"
    >
      <p>
        <Send>次年度の計画を作成し、決裁に回す</Send>
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
          次年度の計画（案）を作成しました。<a href={`/cycles/${view.cycle}/next-plan`}>変更の一覧と決裁</a>
        </p>
      )}
      {view.mayCarry && open.length > 0 && view.nextPlan === null ? (
        <CarryForm view={view} open={open} />
      ) : null}
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

import type { VNode } from "preact";
import type { StaffRole } from "../../domain/plan.ts";
import type { Instant } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";
import {
  ActForm,
  formOf,
  RadioField,
  ReasonField,
  SelectField,
  Send,
  type FormsView,
  type Option,
} from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Table } from "./table.tsx";
import { Outcome } from "./tried.tsx";
import { roleNames } from "./words.ts";

export interface PeopleView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly holders: readonly Holder[];
  readonly asked: readonly AskedRow[];
  readonly people: readonly Option[];
  /** Whether the reader gives and takes posts, or only looks. */
  readonly mayGrant: boolean;
}
interface Holder {
  readonly person: string;
  readonly name: string;
  readonly organisation: string;
  readonly staff: readonly StaffRole[];
}
interface AskedRow {
  readonly id: string;
  readonly name: string;
  readonly post: StaffRole;
  readonly is: "asked" | "given" | "refused";
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly endedBy: string | null;
}

const standingWords: Readonly<Record<AskedRow["is"], string>> = {
  asked: "確認待ち",
  given: "付与済み",
  refused: "取下げ",
};
const posts: readonly StaffRole[] = ["preparer", "approver", "recorder", "auditor", "admin"];
const postOptions: readonly Option[] = posts.map((value) => ({ value, name: roleNames[value] }));

const AskForm = ({ forms, people }: Pick<PeopleView, "forms" | "people">) => {
  const form = formOf(forms, "ask");
  return (
    <section aria-labelledby="ask-heading">
      <h2 id="ask-heading">職務の付与を申請する</h2>
      <p>別のシステム管理者が確認すると付与されます。付与された方は、サインインし直して職務を選びます。</p>
      <ActForm form={form} action="/people" label="職務の付与の申請">
        <SelectField
          form={form}
          name="person"
          label="付与する職員"
          needed
          none="選択してください"
          options={people}
        />
        <SelectField
          form={form}
          name="post"
          label="職務"
          needed
          none="選択してください"
          options={postOptions}
        />
        <ReasonField form={form} hint="例：4月1日付けの人事異動による。監査記録に残ります。" />
        <p>
          <Send>申請する</Send>
        </p>
      </ActForm>
    </section>
  );
};

const AnswerForm = ({ forms, asked }: Pick<PeopleView, "forms" | "asked">) => {
  const form = formOf(forms, "answer");
  const waiting = asked.filter(({ is }) => is === "asked");
  if (waiting.length === 0) return null;
  return (
    <ActForm form={form} action="/people" label="職務の付与の確認">
      <SelectField
        form={form}
        name="id"
        label="申請"
        needed
        none="選択してください"
        options={waiting.map(({ id, name, post, askedBy }) => ({
          value: id,
          name: `${name}　${roleNames[post]}（申請：${askedBy}）`,
        }))}
      />
      <RadioField
        form={form}
        name="answer"
        label="結果"
        needed
        options={[
          {
            value: "confirmation",
            name: "確認して付与する",
            note: "申請した方及び付与される方は確認できません。",
          },
          { value: "refusal", name: "取り下げる" },
        ]}
      />
      <ReasonField form={form} label="確認した内容又は取り下げる理由" />
      <p>
        <Send>記録する</Send>
      </p>
    </ActForm>
  );
};

const Asked = ({ forms, asked, mayGrant }: PeopleView) => (
  <section aria-labelledby="asked-heading">
    <h2 id="asked-heading">付与の申請</h2>
    {asked.length === 0 ? (
      <p>申請はありません。</p>
    ) : (
      <Table
        caption="職務の付与の申請（新しい順）"
        rows={asked}
        rowKey={({ id }) => id}
        columns={[
          { name: "職員", heads: true, cell: ({ name }) => name },
          { name: "職務", short: true, cell: ({ post }) => roleNames[post] },
          { name: "状態", short: true, cell: ({ is }) => standingWords[is] },
          { name: "申請", cell: ({ askedBy, askedAt }) => `${askedBy}　${warekiTime(askedAt)}` },
          { name: "確認", cell: ({ endedBy }) => endedBy ?? "―" },
          { name: "理由", cell: ({ reason }) => reason },
        ]}
      />
    )}
    {mayGrant ? <AnswerForm forms={forms} asked={asked} /> : null}
  </section>
);

const RevokeForm = ({ forms, holders }: Pick<PeopleView, "forms" | "holders">) => {
  const form = formOf(forms, "revoke");
  return (
    <section aria-labelledby="revoke-heading">
      <h2 id="revoke-heading">職務を解く</h2>
      <p>一人で行え、直ちに効きます。その方の全てのセッションも終わります。</p>
      <ActForm form={form} action="/people" label="職務の解除">
        <SelectField
          form={form}
          name="held"
          label="職員と職務"
          needed
          none="選択してください"
          options={holders.flatMap(({ person, name, staff }) =>
            staff.map((post) => ({ value: `${person} ${post}`, name: `${name}　${roleNames[post]}` })),
          )}
        />
        <ReasonField form={form} hint="監査記録に残ります。" />
        <p>
          <Send quiet>職務を解く</Send>
        </p>
      </ActForm>
    </section>
  );
};

const EndForm = ({ forms, people }: Pick<PeopleView, "forms" | "people">) => {
  const form = formOf(forms, "end");
  return (
    <section aria-labelledby="end-heading">
      <h2 id="end-heading">セッションを終えさせる</h2>
      <p>端末の紛失などのときに、その方を全ての端末からサインアウトさせます。</p>
      <ActForm form={form} action="/people" label="全てのセッションの終了">
        <SelectField form={form} name="person" label="職員" needed none="選択してください" options={people} />
        <p>
          <Send quiet>全て終える</Send>
        </p>
      </ActForm>
    </section>
  );
};

/** GET /people: who holds which post in the secretariat; given by two admins, taken by one. */
export const peoplePage = (view: PeopleView): VNode =>
  layout(
    "名簿と職務の付与",
    view.frame,
    <>
      <h1>名簿と職務の付与</h1>
      <Outcome forms={view.forms} />
      <Asked {...view} />
      <section aria-labelledby="holders-heading">
        <h2 id="holders-heading">事務局の職務</h2>
        <Table
          caption="職務を持つ職員"
          rows={view.holders}
          rowKey={({ person }) => person}
          columns={[
            { name: "職員", heads: true, cell: ({ name }) => name },
            { name: "所属", short: true, cell: ({ organisation }) => organisation },
            { name: "職務", cell: ({ staff }) => staff.map((post) => roleNames[post]).join("、") },
          ]}
        />
      </section>
      {view.mayGrant ? (
        <>
          <AskForm {...view} />
          <RevokeForm {...view} />
          <EndForm {...view} />
        </>
      ) : null}
    </>,
  );

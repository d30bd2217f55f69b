import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import type { LineChange } from "../../domain/line-diff.ts";
import { ApprovalForms, ApprovalStandingPart, type ApprovalView } from "./approval.tsx";
import { Compared, LineChanges } from "./compared.tsx";
import { Crumbs } from "./crumbs.tsx";
import { ActForm, formOf, LineField, ProseField, Send, type FormsView } from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Outcome } from "./tried.tsx";

export interface PolicyView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  /** What was submitted last, whatever became of it. */
  readonly text: { readonly title: string; readonly text: string } | null;
  readonly approval: ApprovalView;
  /** Against what was last approved or returned; null where there is no such version. */
  readonly changes: readonly LineChange[] | null;
  readonly maySubmit: boolean;
  readonly suggestedTitle: string;
}

const SubmitForm = ({ view }: { readonly view: PolicyView }) => {
  const form = formOf(view.forms, "text");
  return (
    <section aria-labelledby="submit-heading">
      <h2 id="submit-heading">{view.text === null ? "案を提出する" : "案を改めて提出する"}</h2>
      <ActForm form={form} action={`/cycles/${view.cycle}/policy`} label="実施方針の提出">
        <LineField
          form={form}
          name="title"
          label="件名"
          needed
          value={view.text?.title ?? view.suggestedTitle}
        />
        <ProseField form={form} name="text" label="本文" needed rows={16} value={view.text?.text ?? ""} />
        <p>
          <Send quiet={view.text !== null}>決裁に上げる</Send>
        </p>
      </ActForm>
    </section>
  );
};

/** GET /cycles/{cycle}/policy: 実施方針, its way up, and the forms of whose turn it is. */
export const policyPage = (view: PolicyView): VNode => {
  const action = `/cycles/${view.cycle}/policy`;
  return layout(
    "実施方針",
    view.frame,
    <>
      <Crumbs cycle={view.cycle} here="実施方針" />
      <h1>実施方針</h1>
      <Outcome forms={view.forms} />
      {view.text === null ? (
        <p>実施方針の案は、まだ提出されていません。</p>
      ) : (
        <section aria-labelledby="text-heading">
          <h2 id="text-heading">{view.text.title}</h2>
          <p class="prose document">{view.text.text}</p>
          {view.approval.hash === null ? null : (
            <p>
              <span class="quiet">SHA-256</span> <code>{view.approval.hash}</code>
            </p>
          )}
        </section>
      )}
      {view.approval.hash === null ? null : (
        <Compared against={view.approval.against} isAgain={view.approval.returns.length > 0}>
          {view.changes === null ? null : <LineChanges changes={view.changes} />}
        </Compared>
      )}
      <ApprovalForms view={view.approval} forms={view.forms} action={action} />
      <ApprovalStandingPart view={view.approval} />
      {view.maySubmit ? <SubmitForm view={view} /> : null}
    </>,
  );
};

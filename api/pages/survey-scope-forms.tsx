import {
  ActForm,
  formOf,
  LineField,
  ProseField,
  ReasonField,
  SelectField,
  Send,
  type FormsView,
  type Option,
} from "./form.tsx";
import { Checks } from "./survey-forms.tsx";

/** What the secretariat can do with a survey that has opened itself: change what it is about, merge it, stop it. */
export interface SurveyScope {
  readonly id: string;
  readonly forms: FormsView;
  readonly title: string;
  readonly scope: string;
  readonly items: readonly { readonly id: string; readonly text: string }[];
  /** Other running surveys of the year. */
  readonly others: readonly Option[];
}

const ChangeForm = ({ view }: { readonly view: SurveyScope }) => {
  const form = formOf(view.forms, "change");
  return (
    <details class="again" open={form.tried}>
      <summary>名称、範囲又は対象を改める</summary>
      <ActForm form={form} action={`/surveys/${view.id}`} label="名称、範囲又は対象の変更">
        <LineField form={form} name="title" label="名称" needed value={view.title} />
        <ProseField form={form} name="scope" label="調査の範囲" needed rows={3} value={view.scope} />
        <Checks
          form={form}
          name="items"
          label="対象の照会項目"
          hint="選択を外した項目は、未回答（回答が届いているものは確認待ち）に戻ります。"
          options={view.items.map(({ id, text }) => ({ value: id, name: text, chosen: true }))}
        />
        <ReasonField form={form} label="変更の理由" />
        <p>
          <Send quiet>変更を記録する</Send>
        </p>
      </ActForm>
    </details>
  );
};

const MergeForm = ({ view }: { readonly view: SurveyScope }) => {
  const form = formOf(view.forms, "merge");
  return view.others.length === 0 ? null : (
    <details class="again" open={form.tried}>
      <summary>別の調査をこの調査に統合する</summary>
      <ActForm form={form} action={`/surveys/${view.id}`} label="調査の統合">
        <SelectField
          form={form}
          name="from"
          label="統合される調査"
          needed
          options={view.others}
          none="選んでください"
          hint="統合される調査は終わり、その対象はこの調査が引き継ぎます。"
        />
        <ReasonField form={form} label="統合の理由" />
        <p>
          <Send quiet>統合する</Send>
        </p>
      </ActForm>
    </details>
  );
};

const StopForm = ({ view }: { readonly view: SurveyScope }) => {
  const form = formOf(view.forms, "stop");
  return (
    <details class="again" open={form.tried}>
      <summary>調査を中止する</summary>
      <ActForm form={form} action={`/surveys/${view.id}`} label="調査の中止">
        <ReasonField form={form} label="中止の理由" hint="中止すると、対象の照会項目は未回答に戻ります。" />
        <p>
          <Send quiet>調査を中止する</Send>
        </p>
      </ActForm>
    </details>
  );
};

export const ScopeForms = ({ view }: { readonly view: SurveyScope }) => (
  <>
    <ChangeForm view={view} />
    <MergeForm view={view} />
    <StopForm view={view} />
  </>
);

import type { PlainDate } from "../../domain/time.ts";
import {
  ActForm,
  formOf,
  LineField,
  ProseField,
  RadioField,
  ReasonField,
  Send,
  type FormsView,
} from "./form.tsx";

/** As much of a survey as its forms start with. */
interface SurveyWork {
  readonly id: string;
  readonly forms: FormsView;
  readonly method: string | null;
  readonly dueOn: PlainDate;
}

const MethodForm = ({ view }: { readonly view: SurveyWork }) => {
  const form = formOf(view.forms, "method");
  return (
    <ActForm form={form} action={`/surveys/${view.id}`} label="調査の方法と期限">
      <ProseField
        form={form}
        name="text"
        label="方法"
        needed
        rows={5}
        value={view.method ?? ""}
        hint="対象、調べ方、担当を記入してください。年次報告に記載されます。"
      />
      <LineField form={form} name="dueOn" kind="date" label="期限" needed hint="開庁日" value={view.dueOn} />
      <p>
        <Send quiet={view.method !== null}>方法と期限を定める</Send>
      </p>
    </ActForm>
  );
};

const ConclusionForm = ({ view }: { readonly view: SurveyWork }) => {
  const form = formOf(view.forms, "conclusion");
  return (
    <ActForm form={form} action={`/surveys/${view.id}`} label="調査の結果">
      <RadioField
        form={form}
        name="outcome"
        label="結果の区分"
        needed
        options={[
          { value: "found", name: "把握した" },
          { value: "impossible", name: "把握できなかった" },
        ]}
      />
      <ProseField form={form} name="text" label="結果" needed rows={5} />
      <ProseField form={form} name="limits" label="結果の限界" rows={3} hint="対象の範囲、推計の幅など" />
      <ReasonField
        form={form}
        label="把握できなかった理由"
        needed={false}
        hint="把握できなかった場合に記入してください。"
      />
      <p>
        <Send>結果を記録する</Send>
      </p>
    </ActForm>
  );
};

/** 方法, and once there is one, 結果. */
export const WorkForms = ({ view }: { readonly view: SurveyWork }) =>
  view.method === null ? (
    <section aria-labelledby="method-heading">
      <h2 id="method-heading">方法と期限を定める</h2>
      <MethodForm view={view} />
    </section>
  ) : (
    <section aria-labelledby="conclusion-heading">
      <h2 id="conclusion-heading">結果を記録する</h2>
      <ConclusionForm view={view} />
      <details class="again" open={formOf(view.forms, "method").tried}>
        <summary>方法と期限を改める</summary>
        <MethodForm view={view} />
      </details>
    </section>
  );

export const StopForm = ({ view }: { readonly view: SurveyWork }) => {
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

import type { PlainDate } from "../../domain/time.ts";
import {
  ActForm,
  fieldId,
  formOf,
  LineField,
  ProseField,
  RadioField,
  ReasonField,
  SelectField,
  Send,
  type Form,
  type FormsView,
  type Option,
} from "./form.tsx";

/** As much of a survey as its forms start with. */
export interface SurveyWork {
  readonly id: string;
  readonly forms: FormsView;
  readonly method: string | null;
  /** By when the result is wanted. */
  readonly resultOn: PlainDate;
  /** The plan's methods; empty where it has none. */
  readonly methods: readonly Option[];
  /** Whom a method that asks can ask. */
  readonly respondents: readonly Option[];
  readonly grades: readonly Option[];
}

export const Checks = ({
  form,
  name,
  label,
  options,
  hint,
}: {
  readonly form: Form;
  readonly name: string;
  readonly label: string;
  readonly options: readonly (Option & { readonly chosen?: boolean })[];
  readonly hint?: string;
}) => {
  const mistake = form.mistakeOf(name);
  return (
    <fieldset class="field">
      <legend class="field-label">{label}</legend>
      {hint === undefined ? null : <p class="hint">{hint}</p>}
      {mistake === null ? null : (
        <p class="mistake">
          <span class="mistake-word">誤り</span> {mistake}
        </p>
      )}
      {options.map((option, n) => (
        <label key={option.value} class="check">
          <input
            type="checkbox"
            id={n === 0 ? fieldId(form.name, name) : undefined}
            name={name}
            value={option.value}
            checked={form.has(name, option.value, option.chosen ?? false)}
          />
          <span>
            {option.name}
            {option.note === undefined ? null : <span class="radio-note">{option.note}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
};

const Asking = ({ form, view }: { readonly form: Form; readonly view: SurveyWork }) => (
  <details class="again" open={form.tried}>
    <summary>質問票の送付先及び質問</summary>
    <p class="hint">質問票によって調査する方法を選んだ場合に記入してください。</p>
    <Checks form={form} name="respondents" label="送付先" options={view.respondents} />
    <ProseField form={form} name="questions" label="質問" rows={4} hint="1行に一問を記入してください。" />
  </details>
);

const MethodForm = ({ view }: { readonly view: SurveyWork }) => {
  const form = formOf(view.forms, "method");
  return (
    <ActForm form={form} action={`/surveys/${view.id}`} label="調査の方法と期限">
      {view.methods.length === 0 ? null : (
        <RadioField form={form} name="method" label="方法の区分" needed options={view.methods} />
      )}
      <ProseField
        form={form}
        name="text"
        label="方法"
        needed
        rows={5}
        value={view.method ?? ""}
        hint="対象、調べ方、担当を記入してください。年次報告に記載されます。"
      />
      <LineField
        form={form}
        name="dueOn"
        kind="date"
        label="結果の期限"
        needed
        hint="開庁日"
        value={view.resultOn}
      />
      {view.methods.length === 0 ? null : <Asking form={form} view={view} />}
      <p>
        <Send quiet={view.method !== null}>方法と期限を定める</Send>
      </p>
    </ActForm>
  );
};

const Found = ({ form, view }: { readonly form: Form; readonly view: SurveyWork }) => (
  <details class="again" open={form.tried}>
    <summary>値、質及び根拠</summary>
    <div class="field-row">
      <LineField form={form} name="number" kind="decimal" label="値" hint="半角の数字" />
      <LineField form={form} name="unit" label="単位" hint="件、回、人など" />
    </div>
    {view.grades.length === 0 ? null : (
      <SelectField
        form={form}
        name="grade"
        label="結果の質"
        options={view.grades}
        none="選んでください"
        hint="把握した場合に選んでください。"
      />
    )}
    <ProseField
      form={form}
      name="references"
      label="根拠"
      rows={3}
      hint="1行に一つ、日付（2015-05-11の形）、空白、資料名の順に記入してください。"
    />
  </details>
);

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
      <Found form={form} view={view} />
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

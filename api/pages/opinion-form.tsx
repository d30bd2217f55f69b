import type { CycleKey } from "../../domain/ids.ts";
import { ActForm, LineField, ProseField, RadioField, Send, formOf } from "./form.tsx";
import type { Form, FormsView } from "./form.tsx";

export interface OpinionFormView {
  readonly request: string;
  readonly cycle: CycleKey;
  readonly revision: string;
  /** The version that is asked about. */
  readonly version: string | null;
  /** Titles of what can be commented on. */
  readonly sections: readonly string[];
  /** How many opinions have room. */
  readonly places: number;
}

/** Shown at once; the others are under a heading one opens. */
const SHOWN = 2;

/** One list for all of them: a report has some two hundred sections. */
const SECTIONS = "sections";

const Place = ({ form, n }: { readonly form: Form; readonly n: number }) => (
  <fieldset class="place">
    <legend>意見{n}</legend>
    <LineField
      form={form}
      name={`section:${n}`}
      label="対象の箇所"
      hint="原案の見出しを一覧から選んでください（一部を入力すると絞り込めます）。原案全体への意見は空欄とします。"
      list={SECTIONS}
    />
    <ProseField form={form} name={`text:${n}`} label="意見の内容" />
    <ProseField
      form={form}
      name={`proposal:${n}`}
      label="修正文案"
      hint="案文があれば記入してください。"
      rows={3}
    />
  </fieldset>
);

/** 意見照会への回答: none, or each opinion with its place and a wording of one's own. */
export const OpinionForm = ({
  view,
  forms,
}: {
  readonly view: OpinionFormView;
  readonly forms: FormsView;
}) => {
  const form = formOf(forms, "opinions");
  const places = Array.from({ length: view.places }, (_, n) => n + 1);
  const hidden = places.slice(SHOWN);
  const used = hidden.some((n) => form.valueOf(`text:${n}`) !== "");
  return (
    <section aria-labelledby="opinions-heading">
      <h2 id="opinions-heading">意見の提出</h2>
      {view.version === null ? null : (
        <p>
          <a href={`/cycles/${view.cycle}/report/versions/${view.version}`}>意見照会の対象の原案を読む</a>
        </p>
      )}
      <ActForm
        form={form}
        action={`/requests/${view.request}`}
        label="意見の提出"
        hidden={{ revision: view.revision }}
      >
        <RadioField
          form={form}
          name="says"
          label="意見の有無"
          needed
          options={[
            { value: "nil", name: "意見なし" },
            { value: "value", name: "意見あり" },
          ]}
        />
        <datalist id={SECTIONS}>
          {[...new Set(view.sections)].map((title) => (
            <option key={title} value={title} />
          ))}
        </datalist>
        {places.slice(0, SHOWN).map((n) => (
          <Place key={n} form={form} n={n} />
        ))}
        <details class="again" open={used}>
          <summary>意見が{SHOWN + 1}件以上ある場合</summary>
          {hidden.map((n) => (
            <Place key={n} form={form} n={n} />
          ))}
        </details>
        <p>
          <Send>意見を提出する</Send>
        </p>
      </ActForm>
    </section>
  );
};

/** 期限延長の申出: until when, and why. */
export const ExtensionForm = ({
  request,
  forms,
}: {
  readonly request: string;
  readonly forms: FormsView;
}) => {
  const form = formOf(forms, "extension");
  return (
    <section aria-labelledby="extension-heading">
      <h2 id="extension-heading">期限延長の申出</h2>
      <p>
        期限までに回答できない場合に、理由を付して事務局に申し出ます。認められるまで、期限は変わりません。
      </p>
      <ActForm form={form} action={`/requests/${request}`} label="期限延長の申出">
        <LineField
          form={form}
          name="dueOn"
          kind="date"
          label="希望する期限"
          needed
          hint="現在の期限より後の開庁日（土日祝日と年末年始を除く日）"
        />
        <ProseField form={form} name="reason" label="理由" needed rows={3} />
        <p>
          <Send quiet>延長を申し出る</Send>
        </p>
      </ActForm>
    </section>
  );
};

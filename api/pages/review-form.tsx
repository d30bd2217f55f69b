import type { ComponentChildren } from "preact";
import {
  ActForm,
  fieldId,
  formOf,
  ProseField,
  ReasonField,
  Send,
  type Form,
  type FormsView,
} from "./form.tsx";
import { pageField, type ItemPages } from "./item-pages.tsx";
import type { ItemView } from "./request-item.tsx";
import { Verdict } from "./verdict.tsx";

/** 受領・差戻し: the box of one submitted answer. It names the very version the reviewer has before him. */
export const ReviewBox = ({
  item,
  form,
  first,
  chosen,
}: {
  readonly item: ItemView;
  readonly form: Form;
  readonly first: boolean;
  readonly chosen: boolean;
}) => {
  if (item.reviewable === null) return null;
  const value = `${item.id} ${item.reviewable}`;
  return (
    <div>
      <label class="check">
        <input
          type="checkbox"
          id={first ? fieldId(form.name, "items") : undefined}
          name="items"
          value={value}
          checked={form.has("items", value, chosen)}
        />
        <span>{item.number}の回答を選ぶ</span>
      </label>
      {item.is === "provisional"
        ? "（暫定値。確定値として受領するには、下の欄にも印を付けてください。）"
        : ""}
      <details class="again" open={form.valueOf(`reason:${item.id}`) !== ""}>
        <summary>この回答を差し戻す理由を個別に記入する</summary>
        <ProseField form={form} name={`reason:${item.id}`} label={`${item.number}を差し戻す理由`} rows={2} />
      </details>
    </div>
  );
};

/** 暫定値: taken as final only where the secretariat says so. */
const AsFinal = ({ form }: { readonly form: Form }) => (
  <p>
    <label class="check">
      <input type="checkbox" name="asFinal" value="yes" checked={form.has("asFinal", "yes")} />
      <span>選んだ暫定値を、確定値として受領する</span>
    </label>
  </p>
);

/** Around the items: what is ticked is accepted or returned, all of it or none. */
export const ReviewForm = ({
  request,
  forms,
  waiting,
  provisional,
  pages,
  children,
}: {
  readonly request: string;
  readonly forms: FormsView;
  /** On this page. */
  readonly waiting: number;
  /** Whether a provisional value is among what waits. */
  readonly provisional: boolean;
  readonly pages: ItemPages;
  readonly children: (form: Form) => ComponentChildren;
}) => {
  const form = formOf(forms, "review");
  if (waiting === 0) return <>{children(form)}</>;
  return (
    <ActForm form={form} action={`/requests/${request}`} label="回答の確認" hidden={pageField(pages)}>
      <p class="lead">
        {pages.links.length < 2 ? "" : "この頁に、"}確認待ちの回答が{waiting}
        件あります。回答を選び、この下の「受領する」か「差し戻す」を押してください。
        <a href={`/requests/${request}?${pages.shown === 1 ? "" : `page=${pages.shown}&`}select=all#review`}>
          確認待ちを全て選ぶ
        </a>
      </p>
      {children(form)}
      {provisional ? <AsFinal form={form} /> : null}
      <Verdict
        form={form}
        id="review"
        heading="選んだ回答の扱い"
        onward={{ choice: "accept", label: "受領する" }}
        hint="差し戻す場合に記入してください。府省庁へのメールにそのまま記載されます。回答ごとに理由を記入したものには、その理由を用います。"
      />
    </ActForm>
  );
};

/** 未把握としての整理: what is not to be had, with the reason the report prints. */
export const GiveUpForm = ({
  request,
  forms,
  pages,
  items,
}: {
  readonly request: string;
  readonly pages: ItemPages;
  readonly forms: FormsView;
  readonly items: readonly { readonly id: string; readonly number: number; readonly text: string }[];
}) => {
  const form = formOf(forms, "give-up");
  return items.length === 0 ? null : (
    <details class="again" open={form.tried}>
      <summary>未把握として整理する</summary>
      <ActForm
        form={form}
        action={`/requests/${request}`}
        label="未把握としての整理"
        hidden={pageField(pages)}
      >
        <fieldset class="field">
          <legend class="field-label">対象の照会項目</legend>
          {items.map(({ id, number, text }, n) => (
            <label key={id} class="check">
              <input
                type="checkbox"
                id={n === 0 ? fieldId(form.name, "items") : undefined}
                name="items"
                value={id}
                checked={form.has("items", id)}
              />
              <span>
                {number}　{text}
              </span>
            </label>
          ))}
        </fieldset>
        <ReasonField form={form} label="未把握とする理由" hint="年次報告にそのまま記載されます。" />
        <p>
          <Send quiet>未把握として整理する</Send>
        </p>
      </ActForm>
    </details>
  );
};

/** 期限延長の申出への回答. */
export const ExtensionDecisionForm = ({
  request,
  forms,
  asked,
}: {
  readonly request: string;
  readonly forms: FormsView;
  readonly asked: string;
}) => {
  const form = formOf(forms, "extension-decision");
  return (
    <section class="panel" aria-labelledby="extension-heading">
      <h2 id="extension-heading">期限延長の申出への回答</h2>
      <p>{asked}</p>
      <ActForm form={form} action={`/requests/${request}`} label="期限延長の申出への回答">
        <p>
          <Send choice="grant">延長を認める</Send>
        </p>
        <ReasonField
          form={form}
          label="認めない理由"
          needed={false}
          hint="認めない場合に記入してください。"
        />
        <p>
          <Send quiet choice="refuse">
            認めない
          </Send>
        </p>
      </ActForm>
    </section>
  );
};

import type { Sha256 } from "../../domain/ids.ts";
import { ActForm, formOf, RadioField, ReasonField, Send, type FormsView } from "./form.tsx";

interface MailInForms {
  readonly key: Sha256;
  readonly forms: FormsView;
}

/** 送達不明: what was found out, and how. */
export const ResolutionForm = ({ view: { key, forms } }: { readonly view: MailInForms }) => {
  const form = formOf(forms, "resolution");
  return (
    <section aria-labelledby="resolution-heading">
      <h2 id="resolution-heading">結果を記録する</h2>
      <ActForm form={form} action={`/mails/${key}`} label="送達不明のメールの結果">
        <RadioField
          form={form}
          name="as"
          label="確かめた結果"
          needed
          options={[
            { value: "accepted", name: "届いていた", note: "送信済みとして記録し、送り直しません。" },
            {
              value: "resend",
              name: "届いていない",
              note: "同じ内容を、同じ Message-ID で送り直します。",
            },
          ]}
        />
        <ReasonField
          form={form}
          label="確かめた方法と相手"
          hint="例：経済産業省の窓口に電話で確認した。監査記録に残ります。"
        />
        <p>
          <Send>結果を記録する</Send>
        </p>
      </ActForm>
    </section>
  );
};

/** Works for as long as no courier has taken it. */
export const RecallForm = ({ view: { key, forms } }: { readonly view: MailInForms }) => {
  const form = formOf(forms, "cancellation");
  return (
    <details class="again" open={form.tried}>
      <summary>このメールを取り消す</summary>
      <ActForm form={form} action={`/mails/${key}`} label="送信待ちのメールの取消し">
        <ReasonField form={form} label="取り消す理由" hint="取り消すと、このメールは送信されません。" />
        <p>
          <Send quiet>取り消す</Send>
        </p>
      </ActForm>
    </details>
  );
};

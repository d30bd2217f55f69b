import type { ComponentChildren } from "preact";
import { ActForm, formOf, LineField, ReasonField, Send, type Form, type FormsView } from "./form.tsx";

interface OfRequest {
  readonly request: string;
  readonly forms: FormsView;
}

/** Seldom needed: folded until asked for, and open again where something was wrong. */
const Folded = ({
  request,
  form,
  label,
  children,
}: {
  readonly request: string;
  readonly form: Form;
  readonly label: string;
  readonly children: ComponentChildren;
}) => (
  <details class="again" open={form.tried}>
    <summary>{label}</summary>
    <ActForm form={form} action={`/requests/${request}`} label={label}>
      {children}
      <p>
        <Send quiet>{label}</Send>
      </p>
    </ActForm>
  </details>
);

const TOLD = "府省庁へのメールにそのまま記載されます。";

const Pause = ({ request, forms }: OfRequest) => {
  const form = formOf(forms, "pause");
  return (
    <Folded request={request} form={form} label="期限を停止する">
      <p class="hint">
        事務局から府省庁に回答すべきことがある間、期限を止めます。督促をせず、締切も過ぎません。再開すると、停止していた開庁日の数だけ期限と締切が繰り下がります。
      </p>
      <ReasonField form={form} label="停止の理由" hint={TOLD} />
    </Folded>
  );
};

const Shorten = ({ request, forms }: OfRequest) => {
  const form = formOf(forms, "shortening");
  return (
    <Folded request={request} form={form} label="期限を繰り上げる">
      <LineField
        form={form}
        name="dueOn"
        label="新しい期限"
        kind="date"
        needed
        hint="本日から5開庁日以上先の開庁日。締切も同じ日数だけ繰り上がります。"
      />
      <ReasonField form={form} label="繰上げの理由" hint={TOLD} />
    </Folded>
  );
};

const Withdraw = ({ request, forms }: OfRequest) => {
  const form = formOf(forms, "withdrawal");
  return (
    <Folded request={request} form={form} label="照会を取り下げる">
      <p class="hint">決着していない項目は、取下げの理由を付して未把握とします。元に戻すことはできません。</p>
      <ReasonField form={form} label="取下げの理由" hint={`${TOLD}年次報告にも記載されます。`} />
    </Folded>
  );
};

const Resume = ({ request, forms }: OfRequest) => (
  <ActForm form={formOf(forms, "resume")} action={`/requests/${request}`} label="期限の再開">
    <p>
      <Send>期限を再開する</Send>
    </p>
  </ActForm>
);

/** What the secretariat may do about a request's dates. */
export const TermForms = ({ paused, ...of }: OfRequest & { readonly paused: boolean }) => (
  <section aria-labelledby="term-heading">
    <h2 id="term-heading">期限の取扱い</h2>
    {paused ? (
      <Resume {...of} />
    ) : (
      <>
        <Pause {...of} />
        <Shorten {...of} />
      </>
    )}
    <Withdraw {...of} />
  </section>
);

import { ActForm, formOf, ReasonField, Send, type FormsView } from "./form.tsx";

/** 決裁する: what is shown is approved, or sent back with a reason; the hash says which version that is. */
export const ReviewPanel = ({
  forms,
  action,
  hash,
  lead,
}: {
  readonly forms: FormsView;
  /** The screen's address. */
  readonly action: string;
  readonly hash: string;
  /** What there is to know before one does. */
  readonly lead: string;
}) => {
  const form = formOf(forms, "review");
  return (
    <section class="panel panel-next" aria-labelledby="review-heading">
      <h2 id="review-heading">決裁する</h2>
      <p>{lead}</p>
      <ActForm form={form} action={action} label="決裁" hidden={{ hash }}>
        <p>
          <Send choice="approve">承認する</Send>
        </p>
        <ReasonField
          form={form}
          label="差戻しの理由"
          needed={false}
          hint="差し戻す場合に記入してください。起案担当へのメールに記載されます。"
        />
        <p>
          <Send quiet choice="return">
            差し戻す
          </Send>
        </p>
      </ActForm>
    </section>
  );
};

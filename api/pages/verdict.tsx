import { ReasonField, Send, type Form } from "./form.tsx";

/** What becomes of all that was chosen above: one way on, one way back with its reason. */
export const Verdict = ({
  form,
  id,
  heading,
  onward,
  hint,
}: {
  readonly form: Form;
  readonly id: string;
  readonly heading: string;
  readonly onward: { readonly choice: string; readonly label: string };
  readonly hint: string;
}) => (
  <section id={id} class="panel" aria-labelledby={`${id}-heading`}>
    <h2 id={`${id}-heading`}>{heading}</h2>
    <p>
      <Send choice={onward.choice}>{onward.label}</Send>
    </p>
    <ReasonField form={form} label="差戻しの理由" needed={false} hint={hint} />
    <p>
      <Send quiet choice="return">
        差し戻す
      </Send>
    </p>
  </section>
);

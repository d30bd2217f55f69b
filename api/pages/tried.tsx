import { Done } from "./done.tsx";
import { fieldId, type FormsView, type Tried } from "./form.tsx";

const Summary = ({ tried }: { readonly tried: Tried }) => (
  <section class="summary" role="alert" aria-labelledby="summary-heading">
    <h2 id="summary-heading">{tried.title}</h2>
    <p>{tried.detail}</p>
    {tried.mistakes.length === 0 ? null : (
      <ul>
        {tried.mistakes.map(({ field, message }) => (
          <li key={field}>
            <a href={`#${fieldId(tried.form, field)}`}>{message}</a>
          </li>
        ))}
      </ul>
    )}
  </section>
);

/** What came of the last form: why it was refused and what to mend, or that it was done. */
export const Outcome = ({ forms: { tried, done } }: { readonly forms: FormsView }) => (
  <>
    {tried === null ? null : <Summary tried={tried} />}
    {done === null || tried !== null ? null : <Done done={done} />}
  </>
);

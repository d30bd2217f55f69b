import type { Says } from "../../domain/says.ts";
import { ActForm, fieldId, formOf, ReasonField, Send, type FormsView } from "./form.tsx";
import { saysNames } from "./words.ts";

/** An answer that came while the survey was running. */
export interface LateAnswer {
  readonly item: string;
  readonly hash: string;
  readonly asked: string;
  readonly says: Says;
  readonly value: string | null;
  readonly text: string;
  /** The secretariat has read it and surveys on. */
  readonly left: boolean;
}

const Said = ({ answer }: { readonly answer: LateAnswer }) => (
  <>
    <strong>{answer.asked}</strong>
    <br />
    {saysNames[answer.says]}
    {answer.value === null ? "" : `　${answer.value}`}
    <span class="prose">{answer.text === "" ? "" : `　${answer.text}`}</span>
  </>
);

/** 調査中に届いた回答: taken, or read and left, with a reason. Both stay on record. */
export const LateAnswers = ({
  survey,
  forms,
  answers,
  mayChoose,
}: {
  readonly survey: string;
  readonly forms: FormsView;
  readonly answers: readonly LateAnswer[];
  readonly mayChoose: boolean;
}) => {
  if (answers.length === 0) return null;
  const form = formOf(forms, "late");
  const open = mayChoose ? answers.filter(({ left }) => !left) : [];
  const read = answers.filter((answer) => !open.includes(answer));
  return (
    <section aria-labelledby="late-heading">
      <h2 id="late-heading">調査中に届いた回答（{answers.length}件）</h2>
      {read.length === 0 ? null : (
        <ul>
          {read.map((answer) => (
            <li key={answer.item}>
              <Said answer={answer} />
              {answer.left ? "（採用せず、調査を継続）" : "（事務局の判断待ち）"}
            </li>
          ))}
        </ul>
      )}
      {open.length === 0 ? null : (
        <ActForm form={form} action={`/surveys/${survey}`} label="調査中に届いた回答の取扱い">
          {open.map((answer, n) => {
            const value = `${answer.item} ${answer.hash}`;
            return (
              <label key={answer.item} class="check">
                <input
                  type="checkbox"
                  id={n === 0 ? fieldId(form.name, "items") : undefined}
                  name="items"
                  value={value}
                  checked={form.has("items", value)}
                />
                <span>
                  <Said answer={answer} />
                </span>
              </label>
            );
          })}
          <p>
            <Send choice="take">選んだ回答を採用する</Send>
          </p>
          <ReasonField
            form={form}
            label="採用しない理由"
            needed={false}
            hint="採用せずに調査を続ける場合に記入してください。"
          />
          <p>
            <Send quiet choice="leave">
              採用せず調査を続ける
            </Send>
          </p>
        </ActForm>
      )}
    </section>
  );
};

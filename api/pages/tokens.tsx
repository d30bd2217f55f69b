import type { Action } from "../../domain/policy.ts";
import type { Sha256 } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";
import { actionWord } from "./action-words.ts";
import { ActForm, fieldId, formOf, LineField, SelectField, Send, type FormsView } from "./form.tsx";
import { Table } from "./table.tsx";

export interface TokenRow {
  readonly hash: Sha256;
  readonly label: string;
  /** null: all that the post may do by token. */
  readonly actions: readonly Action[] | null;
  /** In words. */
  readonly organisation: string;
  readonly cycle: string | null;
  readonly expiresAt: Instant;
  readonly standing: "valid" | "expired" | "revoked";
}

const standingWords: Readonly<Record<TokenRow["standing"], string>> = {
  valid: "有効",
  expired: "期限切れ",
  revoked: "失効済み",
};

/** The one time it is ever shown. */
export const TokenTold = ({ secret }: { readonly secret: string }) => (
  <section class="notice" role="status" aria-labelledby="told-heading">
    <h2 id="told-heading">利用者トークンを発行しました</h2>
    <p>次の文字列は、この画面でだけ表示します。控えてから画面を移ってください。</p>
    <p>
      <code class="secret">{secret}</code>
    </p>
  </section>
);

export const TokensTable = ({
  forms,
  tokens,
}: {
  readonly forms: FormsView;
  readonly tokens: readonly TokenRow[];
}) => {
  const revoke = formOf(forms, "token-revoke");
  return (
    <section aria-labelledby="tokens-heading">
      <h2 id="tokens-heading">利用者トークン</h2>
      <p>
        プログラムからAPIを使うためのものです。発行から90日で切れます。承認・決定・職務の付与は、トークンでは行えません。
      </p>
      {tokens.length === 0 ? (
        <p>発行した利用者トークンはありません。</p>
      ) : (
        <Table
          caption="発行した利用者トークン（新しい順）"
          rows={tokens}
          rowKey={({ hash }) => hash}
          columns={[
            { name: "用途", heads: true, cell: ({ label }) => label },
            {
              name: "許した操作",
              cell: ({ actions }) =>
                actions === null ? "職務で行える全て" : actions.map(actionWord).join("、"),
            },
            {
              name: "対象",
              cell: ({ organisation, cycle }) => `${organisation}／${cycle ?? "全ての年次サイクル"}`,
            },
            { name: "期限", cell: ({ expiresAt }) => warekiTime(expiresAt) },
            { name: "状態", short: true, cell: ({ standing }) => standingWords[standing] },
            {
              name: "操作",
              cell: ({ hash, label, standing }) =>
                standing === "valid" ? (
                  <ActForm
                    form={{ ...revoke, key: `${revoke.key}-${hash.slice(0, 8)}` }}
                    action="/account"
                    label={`${label}の失効`}
                    hidden={{ hash }}
                  >
                    <Send quiet>失効させる</Send>
                  </ActForm>
                ) : (
                  "―"
                ),
            },
          ]}
        />
      )}
    </section>
  );
};

/** Actions × organisation × cycle: nothing is ticked beforehand. */
export const NewTokenForm = ({
  forms,
  delegable,
  organisations,
  cycles,
}: {
  readonly forms: FormsView;
  readonly delegable: readonly Action[];
  readonly organisations: readonly { readonly value: string; readonly name: string }[];
  readonly cycles: readonly string[];
}) => {
  const form = formOf(forms, "token");
  const mistake = form.mistakeOf("actions");
  return (
    <details class="again" open={form.tried}>
      <summary>利用者トークンを発行する</summary>
      <ActForm form={form} action="/account" label="利用者トークンの発行">
        <LineField form={form} name="label" label="用途" needed hint="例：回答システムからの提出" />
        <fieldset
          class="field"
          aria-describedby={mistake === null ? undefined : `${fieldId("token", "actions")}-mistake`}
        >
          <legend class="field-label">
            許す操作<span class="needed">必須</span>
          </legend>
          {mistake === null ? null : (
            <p class="mistake" id={`${fieldId("token", "actions")}-mistake`}>
              <span class="mistake-word">誤り</span> {mistake}
            </p>
          )}
          <div class="radio-row">
            {delegable.map((action, n) => (
              <label key={action} class="radio">
                <input
                  type="checkbox"
                  id={n === 0 ? fieldId("token", "actions") : undefined}
                  name="actions"
                  value={action}
                  checked={form.has("actions", action)}
                />
                <span>{actionWord(action)}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <SelectField
          form={form}
          name="organisation"
          label="対象とする府省庁"
          none="職務の範囲の全て"
          options={organisations}
        />
        <SelectField
          form={form}
          name="cycle"
          label="対象とする年次サイクル"
          none="全ての年次サイクル"
          options={cycles.map((cycle) => ({ value: cycle, name: cycle }))}
        />
        <p>
          <Send>発行する</Send>
        </p>
      </ActForm>
    </details>
  );
};

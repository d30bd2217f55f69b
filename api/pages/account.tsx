import type { VNode } from "preact";
import type { ActingRole } from "../../domain/acts.ts";
import type { PersonId, Sha256 } from "../../domain/ids.ts";
import type { Action } from "../../domain/policy.ts";
import type { Instant } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";
import { ActForm, formOf, Send, type FormsView } from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { PostForm } from "./post-form.tsx";
import { Table } from "./table.tsx";
import { NewTokenForm, TokensTable, TokenTold, type TokenRow } from "./tokens.tsx";
import { Outcome } from "./tried.tsx";
import { roleNames } from "./words.ts";

export interface AccountView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly person: PersonId;
  readonly role: ActingRole;
  readonly posts: readonly ActingRole[];
  readonly sessions: readonly SessionRow[];
  readonly tokens: readonly TokenRow[];
  /** What may be left to a token of this post. */
  readonly delegable: readonly Action[];
  readonly organisations: readonly { readonly value: string; readonly name: string }[];
  readonly cycles: readonly string[];
  /** The secret of a token that was just made. */
  readonly told: string | null;
  readonly seesPeople: boolean;
}
interface SessionRow {
  readonly hash: Sha256;
  readonly role: ActingRole;
  readonly createdAt: Instant;
  readonly usedAt: Instant;
  readonly endsAt: Instant;
}

const Posts = ({ role, posts }: Pick<AccountView, "role" | "posts">) => (
  <section aria-labelledby="posts-heading">
    <h2 id="posts-heading">職務</h2>
    <p>
      現在の職務は、<strong>{roleNames[role]}</strong>です。
    </p>
    {posts.length < 2 ? null : (
      <PostForm action="/account/post" label="職務の切替え">
        <p>切り替えると、この画面のセッションを終え、選んだ職務の新しいセッションを始めます。</p>
        <ul class="choices">
          {posts
            .filter((post) => post !== role)
            .map((post) => (
              <li key={post}>
                <button class="button button-quiet" type="submit" name="post" value={post}>
                  {roleNames[post]}に切り替える
                </button>
              </li>
            ))}
        </ul>
      </PostForm>
    )}
  </section>
);

const Sessions = ({ forms, sessions, person }: Pick<AccountView, "forms" | "sessions" | "person">) => {
  const one = formOf(forms, "session");
  const all = formOf(forms, "sign-out-everywhere");
  return (
    <section aria-labelledby="sessions-heading">
      <h2 id="sessions-heading">サインインしている端末</h2>
      <p>
        セッションは、最後の操作から30分、開始から12時間で終わります。心当たりのないものは終えてください。
      </p>
      <Table
        caption="有効なセッション（最近使った順）"
        rows={sessions}
        rowKey={({ hash }) => hash}
        columns={[
          { name: "開始", heads: true, cell: ({ createdAt }) => warekiTime(createdAt) },
          { name: "職務", short: true, cell: ({ role }) => roleNames[role] },
          { name: "最後の操作", cell: ({ usedAt }) => warekiTime(usedAt) },
          { name: "終了予定", cell: ({ endsAt }) => warekiTime(endsAt) },
          {
            name: "操作",
            cell: ({ hash, createdAt }) => (
              <ActForm
                form={{ ...one, key: `${one.key}-${hash.slice(0, 8)}` }}
                action="/account"
                label={`${warekiTime(createdAt)}に始めたセッションの終了`}
                hidden={{ hash }}
              >
                <Send quiet>終える</Send>
              </ActForm>
            ),
          },
        ]}
      />
      <ActForm form={all} action="/account" label="全ての端末からのサインアウト" hidden={{ person }}>
        <p>
          <Send>全ての端末からサインアウトする</Send>
        </p>
      </ActForm>
    </section>
  );
};

/** GET /account: one's post, where one is signed in, and what speaks in one's name. */
export const accountPage = (view: AccountView): VNode =>
  layout(
    "利用者の設定",
    view.frame,
    <>
      <h1>利用者の設定</h1>
      <Outcome forms={view.forms} />
      {view.told === null ? null : <TokenTold secret={view.told} />}
      {view.seesPeople ? (
        <p>
          <a href="/people">名簿と職務の付与</a>
        </p>
      ) : null}
      <Posts {...view} />
      <Sessions {...view} />
      <TokensTable {...view} />
      {view.delegable.length === 0 ? null : <NewTokenForm {...view} />}
    </>,
  );

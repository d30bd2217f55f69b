import type { ComponentChildren, JSX } from "preact";
import type { ActingRole } from "../../domain/acts.ts";

const ROLE_LABELS: Readonly<Record<ActingRole, string>> = {
  preparer: "事務局　起案担当",
  approver: "事務局　決裁者",
  contact: "府省庁　窓口・担当者・確認者",
  recorder: "本部決定　記録者",
  auditor: "監査担当",
  admin: "システム管理者",
  machine: "機械",
};

const Page = ({ title, children }: { readonly title: string; readonly children: ComponentChildren }) => (
  <html lang="ja">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${title}｜年輪`}</title>
    </head>
    <body>
      <main>
        <h1>{title}</h1>
        {children}
      </main>
    </body>
  </html>
);

/** 併任者 picks the post of this session; signing in again leads to another one. */
export const postPage = ({
  name,
  posts,
}: {
  readonly name: string;
  readonly posts: readonly ActingRole[];
}): JSX.Element => (
  <Page title="職務の選択">
    <p>{`${name}さんは職務を兼ねています。これから行う職務を選択してください。`}</p>
    <form method="post" action="/sign-in/post">
      {posts.map((post) => (
        <p key={post}>
          <button name="post" value={post}>
            {ROLE_LABELS[post]}
          </button>
        </p>
      ))}
    </form>
  </Page>
);

/** Why nobody is signed in now, and the way back. */
export const notSignedInPage = (reason: string): JSX.Element => (
  <Page title="サインインできませんでした">
    <p>{reason}</p>
    <p>
      <a href="/sign-in">もう一度サインインする</a>
    </p>
  </Page>
);

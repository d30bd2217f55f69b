import type { JSX } from "preact";
import type { ActingRole } from "../../domain/acts.ts";
import { layout, type Frame } from "./layout.tsx";
import { messagePage } from "./message.tsx";
import { PostForm } from "./post-form.tsx";
import { roleNames } from "./words.ts";

const nobody: Frame = { signedIn: null, rehearsal: null, ways: [] };

/** 併任者 picks the post of this session; signing in again leads to another one. */
export const postPage = ({
  name,
  posts,
}: {
  readonly name: string;
  readonly posts: readonly ActingRole[];
}): JSX.Element =>
  layout(
    "職務の選択",
    nobody,
    <>
      <h1>職務の選択</h1>
      <p>{`${name}さんは職務を兼ねています。これから行う職務を選択してください。`}</p>
      <PostForm action="/sign-in/post">
        <ul class="choices">
          {posts.map((post) => (
            <li key={post}>
              <button class="button button-quiet" type="submit" name="post" value={post}>
                {roleNames[post]}
              </button>
            </li>
          ))}
        </ul>
      </PostForm>
    </>,
  );

/** Where a sign-out leads: to no page that would sign in anew by itself. */
export const signedOutPage = (): JSX.Element =>
  messagePage({
    frame: nobody,
    title: "サインアウトしました",
    text: "この画面を閉じてください。続けて利用するときは、もう一度サインインしてください。",
    way: { href: "/sign-in", name: "サインイン" },
  });

/** Why nobody is signed in now, and the way back. */
export const notSignedInPage = (reason: string): JSX.Element =>
  messagePage({
    frame: nobody,
    title: "サインインできませんでした",
    text: reason,
    way: { href: "/sign-in", name: "もう一度サインインする" },
  });

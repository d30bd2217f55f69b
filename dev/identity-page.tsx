import { renderToString } from "preact-render-to-string";

/** People of one organisation, as the picker lists them. */
export interface PickerGroup {
  readonly organisation: string;
  readonly people: readonly PickerPerson[];
}
export interface PickerPerson {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** In words: 起案担当, 窓口 … */
  readonly posts: readonly string[];
}

const STYLE = `
body { font-family: sans-serif; max-width: 60rem; margin: 0 auto; padding: 0 1rem 2rem; line-height: 1.7; color: #1a1a1c; background: #fff }
.banner { background: #fde8c8; padding: .5rem 1rem; margin: 0 -1rem; font-weight: bold }
ul { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .5rem }
button { width: 100%; text-align: left; font: inherit; padding: .5rem .8rem; background: #fff; border: 1px solid #626264; border-radius: .4rem; cursor: pointer }
button:hover { background: #f1f1f4 } button:focus-visible { outline: 4px solid #000; box-shadow: 0 0 0 6px #ffd43d }
small { display: block; color: #4d4d4d }`;

/** `path` is where the choice is posted to. */
export const pickerPage = (groups: readonly PickerGroup[], path: string): string =>
  `<!DOCTYPE html>${renderToString(
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>サインイン（開発用）</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <p class="banner">
          開発用：選んだ職員としてサインインします。パスワードはありません。本番では使用できません。
        </p>
        <main>
          <h1>どなたとしてサインインしますか</h1>
          <form method="post" action={path}>
            {groups.map(({ organisation, people }) => (
              <section key={organisation}>
                <h2>{organisation}</h2>
                <ul>
                  {people.map(({ id, name, title, posts }) => (
                    <li key={id}>
                      <button name="person" value={id}>
                        {name}
                        <small>{title}</small>
                        <small>{posts.join("・")}</small>
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </form>
        </main>
      </body>
    </html>,
  )}`;

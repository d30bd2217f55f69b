import type { ComponentChildren, VNode } from "preact";
import type { ActingRole } from "../../domain/acts.ts";
import type { Instant } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";
import { LanguageChoice } from "./language-choice.tsx";
import { PostForm } from "./post-form.tsx";
import { roleNames } from "./words.ts";

/** What stands around every screen. */
export interface Frame {
  readonly signedIn: {
    readonly name: string;
    readonly role: ActingRole;
    readonly organisation: string;
  } | null;
  /** Of a rehearsal: its now. null on the real clock, and where a screen is about no cycle. */
  readonly rehearsal: { readonly now: Instant } | null;
  /** Of a screen that shows what was so at an instant: that instant, and the address of what is so now. */
  readonly past?: { readonly moment: Instant; readonly present: string };
  /** The year's screens that the reader may open; none where a screen is about no cycle. */
  readonly ways: readonly Way[];
}
interface Way {
  readonly href: string;
  readonly name: string;
}

const Mark = () => (
  <svg class="mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
    <circle cx="20" cy="20" r="18" />
    <circle cx="19" cy="20" r="12.5" />
    <circle cx="18.5" cy="19.5" r="7.5" />
    <circle class="mark-heart" cx="18" cy="19" r="3" />
  </svg>
);

const Person = ({ signedIn }: Pick<Frame, "signedIn">) =>
  signedIn === null ? (
    <a class="button button-quiet" href="/sign-in">
      サインイン
    </a>
  ) : (
    <div class="person">
      <p>
        <a class="person-name" href="/account">
          {signedIn.name}
        </a>
        <span class="person-post">
          {signedIn.organisation}／{roleNames[signedIn.role]}
        </span>
      </p>
      <PostForm action="/sign-out">
        <button class="button button-quiet" type="submit">
          サインアウト
        </button>
      </PostForm>
    </div>
  );

/** Every mail and screen of a rehearsal says that it is one. */
const RehearsalBanner = ({ now }: { readonly now: Instant }) => (
  <div class="rehearsal">
    <p class="inner">
      <strong class="rehearsal-word">訓練</strong>
      <span>
        これは訓練です。訓練の時計は、<time dateTime={now}>{warekiTime(now)}</time>を指しています。
      </span>
    </p>
  </div>
);

/** 時点: nobody takes what was for what is. */
const PastBanner = ({ moment, present }: NonNullable<Frame["past"]>) => (
  <div class="rehearsal past" role="note" aria-label="時点">
    <p>
      <strong>
        <time dateTime={moment}>{warekiTime(moment)}</time>の時点
      </strong>
      <span>この時点までの監査記録だけから組み立てた状態です。この画面からは、何も行えません。</span>
      <a href={present}>現在の画面を見る</a>
    </p>
  </div>
);

const Ways = ({ ways }: Pick<Frame, "ways">) => (
  <nav class="ways" aria-label="年次サイクルの画面">
    <ul class="inner">
      {ways.map(({ href, name }) => (
        <li key={href}>
          <a href={href}>{name}</a>
        </li>
      ))}
    </ul>
  </nav>
);

/** A whole document around `children`; `title` is also the tab's. */
export const layout = (title: string, frame: Frame, children: ComponentChildren): VNode => (
  <html lang="ja">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light" />
      <title>{`${frame.rehearsal === null ? "" : "【訓練】"}${frame.past === undefined ? "" : "【過去の時点】"}${title}｜年輪`}</title>
      <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
      <link rel="stylesheet" href="/assets/fonts/index.css" />
      <link rel="stylesheet" href="/assets/tokens/tokens.css" />
      <link rel="stylesheet" href="/assets/nenrin.css" />
      <link rel="stylesheet" href="/assets/year.css" />
      <link rel="stylesheet" href="/assets/board.css" />
      <link rel="stylesheet" href="/assets/forms.css" />
      <link rel="stylesheet" href="/assets/print.css" media="print" />
    </head>
    <body>
      <a class="skip" href="#main">
        本文へ移動
      </a>
      <header class="top">
        <div class="inner">
          <a class="product" href="/">
            <Mark />
            <span>
              <span class="product-name">年輪</span> <span lang="en">Nenrin</span>
            </span>
          </a>
          <LanguageChoice />
          <Person signedIn={frame.signedIn} />
        </div>
      </header>
      {frame.rehearsal === null ? null : <RehearsalBanner now={frame.rehearsal.now} />}
      {frame.ways.length === 0 ? null : <Ways ways={frame.ways} />}
      <main id="main" class="inner" tabIndex={-1}>
        {frame.past === undefined ? null : <PastBanner {...frame.past} />}
        {children}
      </main>
    </body>
  </html>
);

/** The address of what is so now, or on a screen of the past of what was so then. */
export const sameMoment = ({ past }: Pick<Frame, "past">, href: string): string =>
  past === undefined ? href : asOfAddress(href, past.moment);

export const asOfAddress = (href: string, moment: Instant): string =>
  `${href}${href.includes("?") ? "&" : "?"}asOf=${encodeURIComponent(moment)}`;

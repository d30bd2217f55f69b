import type { VNode } from "preact";
import type { ActName, DeskActName } from "../../domain/acts.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import { actWords } from "../../domain/act-words.ts";
import { Caused, CausedAt } from "./caused.tsx";
import { Crumbs } from "./crumbs.tsx";
import type { ActStandingView } from "./done.tsx";
import { layout, type Frame } from "./layout.tsx";

export interface ReceiptView {
  readonly frame: Frame;
  readonly act: string;
  readonly name: ActName | DeskActName;
  readonly cycle: CycleKey;
  /** The cycle's now when it was received: what "on time" is judged by. */
  readonly at: Instant;
  readonly by: string;
  readonly reason: string | null;
  readonly standing: ActStandingView;
  /** The address of the event of the record it came to; null where there is none for this reader. */
  readonly recorded: string | null;
  readonly hash: string | null;
  /** What it was about: texts of the items, where it was about any. */
  readonly about: readonly string[];
  /** Where one was. */
  readonly way: { readonly href: string; readonly name: string };
}

const standingText = (standing: ActStandingView): string => {
  switch (standing.is) {
    case "stored":
      return "受付済み（処理を待っています。しばらくしてから読み込み直してください。）";
    case "done":
      return "完了";
    case "refused":
      return `行われませんでした（${standing.title}。${standing.detail}）`;
  }
};

/** GET /acts/{id}: 控え, to be kept or printed by who acted. */
export const receiptPage = (view: ReceiptView): VNode => {
  const { standing } = view;
  const title =
    standing.is === "refused" ? `${actWords[view.name]}（不成立）` : `${actWords[view.name]}の控え`;
  return layout(
    title,
    view.frame,
    <>
      <Crumbs cycle={view.cycle} between={[view.way]} here={title} />
      <h1>{title}</h1>
      {standing.is === "refused" ? null : (
        <p class="done" role="status">
          <strong>{actWords[view.name]}を受け付けました。</strong>
        </p>
      )}
      <dl class="facts facts-lines facts-column">
        <div>
          <dt>状態</dt>
          <dd>{standingText(standing)}</dd>
        </div>
        <div>
          <dt>受付日時</dt>
          <dd>
            <CausedAt at={view.at} by={view.recorded} />
          </dd>
        </div>
        <div>
          <dt>行った人</dt>
          <dd>{view.by}</dd>
        </div>
        {view.reason === null ? null : (
          <div>
            <dt>理由</dt>
            <dd class="prose">{view.reason}</dd>
          </div>
        )}
        {standing.is === "done" ? (
          <div>
            <dt>監査記録</dt>
            <dd>
              <Caused by={view.recorded}>第{standing.sequence}号</Caused>
            </dd>
          </div>
        ) : null}
        <div>
          <dt>受付番号</dt>
          <dd>
            <code>{view.act}</code>
          </dd>
        </div>
        {view.hash === null ? null : (
          <div>
            <dt>内容のSHA-256</dt>
            <dd>
              <code>{view.hash}</code>
            </dd>
          </div>
        )}
      </dl>
      {view.about.length === 0 ? null : (
        <>
          <h2>対象（{view.about.length}件）</h2>
          <ol>
            {view.about.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ol>
        </>
      )}
      <p>
        <a class="button button-quiet" href={view.way.href}>
          {view.way.name}へ戻る
        </a>
      </p>
    </>,
  );
};

import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import type { SurveyEnd, SurveyOpening } from "../../domain/request.ts";
import type { Instant, PlainDate } from "../../domain/time.ts";
import { warekiTime, warekiWithWeekday } from "../../domain/wareki.ts";
import { layout, type Frame } from "./layout.tsx";

export interface SurveyView {
  readonly frame: Frame;
  readonly id: string;
  readonly cycle: CycleKey;
  readonly request: string;
  readonly organisation: string;
  readonly cause: SurveyOpening["cause"];
  /** With 把握困難: the reason's name. */
  readonly why: string | null;
  readonly openedAt: Instant;
  readonly dueOn: PlainDate;
  readonly items: readonly string[];
  readonly method: string | null;
  readonly end: SurveyEnd | null;
  readonly result: { readonly text: string; readonly limits: string } | null;
}

const causeText = ({ cause, why }: SurveyView): string => {
  switch (cause) {
    case "said-unmeasurable":
      return `把握困難との回答があったため${why === null ? "" : `（${why}）`}`;
    case "silence":
      return "締切までに回答がなかったため";
    case "not-corrected":
      return "差し戻した回答の再提出がなかったため";
    case "returned-twice":
      return "回答を二度差し戻したため";
  }
};

const endText = (end: SurveyEnd | null): string => {
  if (end === null) return "実施中";
  switch (end.is) {
    case "found":
      return "把握した";
    case "impossible":
      return `把握できなかった（理由：${end.reason}）`;
    case "stopped":
      return `中止した（理由：${end.reason}）`;
  }
};

const Facts = ({ view }: { readonly view: SurveyView }) => (
  <dl class="facts facts-lines">
    <div>
      <dt>状態</dt>
      <dd>{endText(view.end)}</dd>
    </div>
    <div>
      <dt>開始</dt>
      <dd>
        <time dateTime={view.openedAt}>{warekiTime(view.openedAt)}</time>
      </dd>
    </div>
    <div>
      <dt>期限</dt>
      <dd>
        <time dateTime={view.dueOn}>{warekiWithWeekday(view.dueOn)}</time>
      </dd>
    </div>
    <div>
      <dt>開始した理由</dt>
      <dd>{causeText(view)}</dd>
    </div>
  </dl>
);

/** GET /surveys/{id}: what a 補完調査 stands for, how it is done and what came out. */
export const surveyPage = (view: SurveyView): VNode => {
  const title = `${view.organisation}　補完調査`;
  return layout(
    title,
    view.frame,
    <>
      <nav aria-label="現在の位置" class="crumbs">
        <ol>
          <li>
            <a href={`/?cycle=${view.cycle}`}>年次サイクル {view.cycle}</a>
          </li>
          <li>
            <a href={`/requests/${view.request}`}>元の照会</a>
          </li>
          <li aria-current="page">{title}</li>
        </ol>
      </nav>
      <h1>{title}</h1>
      <Facts view={view} />
      <h2>対象の照会項目（{view.items.length}件）</h2>
      <ul>
        {view.items.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <h2>方法</h2>
      <p class="prose">{view.method ?? "まだ定められていません。"}</p>
      <h2>結果</h2>
      {view.result === null ? (
        <p>まだ記録されていません。</p>
      ) : (
        <>
          <p class="prose">{view.result.text}</p>
          <h3>結果の限界</h3>
          <p class="prose">{view.result.limits}</p>
        </>
      )}
      <p>
        方法の決定、結果の記録及び中止は、API <code>/api/v1/surveys/{view.id}</code> で行います（
        <a href="/docs">APIの説明</a>）。
      </p>
    </>,
  );
};

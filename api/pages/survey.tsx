import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import type { SurveyEnd, SurveyOpening } from "../../domain/request.ts";
import type { Instant, PlainDate } from "../../domain/time.ts";
import { warekiTime, warekiWithWeekday } from "../../domain/wareki.ts";
import { Crumbs } from "./crumbs.tsx";
import type { FormsView } from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { StopForm, WorkForms } from "./survey-forms.tsx";
import { Outcome } from "./tried.tsx";

export interface SurveyView {
  readonly frame: Frame;
  readonly forms: FormsView;
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
  /** Whether the reader may set the method and record the result. */
  readonly mayWork: boolean;
  readonly mayStop: boolean;
}

const causeText = ({ cause, why }: SurveyView): string => {
  switch (cause) {
    case "said-unmeasurable":
      return `把握困難との回答があったため${why === null ? "" : `（${why}）`}`;
    case "silence":
      return "締切までに回答がなかったため";
    case "not-corrected":
      return "差し戻した回答の再提出がなかったため";
    case "failed-check":
      return "不備のある回答が締切までに直されなかったため";
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
      <Crumbs
        cycle={view.cycle}
        between={[{ href: `/requests/${view.request}`, name: "元の照会" }]}
        here={title}
      />
      <h1>{title}</h1>
      <Outcome forms={view.forms} />
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
      {view.mayWork ? <WorkForms view={view} /> : null}
      {view.mayStop ? <StopForm view={view} /> : null}
    </>,
  );
};

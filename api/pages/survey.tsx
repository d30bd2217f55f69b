import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import type { SurveyEnd } from "../../domain/request.ts";
import type { SurveyCause } from "../../domain/unmeasurable.ts";
import { dateOf, type Instant, type PlainDate } from "../../domain/time.ts";
import { wareki, warekiWithWeekday } from "../../domain/wareki.ts";
import { Caused, CausedAt } from "./caused.tsx";
import { Crumbs } from "./crumbs.tsx";
import { layout, type Frame } from "./layout.tsx";
import { WorkForms, type SurveyWork } from "./survey-forms.tsx";
import { LateAnswers, type LateAnswer } from "./survey-late.tsx";
import { ScopeForms } from "./survey-scope-forms.tsx";
import { StepForm, Steps, type RespondentView, type StepView } from "./survey-steps.tsx";
import { causeNames, endText, responsibleNames } from "./survey-words.ts";
import { Outcome } from "./tried.tsx";

export interface SurveyView extends SurveyWork {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  readonly now: Instant;
  readonly request: string;
  readonly organisation: string;
  readonly cause: SurveyCause;
  /** With 把握困難: the reason's name. */
  readonly why: string | null;
  readonly justification: string;
  readonly openedAt: Instant;
  /** Addresses of the events that made them so; null for who may not read the record. */
  readonly caused: Readonly<Record<"opened" | "state" | "due", string | null>>;
  /** By when what comes next is wanted, and of whom. */
  readonly dueOn: PlainDate;
  readonly responsible: "secretariat" | "organisation";
  readonly scoped: { readonly title: string; readonly scope: string } | null;
  readonly items: readonly { readonly id: string; readonly text: string; readonly state: string }[];
  readonly protocol: {
    readonly label: string;
    readonly steps: readonly StepView[];
    readonly asked: readonly RespondentView[];
  } | null;
  readonly late: readonly LateAnswer[];
  readonly end: SurveyEnd | null;
  readonly result: {
    readonly text: string;
    readonly limits: string;
    readonly value: string | null;
    readonly grade: string | null;
    readonly references: readonly { readonly title: string; readonly on: PlainDate }[];
  } | null;
  /** Other running surveys that can be merged into this one. */
  readonly others: readonly { readonly value: string; readonly name: string }[];
  /** Whether the reader may set the method, record steps and the result. */
  readonly mayWork: boolean;
  /** Whether he may change what it is about, merge it, stop it, and choose between it and a late answer. */
  readonly mayManage: boolean;
}

const Facts = ({ view }: { readonly view: SurveyView }) => (
  <dl class="facts facts-lines">
    <div>
      <dt>状態</dt>
      <dd>
        <Caused by={view.caused.state}>{endText(view.end)}</Caused>
        {view.end?.is === "merged" ? <a href={`/surveys/${view.end.into}`}>統合先の調査</a> : null}
      </dd>
    </div>
    <div>
      <dt>開始</dt>
      <dd>
        <CausedAt at={view.openedAt} by={view.caused.opened} />
      </dd>
    </div>
    {view.end === null ? (
      <div>
        <dt>次の期限</dt>
        <dd>
          <Caused by={view.caused.due}>
            <time dateTime={view.dueOn}>{warekiWithWeekday(view.dueOn)}</time>
          </Caused>
          （{responsibleNames[view.responsible]}）
        </dd>
      </div>
    ) : null}
    <div>
      <dt>原因</dt>
      <dd>
        {causeNames[view.cause]}
        {view.why === null ? "" : `（${view.why}）`}
      </dd>
    </div>
  </dl>
);

const Result = ({ view: { result } }: { readonly view: SurveyView }) =>
  result === null ? (
    <p>まだ記録されていません。</p>
  ) : (
    <>
      {result.value === null ? null : <p>{result.value}</p>}
      <p class="prose">{result.text}</p>
      {result.grade === null ? null : <p>結果の質　{result.grade}</p>}
      {result.references.length === 0 ? null : (
        <>
          <h3>根拠</h3>
          <ul>
            {result.references.map(({ title, on }) => (
              <li key={`${title} ${on}`}>
                {title}（{wareki(on)}）
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>結果の限界</h3>
      <p class="prose">{result.limits === "" ? "記載なし" : result.limits}</p>
    </>
  );

const Method = ({ view }: { readonly view: SurveyView }) => (
  <>
    <p class="prose">{view.method ?? "まだ定められていません。"}</p>
    {view.protocol === null ? null : <Steps {...view.protocol} />}
  </>
);

const Work = ({ view }: { readonly view: SurveyView }) => {
  const step = view.protocol?.steps.find(({ dueOn, done }) => dueOn !== null && done === null);
  return (
    <>
      {step === undefined ? null : (
        <StepForm survey={view.id} forms={view.forms} step={step} today={dateOf(view.now)} />
      )}
      <WorkForms view={view} />
    </>
  );
};

/** GET /surveys/{id}: what a 補完調査 stands for and why, how it is done, what came out, and who decides what of it. */
export const surveyPage = (view: SurveyView): VNode => {
  const title = `${view.organisation}　補完調査`;
  const scope = view.scoped ?? { title, scope: "" };
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
      <h2>開始の理由</h2>
      <p class="prose">{view.justification}</p>
      {view.scoped === null ? null : (
        <>
          <h2>名称及び範囲</h2>
          <p>{view.scoped.title}</p>
          <p class="prose">{view.scoped.scope}</p>
        </>
      )}
      <h2>対象の照会項目（{view.items.length}件）</h2>
      <ul>
        {view.items.map(({ id, text, state }) => (
          <li key={id}>
            {text}（{state}）
          </li>
        ))}
      </ul>
      <LateAnswers
        survey={view.id}
        forms={view.forms}
        answers={view.late}
        mayChoose={view.end === null && view.mayManage}
      />
      <h2>方法</h2>
      <Method view={view} />
      <h2>結果</h2>
      <Result view={view} />
      {view.mayWork ? <Work view={view} /> : null}
      {view.end === null && view.mayManage ? <ScopeForms view={{ ...view, ...scope }} /> : null}
    </>,
  );
};

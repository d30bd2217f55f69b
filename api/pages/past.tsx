import type { VNode } from "preact";
import type { Stage } from "../../domain/cycle.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { ReportStage } from "../../domain/report.ts";
import type { Instant } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";
import { CausedAt } from "./caused.tsx";
import { Crumbs } from "./crumbs.tsx";
import { formOf, LineField, type FormsView } from "./form.tsx";
import { asOfAddress, layout, type Frame } from "./layout.tsx";
import { RequestsTable, type RequestRow } from "./requests-table.tsx";
import { stepNames } from "./words.ts";

export interface PastView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  readonly asked: { readonly on: string; readonly time: string };
  /** null before an instant was asked for. */
  readonly state: {
    readonly moment: Instant;
    readonly stages: readonly {
      readonly stage: Stage;
      readonly enteredAt: Instant;
      /** The address of the event that began it. */
      readonly caused: string | null;
    }[];
    readonly requests: readonly RequestRow[];
    readonly report: {
      readonly stage: ReportStage["is"];
      readonly versions: readonly { readonly number: number; readonly hash: string }[];
    };
  } | null;
}

const stageName = (stage: Stage): string => (stage === "finished" ? "終了" : stepNames[stage]);
const reportNames: Readonly<Record<ReportStage["is"], string>> = {
  drafting: "原案の作成",
  consultation: "意見照会",
  approval: "決裁",
  decision: "本部決定",
  publication: "公表",
  published: "公表済み",
};

const State = ({
  state,
  cycle,
}: {
  readonly state: NonNullable<PastView["state"]>;
  readonly cycle: CycleKey;
}) => (
  <>
    <h2>
      <time dateTime={state.moment}>{warekiTime(state.moment)}</time>の時点
    </h2>
    <p>この時点までの監査記録だけから組み立てた状態です。次の画面も、この時点のものを見られます。</p>
    <ul>
      <li>
        <a href={asOfAddress(`/cycles/${cycle}/board`, state.moment)}>この時点の提出状況</a>
      </li>
      <li>
        <a href={asOfAddress(`/cycles/${cycle}/report`, state.moment)}>この時点の年次報告</a>
      </li>
    </ul>
    <h3>段階</h3>
    <ol>
      {state.stages.map(({ stage, enteredAt, caused }, n) => (
        <li key={n}>
          {stageName(stage)}（<CausedAt at={enteredAt} by={caused} />
          から）
        </li>
      ))}
    </ol>
    <h3>年次報告</h3>
    <p>
      {reportNames[state.report.stage]}　版 {state.report.versions.length}
    </p>
    <ul>
      {state.report.versions.map(({ number, hash }) => (
        <li key={hash}>
          <a href={`/cycles/${cycle}/report/versions/${hash}`}>第{number}版</a>{" "}
          <code>{hash.slice(0, 16)}</code>
        </li>
      ))}
    </ul>
    <h3>照会</h3>
    {state.requests.length === 0 ? (
      <p>照会はまだ始まっていません。</p>
    ) : (
      <RequestsTable rows={state.requests} moment={state.moment} />
    )}
  </>
);

/** GET /cycles/{cycle}/past: 時点. */
export const pastPage = ({ frame, forms, cycle, asked, state }: PastView): VNode => {
  const form = formOf(forms, "past");
  return layout(
    "時点",
    frame,
    <>
      <Crumbs cycle={cycle} here="時点" />
      <h1>時点</h1>
      <form class="act search" method="get" action={`/cycles/${cycle}/past`} aria-label="時点の指定">
        <div class="field-row">
          <LineField form={form} name="on" kind="date" label="日付" value={asked.on} />
          <LineField form={form} name="time" label="時刻" hint="例：17:00" value={asked.time} />
          <p class="buttons">
            <button class="button button-quiet" type="submit">
              この時点を見る
            </button>
          </p>
        </div>
      </form>
      {state === null ? <p>日付と時刻を指定してください。</p> : <State state={state} cycle={cycle} />}
    </>,
  );
};

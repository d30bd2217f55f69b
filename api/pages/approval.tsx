import type { DecisionOutcome } from "../../domain/acts.ts";
import { markText, type RecordMark } from "../../domain/checkpoint.ts";
import type { Sha256 } from "../../domain/ids.ts";
import type { Instant, PlainDate } from "../../domain/time.ts";
import { warekiWithWeekday } from "../../domain/wareki.ts";
import { Caused, CausedAt } from "./caused.tsx";
import type { Against } from "./compared.tsx";
import { ActForm, formOf, LineField, RadioField, ReasonField, Send, type FormsView } from "./form.tsx";
import { Table, type Column } from "./table.tsx";
import { ReviewPanel } from "./review-panel.tsx";

/** The address of the event that made it so; null for who may not read the record. */
interface CausedView {
  readonly caused: string | null;
}
interface StepView extends CausedView {
  readonly title: string;
  readonly person: string;
  /** 代決: who stood in. */
  readonly by: string | null;
  readonly approvedAt: Instant | null;
  /** The record's last signed head when it was approved. */
  readonly mark: RecordMark | null;
}
export interface ApprovalView {
  readonly subject: "policy" | "report";
  /** What is with the approvers or the headquarters. */
  readonly hash: Sha256 | null;
  readonly submitted: ({ readonly by: string; readonly at: Instant } & CausedView) | null;
  /** Everyone who had a hand in it; none of them approves it. */
  readonly contributors: readonly string[];
  /** What was last approved or returned before, of another version. */
  readonly against: Against | null;
  readonly steps: readonly StepView[];
  /** The post whose turn it is. */
  readonly turn: string | null;
  readonly returns: readonly ({
    readonly by: string;
    readonly at: Instant;
    readonly reason: string;
  } & CausedView)[];
  readonly decision:
    | (CausedView & {
        readonly outcome: DecisionOutcome;
        readonly meeting: string;
        readonly heldOn: PlainDate;
        readonly reason: string | null;
        readonly mark: RecordMark | null;
      })
    | null;
  readonly mayReview: boolean;
  readonly mayDecide: boolean;
  /** What the meeting is usually called. */
  readonly meeting: string;
}

export const outcomeNames: Readonly<Record<DecisionOutcome, string>> = {
  decided: "決定",
  "decided-with-changes": "修正の上、決定",
  returned: "差戻し",
};

const columns: readonly Column<StepView>[] = [
  { name: "決裁", heads: true, cell: ({ title }) => title },
  {
    name: "決裁者",
    cell: ({ person, by }) => (by === null ? person : `${person}（${by}が代決）`),
  },
  {
    name: "承認",
    cell: ({ approvedAt, caused }) => (approvedAt === null ? "未" : <CausedAt at={approvedAt} by={caused} />),
  },
  { name: "監査記録の控え", cell: ({ mark }) => (mark === null ? "－" : <code>{markText(mark)}</code>) },
];

const Returns = ({ returns }: Pick<ApprovalView, "returns">) =>
  returns.length === 0 ? null : (
    <>
      <h3>差戻しの経過</h3>
      <ul>
        {returns.map(({ by, at, reason, caused }) => (
          <li key={`${at} ${by}`}>
            <CausedAt at={at} by={caused} />　{by}
            <span class="prose">理由：{reason}</span>
          </li>
        ))}
      </ul>
    </>
  );

const Decided = ({ decision }: Pick<ApprovalView, "decision">) =>
  decision === null ? null : (
    <p>
      本部の議決：
      <Caused by={decision.caused}>
        <strong>{outcomeNames[decision.outcome]}</strong>
      </Caused>
      （{decision.meeting}、
      <Caused by={decision.caused}>
        <time dateTime={decision.heldOn}>{warekiWithWeekday(decision.heldOn)}</time>
      </Caused>
      ）
      {decision.mark === null ? null : (
        <>
          　監査記録の控え　<code>{markText(decision.mark)}</code>
        </>
      )}
      {decision.reason === null ? null : <span class="prose">理由・修正の内容：{decision.reason}</span>}
    </p>
  );

/** 決裁の状況: who prepared it, who has approved it, whose turn it is. */
export const ApprovalStandingPart = ({ view }: { readonly view: ApprovalView }) => (
  <section aria-labelledby="approval-heading">
    <h2 id="approval-heading">決裁の状況</h2>
    {view.submitted === null ? (
      <p>決裁に上げられているものはありません。</p>
    ) : (
      <p>
        <CausedAt at={view.submitted.at} by={view.submitted.caused} />
        に、{view.submitted.by}が決裁に上げました。
        {view.turn === null ? "全ての決裁が終わっています。" : `次の決裁は、${view.turn}です。`}
      </p>
    )}
    {view.contributors.length === 0 ? null : (
      <p>作成に関わった人：{view.contributors.join("、")}（決裁は、ほかの人が行います。）</p>
    )}
    <Table caption="決裁の順序" columns={columns} rows={view.steps} rowKey={({ title }) => title} />
    <Returns returns={view.returns} />
    <Decided decision={view.decision} />
  </section>
);

interface Acting {
  readonly view: ApprovalView;
  readonly forms: FormsView;
  /** The screen's address. */
  readonly action: string;
}

const DecisionPanel = ({ view, forms, action }: Acting) => {
  const form = formOf(forms, "decision");
  return (
    <section class="panel panel-next" aria-labelledby="decision-heading">
      <h2 id="decision-heading">本部決定を記録する</h2>
      <ActForm form={form} action={action} label="本部決定の記録" hidden={{ hash: view.hash ?? "" }}>
        <RadioField
          form={form}
          name="outcome"
          label="議決"
          needed
          options={Object.entries(outcomeNames).map(([value, name]) => ({ value, name }))}
        />
        <LineField form={form} name="meeting" label="会議の名称" needed value={view.meeting} />
        <LineField
          form={form}
          name="number"
          kind="decimal"
          label="会議の回数"
          hint="第何回会合か。会議の名称に「第○回」とあるときは、空欄でもかまいません。"
        />
        <LineField form={form} name="heldOn" kind="date" label="開催日" needed />
        <ReasonField
          form={form}
          label="修正の内容又は差戻しの理由"
          needed={false}
          hint="修正の上で決定した場合又は差し戻された場合に記入してください。"
        />
        <p>
          <Send>本部決定を記録する</Send>
        </p>
      </ActForm>
    </section>
  );
};

/** The forms of the approver whose turn it is, and of who records what the headquarters decided. */
export const ApprovalForms = (acting: Acting) => (
  <>
    {acting.view.mayReview ? (
      <ReviewPanel
        forms={acting.forms}
        action={acting.action}
        hash={acting.view.hash ?? ""}
        lead="承認し、又は理由を付して差し戻します。対象は、この画面に表示している版です。"
      />
    ) : null}
    {acting.view.mayDecide ? <DecisionPanel {...acting} /> : null}
  </>
);

import type { VNode } from "preact";
import type { ReportedAction } from "../../domain/delivery-report.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { AttemptOutcome, AttemptPhase } from "../../domain/mail.ts";
import type { Instant } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";
import { Caused, CausedAt } from "./caused.tsx";
import { Crumbs } from "./crumbs.tsx";
import type { FormsView } from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { RecallForm, ResolutionForm } from "./mail-forms.tsx";
import {
  mailStandingName,
  mailStandingText,
  mailTodo,
  outcomeNames,
  phaseNames,
  reportNames,
  type MailStanding,
} from "./mail-words.ts";
import { Table, type Column } from "./table.tsx";
import { Outcome } from "./tried.tsx";

export interface TriedView {
  readonly number: number;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly phase: AttemptPhase;
  readonly reply: string | null;
  /** null while it runs. */
  readonly outcome: AttemptOutcome | null;
}
export interface ReportView {
  readonly readAt: Instant;
  readonly action: ReportedAction;
  readonly recipient: string | null;
  readonly text: string;
}
export interface DecisionView {
  readonly at: Instant;
  readonly by: string;
  readonly decided: "accepted" | "resend" | "cancelled";
  readonly reason: string | null;
}
export interface MailView extends MailStanding {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly key: Sha256;
  readonly cycle: CycleKey;
  readonly request: string | null;
  readonly organisation: string;
  readonly person: string;
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  readonly hasCalendar: boolean;
  readonly messageId: string;
  /** Under which the server's log has it. */
  readonly queueId: string | null;
  readonly at: Instant;
  /** The address of the event that brought it about; null for who may not read the record. */
  readonly caused: string | null;
  readonly tried: readonly TriedView[];
  readonly reports: readonly ReportView[];
  readonly decisions: readonly DecisionView[];
  /** What is done about it is the secretariat's affair. */
  readonly mayResolve: boolean;
  readonly mayCancel: boolean;
  /** Number of the event that brought it about; null where it was trouble with another mail, or is not to be seen. */
  readonly cause: number | null;
}

const When = ({ at }: { readonly at: Instant }) => <time dateTime={at}>{warekiTime(at)}</time>;

/** What happened, and what follows for whoever has to do it. */
const Standing = ({ view }: { readonly view: MailView }) => {
  const todo = view.mayResolve ? mailTodo(view) : null;
  return <p class={todo === null ? undefined : "notice"}>{[mailStandingText(view), todo ?? ""].join("")}</p>;
};

const Facts = ({ view }: { readonly view: MailView }) => (
  <dl class="facts facts-lines">
    <div>
      <dt>状態</dt>
      <dd>
        <Caused by={view.caused}>
          <span class={mailTodo(view) === null ? "tag" : "tag tag-late"}>{mailStandingName(view)}</span>
        </Caused>
      </dd>
    </div>
    <div>
      <dt>宛先</dt>
      <dd>
        {view.organisation}　{view.person}（{view.address}）
      </dd>
    </div>
    <div>
      <dt>日付</dt>
      <dd>
        <CausedAt at={view.at} by={view.caused} />
      </dd>
    </div>
    <div>
      <dt>Message-ID</dt>
      <dd>
        <code>{view.messageId}</code>
      </dd>
    </div>
    {view.cause === null ? null : (
      <div>
        <dt>送った原因</dt>
        <dd>
          <a href={`/cycles/${view.cycle}/audit/${view.cause}`}>監査記録 第{view.cause}号</a>
        </dd>
      </div>
    )}
    {view.queueId === null ? null : (
      <div>
        <dt>メールサーバーの受付番号</dt>
        <dd>
          <code>{view.queueId}</code>
        </dd>
      </div>
    )}
  </dl>
);

const triedColumns: readonly Column<TriedView>[] = [
  { name: "回", heads: true, cell: ({ number }) => `第${number}回` },
  { name: "開始", cell: ({ startedAt }) => <When at={startedAt} /> },
  { name: "終了", cell: ({ endedAt }) => (endedAt === null ? "送信中" : <When at={endedAt} />) },
  { name: "段階", cell: ({ phase }) => phaseNames[phase] },
  { name: "結果", cell: ({ outcome }) => (outcome === null ? "—" : outcomeNames[outcome]) },
  { name: "メールサーバーの応答", cell: ({ reply }) => reply ?? "—" },
];
const reportColumns: readonly Column<ReportView>[] = [
  { name: "受領", heads: true, cell: ({ readAt }) => <When at={readAt} /> },
  { name: "区分", cell: ({ action }) => reportNames[action] },
  { name: "宛先", cell: ({ recipient }) => recipient ?? "—" },
  { name: "内容", cell: ({ text }) => text },
];
const decidedNames: Readonly<Record<DecisionView["decided"], string>> = {
  accepted: "届いていたと記録",
  resend: "送り直し",
  cancelled: "取消し",
};
const decisionColumns: readonly Column<DecisionView>[] = [
  { name: "日時", heads: true, cell: ({ at }) => <When at={at} /> },
  { name: "決めたこと", cell: ({ decided }) => decidedNames[decided] },
  { name: "決めた人", cell: ({ by }) => by },
  { name: "理由", cell: ({ reason }) => <span class="prose">{reason ?? "（削除済み）"}</span> },
];

const Course = ({ view }: { readonly view: MailView }) => (
  <section aria-labelledby="course-heading">
    <h2 id="course-heading">送信の経過</h2>
    {view.tried.length === 0 ? (
      <p>まだ送信していません。</p>
    ) : (
      <Table
        caption="送信の記録"
        columns={triedColumns}
        rows={view.tried}
        rowKey={({ number }) => String(number)}
      />
    )}
    {view.reports.length === 0 ? null : (
      <Table
        caption="送信の後に届いた通知"
        columns={reportColumns}
        rows={view.reports}
        rowKey={({ readAt, text }) => `${readAt} ${text}`}
      />
    )}
    {view.decisions.length === 0 ? null : (
      <Table
        caption="人が決めたこと"
        columns={decisionColumns}
        rows={view.decisions}
        rowKey={({ at, decided }) => `${at} ${decided}`}
      />
    )}
  </section>
);

const Letter = ({ view }: { readonly view: MailView }) => (
  <section aria-labelledby="text-heading">
    <h2 id="text-heading">送信した本文</h2>
    <p class="prose">{view.text}</p>
    {view.hasCalendar ? <p>添付：期限の予定（kigen.ics）</p> : null}
  </section>
);

/** GET /mails/{key}: a mail as it is sent, what was tried, and what a person decides about it. */
export const mailPage = (view: MailView): VNode =>
  layout(
    view.subject,
    view.frame,
    <>
      <Crumbs
        cycle={view.cycle}
        between={[
          { href: `/cycles/${view.cycle}/mails`, name: "メール" },
          ...(view.request === null ? [] : [{ href: `/requests/${view.request}`, name: "照会" }]),
        ]}
        here={view.subject}
      />
      <h1>{view.subject}</h1>
      <Outcome forms={view.forms} />
      <Facts view={view} />
      <Standing view={view} />
      {view.mayResolve && view.state === "uncertain" ? <ResolutionForm view={view} /> : null}
      {view.mayCancel && view.state === "queued" ? <RecallForm view={view} /> : null}
      <Course view={view} />
      <Letter view={view} />
    </>,
  );

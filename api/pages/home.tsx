import type { VNode } from "preact";
import type { Task } from "../../domain/agenda.ts";
import type { BusinessCalendar } from "../../domain/calendar.ts";
import type { CycleKey, FiscalYear } from "../../domain/ids.ts";
import type { MailState } from "../../domain/mail.ts";
import type { ItemCounts } from "../../domain/progress.ts";
import { dateOf, type Instant } from "../../domain/time.ts";
import { fiscalYearLabel, warekiWithWeekday } from "../../domain/wareki.ts";
import type { StepStanding } from "../../domain/year-steps.ts";
import { ItemCountsList } from "./item-counts.tsx";
import { CausedAt } from "./caused.tsx";
import { layout, type Frame } from "./layout.tsx";
import { MailsTable, type MailRow } from "./mails-table.tsx";
import { NextStepPanel, type NextStep } from "./next-step.tsx";
import { Published, type PublishedFile } from "./published.tsx";
import { RequestsTable, type RequestRow } from "./requests-table.tsx";
import { Stepper, type StepWay } from "./stepper.tsx";
import { Tasks } from "./tasks.tsx";
import { mailStateNames } from "./words.ts";

interface SurveysView {
  readonly open: number;
  readonly ended: number;
}
interface MailsView {
  readonly counts: Readonly<Record<MailState, number>>;
  /** The cycle's now when the last one was written. */
  readonly lastAt: Instant | null;
  /** The address of the event that brought it about; null for who may not read the record. */
  readonly lastCaused: string | null;
  /** About which something has to be done: the first few, and how many there are. */
  readonly trouble: { readonly rows: readonly MailRow[]; readonly many: number };
}

/** One cycle at a glance. */
export interface CycleGlance {
  readonly cycle: CycleKey;
  readonly year: FiscalYear;
  readonly title: string;
  readonly now: Instant;
  readonly calendar: BusinessCalendar;
  readonly steps: readonly StepStanding[];
  readonly stageWay: StepWay;
  /** The address of the event of the publication; null for who may not read the record. */
  readonly publishedWay: string | null;
  readonly finished: boolean;
  /** As far as the reader may see them; null for who may see none. */
  readonly asked: { readonly items: ItemCounts; readonly requests: readonly RequestRow[] } | null;
  readonly surveys: SurveysView | null;
  readonly mails: MailsView | null;
  /** Empty before the publication. */
  readonly published: readonly PublishedFile[];
  /** null for who is not signed in. */
  readonly tasks: readonly Task[] | null;
  /** null for who may not step the clock, and on the real clock. */
  readonly next: NextStep | null;
}

export interface HomeLinks {
  /** The cycle's workflow in the Temporal UI; null where there is none. */
  readonly history: string | null;
  /** The captured mails; null outside the embedded mode. */
  readonly mailbox: string | null;
}

export interface HomeView {
  readonly frame: Frame;
  /** Every cycle, the newest first. */
  readonly cycles: readonly CycleKey[];
  /** null before the first one is opened. */
  readonly glance: CycleGlance | null;
  readonly links: HomeLinks;
}

const CycleChoice = ({
  cycles,
  shown,
}: {
  readonly cycles: readonly CycleKey[];
  readonly shown: CycleKey;
}) =>
  cycles.length < 2 ? null : (
    <nav class="cycles" aria-label="年次サイクルの選択">
      <ul>
        {cycles.map((cycle) => (
          <li key={cycle}>
            <a href={`/?cycle=${cycle}`} aria-current={cycle === shown ? "page" : undefined}>
              {cycle}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );

const MailTrouble = ({
  trouble: { rows, many },
  cycle,
}: Pick<MailsView, "trouble"> & { readonly cycle: CycleKey }) =>
  many === 0 ? null : (
    <section id="mail-trouble" aria-labelledby="mail-trouble-heading">
      <h2 id="mail-trouble-heading">対応を要するメール</h2>
      <MailsTable
        caption={`対応を要するメール（${many}通${many > rows.length ? `のうち${rows.length}通` : ""}）`}
        rows={rows}
      />
      <p>
        <a href={`/cycles/${cycle}/mails`}>メールを全て見る</a>
      </p>
    </section>
  );

const Mails = ({ mails }: { readonly mails: MailsView }) => {
  const { counts, lastAt } = mails;
  const always: readonly MailState[] = ["accepted", "queued", "rejected", "uncertain"];
  const shown = counts.captured > 0 ? [...always, "captured" as const] : always;
  return (
    <>
      <dl class="facts">
        {shown.map((state) => (
          <div key={state} data-attention={counts[state] > 0 ? state : undefined}>
            <dt>{mailStateNames[state]}</dt>
            <dd>{counts[state]}通</dd>
          </div>
        ))}
      </dl>
      {lastAt === null ? (
        <p>メールはまだありません。</p>
      ) : (
        <p>
          最後のメールは、
          <CausedAt at={lastAt} by={mails.lastCaused} />
          付けです。
        </p>
      )}
      {counts.uncertain > 0 ? (
        <p class="notice">
          送達不明のメールは、届いたかどうかが分からないものです。二重に届くことを避けるため、自動では送り直しません。
        </p>
      ) : null}
    </>
  );
};

const Surveys = ({ surveys }: { readonly surveys: SurveysView }) =>
  surveys.open + surveys.ended === 0 ? (
    <p>補完調査はありません。</p>
  ) : (
    <dl class="facts">
      <div>
        <dt>実施中</dt>
        <dd>{surveys.open}件</dd>
      </div>
      <div>
        <dt>終了</dt>
        <dd>{surveys.ended}件</dd>
      </div>
    </dl>
  );

const Requests = ({ items, requests }: NonNullable<CycleGlance["asked"]>) =>
  requests.length === 0 ? (
    <p>照会はまだ始まっていません。</p>
  ) : (
    <>
      <h3>照会項目の状況</h3>
      <ItemCountsList counts={items} />
      <RequestsTable rows={requests} />
    </>
  );

const FirstThings = ({ glance }: { readonly glance: CycleGlance }) => (
  <section class="panel" aria-labelledby="first-heading">
    <h2 id="first-heading">はじめに行うこと</h2>
    {glance.tasks === null ? (
      <p>
        閲覧のみできます。手続を行うには、<a href="/sign-in">サインイン</a>してください。
      </p>
    ) : (
      <Tasks {...glance} tasks={glance.tasks} />
    )}
  </section>
);

const Glance = ({ glance }: { readonly glance: CycleGlance }) => (
  <>
    <div class="first">
      <FirstThings glance={glance} />
      {glance.next === null ? null : (
        <section class="panel panel-next" aria-labelledby="next-heading">
          <h2 id="next-heading">訓練の時計を進める</h2>
          <NextStepPanel cycle={glance.cycle} step={glance.next} />
        </section>
      )}
    </div>
    <section aria-labelledby="year-heading">
      <h2 id="year-heading">年間の流れ</h2>
      {glance.finished ? <p>この年次サイクルは、全ての手続を終えました。</p> : null}
      <Stepper steps={glance.steps} way={glance.stageWay} />
    </section>
    {glance.published.length === 0 ? null : (
      <Published
        cycle={glance.cycle}
        files={glance.published}
        way={glance.publishedWay}
        linked={glance.tasks !== null}
      />
    )}
    {glance.asked === null ? null : (
      <section id="requests" aria-labelledby="requests-heading">
        <h2 id="requests-heading">照会</h2>
        <Requests {...glance.asked} />
      </section>
    )}
    <div class="pair">
      {glance.surveys === null ? null : (
        <section aria-labelledby="surveys-heading">
          <h2 id="surveys-heading">補完調査</h2>
          <Surveys surveys={glance.surveys} />
        </section>
      )}
      {glance.mails === null ? null : (
        <section id="mails" aria-labelledby="mails-heading">
          <h2 id="mails-heading">メール</h2>
          <Mails mails={glance.mails} />
        </section>
      )}
    </div>
    {glance.mails === null ? null : <MailTrouble trouble={glance.mails.trouble} cycle={glance.cycle} />}
  </>
);

const Links = ({ links }: { readonly links: HomeLinks }) => (
  <section aria-labelledby="links-heading" class="links">
    <h2 id="links-heading">関連する画面</h2>
    <ul>
      <li>
        <a href="/docs">APIの説明</a>
      </li>
      {links.history === null ? null : (
        <li>
          <a href={links.history}>手続の履歴（Temporal）</a>
        </li>
      )}
      {links.mailbox === null ? null : (
        <li>
          <a href={links.mailbox}>送信されたメール（外部には送信されていません）</a>
        </li>
      )}
    </ul>
  </section>
);

const NoCycle = () => (
  <section class="panel" aria-labelledby="none-heading">
    <h2 id="none-heading">年次サイクルはまだ開かれていません</h2>
    <p>
      計画を登録してから、事務局の起案担当が年次サイクルを開きます（API <code>/api/v1/cycles</code>）。
    </p>
  </section>
);

/** GET /: the year at a glance. */
export const homePage = ({ frame, cycles, glance, links }: HomeView): VNode =>
  glance === null
    ? layout(
        "年次サイクル",
        frame,
        <>
          <h1>年次サイクル</h1>
          <NoCycle />
          <Links links={links} />
        </>,
      )
    : layout(
        `${glance.title}（${glance.cycle}）`,
        frame,
        <>
          <div class="title">
            <h1>{glance.title}</h1>
            <p>
              {`${fiscalYearLabel(glance.year)}　年次サイクル ${glance.cycle}　`}
              <time dateTime={glance.now}>{warekiWithWeekday(dateOf(glance.now))}</time>現在
            </p>
            <CycleChoice cycles={cycles} shown={glance.cycle} />
          </div>
          <Glance glance={glance} />
          <Links links={links} />
        </>,
      );

import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import { CausedAt } from "./caused.tsx";
import { Crumbs } from "./crumbs.tsx";
import { layout, type Frame } from "./layout.tsx";
import { LedgerTable, MailsTable, type MailRow } from "./mails-table.tsx";

interface ClosedDayMail extends MailRow {
  readonly closedFor: string;
}
export interface MailsView {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  /** About which something has to be done; null on a later page. */
  readonly trouble: { readonly rows: readonly MailRow[]; readonly many: number } | null;
  /** Those written on a day on which the offices are closed, and why they are; null on a later page. */
  readonly closed: { readonly rows: readonly ClosedDayMail[]; readonly days: number } | null;
  readonly ledger: readonly MailRow[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
}

const Trouble = ({ rows, many }: NonNullable<MailsView["trouble"]>) => (
  <section aria-labelledby="trouble-heading">
    <h2 id="trouble-heading">対応を要するメール</h2>
    <p>届いたか分からないもの、届かなかったもの及び送信が進んでいないものです。</p>
    {rows.length === 0 ? (
      <p>対応を要するメールはありません。</p>
    ) : (
      <MailsTable caption={`対応を要するメール（${many}通）`} rows={rows} />
    )}
    {many > rows.length ? <p>ほか{many - rows.length}通は、上のものに対応すると表示されます。</p> : null}
  </section>
);

const Closed = ({ rows, days }: NonNullable<MailsView["closed"]>) => (
  <section aria-labelledby="closed-heading">
    <h2 id="closed-heading">閉庁日のメール</h2>
    {rows.length === 0 ? (
      <p>
        閉庁日の日付のメールはありません（メールのある{days}
        日を、計画にある休日と照らしました。全て開庁日です）。
      </p>
    ) : (
      <>
        <p>人が閉庁日に行った手続の控えなどです。督促等は、閉庁日には作りません。</p>
        <ul>
          {rows.map(({ key, subject, organisation, at, caused, closedFor }) => (
            <li key={key}>
              <CausedAt at={at} by={caused} />（{closedFor}）　
              <a href={`/mails/${key}`}>{subject}</a>　{organisation}
            </li>
          ))}
        </ul>
      </>
    )}
  </section>
);

/** GET /cycles/{cycle}/mails: what somebody has to do something about, then the ledger, the newest first. */
export const mailsPage = ({ frame, cycle, trouble, closed, ledger, next }: MailsView): VNode =>
  layout(
    "メール",
    frame,
    <>
      <Crumbs cycle={cycle} here="メール" />
      <h1>メール</h1>
      {trouble === null ? null : <Trouble {...trouble} />}
      {closed === null ? null : <Closed {...closed} />}
      <section aria-labelledby="ledger-heading">
        <h2 id="ledger-heading">メールの台帳</h2>
        {ledger.length === 0 ? (
          <p>メールはありません。</p>
        ) : (
          <LedgerTable caption="メールの台帳（新しい順）" rows={ledger} />
        )}
        {next === null ? null : (
          <p>
            <a href={`/cycles/${cycle}/mails?before=${next}`}>これより前のメールを見る</a>
          </p>
        )}
      </section>
    </>,
  );

import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import { Crumbs } from "./crumbs.tsx";
import { layout, type Frame } from "./layout.tsx";
import { MailsTable, type MailRow } from "./mails-table.tsx";

export interface MailsView {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  readonly rows: readonly MailRow[];
  /** Also those that are not shown. */
  readonly many: number;
}

const TITLE = "対応を要するメール";

/** GET /cycles/{cycle}/mails: every mail about which somebody has to do something. */
export const mailsPage = ({ frame, cycle, rows, many }: MailsView): VNode =>
  layout(
    TITLE,
    frame,
    <>
      <Crumbs cycle={cycle} here={TITLE} />
      <h1>{TITLE}</h1>
      <p>
        届いたか分からないもの、届かなかったもの及び送信が進んでいないものです。件名を選ぶと、内容と送信の経過を確かめられます。
      </p>
      {rows.length === 0 ? (
        <p>対応を要するメールはありません。</p>
      ) : (
        <MailsTable caption={`対応を要するメール（${many}通）`} rows={rows} />
      )}
      {many > rows.length ? <p>ほか{many - rows.length}通は、上のものに対応すると表示されます。</p> : null}
    </>,
  );

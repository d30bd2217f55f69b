import type { Sha256 } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import { CausedAt } from "./caused.tsx";
import { mailStandingName, mailTodo, type MailStanding } from "./mail-words.ts";
import { Table, type Column } from "./table.tsx";

/** A mail in a list. */
export interface MailRow extends MailStanding {
  readonly key: Sha256;
  readonly subject: string;
  readonly organisation: string;
  readonly person: string;
  /** The cycle's now when it was written. */
  readonly at: Instant;
  /** The address of the event that brought it about; null for who may not read the record. */
  readonly caused: string | null;
}

const columns: readonly Column<MailRow>[] = [
  { name: "件名", heads: true, cell: ({ key, subject }) => <a href={`/mails/${key}`}>{subject}</a> },
  {
    name: "宛先",
    cell: ({ organisation, person }) => (
      <>
        {organisation}
        <br />
        {person}
      </>
    ),
  },
  { name: "日付", short: true, cell: ({ at, caused }) => <CausedAt at={at} by={caused} /> },
  {
    name: "状態",
    short: true,
    cell: (mail) => (
      <span class={mailTodo(mail) === null ? "tag" : "tag tag-late"}>{mailStandingName(mail)}</span>
    ),
  },
];
const todoColumn: Column<MailRow> = { name: "行うこと", cell: (mail) => mailTodo(mail) };

interface MailList {
  readonly caption: string;
  readonly rows: readonly MailRow[];
}

/** With what to do about each. */
export const MailsTable = ({ caption, rows }: MailList) => (
  <Table caption={caption} columns={[...columns, todoColumn]} rows={rows} rowKey={({ key }) => key} />
);

export const LedgerTable = ({ caption, rows }: MailList) => (
  <Table caption={caption} columns={columns} rows={rows} rowKey={({ key }) => key} />
);

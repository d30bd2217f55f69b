import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";
import { deedWords } from "../../domain/act-words.ts";
import { Crumbs } from "./crumbs.tsx";
import { fieldId, formOf, LineField, SelectField, type FormsView } from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Table, type Column } from "./table.tsx";
import { roleNames } from "./words.ts";

export interface EventView {
  readonly sequence: number;
  readonly at: Instant;
  readonly actor: string;
  readonly role: string;
  readonly action: string;
  readonly object: string;
  /** The screen of the object; null where it has none. */
  readonly href: string | null;
  readonly reason: string | null;
  readonly hash: string | null;
  /** The screen of the version with that hash; null where it has none. */
  readonly version: string | null;
  readonly self: string;
  /** The act that brought it; null where none did, and for who may not read it. */
  readonly act: string | null;
  /** Its workflow's history in words; null where no workflow did it. */
  readonly history: string | null;
}
export interface AuditView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  readonly asked: Readonly<Record<"person" | "object" | "action" | "from" | "to", string>>;
  readonly actions: readonly string[];
  readonly events: readonly EventView[];
  /** Where the whole record is to be had; null for who may not take it. */
  readonly bundle: string | null;
  /** Address of the older ones; null at the end. */
  readonly older: string | null;
}

const roleText = (role: string): string =>
  Object.entries(roleNames).find(([name]) => name === role)?.[1] ?? role;

/** Of what an event is about, with the way to that very version where there is one. */
export const VersionHash = ({ hash, version }: { readonly hash: string; readonly version: string | null }) =>
  version === null ? (
    <code>{hash}</code>
  ) : (
    <a href={version}>
      <code>{hash}</code>
    </a>
  );

const columnsOf = (cycle: CycleKey): readonly Column<EventView>[] => [
  {
    name: "番号",
    heads: true,
    cell: ({ sequence }) => <a href={`/cycles/${cycle}/audit/${sequence}`}>{sequence}</a>,
  },
  { name: "日時", cell: ({ at }) => <time dateTime={at}>{warekiTime(at)}</time> },
  {
    name: "行った人",
    cell: ({ actor, role }) => (
      <>
        {actor === "clock" ? "時計（自動）" : actor}
        <span class="radio-note">{roleText(role)}</span>
      </>
    ),
  },
  {
    name: "行為",
    cell: ({ action, reason }) => (
      <>
        {deedWords(action)}
        {reason === null ? null : <span class="prose">理由：{reason}</span>}
      </>
    ),
  },
  {
    name: "対象",
    cell: ({ object, href, hash, version, history, act }) => (
      <>
        {href === null ? object : <a href={href}>{object}</a>}
        {hash === null ? null : (
          <span class="radio-note">
            SHA-256 <VersionHash hash={hash} version={version} />
          </span>
        )}
        {act === null ? null : (
          <span class="radio-note">
            <a href={`/acts/${act}`}>操作</a>
          </span>
        )}
        {history === null ? null : (
          <span class="radio-note">
            <a href={history}>手続の履歴</a>
          </span>
        )}
      </>
    ),
  },
  { name: "鎖", cell: ({ self }) => <code title={self}>{self.slice(0, 12)}…</code> },
];

const Search = ({ view }: { readonly view: AuditView }) => {
  const form = formOf(view.forms, "search");
  const { asked } = view;
  return (
    <form class="act search" method="get" action={`/cycles/${view.cycle}/audit`} aria-label="監査記録の検索">
      <div class="field-row">
        <LineField form={form} name="person" label="人" hint="氏名又は略号の一部" value={asked.person} />
        <LineField form={form} name="object" label="対象" hint="例：data-meti" value={asked.object} />
        <SelectField
          form={form}
          name="action"
          label="行為"
          value={asked.action}
          none="全て"
          options={view.actions.map((value) => ({ value, name: deedWords(value) }))}
        />
      </div>
      <div class="field-row">
        <LineField form={form} name="from" kind="date" label="この日から" value={asked.from} />
        <LineField form={form} name="to" kind="date" label="この日まで" value={asked.to} />
        <p class="buttons">
          <button class="button button-quiet" type="submit">
            検索する
          </button>
          <a href={`/cycles/${view.cycle}/audit`}>条件を消す</a>
        </p>
      </div>
    </form>
  );
};

/** GET /cycles/{cycle}/audit: who did what to what, when and why. Nothing here changes anything. */
export const auditPage = (view: AuditView): VNode =>
  layout(
    "監査記録",
    view.frame,
    <>
      <Crumbs cycle={view.cycle} here="監査記録" />
      <h1>監査記録</h1>
      <p>
        状態を変えた全ての行為の記録です。各行の「鎖」は、直前の記録を含む内容のSHA-256であり、後から書き換えると合わなくなります。
      </p>
      {view.bundle === null ? null : (
        <p>
          <a href={view.bundle} download>
            監査用の束（記録、控え、手続の履歴、検証プログラム。tar）を書き出す
          </a>
        </p>
      )}
      <Search view={view} />
      {view.events.length === 0 ? (
        <p id={fieldId("search", "none")}>該当する記録はありません。</p>
      ) : (
        <Table
          caption={`記録（新しい順に${view.events.length}件）`}
          columns={columnsOf(view.cycle)}
          rows={view.events}
          rowKey={({ sequence }) => String(sequence)}
        />
      )}
      {view.older === null ? null : (
        <p>
          <a href={view.older}>これより古い記録</a>
        </p>
      )}
    </>,
  );

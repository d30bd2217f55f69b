import type { ChangeCause, SectionChange } from "../../domain/version-diff.ts";
import { Pager, type Paged } from "./pager.tsx";

const changeNames: Readonly<Record<SectionChange["is"], string>> = {
  added: "追加",
  changed: "変更",
  removed: "削除",
};

const nameOfCause = (cause: ChangeCause): string => {
  switch (cause.is) {
    case "source-added":
      return "元の記録の追加";
    case "source-removed":
      return "元の記録の取消し";
    case "source-changed":
      return "元の記録の変更";
    case "edited":
      return "加筆";
    case "wording":
      return "表現・構成の変更";
  }
};

/** Which record it was, so that one finds it again. */
const detailOf = (cause: ChangeCause): string | null => {
  switch (cause.is) {
    case "source-added":
    case "source-removed":
    case "source-changed":
      return cause.source;
    case "edited":
      return cause.by;
    case "wording":
      return null;
  }
};

const Causes = ({ causes }: Pick<SectionChange, "causes">) => (
  <>
    <p class="quiet">変わった理由</p>
    <ul class="quiet">
      {causes.map((cause) => (
        <li key={`${cause.is} ${detailOf(cause)}`} class="prose">
          {nameOfCause(cause)}
          {detailOf(cause) === null ? null : <code>　{detailOf(cause)}</code>}
        </li>
      ))}
    </ul>
  </>
);

const Lines = ({ name, lines }: { readonly name: string; readonly lines: readonly string[] }) => (
  <div>
    <h4>{name}</h4>
    {lines.length === 0 ? <p class="quiet">（なし）</p> : null}
    {lines.map((line, n) => (
      <p key={`${n} ${line}`} class="prose">
        {line}
      </p>
    ))}
  </div>
);

/** More than that is read on the page of its own. */
const SHORT_CHARACTERS = 8_000;

const isShort = (changes: readonly SectionChange[]): boolean =>
  changes.flatMap(({ before, after }) => [...before, ...after]).join("").length <= SHORT_CHARACTERS;

/** What has changed, whole where it is short; else its sections, and where it is read. */
export const ChangesInShort = ({
  changes,
  whole,
}: {
  readonly changes: readonly SectionChange[];
  /** Where all of it stands. */
  readonly whole: string;
}) =>
  isShort(changes) ? (
    <Changes changes={changes} />
  ) : (
    <>
      <p>
        {changes.length}箇所に違いがあります。<a href={whole}>新旧対照を全て読む</a>
      </p>
      <ul>
        {changes.map(({ is, section, title }) => (
          <li key={`${is} ${section}`}>
            <span class="tag">{changeNames[is]}</span> {title}
          </li>
        ))}
      </ul>
    </>
  );

/** One page of the changes; a long one goes on over several. */
export interface ChangesView extends Paged<SectionChange> {
  /** Sections that differ, on all pages together. */
  readonly many: number;
}

/** 新旧対照: each section that two versions do not have alike, and why. */
const Changes = ({ changes }: { readonly changes: readonly SectionChange[] }) => (
  <section aria-labelledby="changes-heading">
    <h2 id="changes-heading">新旧対照（{changes.length}箇所）</h2>
    {changes.length === 0 ? <p>違いはありません。</p> : <Each changes={changes} />}
  </section>
);

/** The same, page by page. */
export const PagedChanges = ({ changes }: { readonly changes: ChangesView }) => (
  <section aria-labelledby="changes-heading">
    <h2 id="changes-heading">新旧対照（{changes.many}箇所）</h2>
    {changes.many === 0 ? <p>違いはありません。</p> : null}
    <Pager paged={changes} label="ページの選択" />
    <Each changes={changes.rows} />
    <Pager paged={changes} label="ページの選択（本文の後）" />
  </section>
);

const Each = ({ changes }: { readonly changes: readonly SectionChange[] }) => (
  <>
    {changes.map((change, n) => (
      <section key={`${n} ${change.section}`} class="item">
        <h3>
          <span class="tag">{changeNames[change.is]}</span> {change.title}
        </h3>
        {change.causes.length === 0 ? null : <Causes causes={change.causes} />}
        <div class="beside">
          <Lines name="旧" lines={change.before} />
          <Lines name="新" lines={change.after} />
        </div>
      </section>
    ))}
  </>
);

import type { VNode } from "preact";
import type { ReportDocument, Section } from "../../domain/document.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import { PagedChanges, type ChangesView } from "./changes.tsx";
import { Crumbs } from "./crumbs.tsx";
import { Contents, partHref, SectionOf } from "./document.tsx";
import { ActForm, formOf, ProseField, Send, type FormsView } from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Outcome } from "./tried.tsx";

/** One page of the version, and the ones beside it. */
interface Read {
  readonly section: Section;
  /** Titles of what the section is a part of. */
  readonly above: string;
  /** Its parts that stand on pages of their own. */
  readonly elsewhere: readonly Section[];
  readonly previous: PageLink | null;
  readonly next: PageLink | null;
}
interface PageLink {
  readonly href: string;
  readonly title: string;
}
export interface VersionView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  readonly hash: Sha256;
  readonly number: number | null;
  readonly document: ReportDocument;
  /** 印 of each section of a draft, by its key; none once everybody may read it. */
  readonly seals: ReadonlyMap<string, string>;
  /** The page that is read; null for the contents. */
  readonly read: Read | null;
  /** Against an older version; null where only this one is read. */
  readonly changes: ChangesView | null;
  /** The section that is written on, with the text there is. */
  readonly writing: { readonly section: Section; readonly text: string } | null;
  /** The newest version may be written on by who prepares it. */
  readonly mayWrite: boolean;
  /** A ministry that is consulted sees the version and no way around it. */
  readonly way: { readonly href: string; readonly name: string } | null;
}

const Writing = ({
  view,
  writing: { section, text },
}: {
  readonly view: VersionView;
  readonly writing: NonNullable<VersionView["writing"]>;
}) => (
  <section aria-labelledby="writing-heading">
    <h2 id="writing-heading">「{section.title}」への加筆</h2>
    <ActForm
      form={formOf(view.forms, "edits")}
      action={`/cycles/${view.cycle}/report/versions/${view.hash}`}
      label="加筆"
      hidden={{ section: section.key, againstSource: section.fingerprint }}
    >
      <ProseField
        form={formOf(view.forms, "edits")}
        name="text"
        label="加筆する文章"
        rows={10}
        value={text}
        hint="記録から作られた文章はそのまま残り、その後に加わります。空にして保存すると、加筆を取り消します。次の編纂で版に入ります。"
      />
      <p>
        <Send>加筆を保存する</Send>
      </p>
    </ActForm>
    <h3>現在の内容</h3>
    <SectionOf section={{ ...section, sections: [] }} level={4} seals={view.seals} edit={null} />
  </section>
);

/** The next and the previous page; nothing where there is none. */
const Beside = ({ read, label }: { readonly read: Read; readonly label: string }) => (
  <nav class="item-pages" aria-label={label}>
    <ul>
      {[
        { name: "前", page: read.previous },
        { name: "次", page: read.next },
      ].map(({ name, page }) =>
        page === null ? null : (
          <li key={name}>
            <a href={page.href} rel={name === "前" ? "prev" : "next"}>
              {name}：{page.title}
            </a>
          </li>
        ),
      )}
      <li>
        <a href="?">目次</a>
      </li>
    </ul>
  </nav>
);

const Page = ({ view, read }: { readonly view: VersionView; readonly read: Read }) => (
  <>
    <Beside read={read} label="前後のページ" />
    {read.above === "" ? null : <p class="quiet">{read.above}</p>}
    <SectionOf
      section={read.section}
      level={2}
      seals={view.seals}
      edit={view.mayWrite ? (key) => `?section=${encodeURIComponent(key)}` : null}
    />
    {read.elsewhere.length === 0 ? null : (
      <nav aria-label={`「${read.section.title}」の内容`}>
        <ul>
          {read.elsewhere.map(({ key, title }) => (
            <li key={key}>
              <a href={partHref(key)}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
    )}
    <Beside read={read} label="前後のページ（本文の後）" />
  </>
);

const Body = ({ view }: { readonly view: VersionView }) => {
  if (view.writing !== null) return <Writing view={view} writing={view.writing} />;
  if (view.changes !== null) return <PagedChanges changes={view.changes} />;
  return view.read === null ? (
    <Contents chapters={view.document.chapters} />
  ) : (
    <Page view={view} read={view.read} />
  );
};

/** GET /cycles/{cycle}/report/versions/{hash}: its contents, a page to read, what is new in it, or a section to write on. */
export const versionPage = (view: VersionView): VNode => {
  const here = view.number === null ? "年次報告の版" : `第${view.number}版`;
  return layout(
    `${view.document.title}（${here}）`,
    view.frame,
    <>
      <Crumbs cycle={view.cycle} between={view.way === null ? [] : [view.way]} here={here} />
      <h1>{view.document.title}</h1>
      <p>
        {here}　<span class="quiet">SHA-256</span> <code>{view.hash}</code>
      </p>
      <Outcome forms={view.forms} />
      <Body view={view} />
    </>,
  );
};

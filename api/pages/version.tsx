import type { VNode } from "preact";
import type { ReportDocument, Section } from "../../domain/document.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { SectionChange } from "../../domain/version-diff.ts";
import { Crumbs } from "./crumbs.tsx";
import { Contents, SectionOf } from "./document.tsx";
import { ActForm, formOf, ProseField, Send, type FormsView } from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Outcome } from "./tried.tsx";

export interface VersionView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  readonly hash: Sha256;
  readonly number: number | null;
  readonly document: ReportDocument;
  /** Against an older version; null where only this one is read. */
  readonly changes: readonly SectionChange[] | null;
  /** The section that is written on, with the text there is. */
  readonly writing: { readonly section: Section; readonly text: string } | null;
  /** The newest version may be written on by who prepares it. */
  readonly mayWrite: boolean;
  /** A ministry that is consulted sees the version and no way around it. */
  readonly way: { readonly href: string; readonly name: string } | null;
}

const changeNames: Readonly<Record<SectionChange["is"], string>> = {
  added: "追加",
  changed: "変更",
  removed: "削除",
};

const causeText = ({ causes }: SectionChange): string =>
  [
    ...new Set(
      causes.map((cause) => {
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
      }),
    ),
  ].join("、");

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

const Changes = ({ changes }: { readonly changes: readonly SectionChange[] }) => (
  <section aria-labelledby="changes-heading">
    <h2 id="changes-heading">新旧対照（{changes.length}箇所）</h2>
    {changes.length === 0 ? <p>違いはありません。</p> : null}
    {changes.map((change) => (
      <section key={`${change.is} ${change.section}`} class="item">
        <h3>
          <span class="tag">{changeNames[change.is]}</span> {change.title}
        </h3>
        <p class="quiet">変わった理由：{causeText(change)}</p>
        <div class="beside">
          <Lines name="旧" lines={change.before} />
          <Lines name="新" lines={change.after} />
        </div>
      </section>
    ))}
  </section>
);

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
    <SectionOf section={{ ...section, sections: [] }} level={4} edit={null} />
  </section>
);

const Whole = ({ view }: { readonly view: VersionView }) => (
  <>
    <Contents chapters={view.document.chapters} />
    {view.document.chapters.map((chapter) => (
      <SectionOf
        key={chapter.key}
        section={chapter}
        level={2}
        edit={view.mayWrite ? (key) => `?section=${encodeURIComponent(key)}` : null}
      />
    ))}
  </>
);

const Body = ({ view }: { readonly view: VersionView }) => {
  if (view.writing !== null) return <Writing view={view} writing={view.writing} />;
  return view.changes === null ? <Whole view={view} /> : <Changes changes={view.changes} />;
};

/** GET /cycles/{cycle}/report/versions/{hash}: one version to read, what is new in it, or one section to write on. */
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

import type { VNode } from "preact";
import type { Block, Phrase, Section, Table } from "../../domain/document.ts";

const lines = (text: string): VNode => <span class="prose">{text}</span>;

const Row = ({ cells }: { readonly cells: readonly Phrase[] }) => (
  <tr>
    {cells.map(({ text }, n) =>
      n === 0 ? (
        <th key={`${n} ${text}`} scope="row">
          {lines(text)}
        </th>
      ) : (
        <td key={`${n} ${text}`}>{lines(text)}</td>
      ),
    )}
  </tr>
);

/** A table of the report: as wide as it is, it scrolls by itself. */
const TableOf = ({ table }: { readonly table: Table }) => (
  <div class="wide" tabIndex={0} role="region" aria-label={table.caption}>
    <table class="plain-table">
      <caption>{table.caption}</caption>
      <thead>
        <tr>
          {table.columns.map(({ title }) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, n) => (
          <Row key={`${n} ${row[0]?.text ?? ""}`} cells={row} />
        ))}
        {table.total === null ? null : <Row cells={table.total} />}
      </tbody>
    </table>
  </div>
);

const BlockOf = ({ block }: { readonly block: Block }) => {
  switch (block.is) {
    case "paragraph":
      return <p class="prose">{block.text}</p>;
    case "notice":
      return <p class="notice">{block.text}</p>;
    case "list":
      return (
        <ul>
          {block.items.map(({ text }, n) => (
            <li key={`${n} ${text}`}>{text}</li>
          ))}
        </ul>
      );
    case "table":
      return <TableOf table={block} />;
    case "edited":
      return (
        <div class="edited">
          <p class="prose">{block.text}</p>
          {block.stale ? (
            <p class="notice">この加筆の後に、元の記録が変わっています。内容を確かめてください。</p>
          ) : null}
        </div>
      );
  }
};

/** 印: how what follows is to be kept. */
const Seal = ({ children }: { readonly children: string }) => (
  <p class="seal">
    <span class="tag">{children}</span>
  </p>
);

/** One section with its parts, and a way to write on it where one may. */
export const SectionOf = ({
  section,
  level,
  seals,
  edit,
}: {
  readonly section: Section;
  readonly level: number;
  /** 印 by the section's key. */
  readonly seals: ReadonlyMap<string, string>;
  /** The address that leads to the form; null for who may not write. */
  readonly edit: ((key: string) => string) | null;
}): VNode => {
  const Heading = level <= 2 ? "h2" : level === 3 ? "h3" : level === 4 ? "h4" : "h5";
  const seal = seals.get(section.key);
  return (
    <section id={`section-${section.key}`}>
      <Heading>{section.title}</Heading>
      {seal === undefined ? null : <Seal>{seal}</Seal>}
      {section.blocks.map((block, n) => (
        <BlockOf key={`${n} ${block.is}`} block={block} />
      ))}
      {edit === null ? null : (
        <p class="write">
          <a href={edit(section.key)}>「{section.title}」に加筆する</a>
        </p>
      )}
      {section.sections.map((part) => (
        <SectionOf key={part.key} section={part} level={level + 1} seals={seals} edit={edit} />
      ))}
    </section>
  );
};

/** The page of a version on which the section stands, there. */
export const partHref = (key: string): string => `?part=${encodeURIComponent(key)}#section-${key}`;

/** 目次: the chapters and their first parts. */
export const Contents = ({ chapters }: { readonly chapters: readonly Section[] }) => (
  <nav aria-labelledby="contents-heading">
    <h2 id="contents-heading">目次</h2>
    <ol class="contents">
      {chapters.map(({ key, title, sections }) => (
        <li key={key}>
          <a href={partHref(key)}>{title}</a>
          {sections.length === 0 ? null : (
            <ol>
              {sections.map((part) => (
                <li key={part.key}>
                  <a href={partHref(part.key)}>{part.title}</a>
                </li>
              ))}
            </ol>
          )}
        </li>
      ))}
    </ol>
  </nav>
);

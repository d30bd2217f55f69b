import type { Block, Phrase, ReportDocument, Section, Table } from "../domain/document.ts";
import { byWeight } from "./paging.ts";

/** A page of a version to read: a section with all its parts where they fit, else its own blocks or some of them. */
export interface VersionPage {
  readonly section: Section;
  /** Parts that stand on pages of their own. */
  readonly elsewhere: readonly Section[];
  /** Which of the pages of this section's own blocks it is, and how many there are. */
  readonly sheet: number;
  readonly sheets: number;
}

/** Leaves room for what stands around it, so that the page stays below 100 KB. */
const LIMIT_BYTES = 70 * 1024;
/** About what the markup around a thing takes. */
const SECTION_BYTES = 250;
const BLOCK_BYTES = 40;
const CELL_BYTES = 50;

const rowBytes = (row: readonly Phrase[]): number =>
  row.reduce((sum, { text }) => sum + CELL_BYTES + Buffer.byteLength(text), BLOCK_BYTES);

const blockBytes = (block: Block): number => {
  switch (block.is) {
    case "paragraph":
    case "notice":
    case "edited":
      return BLOCK_BYTES + Buffer.byteLength(block.text);
    case "list":
      return rowBytes(block.items);
    case "table":
      return [...block.rows, block.total ?? []].reduce((sum, row) => sum + rowBytes(row), BLOCK_BYTES);
  }
};

const sectionBytes = ({ title, blocks, sections }: Section): number =>
  SECTION_BYTES +
  // In the heading, and in the link to the form beside it.
  2 * Buffer.byteLength(title) +
  blocks.reduce((sum, block) => sum + blockBytes(block), 0) +
  sections.reduce((sum, part) => sum + sectionBytes(part), 0);

/** The same table on as many pages as it takes; what it adds up to stands on the last. */
const cutTable = (table: Table): readonly Table[] => {
  const pages = byWeight(table.rows, rowBytes, LIMIT_BYTES);
  return pages.map((rows, n) => ({ ...table, rows, total: n === pages.length - 1 ? table.total : null }));
};

const cutBlock = (block: Block): readonly Block[] =>
  block.is === "table" && blockBytes(block) > LIMIT_BYTES ? cutTable(block) : [block];

const pagesOfSection = (section: Section): readonly VersionPage[] => {
  if (sectionBytes(section) <= LIMIT_BYTES) return [{ section, elsewhere: [], sheet: 1, sheets: 1 }];
  const cut = byWeight(section.blocks.flatMap(cutBlock), blockBytes, LIMIT_BYTES);
  const sheets = cut.length === 0 ? [[]] : cut;
  return [
    ...sheets.map((blocks, n) => ({
      section: { ...section, blocks, sections: [] },
      elsewhere: section.sections,
      sheet: n + 1,
      sheets: sheets.length,
    })),
    ...section.sections.flatMap(pagesOfSection),
  ];
};

/** The whole version, page by page, in its order. */
export const versionPages = ({ chapters }: ReportDocument): readonly VersionPage[] =>
  chapters.flatMap(pagesOfSection);

const holds = (section: Section, key: string): boolean =>
  section.key === key || section.sections.some((part) => holds(part, key));

/** Where the section stands, or that sheet of it; undefined where the version has none of that key. */
export const pageWith = (
  pages: readonly VersionPage[],
  { key, sheet }: { readonly key: string; readonly sheet: number },
): VersionPage | undefined => {
  const all = pages.filter(({ section }) => holds(section, key));
  return all.find((page) => page.sheet === sheet) ?? all[0];
};

/** Titles of what the section of that key is a part of, the outermost first. */
export const above = (chapters: readonly Section[], key: string): readonly string[] => {
  const chapter = chapters.find((one) => holds(one, key));
  return chapter === undefined || chapter.key === key ? [] : [chapter.title, ...above(chapter.sections, key)];
};

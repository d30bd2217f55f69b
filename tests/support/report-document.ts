import {
  sectionsOf,
  type Block,
  type ReportDocument,
  type Section,
  type Table,
} from "../../domain/document.ts";

export const sectionOf = (from: ReportDocument, key: string): Section => {
  const found = sectionsOf(from.chapters).find((section) => section.key === key);
  if (found === undefined) throw new Error(`no section ${key}`);
  return found;
};
export const tablesOf = (section: Section): readonly Table[] =>
  section.blocks.flatMap((block) => (block.is === "table" ? [block] : []));
export const textsOf = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap((block) => ("text" in block ? [block.text] : []));
export const tableOf = (from: ReportDocument, section: string, caption: string): Table => {
  const found = tablesOf(sectionOf(from, section)).find((table) => table.caption.startsWith(caption));
  if (found === undefined) throw new Error(`no table ${caption}`);
  return found;
};

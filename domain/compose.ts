import type {
  Block,
  Column,
  GeneratedBlock,
  Notice,
  Paragraph,
  Phrase,
  Section,
  SourceId,
  Table,
} from "./document.ts";

/** Small makers of the document's parts, so that the chapters read as what they say. */

export const phrase = (text: string, source: readonly SourceId[] = []): Phrase => ({ text, source });
export const paragraph = (text: string, source: readonly SourceId[] = []): Paragraph => ({
  is: "paragraph",
  ...phrase(text, source),
});
export const notice = (text: string, source: readonly SourceId[] = []): Notice => ({
  is: "notice",
  ...phrase(text, source),
});
export const words = (title: string, weight: number): Column => ({ title, weight, numeric: false });
export const count = (title: string): Column => ({ title, weight: 1, numeric: true });

export const table = (
  caption: string,
  columns: readonly Column[],
  { rows, total = null }: { readonly rows: Table["rows"]; readonly total?: Table["total"] },
): Table => ({ is: "table", caption, columns, rows, total });

/** A number as printed, with its sources. */
export const numberOf = (sources: readonly SourceId[]): Phrase => phrase(grouped(sources.length), sources);

/** 12345.6 → `12,345.6` */
export const grouped = (value: number): string => {
  const [whole = "", part] = String(value).split(".");
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return part === undefined ? digits : `${digits}.${part}`;
};

/** A section before its edits are put in. */
export type DraftSection = Omit<Section, "fingerprint" | "blocks" | "sections"> & {
  readonly blocks: readonly GeneratedBlock[];
  readonly sections: readonly DraftSection[];
};
export const section = (
  key: string,
  title: string,
  { blocks = [], sections = [] }: { blocks?: readonly GeneratedBlock[]; sections?: readonly DraftSection[] },
): DraftSection => ({ key, title, blocks, sections });

/** Sources of a block, in the order in which they appear; may repeat. */
export const sourcesOf = (block: Block): readonly SourceId[] => {
  switch (block.is) {
    case "paragraph":
    case "notice":
      return block.source;
    case "list":
      return block.items.flatMap(({ source }) => source);
    case "table":
      return [...block.rows, block.total ?? []].flat().flatMap(({ source }) => source);
    case "edited":
      return [];
  }
};

const FNV_BASIS = 0x811c9dc5;
const hash32 = (text: string, prime: number): string => {
  let hash = FNV_BASIS;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), prime);
  return (hash >>> 0).toString(16).padStart(8, "0");
};

/**
 * Tells an honest editor that what he wrote against has moved. No seal: integrity rests on the SHA-256 of the
 * whole version, which domain/ has no means to compute.
 */
export const fingerprint = (text: string): string => hash32(text, 0x01000193) + hash32(text, 0x85ebca6b);

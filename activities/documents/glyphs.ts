/** 下駄: what Japanese printing has always set where a character is missing. */
const MISSING = "〓";
const SELECTORS = /[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]/gu;
const BLANKS = /[\t\v\f]/g;
const LINE_BREAKS = /\r\n?/g;

export interface Printable {
  readonly text: string;
  /** Characters the font does not have. */
  readonly missing: readonly string[];
}

/**
 * The text as the font can print it. PDF/UA refuses a document with an unknown glyph; an answer with a rare
 * name in it must still be printable. Variation selectors are dropped: the base character stands for them.
 */
export const printable = (text: string, covers: (codePoint: number) => boolean): Printable => {
  const missing: string[] = [];
  const kept = Array.from(
    text.replace(SELECTORS, "").replace(LINE_BREAKS, "\n").replace(BLANKS, " "),
    (character) => {
      if (character === "\n" || covers(character.codePointAt(0) ?? 0)) return character;
      missing.push(character);
      return MISSING;
    },
  );
  return { text: kept.join(""), missing };
};

const SEGMENTS_FORMAT = 12;
const UNICODE_FULL = 10;

/**
 * Which code points a TrueType font has, from its `cmap` table (OpenType 1.9, format 12).
 * @throws Error where the font has no such table: it is not one this house can print with
 */
export const coverage = (font: Uint8Array): ((codePoint: number) => boolean) => {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const cmap = tableAt(view, 0x636d6170);
  const subtables = Array.from({ length: view.getUint16(cmap + 2) }, (_, at) => cmap + 4 + at * 8);
  const full = subtables.find((at) => view.getUint16(at + 2) === UNICODE_FULL);
  const start = full === undefined ? cmap : cmap + view.getUint32(full + 4);
  if (view.getUint16(start) !== SEGMENTS_FORMAT)
    throw new Error("the font has no full Unicode character map");
  const covered = new Set<number>();
  for (let at = start + 16, end = at + view.getUint32(start + 12) * 12; at < end; at += 12)
    for (let one = view.getUint32(at); one <= view.getUint32(at + 4); one += 1) covered.add(one);
  return (codePoint) => covered.has(codePoint);
};

const tableAt = (view: DataView, tag: number): number => {
  const records = Array.from({ length: view.getUint16(4) }, (_, at) => 12 + at * 16);
  const found = records.find((at) => view.getUint32(at) === tag);
  if (found === undefined) throw new Error("the font has no character map");
  return view.getUint32(found + 8);
};

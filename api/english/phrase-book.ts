import { englishDate } from "./dates.ts";
import { isEnglish, isJapanese, joined, partsOf, textPart, type English, type Part } from "./parts.ts";
import { wellNumbered } from "./plural.ts";
import { piecesOf, shelfOf, type Phrases, type Shelf } from "./phrase.ts";

/** So little fixed Japanese says nothing about a text that holds what somebody wrote. */
const TELLING = 3;
/** So deep a phrase may stand within a phrase. */
const DEPTH = 5;
const KEPT = 20_000;
const KEPT_LENGTH = 300;

const separators = [
  ["、", ", "],
  ["　", "\u2003"],
  ["・", ", "],
  [" → ", " → "],
] as const;

const fill = (english: string, values: ReadonlyMap<string, English> = new Map()): English =>
  piecesOf(english).flatMap((piece) => values.get(piece) ?? partsOf(piece));

const byClosed = (shelf: Shelf, text: string): English | undefined => {
  const exact = shelf.exact(text);
  if (exact !== undefined) return fill(exact);
  const found = shelf.closed(text);
  if (found === undefined) return undefined;
  const [{ english, slots }, values] = found;
  return fill(english, new Map(slots.map((slot, n) => [slot, [textPart(valueOf(values[n] ?? ""))]])));
};
const valueOf = (value: string): string => englishDate(value) ?? value;

/** The first phrase that leaves no Japanese; else the most telling one, if it tells enough. */
const byOpen = (shelf: Shelf, text: string, depth: number): English | undefined => {
  let partly: English | undefined;
  for (const [{ english, slots, weight }, values] of shelf.open(text)) {
    const filled = slots.map((slot, n) => [slot, look(shelf, values[n] ?? "", depth - 1)] as const);
    const parts = fill(english, new Map(filled));
    if (isEnglish(parts)) return parts;
    if (weight >= TELLING) partly ??= parts;
  }
  return partly;
};

/** Words in a row that all have their English. */
const byWords = (shelf: Shelf, text: string, depth: number): English | undefined =>
  separators
    .filter(([mark]) => text.includes(mark))
    .map(([mark, comma]) =>
      text
        .split(mark)
        .flatMap((word, n) => [...(n === 0 ? [] : [textPart(comma)]), ...look(shelf, word, depth - 1)]),
    )
    .find(isEnglish);

const byDate = (text: string): English | undefined => {
  const date = englishDate(text);
  return date === undefined ? undefined : [textPart(date)];
};

/** What of it stands between spaces. */
const byCore = (shelf: Shelf, text: string, depth: number): English | undefined => {
  const core = text.trim();
  if (core === text) return undefined;
  const at = text.indexOf(core);
  return [textPart(text.slice(0, at)), ...look(shelf, core, depth), textPart(text.slice(at + core.length))];
};

const wellNumberedPart = (part: Part): Part =>
  part.is === "text" && !part.japanese ? { ...part, text: wellNumbered(part.text) } : part;

const look = (shelf: Shelf, text: string, depth: number): English => {
  if (!isJapanese(text) || depth === 0) return joined(partsOf(text));
  const found =
    byClosed(shelf, text) ??
    byOpen(shelf, text, depth) ??
    byDate(text) ??
    byCore(shelf, text, depth) ??
    byWords(shelf, text, depth);
  return found === undefined ? joined(partsOf(text)) : joined(found).map(wellNumberedPart);
};

/** Looks texts up. What it was asked before it remembers. */
export const phraseBook = (phrases: Phrases): ((text: string) => English) => {
  const shelf = shelfOf(phrases);
  const known = new Map<string, English>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const english = look(shelf, text, DEPTH);
    if (known.size >= KEPT) known.clear();
    if (text.length <= KEPT_LENGTH) known.set(text, english);
    return english;
  };
};

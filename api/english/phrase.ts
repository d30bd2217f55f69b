import { ANY_DATE } from "./dates.ts";
import { marked } from "./parts.ts";

/**
 * Japanese texts and their English, as gettext has them: the Japanese of the source is the key. `{n}`, `{n2}` … stand
 * for a number, `{date}` … for a date with or without its hour, `{person}` for somebody's name, any other name for whatever the screen puts there,
 * which is looked up in its turn. `<1>`, `<2>` … stand for the elements within a sentence, which English may need in
 * another order.
 */
export type Phrases = Readonly<Record<string, string>>;

interface Phrase {
  readonly english: string;
  /** Names of its holes and, for the numbers and dates that are written out in it, themselves. */
  readonly slots: readonly string[];
}
interface OpenPhrase extends Phrase {
  readonly pattern: RegExp;
  /** How many of its fixed characters are no ASCII; somebody's name tells as much as a word. */
  readonly weight: number;
}

const HOLES = /(\{[a-z]+\d*\})/;
const EVERY_HOLE = new RegExp(HOLES, "g");
const NUMBER = "[0-9０-９]+(?:[.,][0-9]+)*";
const VALUE = new RegExp(`(${ANY_DATE})|${NUMBER}`, "g");
const [A_NUMBER, A_DATE] = ["\u0001", "\u0002"];

const kindOf = (hole: string): string => hole.replaceAll(/[{}\d]/g, "");
const isHole = (slot: string): boolean => slot.startsWith("{");
export const piecesOf = (english: string): readonly string[] => english.split(HOLES);

/** A text with its numbers and dates left out: those that differ in nothing else have the same. */
const skeletonOf = (text: string): { readonly skeleton: string; readonly values: readonly string[] } => {
  const values: string[] = [];
  const skeleton = text.replaceAll(VALUE, (value, date: string | undefined) => {
    values.push(value);
    return date === undefined ? A_NUMBER : A_DATE;
  });
  return { skeleton, values };
};

/** Of a text in which only numbers and dates change. */
const closedPhrase = (key: string, english: string): readonly [string, Phrase] => {
  const holes = key.match(EVERY_HOLE) ?? [];
  const marks = holes.map((hole) => (kindOf(hole) === "n" ? "0" : "平成元年1月1日"));
  // Holes become values, so that they and what is written out are left out alike.
  const filled = piecesOf(key).map((piece) => (isHole(piece) ? (marks.shift() ?? "") : piece));
  const slots = piecesOf(key).flatMap((piece) => (isHole(piece) ? [piece] : skeletonOf(piece).values));
  return [skeletonOf(filled.join("")).skeleton, { english, slots }];
};
const isClosed = (key: string): boolean =>
  (key.match(EVERY_HOLE) ?? []).every((hole) => ["n", "date"].includes(kindOf(hole)));

const quoted = (literal: string): string => literal.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
const patternOf = (piece: string): string => {
  if (!isHole(piece)) return quoted(piece);
  if (kindOf(piece) === "n") return `(${NUMBER})`;
  if (kindOf(piece) === "person") return "([^\\s（）、]{1,6} [^\\s（）、]{1,6})";
  return kindOf(piece) === "date" ? `(${ANY_DATE})` : "(.*?)";
};
const openPhrase = (key: string, english: string): OpenPhrase => ({
  english,
  slots: key.match(EVERY_HOLE) ?? [],
  pattern: new RegExp(`^${piecesOf(key).map(patternOf).join("")}$`, "su"),
  weight:
    key
      .replaceAll("{person}", "人の氏名")
      .replaceAll(EVERY_HOLE, "")
      .match(/[^\u0000-\u007f]/g)?.length ?? 0,
});

/** Phrases by what finds them. */
export interface Shelf {
  readonly exact: (text: string) => string | undefined;
  /** Which phrase it is but for numbers and dates, and these. */
  readonly closed: (text: string) => readonly [Phrase, readonly string[]] | undefined;
  /** Which it may be, the most telling first, with what stands in the holes. */
  readonly open: (text: string) => readonly (readonly [OpenPhrase, readonly string[]])[];
}

/** Where open phrases stand: by their first character, or their last, or among those that have neither. */
const placeOf = (key: string): string => {
  if (!key.startsWith("{")) return key.charAt(0);
  return key.endsWith("}") ? "" : `…${key.charAt(key.length - 1)}`;
};
/** A longer text is no sentence of ours with several things in it: what somebody wrote is not searched at length. */
const LENGTH_OF_MANY = 400;

export const shelfOf = (phrases: Phrases): Shelf => {
  const exact = new Map<string, string>();
  const closed = new Map<string, Phrase>();
  const open = new Map<string, OpenPhrase[]>();
  for (const [raw, rawEnglish] of Object.entries(phrases)) {
    const [key, english] = [marked(raw), marked(rawEnglish)];
    if (!HOLES.test(key)) exact.set(key, english);
    else if (isClosed(key)) closed.set(...closedPhrase(key, english));
    else open.set(placeOf(key), [...(open.get(placeOf(key)) ?? []), openPhrase(key, english)]);
  }
  return {
    exact: (text) => exact.get(text),
    closed: (text) => {
      const { skeleton, values } = skeletonOf(text);
      const phrase = closed.get(skeleton);
      const fits = phrase?.slots.every((slot, n) => isHole(slot) || slot === values[n]);
      return phrase === undefined || fits !== true ? undefined : [phrase, values];
    },
    open: (text) =>
      [text.charAt(0), `…${text.charAt(text.length - 1)}`, ""]
        .flatMap((place) => open.get(place) ?? [])
        .filter(({ slots }) => slots.length === 1 || text.length <= LENGTH_OF_MANY)
        .toSorted((a, b) => b.weight - a.weight)
        .flatMap((phrase) => {
          const found = phrase.pattern.exec(text);
          return found === null ? [] : [[phrase, found.slice(1)] as const];
        }),
  };
};

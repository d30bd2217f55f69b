import { element, escaped, plain, read, type Element, type Node } from "./markup.ts";
import { childMark, hasChildMark, isJapanese, type English } from "./parts.ts";
import { phraseBook } from "./phrase-book.ts";
import type { Phrases } from "./phrase.ts";

/** Texts of a person, of the machine, and forms' contents. */
const KEPT = new Set(["textarea", "pre", "code", "kbd", "samp", "script", "style"]);
/** Where no element may stand in the text. */
const TEXT_ONLY = new Set(["title", "option", "text", "tspan", "desc"]);
/** What stands in a line of text with it. */
const IN_LINE = new Set([
  "a",
  "abbr",
  "b",
  "br",
  "code",
  "del",
  "em",
  "ins",
  "small",
  "span",
  "strong",
  "time",
]);
/** What people read, see or hear of an element. */
const SAID = /( (?:aria-label|aria-description|title|placeholder|alt|label|abbr|data-label)=")([^"]*)(")/g;
const BUTTON = / type="(?:submit|button|reset)"/;
const BUTTON_SAYS = /( value=")([^"]*)(")/;
const LANGUAGE = / (?:lang="[^"]*"|translate="no")/;

type Look = (text: string) => English;

/** A text with characters that would stand for an element is nothing we wrote. */
const alone = (text: string, look: Look): English =>
  hasChildMark(text) ? [{ is: "text", text, japanese: isJapanese(text) }] : look(text);

const saidBy = (parts: English): string =>
  parts.map((part) => (part.is === "text" ? part.text : "")).join("");

const attributesOf = ({ name, attributes }: Element, look: Look): string => {
  const inEnglish = (_: string, before: string, value: string, after: string): string =>
    before + (isJapanese(value) ? escaped(saidBy(alone(plain(value), look))) : value) + after;
  const said = attributes.replaceAll(SAID, inEnglish);
  return name === "input" && BUTTON.test(said) ? said.replace(BUTTON_SAYS, inEnglish) : said;
};

const isText = (node: Node): node is string => typeof node === "string";
const isElement = (node: Node): node is Element => !isText(node);

/** The children as one sentence with marks for its elements, where they are one and the book knows it. */
const asSentence = (children: readonly Node[], look: Look): English | undefined => {
  const texts = children.filter(isText);
  const elements = children.filter(isElement);
  if (elements.length === 0 || !elements.every(({ name }) => IN_LINE.has(name))) return undefined;
  if (!texts.some(isJapanese) || texts.some(hasChildMark)) return undefined;
  let number = 0;
  const sentence = children.map((node) => (isText(node) ? plain(node) : childMark((number += 1)))).join("");
  const parts = look(sentence);
  const numbers = parts.flatMap((part) => (part.is === "child" ? [part.number] : []));
  const isComplete = numbers.length === number && new Set(numbers).size === number;
  const isKnown = saidBy(parts) !== children.filter(isText).map(plain).join("");
  return isComplete && isKnown ? parts : undefined;
};

const inner = (of: Element, look: Look): { readonly html: string; readonly japanese: boolean } => {
  const children = of.children ?? [];
  const elements = children.filter(isElement);
  const sentence = asSentence(children, look);
  const spoken = children.filter(isText).map((text) => alone(plain(text), look));
  const left = spoken.flat().filter((part) => part.is === "text" && part.japanese);
  const all = spoken.flat().filter((part) => part.is === "text" && part.text.trim() !== "");
  // Marked once, at the element, where all of it is Japanese.
  const japanese =
    sentence === undefined && elements.length === 0 && left.length > 0 && left.length === all.length;
  const isPlain = japanese || TEXT_ONLY.has(of.name);
  const markup = (parts: English): string =>
    parts
      .map((part) => {
        if (part.is === "child") return english(elements[part.number - 1] ?? "", look);
        const text = escaped(part.text);
        return part.japanese && !isPlain ? `<span lang="ja">${text}</span>` : text;
      })
      .join("");
  const html =
    sentence === undefined
      ? children
          .map((node) => (isText(node) ? markup(alone(plain(node), look)) : english(node, look)))
          .join("")
      : markup(sentence);
  return { html, japanese };
};

const saysJapanese = (node: Node): boolean =>
  isText(node) ? isJapanese(node) : (node.children ?? []).some(saysJapanese);

const english = (node: Node, look: Look): string => {
  if (isText(node)) return node;
  const attributes = attributesOf(node, look);
  const isMarked = LANGUAGE.test(node.attributes);
  if (isMarked || KEPT.has(node.name)) {
    const mark = !/ lang="/.test(node.attributes) && saysJapanese(node) ? ' lang="ja"' : "";
    return element(node, { attributes: `${attributes}${mark}` });
  }
  const { html, japanese } = inner(node, look);
  return element(node, { attributes: `${attributes}${japanese ? ' lang="ja"' : ""}`, inner: html });
};

/**
 * A page as our renderer wrote it, in English: every text the phrases know, in texts and in what is said of elements.
 * What they do not know is a name, or what somebody wrote; it stays and is marked as Japanese (WCAG 2.2, 3.1.2). What
 * stands in the page as text stays text, whatever it says.
 */
export const englishPage = (phrases: Phrases): ((html: string) => string) => {
  const look = phraseBook(phrases);
  return (html) =>
    read(html)
      .map((node) => {
        if (isText(node) || node.name !== "html") return english(node, look);
        const attributes = node.attributes.replace(' lang="ja"', "");
        return english({ ...node, attributes }, look).replace("<html", '<html lang="en"');
      })
      .join("");
};

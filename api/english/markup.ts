/**
 * The markup our renderer writes, read back exactly. preact-render-to-string closes every element, quotes every value
 * with `"`, and writes `"`, `&` and `<` of texts and values as references, so that three patterns read all of it and
 * written again it is the same bytes. It is no reader of HTML from elsewhere: that it refuses.
 */

export interface Element {
  readonly name: string;
  /** As written, each with the space before it. */
  readonly attributes: string;
  /** null of an element that has no end tag. */
  readonly children: readonly Node[] | null;
}
/** A text stands as written, with its references. */
export type Node = string | Element;

const TAG = /<(\/?)([a-z][\w-]*)((?: [^\s"'<>/=]+(?:="[^"]*")?)*)(\/?)>/giy;
const TEXT = /[^<]+/y;

interface Open {
  readonly name: string;
  readonly attributes: string;
  readonly children: Node[];
}

/** @throws Error on what our renderer does not write */
export const read = (html: string): readonly Node[] => {
  const root: Node[] = [];
  const open: Open[] = [];
  const inside = (): Node[] => open.at(-1)?.children ?? root;
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(html);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  while (at < html.length) {
    const text = take(TEXT);
    if (text !== null) {
      inside().push(text[0]);
      continue;
    }
    const [, end, name, attributes = "", empty] = take(TAG) ?? [];
    if (name === undefined) throw new Error(`not our renderer's markup at ${at}`);
    if (end === "/") {
      const closed = open.pop();
      if (closed?.name !== name) throw new Error(`</${name}> closes nothing at ${at}`);
      inside().push(closed);
    } else if (empty === "/") inside().push({ name, attributes, children: null });
    else open.push({ name, attributes, children: [] });
  }
  if (open.length > 0) throw new Error(`<${String(open.at(-1)?.name)}> is never closed`);
  return root;
};

export const written = (nodes: readonly Node[]): string => nodes.map(writtenNode).join("");
const writtenNode = (node: Node): string => (typeof node === "string" ? node : element(node, node));

/** One element; `inner` is the markup between its tags. */
export const element = (
  { name, children }: Pick<Element, "name" | "children">,
  { attributes, inner }: { readonly attributes: string; readonly inner?: string },
): string =>
  children === null
    ? `<${name}${attributes}/>`
    : `<${name}${attributes}>${inner ?? written(children)}</${name}>`;

const references: readonly (readonly [string, string])[] = [
  ["&quot;", '"'],
  ["&amp;", "&"],
  ["&lt;", "<"],
];
const characterOf = new Map(references);
const referenceOf = new Map(references.map(([reference, character]) => [character, reference]));

/** What a text or a value says. */
export const plain = (markup: string): string =>
  markup.replaceAll(/&(?:quot|amp|lt);/g, (one) => characterOf.get(one) ?? one);
/** It as markup, as the renderer writes it: whatever it says, it stays a text. */
export const escaped = (text: string): string =>
  text.replaceAll(/["&<]/g, (one) => referenceOf.get(one) ?? one);

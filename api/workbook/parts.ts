import type { Part } from "./archive.ts";
import { FileFault, type FaultCode } from "./faults.ts";

/** What a spreadsheet program saves of a form that was filled in, and nothing that acts or shows something else. */
const expected: readonly RegExp[] = [
  /^\[Content_Types\]\.xml$/,
  /^_rels\/\.rels$/,
  /^docProps\/(app|core|custom)\.xml$/,
  /^docMetadata\/LabelInfo\.xml$/,
  /^customXml\/([\w-]+\.xml|_rels\/[\w-]+\.xml\.rels)$/,
  /^xl\/(workbook|styles|sharedStrings|metadata|calcChain)\.xml$/,
  /^xl\/_rels\/workbook\.xml\.rels$/,
  /^xl\/worksheets\/(sheet\d+\.xml|_rels\/sheet\d+\.xml\.rels)$/,
  /^xl\/theme\/theme\d+\.xml$/,
  /^xl\/printerSettings\/printerSettings\d+\.bin$/,
  /^xl\/comments\d*\.xml$/,
  /^xl\/comments\/comment\d+\.xml$/,
  /^xl\/(threadedComments|persons)\/[\w-]+\.xml$/,
  /^xl\/drawings\/(vmlDrawing|commentsDrawing)\d+\.vml$/,
];

/** By name, type or relationship: what a part is that has no place in a form. */
const unwanted: readonly (readonly [RegExp, FaultCode])[] = [
  [/vba|macro|dialogsheet|intlMacrosheet/i, "macro"],
  [/externalLink|connections|queryTable|attachedTemplate/i, "external-link"],
  [/embeddings|oleObject|activeX|ctrlProp|media\/|drawing|image|chart|webextension|pivot|slicer/i, "object"],
];
const kindOf = (text: string): FaultCode | undefined => unwanted.find(([is]) => is.test(text))?.[1];

const nameFault = (name: string): FaultCode | undefined =>
  expected.some((is) => is.test(name)) ? undefined : (kindOf(name) ?? "unknown-part");

/** UTF-8 as it stands: another encoding, a DTD or an entity could hide what is looked for here. */
const textOf = ({ name, bytes }: Part): string => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const encoding = /^<\?xml[^>]*encoding\s*=\s*["']([^"']+)/.exec(text)?.[1] ?? "utf-8";
    // Bytes of UTF-16 can be UTF-8 too, with U+0000 between the letters.
    if (encoding.toLowerCase() === "utf-8" && !/\u{0}|<!(DOCTYPE|ENTITY)/iu.test(text)) return text;
  } catch {
    // Told below.
  }
  throw new FileFault("damaged", name);
};

const TAG = /<(\/?)[\w.:-]+(?:[^"'<>]|"[^"<]*"|'[^'<]*')*>/g;
/** A sheet is a dozen levels deep. */
const DEPTH_LIMIT = 64;
const TAGS_LIMIT = 1_000_000;

/** As many ends as beginnings, never far apart, and nothing between them that is no element and no text. */
const checkShape = (name: string, text: string): void => {
  if (text.includes("<!")) throw new FileFault("damaged", name);
  let depth = 0;
  let tags = 0;
  for (const [tag, end] of text.matchAll(TAG)) {
    tags += 1;
    if (tags > TAGS_LIMIT) throw new FileFault("too-large", name);
    if (end === "/") depth -= 1;
    else if (!tag.endsWith("/>")) depth += 1;
    if (depth < 0 || depth > DEPTH_LIMIT) throw new FileFault("damaged", name);
  }
  if (depth !== 0) throw new FileFault("damaged", name);
};

const RELATIONSHIP = /<(?:[\w.-]+:)?Relationship\b[^>]*>/g;
/** An address somebody has typed is only a text here: nobody follows it. */
const isHyperlink = (relationship: string): boolean => /\/relationships\/hyperlink["']/.test(relationship);
const isComment = (relationship: string): boolean => /\/relationships\/vmlDrawing["']/.test(relationship);

const checkRelationships = (name: string, text: string): void => {
  for (const [relationship] of text.matchAll(RELATIONSHIP)) {
    if (isHyperlink(relationship) || isComment(relationship)) continue;
    const type = /\bType\s*=\s*["']([^"']*)/.exec(relationship)?.[1] ?? "";
    const code = /TargetMode|&#/.test(relationship) ? "external-link" : kindOf(type.split("/").at(-1) ?? "");
    if (code !== undefined) throw new FileFault(code, name);
  }
};

const CONTENT_TYPE = /ContentType\s*=\s*["']([^"']*)/g;
const checkContentTypes = (name: string, text: string): void => {
  for (const [, type = ""] of text.matchAll(CONTENT_TYPE)) {
    const code = /vmlDrawing/.test(type) ? undefined : kindOf(type);
    if (code !== undefined && !type.startsWith("image/")) throw new FileFault(code, name);
  }
};

const ROWS_LIMIT = 10_000;
const CELLS_LIMIT = 200_000;
const CELL = /<(?:[\w.-]+:)?c(?=[\s>/])[^>]*?(?:\br="([A-Z]+)(\d+)"[^>]*)?>/g;
const FORMULA = /<(?:[\w.-]+:)?f(?=[\s>/])/;
const FORMULA_CELL = /<(?:[\w.-]+:)?c\s[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<(?:[\w.-]+:)?f[\s>/]/;

/** Two cells far apart are a table of millions to whoever makes rows of them. */
const checkCells = (name: string, text: string): void => {
  if (FORMULA.test(text)) throw new FileFault("formula", FORMULA_CELL.exec(text)?.[1] ?? name);
  let cells = 0;
  for (const [, letters = "", row = ""] of text.matchAll(CELL)) {
    cells += 1;
    if (cells > CELLS_LIMIT || letters.length > 2 || Number(row) > ROWS_LIMIT)
      throw new FileFault("too-large", `${letters}${row}`);
  }
};

/** A name a spreadsheet runs when it opens the file; and what a name may refer to outside of it. */
const checkNames = (name: string, text: string): void => {
  if (/Auto_(Open|Close|Activate)/i.test(text)) throw new FileFault("macro", name);
  if (/<(?:[\w.-]+:)?externalReference\b/.test(text)) throw new FileFault("external-link", name);
};

const checkText = (part: Part): void => {
  const { name } = part;
  if (name.endsWith(".bin")) return;
  const text = textOf(part);
  if (/^xl\/(worksheets\/sheet\d+|workbook|sharedStrings|styles)\.xml$/.test(name)) checkShape(name, text);
  if (name.endsWith(".rels")) checkRelationships(name, text);
  if (name === "[Content_Types].xml") checkContentTypes(name, text);
  if (name === "xl/workbook.xml") checkNames(name, text);
  if (name.startsWith("xl/worksheets/sheet")) checkCells(name, text);
};

/** @throws FileFault for whatever is no part of a form that was filled in */
export const checkParts = (parts: readonly Part[]): void => {
  for (const { name } of parts) {
    const code = nameFault(name);
    if (code !== undefined) throw new FileFault(code, name);
  }
  for (const part of parts) checkText(part);
};

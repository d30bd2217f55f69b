import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { isEnglish, isJapanese, marked } from "../../api/english/parts.ts";
import { phraseBook } from "../../api/english/phrase-book.ts";
import { phrases } from "../../api/english/phrases.ts";

/** Every Japanese text of a screen's source has its English: who adds one, adds the other. */

const root = new URL("../../", import.meta.url);
const pages = readdirSync(new URL("api/pages/", root)).map((name) => `api/pages/${name}`);
/** Where else screens have their words from. */
const besides = [
  "api/answer-checks.ts",
  "api/answer-fields.ts",
  "api/answer-view.ts",
  "api/approval-forms.ts",
  "api/attaching.ts",
  "api/form-fields.ts",
  "api/form-screens.ts",
  "api/frame.ts",
  "api/history-names.ts",
  "api/history-words.ts",
  "api/mail-view.ts",
  "api/opinion-forms.ts",
  "api/problems.ts",
  "api/request-forms.ts",
  "api/screens.ts",
  "api/survey-forms.ts",
  "api/survey-view.ts",
  "api/routes/sign-in.ts",
  "domain/act-words.ts",
  "domain/answer-kind.ts",
  "domain/checks.ts",
  "domain/file-name.ts",
  "domain/plan-change.ts",
];
/** Japanese in English too: what the language, and the product, call themselves. */
const OWN_NAMES = new Set(["日本語", "年輪"]);

/** What a screen may put where the source has an expression: something with an English of its own. */
const HOLE = "\u0000";
const MANY = 4;
const fillings = ["3", "平成27年3月20日", "回答", ""];

interface Found {
  readonly text: string;
  readonly line: number;
}

const templateText = (node: ts.TemplateLiteral | ts.StringLiteral): string =>
  ts.isTemplateExpression(node)
    ? node.head.text + node.templateSpans.map(({ literal }) => HOLE + literal.text).join("")
    : node.text;
const isLiteral = (node: ts.Node): node is ts.StringLiteral | ts.TemplateLiteral =>
  ts.isStringLiteral(node) || ts.isTemplateLiteral(node);

/** As JSX joins lines: without the indentation, and without what is only that. */
const jsxText = (raw: string): string =>
  raw
    .split("\n")
    .map((line, n, all) =>
      line.slice(n > 0 ? line.search(/[^ ]|$/) : 0, n < all.length - 1 ? line.trimEnd().length : undefined),
    )
    .filter((line) => line !== "")
    .join(" ");

/** The sentence that an element's children make, and its runs of text between elements. */
const sentenceOf = (
  children: readonly ts.JsxChild[],
): { readonly whole: string; readonly runs: readonly string[] } => {
  let number = 0;
  const pieces = children.map((child): string => {
    if (ts.isJsxText(child)) return jsxText(child.text);
    if (!ts.isJsxExpression(child)) return `<${(number += 1)}>`;
    const { expression } = child;
    if (expression === undefined) return "";
    return isLiteral(expression) ? templateText(expression) : HOLE;
  });
  return { whole: pieces.join(""), runs: pieces.join("").split(/<\d+>/) };
};

const look = phraseBook(phrases);
const isCovered = (text: string): boolean => isEnglish(look(marked(text)));
/** Every way to fill the holes of a text; of one with many, all of them alike. */
const filled = (text: string): readonly string[] => {
  const [first = "", ...rest] = text.split(HOLE);
  if (rest.length > MANY) return fillings.map((filling) => text.replaceAll(HOLE, filling));
  return rest.reduce<readonly string[]>(
    (all, piece) => all.flatMap((before) => fillings.map((filling) => before + filling + piece)),
    [first],
  );
};
/** Also where an expression gives an element or nothing, so that the text ends there. */
const hasEnglish = (text: string): boolean =>
  !isJapanese(text) ||
  filled(text).some(isCovered) ||
  (text.includes(HOLE) && text.split(HOLE).every((piece) => !isJapanese(piece) || isCovered(piece)));

const textsOf = (path: string): readonly Found[] => {
  const source = ts.createSourceFile(
    path,
    readFileSync(new URL(path, root), "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: Found[] = [];
  const add = (node: ts.Node, text: string): void => {
    found.push({ text, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxElement(node) || ts.isJsxFragment(node)) {
      const { whole, runs } = sentenceOf(node.children);
      if (!hasEnglish(whole)) for (const run of runs) add(node, run);
    } else if (isLiteral(node) && !ts.isImportDeclaration(node.parent)) add(node, templateText(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

describe("every Japanese text has its English", () => {
  it.each([...pages, ...besides])("in %s", (path) => {
    const without = textsOf(path).filter(({ text }) => !OWN_NAMES.has(text) && !hasEnglish(text));
    expect(without.map(({ text, line }) => `${path}:${line} ${text.replaceAll(HOLE, "{…}")}`)).toEqual([]);
  });
});

describe("the phrases", () => {
  it("have an English without Japanese, with every hole of the Japanese", () => {
    const holes = (text: string) => (text.match(/\{[a-z]+\d*\}|<\d+>/g) ?? []).toSorted();
    for (const [japanese, english] of Object.entries(phrases)) {
      expect([japanese, isJapanese(english)]).toEqual([japanese, false]);
      expect([japanese, holes(english)]).toEqual([japanese, holes(japanese)]);
    }
  });
});

import { h, type ComponentChild } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Block, Phrase, ReportDocument, Section, Table } from "../../domain/document.ts";
import {
  CHANGES_REMARK,
  CHANGES_TITLE,
  headLine,
  isListed,
  rehearsalMark,
  staleRemark,
  versionLine,
  type PrintFacts,
} from "./facts.ts";
import { styles } from "./styles.ts";

/**
 * One accessible page that stands by itself: no script, no outside address, JIS X 8341-3 structure (headings in
 * order, captions, row and column headers).
 */
export const renderHtml = (document: ReportDocument, facts: PrintFacts): string => {
  const title = `${rehearsalMark(document)}${document.title}`;
  const page = h(
    "html",
    { lang: "ja" },
    h(
      "head",
      null,
      h("meta", { charset: "utf-8" }),
      h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      h("meta", { name: "version-sha256", content: facts.sha256 }),
      h("title", null, title),
      h("style", { dangerouslySetInnerHTML: { __html: styles } }),
    ),
    h(
      "body",
      null,
      h("a", { class: "skip", href: "#content" }, "本文へ"),
      h("header", null, h("p", null, headLine(document, facts)), h("h1", null, title)),
      contents(document),
      h(
        "main",
        { id: "content", tabIndex: -1 },
        changed(facts),
        document.chapters.map((chapter) => part(chapter, 2)),
      ),
      h("footer", null, h("p", null, versionLine(facts))),
    ),
  );
  return `<!doctype html>\n${renderToString(page)}\n`;
};

const changed = ({ changes }: PrintFacts): ComponentChild =>
  changes === null
    ? null
    : h(
        "section",
        null,
        h("h2", { id: "decision-changes" }, CHANGES_TITLE),
        h("p", { class: "notice" }, CHANGES_REMARK),
        changes.split("\n").map((line) => h("p", null, line)),
      );

const contents = ({ chapters }: ReportDocument): ComponentChild =>
  h("nav", { "aria-labelledby": "contents" }, [
    h("h2", { id: "contents" }, "目次"),
    h(
      "ol",
      null,
      chapters.map((chapter) => h("li", null, link(chapter), inner(chapter))),
    ),
  ]);

const inner = ({ sections }: Section): ComponentChild => {
  const listed = sections.filter(isListed);
  return listed.length === 0
    ? null
    : h(
        "ol",
        null,
        listed.map((one) => h("li", null, link(one))),
      );
};

const link = ({ key, title }: Section): ComponentChild => h("a", { href: `#${key}` }, title);

const DEEPEST_HEADING = 6;
const part = ({ key, title, blocks, sections }: Section, level: number): ComponentChild =>
  h(
    "section",
    null,
    h(`h${Math.min(level, DEEPEST_HEADING)}`, { id: key }, title),
    blocks.map((block, at) => rendered(block, `${key}-${at + 1}`)),
    sections.map((one) => part(one, level + 1)),
  );

const rendered = (block: Block, id: string): ComponentChild => {
  switch (block.is) {
    case "paragraph":
      return block.text.split("\n").map((line) => h("p", null, line));
    case "notice":
      return h("p", { class: "notice" }, `※　${block.text}`);
    case "list":
      return h(
        "ul",
        null,
        block.items.map(({ text }) => h("li", null, lines(text))),
      );
    case "table":
      return tabular(block, id);
    case "edited":
      return h(
        "div",
        { class: "edited" },
        block.text.split("\n").map((line) => h("p", null, line)),
        block.stale ? h("p", { class: "notice" }, staleRemark) : null,
      );
  }
};

const tabular = ({ caption, columns, rows, total }: Table, id: string): ComponentChild => {
  const cell = ({ text }: Phrase, at: number): ComponentChild =>
    at === 0
      ? h("th", { scope: "row" }, lines(text))
      : h("td", columns[at]?.numeric === true ? { class: "number" } : null, lines(text));
  const captionId = `${id}-caption`;
  const all = columns.reduce((sum, { weight }) => sum + weight, 0);
  return h(
    "div",
    { class: "wide", role: "group", "aria-labelledby": captionId, tabIndex: 0 },
    h(
      "table",
      null,
      h("caption", { id: captionId }, caption),
      h(
        "colgroup",
        null,
        columns.map(({ weight }) => h("col", { width: `${Math.round((weight / all) * 100)}%` })),
      ),
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          columns.map(({ title }) => h("th", { scope: "col" }, title)),
        ),
      ),
      h(
        "tbody",
        null,
        rows.map((row) => h("tr", null, row.map(cell))),
      ),
      total === null ? null : h("tfoot", null, h("tr", null, total.map(cell))),
    ),
  );
};

const lines = (text: string): ComponentChild =>
  text.split("\n").flatMap((line, at) => (at === 0 ? [line] : [h("br", null), line]));

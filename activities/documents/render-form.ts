import { readFileSync, writeSync } from "node:fs";
import { formsOf, printingOf, type FormName, type Printing } from "./forms.ts";

// A process of its own with little memory: what lays out a report takes half of what its compilation may take, and gives
// it back only by ending. Arguments: the forms. Standard input: what they are made from. Standard output: for each form
// one line about it, then its bytes.

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Loads no more than the form needs. */
const renderer = async (form: FormName): Promise<(printing: Printing) => Promise<Uint8Array>> => {
  switch (form) {
    case "report.html": {
      const { renderHtml } = await import("./html.ts");
      return async ({ document, facts }) => utf8(renderHtml(document, facts));
    }
    case "report.pdf": {
      const { renderPdf } = await import("./pdf.ts");
      return ({ document, facts }) => renderPdf(document, facts);
    }
    case "report.docx": {
      const { renderWord } = await import("./word.ts");
      return ({ document, facts }) => renderWord(document, facts);
    }
    case "data.csv": {
      const { renderCsv } = await import("./data.ts");
      return async ({ document }) => utf8(renderCsv(document));
    }
    case "data.json": {
      const { renderJson } = await import("./data.ts");
      return async ({ document, facts }) => utf8(renderJson(document, facts));
    }
    case "data.xlsx": {
      const { renderXlsx } = await import("./data.ts");
      return ({ document, facts }) => renderXlsx(document, facts);
    }
  }
};

const writeAll = (bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length;) at += writeSync(1, bytes, at);
};

const printing = printingOf(readFileSync(0, "utf8"));
for (const name of formsOf(process.argv.slice(2))) {
  const render = await renderer(name);
  const startedAt = performance.now();
  const bytes = await render(printing);
  const ms = Math.round(performance.now() - startedAt);
  const rssMb = Math.round(process.resourceUsage().maxRSS / 1024);
  writeAll(utf8(`${JSON.stringify({ name, length: bytes.length, ms, rssMb })}\n`));
  writeAll(bytes);
}

import type { ReportDocument } from "../../domain/document.ts";
import { renderCsv, renderJson, renderXlsx } from "./data.ts";
import type { PrintFacts } from "./facts.ts";
import { CHECKSUMS, renderChecksums, renderIndex } from "./folder.ts";
import { renderHtml } from "./html.ts";
import { renderPdf } from "./pdf.ts";
import { renderWord } from "./word.ts";

export interface RenderedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const OFFICE = "application/vnd.openxmlformats-officedocument";

/**
 * Every published form of one version as a folder that any web server can serve, in a fixed order. The same document
 * and facts give the same bytes, and none holds a person's name.
 */
export const renderAll = async (
  document: ReportDocument,
  facts: PrintFacts,
): Promise<readonly RenderedFile[]> => {
  const forms = await renderForms(document, facts);
  const index = utf8(renderIndex(document, facts, forms));
  const files = [...forms, { name: "index.html", mediaType: "text/html; charset=utf-8", bytes: index }];
  const sums = utf8(renderChecksums(files));
  return [...files, { name: CHECKSUMS, mediaType: "text/plain; charset=utf-8", bytes: sums }];
};

const renderForms = async (document: ReportDocument, facts: PrintFacts): Promise<readonly RenderedFile[]> => [
  { name: "report.html", mediaType: "text/html; charset=utf-8", bytes: utf8(renderHtml(document, facts)) },
  { name: "report.pdf", mediaType: "application/pdf", bytes: await renderPdf(document, facts) },
  {
    name: "report.docx",
    mediaType: `${OFFICE}.wordprocessingml.document`,
    bytes: await renderWord(document, facts),
  },
  { name: "data.csv", mediaType: "text/csv; charset=utf-8", bytes: utf8(renderCsv(document)) },
  { name: "data.json", mediaType: "application/json", bytes: utf8(renderJson(document, facts)) },
  { name: "data.xlsx", mediaType: `${OFFICE}.spreadsheetml.sheet`, bytes: await renderXlsx(document, facts) },
];

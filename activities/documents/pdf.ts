import { readFile } from "node:fs/promises";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import type { Block, Phrase, ReportDocument, Section } from "../../domain/document.ts";
import { epochMs } from "../../domain/time.ts";
import {
  CHANGES_REMARK,
  CHANGES_TITLE,
  headLine,
  isLandscape,
  isListed,
  rehearsalMark,
  staleRemark,
  versionLine,
  type PrintFacts,
} from "./facts.ts";
import { coverage, printable } from "./glyphs.ts";

const FONTS = ["400Regular/BIZUDPGothic_400Regular.ttf", "700Bold/BIZUDPGothic_700Bold.ttf"];
const file = (address: string): Promise<Buffer> => readFile(new URL(address));

/**
 * PDF/UA-1 with embedded fonts and Japanese line breaking. The same document and facts give the same bytes.
 * A character that the font lacks is printed as 〓, and the cover says so.
 */
export const renderPdf = async (document: ReportDocument, facts: PrintFacts): Promise<Uint8Array> => {
  const fonts = await Promise.all(
    FONTS.map((path) => file(import.meta.resolve(`@expo-google-fonts/biz-udpgothic/${path}`))),
  );
  const form = await readFile(new URL("report.typ", import.meta.url), "utf8");
  const missing: string[] = [];
  const [regular] = fonts;
  const covers = regular === undefined ? () => false : coverage(regular);
  const report = JSON.stringify(printed(document, facts), (_, value: unknown) => {
    if (typeof value !== "string") return value;
    const clean = printable(value, covers);
    missing.push(...clean.missing);
    return clean.text;
  });
  const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs: fonts }] });
  const remark =
    missing.length === 0
      ? ""
      : `書体にない文字${missing.length}字を〓で表した。HTML版及びデータには元の文字がある。`;
  const compiled = compiler.compile({ mainFileContent: form, inputs: { report, remark } });
  const error = compiled.takeError();
  if (compiled.result === null || error !== null)
    throw new Error(`the report's form did not compile: ${JSON.stringify(error?.shortDiagnostics)}`);
  const pdf = compiler.pdf(compiled.result, {
    pdfStandard: "ua-1",
    creationTimestamp: epochMs(facts.createdAt) / 1000,
  });
  // The engine remembers every layout of the process; a report is laid out once.
  compiler.evictCache(0);
  return pdf;
};

/** The document as the form reads it: what is printed, and nothing of where it came from. */
const printed = (document: ReportDocument, facts: PrintFacts) => ({
  title: `${rehearsalMark(document)}${document.title}`,
  head: headLine(document, facts),
  version: versionLine(facts),
  standing: facts.standing,
  changes:
    facts.changes === null ? null : { title: CHANGES_TITLE, remark: CHANGES_REMARK, text: facts.changes },
  chapters: document.chapters.map((chapter) => ({ ...part(chapter), landscape: isLandscape(chapter) })),
});

interface PrintedSection {
  readonly title: string;
  readonly listed: boolean;
  readonly blocks: readonly object[];
  readonly sections: readonly PrintedSection[];
}
const part = (section: Section): PrintedSection => ({
  title: section.title,
  listed: isListed(section),
  blocks: section.blocks.flatMap(printedBlocks),
  sections: section.sections.map(part),
});

const texts = (phrases: readonly Phrase[]): readonly string[] => phrases.map(({ text }) => text);
const printedBlocks = (block: Block): readonly object[] => {
  switch (block.is) {
    case "paragraph":
    case "notice":
      return [{ is: block.is, text: block.text }];
    case "list":
      return [{ is: "list", items: texts(block.items) }];
    case "table":
      return [
        {
          is: "table",
          caption: block.caption,
          titles: block.columns.map(({ title }) => title),
          weights: block.columns.map(({ weight }) => weight),
          numeric: block.columns.map(({ numeric }) => numeric),
          rows: block.rows.map(texts),
          total: texts(block.total ?? []),
        },
      ];
    case "edited":
      return [
        { is: "paragraph", text: block.text },
        ...(block.stale ? [{ is: "notice", text: staleRemark }] : []),
      ];
  }
};

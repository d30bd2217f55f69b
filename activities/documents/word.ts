import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TableOfContents,
  TextRun,
  type FileChild,
  type ISectionOptions,
} from "docx";
import { sectionsOf, type Block, type ReportDocument, type Section } from "../../domain/document.ts";
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
import { wordStyles } from "./word-styles.ts";
import { wordTable } from "./word-table.ts";
import { coreProperties, withFixedTimes } from "./zip.ts";

/** A4 in twips. */
const PAPER = { width: 11_906, height: 16_838 };
const MARGIN = 1_134;

/**
 * The form ministries comment on: real headings, a table of contents Word can update, header rows that repeat.
 * The same document and facts give the same bytes.
 */
export const renderWord = async (document: ReportDocument, facts: PrintFacts): Promise<Uint8Array> => {
  const file = new Document({
    title: `${rehearsalMark(document)}${document.title}`,
    creator: "",
    styles: wordStyles,
    sections: [
      page(document, facts, { landscape: false, children: cover(document, facts) }),
      ...changed(document, facts),
      ...document.chapters.map((chapter) =>
        page(document, facts, { landscape: isLandscape(chapter), children: part(chapter, 0) }),
      ),
    ],
  });
  const bytes = await Packer.pack(file, "uint8array", undefined, [
    {
      path: "docProps/core.xml",
      data: coreProperties(`${rehearsalMark(document)}${document.title}`, facts.createdAt),
    },
  ]);
  return withFixedTimes(bytes, facts.createdAt);
};

interface Page {
  readonly landscape: boolean;
  readonly children: readonly FileChild[];
}
const page = (
  document: ReportDocument,
  facts: PrintFacts,
  { landscape, children }: Page,
): ISectionOptions => ({
  properties: {
    page: {
      size: { ...PAPER, orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
      margin: { top: MARGIN, right: MARGIN, bottom: MARGIN, left: MARGIN },
    },
  },
  headers: {
    default: new Header({
      children: [
        new Paragraph({ style: "Margin", alignment: AlignmentType.END, text: headLine(document, facts) }),
      ],
    }),
  },
  footers: {
    default: new Footer({
      children: [
        new Paragraph({ style: "Margin", text: versionLine(facts) }),
        new Paragraph({
          style: "Margin",
          alignment: AlignmentType.CENTER,
          children: [new TextRun({ children: [PageNumber.CURRENT, " / ", PageNumber.TOTAL_PAGES] })],
        }),
      ],
    }),
  },
  children,
});

const cover = (document: ReportDocument, facts: PrintFacts): readonly FileChild[] => [
  new Paragraph({ style: "Title", text: `${rehearsalMark(document)}${document.title}` }),
  new Paragraph({ alignment: AlignmentType.CENTER, text: facts.standing }),
  new Paragraph({ style: "ContentsTitle", text: "目次", pageBreakBefore: true }),
  new TableOfContents("目次", {
    headingStyleRange: "1-2",
    beginDirty: true,
    contentChildren: sectionsOf(document.chapters)
      .filter(isListed)
      .map(
        (one) => new Paragraph({ style: document.chapters.includes(one) ? "TOC1" : "TOC2", text: one.title }),
      ),
  }),
];

/** A page of its own, before the first chapter. */
const changed = (document: ReportDocument, facts: PrintFacts): readonly ISectionOptions[] =>
  facts.changes === null
    ? []
    : [
        page(document, facts, {
          landscape: false,
          children: [
            new Paragraph({ heading: HeadingLevel.HEADING_1, keepNext: true, text: CHANGES_TITLE }),
            remark(CHANGES_REMARK),
            ...body(facts.changes),
          ],
        }),
      ];

const HEADINGS = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
  HeadingLevel.HEADING_6,
] as const;

const part = (section: Section, depth: number): readonly FileChild[] => [
  new Paragraph({ heading: HEADINGS[depth] ?? HeadingLevel.HEADING_6, keepNext: true, text: section.title }),
  ...section.blocks.flatMap((block) => written(block)),
  ...section.sections.flatMap((one) => part(one, depth + 1)),
];

const body = (text: string): readonly Paragraph[] =>
  text.split("\n").map((line) => new Paragraph({ style: "BodyText", text: line }));
const remark = (text: string): Paragraph => new Paragraph({ style: "Notice", text });

const written = (block: Block): readonly FileChild[] => {
  switch (block.is) {
    case "paragraph":
      return body(block.text);
    case "notice":
      return [remark(`※　${block.text}`)];
    case "list":
      return block.items.flatMap(({ text }) => body(`・${text}`));
    case "table":
      return wordTable(block);
    case "edited":
      return [...body(block.text), ...(block.stale ? [remark(staleRemark)] : [])];
  }
};

import {
  AlignmentType,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import type { Phrase, Table as ReportTable } from "../../domain/document.ts";

const HEADER_FILL = "E8F1FE";
const WHOLE = 100;

/** Its caption stays on the page of its first row; the header row is repeated on each page. */
export const wordTable = (table: ReportTable): readonly (Paragraph | Table)[] => {
  const all = table.columns.reduce((sum, { weight }) => sum + weight, 0);
  const cell = ({ text }: Phrase, at: number, strong: boolean): TableCell => {
    const column = table.columns[at];
    return new TableCell({
      width: { size: Math.round(((column?.weight ?? 0) / all) * WHOLE), type: WidthType.PERCENTAGE },
      children: text.split("\n").map(
        (line) =>
          new Paragraph({
            style: "Cell",
            alignment: column?.numeric === true ? AlignmentType.END : AlignmentType.START,
            children: [new TextRun({ text: line, bold: strong })],
          }),
      ),
    });
  };
  const heads = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: table.columns.map(
      ({ title }) =>
        new TableCell({
          shading: { type: ShadingType.CLEAR, fill: HEADER_FILL, color: "auto" },
          children: [
            new Paragraph({
              style: "Cell",
              keepNext: true,
              children: [new TextRun({ text: title, bold: true })],
            }),
          ],
        }),
    ),
  });
  const row = (cells: readonly Phrase[], strong: boolean): TableRow =>
    new TableRow({ cantSplit: true, children: cells.map((one, at) => cell(one, at, strong)) });
  return [
    new Paragraph({ style: "Caption", keepNext: true, text: table.caption }),
    new Table({
      layout: TableLayoutType.FIXED,
      width: { size: WHOLE, type: WidthType.PERCENTAGE },
      rows: [
        heads,
        ...table.rows.map((cells) => row(cells, false)),
        ...(table.total === null ? [] : [row(table.total, true)]),
      ],
    }),
    new Paragraph({ style: "Cell", text: "" }),
  ];
};

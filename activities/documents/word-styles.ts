import { AlignmentType, LineRuleType, type IStylesOptions } from "docx";

const MINCHO = { ascii: "Century", hAnsi: "Century", cs: "Century", eastAsia: "ＭＳ 明朝" };
const GOTHIC = { ascii: "Arial", hAnsi: "Arial", cs: "Arial", eastAsia: "ＭＳ ゴシック" };
const JAPANESE = { value: "ja-JP", eastAsia: "ja-JP" };
const NAVY = "000000";

const heading = (halfPoints: number, before: number) => ({
  run: { font: GOTHIC, size: halfPoints, bold: true, color: NAVY, language: JAPANESE },
  paragraph: { spacing: { before, after: 120 } },
});

/** 明朝 for the body and ゴシック for headings, as ministries write; sizes in half points, spacing in twips. */
export const wordStyles: IStylesOptions = {
  default: {
    document: {
      run: { font: MINCHO, size: 21, language: JAPANESE },
      paragraph: { spacing: { line: 340, lineRule: LineRuleType.AT_LEAST } },
    },
    title: {
      run: { font: GOTHIC, size: 40, bold: true, color: NAVY },
      paragraph: {
        alignment: AlignmentType.CENTER,
        spacing: { before: 4_000, after: 800, line: 600, lineRule: LineRuleType.AT_LEAST },
      },
    },
    heading1: heading(30, 240),
    heading2: heading(26, 360),
    heading3: heading(24, 320),
    heading4: heading(22, 280),
    heading5: heading(21, 240),
    heading6: heading(21, 240),
  },
  paragraphStyles: [
    {
      id: "BodyText",
      name: "Body Text",
      basedOn: "Normal",
      paragraph: { indent: { firstLine: 210 }, spacing: { after: 80 } },
    },
    {
      id: "Cell",
      name: "表の文字",
      basedOn: "Normal",
      run: { size: 18 },
      paragraph: { spacing: { line: 260, lineRule: LineRuleType.AT_LEAST } },
    },
    {
      id: "Caption",
      name: "caption",
      basedOn: "Normal",
      run: { font: GOTHIC, size: 19, bold: true },
      paragraph: { spacing: { before: 160, after: 60 } },
    },
    {
      id: "Notice",
      name: "注意",
      basedOn: "Normal",
      run: { font: GOTHIC },
      paragraph: { indent: { left: 210 }, spacing: { after: 80 } },
    },
    {
      id: "ContentsTitle",
      name: "目次の見出し",
      basedOn: "Normal",
      run: { font: GOTHIC, size: 28, bold: true },
    },
    { id: "Margin", name: "欄外", basedOn: "Normal", run: { size: 16 } },
    { id: "TOC1", name: "toc 1", basedOn: "Normal", run: { bold: true } },
    { id: "TOC2", name: "toc 2", basedOn: "Normal", paragraph: { indent: { left: 420 } } },
  ],
};

import type { FaultCode } from "../../api/workbook/faults.ts";
import { unzipped } from "./unzipped.ts";
import { zipped, type ZipPart } from "./zipped.ts";

/** Files somebody could send in a form's place, made from a form. */
export interface Hostile {
  readonly what: string;
  readonly kind?: "xlsx" | "csv";
  readonly file: Uint8Array;
  readonly codes: readonly FaultCode[];
}

const SHEET = "xl/worksheets/sheet1.xml";
const TYPES = "[Content_Types].xml";
const WORKBOOK = "xl/workbook.xml";
const RELATIONS = "xl/_rels/workbook.xml.rels";
const MIB = 2 ** 20;

const text = (name: string, content: string): ZipPart => ({ name, bytes: Buffer.from(content) });
const zeros = (name: string, size: number, declared?: number): ZipPart => ({
  name,
  bytes: Buffer.alloc(size, " "),
  ...(declared !== undefined && { declared }),
});

/** The form with one part rewritten, and parts besides. */
const changer = (form: Uint8Array) => {
  const parts = unzipped(form);
  return (
    change: Readonly<Record<string, (text: string) => string>>,
    more: readonly ZipPart[] = [],
  ): Buffer =>
    zipped([...parts.map((part) => text(part.name, change[part.name]?.(part.text) ?? part.text)), ...more]);
};

const inserting = (before: string, what: string) => (content: string) =>
  content.replace(before, `${what}${before}`);
const relation = (type: string, attributes: string): string =>
  `<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" ${attributes}/>`;
const related = (type: string, attributes: string) =>
  inserting("</Relationships>", relation(type, attributes));
const cell = (content: string) => inserting("</sheetData>", `<row r="9">${content}</row>`);

const acting = (change: ReturnType<typeof changer>): readonly Hostile[] => [
  { what: "a macro", file: change({}, [text("xl/vbaProject.bin", "Sub")]), codes: ["macro"] },
  {
    what: "a macro under a harmless name",
    file: change({
      [TYPES]: inserting(
        "</Types>",
        `<Override PartName="/xl/theme/theme9.xml" ContentType="application/vnd.ms-office.vbaProject"/>`,
      ),
    }),
    codes: ["macro"],
  },
  {
    what: "a sheet of macros",
    file: change({}, [text("xl/macrosheets/sheet1.xml", "<a/>")]),
    codes: ["macro"],
  },
  {
    what: "a name that runs when the file opens",
    file: change({
      [WORKBOOK]: inserting(
        "<calcPr",
        `<definedNames><definedName name="_xlnm.Auto_Open">データ!$A$1</definedName></definedNames>`,
      ),
    }),
    codes: ["macro"],
  },
  {
    what: "another workbook behind a cell",
    file: change({}, [text("xl/externalLinks/externalLink1.xml", "<externalLink/>")]),
    codes: ["external-link"],
  },
  {
    what: "a relationship to somewhere else",
    file: change({ [RELATIONS]: related("theme", `Target="http://evil.example/" TargetMode="External"`) }),
    codes: ["external-link"],
  },
  {
    what: "the same, written so as not to be found",
    file: change({ [RELATIONS]: related("theme", `Target="file:///etc/passwd" TargetMode="Ext&#101;rnal"`) }),
    codes: ["external-link"],
  },
  { what: "a connection", file: change({}, [text("xl/connections.xml", "<a/>")]), codes: ["external-link"] },
  {
    what: "a formula",
    file: change({ [SHEET]: cell(`<c r="G9"><f>1+1</f><v>2</v></c>`) }),
    codes: ["formula"],
  },
  {
    what: "a formula by another prefix",
    file: change({ [SHEET]: cell(`<x:c r="G9"><x:f>WEBSERVICE("http://evil.example/")</x:f></x:c>`) }),
    codes: ["formula"],
  },
  {
    what: "an embedded file",
    file: change({}, [text("xl/embeddings/oleObject1.bin", "MZ")]),
    codes: ["object"],
  },
  { what: "a picture", file: change({}, [text("xl/media/image1.png", "PNG")]), codes: ["object"] },
  { what: "a part nobody knows", file: change({}, [text("payload.exe", "MZ")]), codes: ["unknown-part"] },
  {
    what: "a part outside of the folder",
    file: change({}, [text("../../etc/cron", "*")]),
    codes: ["unknown-part"],
  },
];

const large = (change: ReturnType<typeof changer>): readonly Hostile[] => [
  {
    what: "a part of 200 MiB",
    file: change({}, [zeros("xl/theme/theme2.xml", 200 * MIB)]),
    codes: ["too-large"],
  },
  {
    what: "a part of 200 MiB that says it has a thousand bytes",
    file: change({}, [zeros("xl/theme/theme2.xml", 200 * MIB, 1000)]),
    codes: ["too-large"],
  },
  {
    what: "many parts, each small enough",
    file: change(
      {},
      Array.from({ length: 40 }, (_, n) => zeros(`xl/theme/theme${n + 2}.xml`, MIB)),
    ),
    codes: ["too-large"],
  },
  {
    what: "ten thousand parts",
    file: change(
      {},
      Array.from({ length: 10_000 }, (_, n) => text(`xl/theme/theme${n + 2}.xml`, "<a/>")),
    ),
    codes: ["too-large"],
  },
  {
    what: "a cell in the farthest corner",
    file: change({ [SHEET]: cell(`<c r="XFD1048576"><v>1</v></c>`) }),
    codes: ["too-large"],
  },
  {
    what: "a million cells",
    file: change({ [SHEET]: cell(`<c r="A9"/>`.repeat(1_000_000)) }),
    codes: ["too-large"],
  },
  {
    what: "one long text in a thousand cells",
    file: change({
      [SHEET]: inserting(
        "</sheetData>",
        Array.from(
          { length: 1000 },
          (_, n) => `<row r="${n + 9}"><c r="A${n + 9}" t="s"><v>0</v></c></row>`,
        ).join(""),
      ),
      "xl/sharedStrings.xml": (content) => content.replace("管理番号", "あ".repeat(3 * MIB)),
    }),
    codes: ["too-large"],
  },
  {
    what: "a million nested elements",
    file: change({ [SHEET]: inserting("</worksheet>", "<a>".repeat(1_000_000)) }),
    codes: ["damaged"],
  },
  {
    what: "two million styles",
    file: change({ "xl/styles.xml": inserting("</styleSheet>", "<xf/>".repeat(2_000_000)) }),
    codes: ["too-large"],
  },
];

const broken = (form: Uint8Array, change: ReturnType<typeof changer>): readonly Hostile[] => [
  {
    what: "a sheet that ends in the middle",
    file: change({ [SHEET]: (content) => content.slice(0, content.indexOf("</sheetData>")) }),
    codes: ["damaged"],
  },
  {
    what: "a comment in which something could be hidden",
    file: change({ [SHEET]: inserting("</sheetData>", "<!-- <row> -->") }),
    codes: ["damaged"],
  },
  { what: "half a form", file: form.subarray(0, form.length / 2), codes: ["damaged"] },
  { what: "no bytes", file: Buffer.alloc(0), codes: ["damaged"] },
  { what: "a PDF", file: Buffer.from(`%PDF-1.7\n${"x".repeat(500)}`), codes: ["damaged"] },
  {
    what: "an encrypted file",
    file: Buffer.from(`d0cf11e0a1b11ae1${"00".repeat(600)}`, "hex"),
    codes: ["damaged"],
  },
  {
    what: "a directory that points outside",
    file: Buffer.concat([form.subarray(0, -6), Buffer.from([0xff, 0xff, 0xff, 0x7f, 0, 0])]),
    codes: ["damaged"],
  },
  {
    what: "entities that grow a billionfold",
    file: change({
      [SHEET]: (content) =>
        content.replace(
          "<worksheet",
          `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><worksheet`,
        ),
    }),
    codes: ["damaged"],
  },
  {
    what: "XML in another encoding",
    file: change({}, [
      {
        name: "xl/metadata.xml",
        bytes: Buffer.from(`<?xml version="1.0" encoding="UTF-16"?><a/>`, "utf16le"),
      },
    ]),
    codes: ["damaged"],
  },
  {
    what: "two parts of one name",
    file: change({}, [text(SHEET.toUpperCase().replace("XML", "xml"), "<a/>")]),
    codes: ["damaged", "unknown-part"],
  },
  {
    what: "a part under two names",
    file: change({}, [{ ...text("xl/theme/theme2.xml", "<a/>"), ownName: "xl/theme/theme3.xml" }]),
    codes: ["damaged"],
  },
  {
    what: "another sheet first",
    file: change({ [WORKBOOK]: (content) => content.replace(`name="データ"`, `name="回答"`) }),
    codes: ["no-table"],
  },
];

const tables: readonly Hostile[] = [
  {
    what: "a CSV with a formula",
    kind: "csv",
    file: Buffer.from("管理番号\r\n=cmd|' /C calc'!A0"),
    codes: ["formula"],
  },
  {
    what: "a CSV of no encoding",
    kind: "csv",
    file: Buffer.from([0x81, 0xff, 0xfe, 0x80]),
    codes: ["not-text"],
  },
  {
    what: "a CSV of ten million quotes",
    kind: "csv",
    file: Buffer.alloc(10 * MIB, `"`),
    codes: ["damaged", "too-large"],
  },
];

export const hostileForms = (form: Uint8Array): readonly Hostile[] => {
  const change = changer(form);
  return [...acting(change), ...large(change), ...broken(form, change), ...tables];
};

/** What Excel adds by itself, and what does no harm. */
export const harmlessForms = (form: Uint8Array): readonly (readonly [what: string, file: Uint8Array])[] => {
  const change = changer(form);
  const drawing = relation("vmlDrawing", `Target="../drawings/vmlDrawing1.vml"`);
  const address = relation("hyperlink", `Target="http://example.com/" TargetMode="External"`).replace(
    "99",
    "98",
  );
  const sheetRelations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${drawing}${address}</Relationships>`;
  return [
    ["the form as it is", form],
    ["the form packed anew", change({})],
    [
      "a note and an address somebody typed",
      change({}, [
        text("xl/worksheets/_rels/sheet1.xml.rels", sheetRelations),
        text("xl/drawings/vmlDrawing1.vml", "<xml/>"),
        text("xl/comments1.xml", "<comments/>"),
      ]),
    ],
    ["a printer's settings", change({}, [text("xl/printerSettings/printerSettings1.bin", "\u{1}\u{2}")])],
  ];
};

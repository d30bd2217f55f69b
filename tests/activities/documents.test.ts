import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { coverage, printable } from "../../activities/documents/glyphs.ts";
import type { PrintFacts } from "../../activities/documents/facts.ts";
import { renderAll } from "../../activities/documents/publish.ts";
import { withFixedTimes } from "../../activities/documents/zip.ts";
import { compileReport } from "../../domain/compile.ts";
import { recordMark } from "../../domain/checkpoint.ts";
import { sha256 } from "../../domain/ids.ts";
import type { ReportRecord } from "../../domain/report-record.ts";
import { instant } from "../../domain/time.ts";
import { reportPlan } from "../support/report-plan.ts";
import { editor, settledRecord } from "../support/report-record.ts";
import { unzipped } from "../support/unzipped.ts";

const facts: PrintFacts = {
  sha256: sha256(createHash("sha256").update("version").digest("hex")),
  classification: "機密性２情報",
  standing: "原案（第３版）",
  changes: null,
  mark: recordMark({ size: 1234, root: sha256("0123456789abcdef".repeat(4)) }),
  createdAt: instant("2015-05-20T10:00:00+09:00"),
};
/** 2015-05-20 10:00:00 as MS-DOS writes it. */
const STAMP = 0x46b45000;

const settled = settledRecord(reportPlan);
const edit = { section: "overview", text: "年度を通じて取組が進んだ。", by: editor, againstSource: "before" };
const rehearsed: ReportRecord = { ...settled, rehearsal: true, edits: [edit] };

const rendered = async (record: ReportRecord): Promise<ReadonlyMap<string, Uint8Array>> =>
  new Map((await renderAll(compileReport(record), facts)).map(({ name, bytes }) => [name, bytes]));
const files = await rendered(rehearsed);

/** All that can be read in a file: of an Office file, its parts. */
const readable = (name: string, from = files): string => {
  const bytes = from.get(name) ?? new Uint8Array();
  return /\.(docx|xlsx)$/.test(name)
    ? unzipped(bytes)
        .map(({ text }) => text)
        .join("\n")
    : new TextDecoder().decode(bytes);
};
const names = ["report.html", "report.pdf", "report.docx", "data.csv", "data.json", "data.xlsx"] as const;

describe("every published form", () => {
  it("is there, in this order", () => {
    expect([...files.keys()]).toEqual([...names, "index.html", "SHA256SUMS"]);
  });

  it("is the same bytes when it is rendered again", async () => {
    const again = await rendered(rehearsed);
    for (const name of names)
      expect(Buffer.compare(again.get(name) ?? Buffer.of(), files.get(name) ?? Buffer.of())).toBe(0);
  });

  it("an Office file has the given date, not the clock's", () => {
    for (const name of ["report.docx", "data.xlsx"])
      expect(readable(name).match(/(?<=W3CDTF">)[^<]+/g)).toEqual([
        "2015-05-20T01:00:00Z",
        "2015-05-20T01:00:00Z",
      ]);
  });

  it.each(names)("%s says that a rehearsal is one", (name) => {
    expect(readable(name)).toContain("【訓練】");
  });

  it("stands in a folder with an index of it, whose links lead to files that are there", () => {
    const index = readable("index.html");
    const links = [...index.matchAll(/href="([^"]+)"/g)].map(([, to]) => to);
    expect(links).toEqual([...names, "SHA256SUMS"]);
    expect(index).toContain("【訓練】");
  });

  it("has its checksum in the form sha256sum reads", () => {
    const lines = readable("SHA256SUMS").trimEnd().split("\n");
    expect(lines).toEqual(
      [...names, "index.html"].map(
        (name) =>
          `${createHash("sha256")
            .update(files.get(name) ?? "")
            .digest("hex")}  ${name}`,
      ),
    );
  });

  it("calls no real year a rehearsal", async () => {
    expect(readable("report.html", await rendered(settled))).not.toContain("訓練");
  });

  it.each(["report.html", "report.docx", "data.json", "data.xlsx"])("%s names its version", (name) => {
    expect(readable(name)).toContain(facts.sha256);
  });

  it.each(["report.html", "report.docx", "data.json", "data.xlsx"])(
    "%s carries its classification",
    (name) => {
      expect(readable(name)).toContain(facts.classification);
    },
  );

  it.each(names)("%s holds nobody's name", (name) => {
    expect(readable(name)).not.toContain(editor);
  });

  it.each(["report.html", "report.docx"])(
    "%s prints edited text and that its source has changed since",
    (name) => {
      expect(readable(name)).toContain(edit.text);
      expect(readable(name)).toContain("要確認");
    },
  );
});

describe("a version that the headquarters decided with changes", async () => {
  const changes = "第１章の「おおむね」を「着実に」に改める。\n別添１の注を削る。";
  const decided = new Map(
    (await renderAll(compileReport(settled), { ...facts, changes })).map(({ name, bytes }) => [name, bytes]),
  );

  it.each(["report.html", "report.docx", "data.json", "data.xlsx"])("%s prints what they are", (name) => {
    for (const line of changes.split("\n")) expect(readable(name, decided)).toContain(line);
  });

  it("the PDF has them under a heading of its own, before the first chapter", () => {
    const headings = (from: typeof files): number => readable("report.pdf", from).split("/S /H1\n").length;
    expect(headings(decided)).toBe(headings(files) + 1);
  });
});

describe("the PDF", () => {
  const pdf = Buffer.from(files.get("report.pdf") ?? Buffer.of()).toString("latin1");

  it("declares PDF/UA-1, its language, title and structure", () => {
    expect(pdf.startsWith("%PDF-1.7")).toBe(true);
    expect(pdf).toContain("<pdfuaid:part>1</pdfuaid:part>");
    expect(pdf).toContain("/Lang (ja-JP)");
    expect(pdf).toContain("/StructTreeRoot");
    expect(pdf).toMatch(/\/DisplayDocTitle true/);
    expect(pdf).toContain("<xmp:CreateDate>2015-05-20T01:00:00+00:00</xmp:CreateDate>");
  });

  it("tags headings, tables and their header cells, and embeds both fonts", () => {
    const tagged = (type: string): number => pdf.split(`/S /${type}\n`).length - 1;
    // One more for 目次.
    expect(tagged("H1")).toBe(compileReport(rehearsed).chapters.length + 1);
    expect(tagged("Table")).toBeGreaterThan(10);
    expect(tagged("TH")).toBeGreaterThan(tagged("Table"));
    expect(pdf.match(/\/FontFile2/g)).toHaveLength(2);
  });
});

describe("the Word file", () => {
  const parts = unzipped(files.get("report.docx") ?? new Uint8Array());
  const text = (name: string): string => parts.find((part) => part.name === name)?.text ?? "";

  it("has the given date on every part of the archive", () => {
    expect(parts.length).toBeGreaterThan(5);
    for (const { stamps } of parts) expect(stamps).toEqual([STAMP, STAMP]);
  });

  it("has headings, a table of contents with entries, and a repeated header row in every table", () => {
    const body = text("word/document.xml");
    expect(body).toContain('<w:pStyle w:val="Heading1"/>');
    expect(body).toMatch(/TOC \\o/);
    expect(body.match(/<w:pStyle w:val="TOC1"\/>/g)).toHaveLength(compileReport(rehearsed).chapters.length);
    expect(body.match(/<w:tblHeader\/>/g)?.length).toBe(body.match(/<w:tbl>/g)?.length);
    expect(body).toContain('w:orient="landscape"');
  });

  it("names East Asian fonts and counts its pages", () => {
    expect(text("word/styles.xml")).toContain('w:eastAsia="ＭＳ 明朝"');
    expect(readable("report.docx")).toContain("NUMPAGES");
  });

  it("can't be made from what is no archive", () => {
    expect(() => withFixedTimes(new Uint8Array(40), facts.createdAt)).toThrow("not a zip archive");
  });
});

describe("an answer with anything in it", () => {
  const nasty = '=1+1 <b>&amp; ]]> #eval("1") *x* _y_ $z$ \u0001 𠮷😀 葛\u{e0100}\r\n\t次の行 \ud800';
  const record: ReportRecord = {
    ...settled,
    items: settled.items.map((item) =>
      "text" in item.outcome ? { ...item, outcome: { ...item.outcome, text: nasty } } : item,
    ),
  };

  it("stays text in every form", async () => {
    const all = await rendered(record);
    expect(readable("report.html", all)).toContain("=1+1 &lt;b>&amp;amp;");
    expect(readable("report.html", all)).not.toContain("<b>");
    expect(readable("data.csv", all)).toContain(`"'=1+1 <b>`);
    expect(readable("data.xlsx", all)).not.toContain("<f>");
    for (const { text } of unzipped(all.get("report.docx") ?? new Uint8Array()))
      expect(text).not.toContain("\u0001");
    expect(Buffer.from(all.get("report.pdf") ?? Buffer.of()).toString("latin1")).toContain("/StructTreeRoot");
  });
});

describe("a character the font lacks", () => {
  const covers = (codePoint: number): boolean => codePoint < 0x3100;
  it("is printed as 〓 and counted; variation selectors and odd line ends are no characters", () => {
    expect(printable("あ😀い\u{e0100}\r\nう\tえ", covers)).toEqual({
      text: "あ〓い\nう え",
      missing: ["😀"],
    });
  });

  it("is known from the font's own table", async () => {
    const font = await readFile(
      new URL(import.meta.resolve("@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf")),
    );
    const has = coverage(font);
    const found = Array.from("評価①㈱髙﨑～−〓😀𠮷한", (one) => has(one.codePointAt(0) ?? 0));
    expect(found).toEqual([...Array.from("評価①㈱髙﨑～−〓", () => true), false, false, false]);
    expect(() => coverage(new Uint8Array(64))).toThrow("no character map");
  });
});

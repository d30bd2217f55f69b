import { createHash } from "node:crypto";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { ReportDocument } from "../../domain/document.ts";
import { headLine, rehearsalMark, versionLine, type PrintFacts } from "./facts.ts";
import { styles } from "./styles.ts";

/** A published file by its name in the folder. */
interface Named {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const titles: Readonly<Record<string, string>> = {
  "report.html": "年次報告（HTML）",
  "report.pdf": "年次報告（PDF）",
  "report.docx": "年次報告（Word）",
  "data.csv": "データ（CSV）",
  "data.json": "データ（JSON）",
  "data.xlsx": "データ（Excel）",
};

const attachedTitle = ({ files = [] }: ReportDocument, name: string): string =>
  files.find((file) => file.name === name)?.title ?? name;

const sizeOf = ({ length }: Uint8Array): string => `${Math.ceil(length / 1024).toLocaleString("ja-JP")} KB`;
const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** What a web server shows at the folder's address: every file with its size, and which version it renders. */
export const renderIndex = (document: ReportDocument, facts: PrintFacts, files: readonly Named[]): string => {
  const title = `${rehearsalMark(document)}${document.title}`;
  const page = h(
    "html",
    { lang: "ja" },
    h(
      "head",
      null,
      h("meta", { charset: "utf-8" }),
      h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      h("title", null, title),
      h("style", { dangerouslySetInnerHTML: { __html: styles } }),
    ),
    h(
      "body",
      null,
      h("header", null, h("p", null, headLine(document, facts)), h("h1", null, title)),
      h(
        "main",
        null,
        h(
          "ul",
          null,
          files.map(({ name, bytes }) =>
            h(
              "li",
              null,
              h("a", { href: name }, titles[name] ?? attachedTitle(document, name)),
              `　${sizeOf(bytes)}`,
            ),
          ),
        ),
        h(
          "p",
          null,
          "各ファイルのSHA-256は、",
          h("a", { href: CHECKSUMS }, "チェックサムの一覧"),
          "に掲げる（sha256sum --check SHA256SUMS で確かめられる）。",
        ),
      ),
      h("footer", null, h("p", null, versionLine(facts))),
    ),
  );
  return `<!doctype html>\n${renderToString(page)}\n`;
};

export const CHECKSUMS = "SHA256SUMS";

/** The form that `sha256sum --check` (GNU coreutils) reads. */
export const renderChecksums = (files: readonly Named[]): string =>
  files.map(({ name, bytes }) => `${sha256Of(bytes)}  ${name}\n`).join("");

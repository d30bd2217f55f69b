import type { ReportDocument } from "../../domain/document.ts";
import type { PrintFacts } from "./facts.ts";
import { CHECKSUMS, renderChecksums, renderIndex } from "./folder.ts";
import { formNames, mediaTypes, type MadeForm } from "./forms.ts";
import { renderForms } from "./rendering.ts";

export interface RenderedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * Every published form of one version as a folder that any web server can serve, in a fixed order. The same document
 * and facts give the same bytes, and none holds a person's name.
 */
export const renderAll = async (
  document: ReportDocument,
  facts: PrintFacts,
  {
    attached = [],
    onForm,
  }: {
    /** What was attached, as it came. */
    readonly attached?: readonly RenderedFile[];
    readonly onForm?: (form: MadeForm) => void;
  } = {},
): Promise<readonly RenderedFile[]> => {
  const made = new Map(
    (await renderForms({ document, facts }, onForm)).map(({ name, bytes }) => [name, bytes]),
  );
  const forms = formNames.flatMap((name) => {
    const bytes = made.get(name);
    return bytes === undefined ? [] : [{ name, mediaType: mediaTypes[name], bytes }];
  });
  const index = utf8(renderIndex(document, facts, [...forms, ...attached]));
  const files = [
    ...forms,
    ...attached,
    { name: "index.html", mediaType: "text/html; charset=utf-8", bytes: index },
  ];
  const sums = utf8(renderChecksums(files));
  return [...files, { name: CHECKSUMS, mediaType: "text/plain; charset=utf-8", bytes: sums }];
};

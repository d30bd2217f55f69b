import { EvidenceFault } from "./fault.ts";
import { partText, zipParts, type ZipFile, type ZipPart } from "./zip.ts";

/** Office Open XML (ECMA-376 part 2): a zip archive whose list of content types says what its main part is. */
const TYPES = "[Content_Types].xml";
const MAIN = "application/vnd.openxmlformats-officedocument";
const mainTypes = {
  docx: `${MAIN}.wordprocessingml.document.main+xml`,
  xlsx: `${MAIN}.spreadsheetml.sheet.main+xml`,
  pptx: `${MAIN}.presentationml.presentation.main+xml`,
} as const;
export type OfficeKind = keyof typeof mainTypes;

const ACTING_TYPE = /macroenabled|vbaproject|activex|ms-office\.vba/i;
const ACTING_PART = /(^|\/)(vbaproject[^/]*|vbadata\.xml)$|\/(activex|macrosheets)\//i;
/** A document inside a document is one more document; anything else inside it is not seen from outside. */
const EMBEDDED = /\/embeddings\//i;
const DOCUMENT = /\.(docx|xlsx|pptx)$/i;
const OUTSIDE_TEMPLATE = /attachedTemplate[^>]*External|External[^>]*attachedTemplate/i;
/** XML that spells a name in other words than its own could say anything. */
const SPELT_OTHERWISE = /&#|<!DOCTYPE|<!ENTITY/i;

const isActing = ({ name }: ZipPart): boolean =>
  ACTING_PART.test(name) || (EMBEDDED.test(name) && !name.endsWith("/") && !DOCUMENT.test(name));

const checkTemplates = async (file: ZipFile, parts: readonly ZipPart[]): Promise<void> => {
  const settings = parts.find(({ name }) => name.toLowerCase() === "word/_rels/settings.xml.rels");
  if (settings === undefined) return;
  const text = await partText(file, settings);
  if (OUTSIDE_TEMPLATE.test(text) || SPELT_OTHERWISE.test(text)) throw new EvidenceFault("active");
};

/** @throws EvidenceFault */
export const checkOffice = async (file: ZipFile, kind: OfficeKind): Promise<void> => {
  const parts = await zipParts(file);
  const types = parts.find(({ name }) => name === TYPES);
  if (types === undefined) throw new EvidenceFault("other-content");
  const text = await partText(file, types);
  if (SPELT_OTHERWISE.test(text)) throw new EvidenceFault("damaged");
  if (ACTING_TYPE.test(text) || parts.some(isActing)) throw new EvidenceFault("active");
  if (!text.includes(`"${mainTypes[kind]}"`)) throw new EvidenceFault("other-content");
  await checkTemplates(file, parts);
};

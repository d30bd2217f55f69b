import type { ReportDocument } from "../../domain/document.ts";
import type { PrintFacts } from "./facts.ts";

/** Every form of a version that stands in its folder, beside the folder's own index and checksums. */
export const formNames = [
  "report.html",
  "report.pdf",
  "report.docx",
  "data.csv",
  "data.json",
  "data.xlsx",
] as const;
export type FormName = (typeof formNames)[number];

const OFFICE = "application/vnd.openxmlformats-officedocument";
export const mediaTypes: Readonly<Record<FormName, string>> = {
  "report.html": "text/html; charset=utf-8",
  "report.pdf": "application/pdf",
  "report.docx": `${OFFICE}.wordprocessingml.document`,
  "data.csv": "text/csv; charset=utf-8",
  "data.json": "application/json",
  "data.xlsx": `${OFFICE}.spreadsheetml.sheet`,
};

/** What a form is made from. Plain JSON. */
export interface Printing {
  readonly document: ReportDocument;
  readonly facts: PrintFacts;
}
/** The only cast: `renderForms` wrote it. */
export const printingOf = (raw: string): Printing => JSON.parse(raw) as Printing;

/** One form as it came, with what it took to lay it out. */
export interface MadeForm {
  readonly name: FormName;
  readonly bytes: Uint8Array;
  /** Of its rendering alone. */
  readonly ms: number;
  /** The most its process has held so far. */
  readonly rssMb: number;
}

export const formsOf = (named: readonly string[]): readonly FormName[] =>
  formNames.filter((name) => named.includes(name));

type Head = Omit<MadeForm, "bytes"> & { readonly length: number };
/** The only cast: the program beside this file wrote it. */
const headOf = (line: Buffer): Head => JSON.parse(line.toString("utf8")) as Head;

const LINE_FEED = 0x0a;

/** The first whole form of what has come, and the rest; undefined while it is still coming. */
export const takeForm = (come: Buffer): { readonly form: MadeForm; readonly rest: Buffer } | undefined => {
  const end = come.indexOf(LINE_FEED);
  if (end === -1) return undefined;
  const { length, ...head } = headOf(come.subarray(0, end));
  const until = end + 1 + length;
  if (come.length < until) return undefined;
  return { form: { ...head, bytes: come.subarray(end + 1, until) }, rest: come.subarray(until) };
};

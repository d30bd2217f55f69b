import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { takeForm, type FormName, type MadeForm, type Printing } from "./forms.ts";

/** With the fonts and a year like FY2014 the compiler of the PDF stays below 300 MB (bench/report.ts). */
const HEAP_LIMIT_MB = 160;
/** A year of ten times FY2014's size takes less. */
const TIME_LIMIT_MS = 240_000;

/** One process after the other, so that no two hold their memory at once: the compiler of the PDF has one to itself. */
const processes: readonly (readonly FormName[])[] = [
  ["report.html", "report.docx", "data.csv", "data.json", "data.xlsx"],
  ["report.pdf"],
];

const program = fileURLToPath(new URL("./render-form.ts", import.meta.url));
const command = (forms: readonly FormName[]): readonly string[] => [
  `--max-old-space-size=${HEAP_LIMIT_MB}`,
  "--max-semi-space-size=4",
  program,
  ...forms,
];

const renderIn = (
  forms: readonly FormName[],
  printing: string,
  onForm: (form: MadeForm) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command(forms), {
      env: {},
      stdio: ["pipe", "pipe", "pipe"],
      timeout: TIME_LIMIT_MS,
      killSignal: "SIGKILL",
    });
    let come: Buffer = Buffer.alloc(0);
    const complaints: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => {
      come = Buffer.concat([come, chunk]);
      for (let taken = takeForm(come); taken !== undefined; taken = takeForm(come)) {
        come = taken.rest;
        onForm(taken.form);
      }
    });
    child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
    // Why it did not read to the end is told by how it ends.
    child.stdin.on("error", () => undefined);
    child.stdin.end(printing);
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else
        reject(new Error(`${forms.join(", ")}: not rendered\n${Buffer.concat(complaints).toString("utf8")}`));
    });
  });

/**
 * Every form of the version, each as it is made.
 *
 * @throws Error where one can't be made, or takes more memory or time than it may
 */
export const renderForms = async (
  printing: Printing,
  onForm: (form: MadeForm) => void = () => undefined,
): Promise<readonly MadeForm[]> => {
  const made: MadeForm[] = [];
  const text = JSON.stringify(printing);
  for (const forms of processes)
    await renderIn(forms, text, (form) => {
      made.push(form);
      onForm(form);
    });
  return made;
};

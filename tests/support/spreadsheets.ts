import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { installFromDebian, programOf } from "../../dev/debian.ts";

const run = promisify(execFile);

/** Debian's own, which has Debian's packages. */
const PYTHON = "/usr/bin/python3";
const hasOpenpyxl = async (): Promise<boolean> => {
  try {
    await run(PYTHON, ["-c", "import openpyxl"]);
    return true;
  } catch {
    return false;
  }
};
const office = (): string | undefined => programOf(["soffice", "libreoffice"]);

const Facts = z.object({
  names: z.record(z.string(), z.string()),
  sheets: z.array(
    z.object({
      name: z.string(),
      state: z.string(),
      merged: z.array(z.string()),
      hidden: z.array(z.union([z.string(), z.number()])),
      objects: z.int(),
      protected: z.boolean(),
      frozen: z.string().nullable(),
      unlocked: z.array(z.string()),
      lists: z.record(z.string(), z.string()),
      types: z.array(z.array(z.string())),
      rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
    }),
  ),
});
export type WorkbookFacts = z.output<typeof Facts>;

export type CellsByTitle = Readonly<Record<string, string | number | boolean>>;
/** By 管理番号; a cell of a table by 表の行 and 表の列 behind it, each after a blank. */
export type FilledRows = Readonly<Record<string, CellsByTitle>>;

/** Two spreadsheet programs that are not ours. */
export interface Spreadsheets {
  readonly facts: (file: Uint8Array) => Promise<WorkbookFacts>;
  readonly fill: (file: Uint8Array, rows: FilledRows) => Promise<Uint8Array>;
  /** Opened and saved again by LibreOffice, as xlsx or as CSV in UTF-8. */
  readonly saved: (file: Uint8Array, as: "xlsx" | "csv") => Promise<Uint8Array>;
  /** MiB the command needs at most while it reads the file. */
  readonly peak: (file: Uint8Array, command: readonly string[]) => Promise<number>;
  readonly stop: () => Promise<void>;
}

const script = fileURLToPath(new URL("./spreadsheets.py", import.meta.url));

const python = (asked: object): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const child = spawn(PYTHON, [script], { stdio: ["pipe", "pipe", "inherit"] });
    const said: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0
        ? resolve(JSON.parse(Buffer.concat(said).toString("utf8")))
        : reject(new Error(`${PYTHON} ended with ${String(code)}`)),
    );
    child.stdin.end(JSON.stringify(asked));
  });

const install = async (): Promise<string> => {
  if (office() === undefined || !(await hasOpenpyxl()))
    await installFromDebian(
      ["libreoffice-calc-nogui", "python3-openpyxl"],
      "Getting LibreOffice and openpyxl for the tests of 調査票 (about 150 MB, once)",
    );
  const program = office();
  if (program === undefined || !(await hasOpenpyxl()))
    throw new Error(
      "The tests of 調査票 need LibreOffice and openpyxl. As an administrator: apt-get install libreoffice-calc-nogui python3-openpyxl",
    );
  return program;
};

const FILTERS = { xlsx: "xlsx", csv: "csv:Text - txt - csv (StarCalc):44,34,76,1" } as const;

/** Both are got from Debian where they are missing. */
export const startSpreadsheets = async (): Promise<Spreadsheets> => {
  const program = await install();
  const folder = await mkdtemp(join(tmpdir(), "nenrin-sheets-"));
  const [path, target] = [join(folder, "form.xlsx"), join(folder, "filled.xlsx")];
  const asking = async (file: Uint8Array, asked: object): Promise<unknown> => {
    await writeFile(path, file);
    return python({ path, ...asked });
  };
  return {
    facts: async (file) => Facts.parse(await asking(file, { do: "facts" })),
    fill: async (file, rows) => {
      await asking(file, { do: "fill", target, rows });
      return readFile(target);
    },
    saved: async (file, as) => {
      await writeFile(path, file);
      const profile = `-env:UserInstallation=file://${folder}/profile`;
      const to = join(folder, "saved");
      await run(program, [profile, "--headless", "--convert-to", FILTERS[as], "--outdir", to, path]);
      return readFile(join(to, `form.${as}`));
    },
    peak: async (file, command) => z.number().parse(await asking(file, { do: "peak", command })),
    stop: () => rm(folder, { recursive: true }),
  };
};

import { readFileSync, writeSync } from "node:fs";
import { parseCsv } from "hucre/csv";
import { readXlsx, type CellValue } from "hucre/xlsx";
import { partsOf } from "./archive.ts";
import { FileFault } from "./faults.ts";
import type { Opened, ReadCell } from "./opening.ts";
import { checkParts } from "./parts.ts";
import { DATA_SHEET } from "./sheet-name.ts";

// A process of its own, with little memory and little time: whatever a file does to its reader, it does it here.
// Standard input: the file. Arguments: what it says it is. Standard output: a line feed once it has started, then what
// the file holds, or why not.

/** A thousand answers of four pages each. */
const LETTERS_LIMIT = 4 * 2 ** 20;

/** One text can stand in every cell: what comes out may be far larger than the file. */
const plainRows = (rows: readonly (readonly CellValue[])[]): readonly (readonly ReadCell[])[] => {
  let letters = 0;
  for (const cell of rows.flat()) letters += typeof cell === "string" ? cell.length : 1;
  if (letters > LETTERS_LIMIT) throw new FileFault("too-large");
  return rows.map((row) => row.map((cell) => (cell instanceof Date ? { date: cell.toISOString() } : cell)));
};

const workbookRows = async (file: Buffer): Promise<readonly (readonly ReadCell[])[]> => {
  checkParts(partsOf(file));
  const { sheets } = await readXlsx(file, { sheets: [0] }).catch(() => {
    throw new FileFault("damaged");
  });
  const [data] = sheets;
  if (data?.name !== DATA_SHEET) throw new FileFault("no-table");
  return plainRows(data.rows);
};

/** Where nobody says it: UTF-8 if it is, else what Excel saves on a Japanese machine. */
const decoded = (file: Buffer, charset: string): string => {
  for (const label of charset === "" ? ["utf-8", "shift_jis"] : [charset])
    try {
      return new TextDecoder(label, { fatal: true }).decode(file);
    } catch {
      continue;
    }
  throw new FileFault("not-text");
};

const csvRows = (file: Buffer, charset: string): readonly (readonly ReadCell[])[] => {
  const rows = parseCsv(decoded(file, charset), { delimiter: "," });
  const formula = rows.findIndex((row) =>
    row.some((cell) => typeof cell === "string" && cell.startsWith("=")),
  );
  if (formula !== -1) throw new FileFault("formula", `${formula + 1}行`);
  return plainRows(rows);
};

const opened = async (): Promise<Opened> => {
  const [, , kind, charset = ""] = process.argv;
  try {
    const file = readFileSync(0);
    return { is: "table", rows: kind === "csv" ? csvRows(file, charset) : await workbookRows(file) };
  } catch (error) {
    if (error instanceof FileFault) return { is: "refused", fault: error.fault };
    throw error;
  }
};

writeSync(1, "\n");
const said = Buffer.from(JSON.stringify(await opened()));
for (let at = 0; at < said.length;) at += writeSync(1, said, at);

import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMap, isScalar, parseDocument, type Pair } from "yaml";
import type { Holiday } from "../domain/plan.ts";

const FILE = "holidays.yaml";

const dateOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : "");
const nameOf = ({ value }: Pair): string => (isScalar(value) ? String(value.value) : "");

/** The file with other days; comments stay with the days they were written for. */
const rewritten = (text: string, holidays: readonly Holiday[]): string => {
  const document = parseDocument(text);
  const listed = document.get("holidays");
  if (!isMap(listed)) throw new RangeError(`${FILE} has no holidays`);
  const known = new Map(listed.items.map((pair) => [dateOf(pair), pair]));
  listed.items = holidays.map(({ date, name }) => {
    const pair = known.get(date);
    return pair !== undefined && nameOf(pair) === name ? pair : document.createPair(date, name);
  });
  return document.toString({ lineWidth: 0 });
};

/** Replaces the days of a plan's folder that can be read: all of them or, whatever happens meanwhile, none. */
export const writeHolidays = async (folder: string, holidays: readonly Holiday[]): Promise<void> => {
  const file = join(folder, FILE);
  const next = `${file}.new`;
  await writeFile(next, rewritten(await readFile(file, "utf8"), holidays));
  await rename(next, file);
};

import { evidenceIn } from "./evidence-form.ts";
import type { FormReading, Fields } from "./form-fields.ts";
import { CELL } from "./pages/value-fields.tsx";

/** One answer as people type it, field by field; a field's name is its part, a colon and the item. */

/** Half width, without the commas of thousands; undefined for what is no number. */
const numberOf = (typed: string): number | undefined => {
  const plain = typed.normalize("NFKC").replaceAll(/[,\s]/g, "");
  return /^[-+]?(\d+(\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : undefined;
};

export const numberIn = (form: FormReading, name: string): number | undefined => {
  const typed = form.text(name);
  if (typed === "") return undefined;
  const number = numberOf(typed);
  if (number === undefined) form.wrong(name, "数値は、数字で記入してください（例：1,234.5）。");
  return number;
};

/** The cells in which something was typed; none of them is no table. */
const tableIn = (form: FormReading, fields: Fields, item: string): object => {
  const table: Record<string, Record<string, number>> = {};
  for (const name of Object.keys(fields)) {
    if (!name.startsWith(CELL) || !name.endsWith(`:${item}`)) continue;
    const [row = "", column = ""] = name.slice(CELL.length, -item.length - 1).split(".");
    const number = numberIn(form, name);
    if (number !== undefined) (table[row] ??= {})[column] = number;
  }
  return Object.keys(table).length === 0 ? {} : { table };
};

/** Said of whatever was typed; a field that is empty says nothing. */
const saidIn = (form: FormReading, item: string, parts: readonly string[]): object =>
  Object.fromEntries(
    parts.flatMap((part) => {
      const typed = form.text(`${part}:${item}`);
      return typed === "" ? [] : [[part, typed]];
    }),
  );

/** The value of another kind than number or text, as the API takes it. */
export const otherValueIn = (form: FormReading, fields: Fields, item: string): object => ({
  ...saidIn(form, item, ["date", "choice"]),
  ...tableIn(form, fields, item),
});

/** What the form says of the item, as the API takes it. */
export const answerIn = (form: FormReading, fields: Fields, item: string): object => {
  const says = form.text(`says:${item}`);
  const number = numberIn(form, `number:${item}`);
  const given = {
    item,
    says,
    text: form.text(`text:${item}`),
    ...(number !== undefined && { number }),
    ...otherValueIn(form, fields, item),
    ...saidIn(form, item, ["unit", "availableOn", "owner", "explanation"]),
    ...evidenceIn(form, item),
    ...(form.text(`asIs:${item}`) !== "" && { asIs: true }),
  };
  return says === "unmeasurable" ? { ...given, why: form.picked(`why:${item}`, "把握困難の理由") } : given;
};

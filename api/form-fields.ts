import type { Call } from "./door.ts";

/** What a form sent, by field name, in the order in which it stood there. */
export type Fields = Readonly<Record<string, readonly string[]>>;

/** Something wrong with one field, said beside it. */
export interface FieldMistake {
  readonly field: string;
  readonly message: string;
}

const isText = (value: unknown): value is string => typeof value === "string";

/** Browsers send every line break as CR LF (HTML, 4.10.22.4); people wrote one line break. */
const asWritten = (value: string): string => value.replaceAll("\r\n", "\n");

/** A parsed form body; whatever is no text was not sent by a form of ours. */
export const fieldsOf = (body: unknown): Fields =>
  typeof body === "object" && body !== null
    ? Object.fromEntries(
        Object.entries(body).map(([name, value]) => [name, [value].flat().filter(isText).map(asWritten)]),
      )
    : {};

/** Reads a form field by field, and remembers everything that is wrong instead of stopping at the first. */
export interface FormReading {
  readonly text: (name: string) => string;
  readonly all: (name: string) => readonly string[];
  /** A field that must not be empty; `label` is how the screen calls it. */
  readonly needed: (name: string, label: string) => string;
  /** At least one box that has to be ticked. */
  readonly ticked: (name: string, label: string) => readonly string[];
  /** One of several that has to be picked. */
  readonly picked: (name: string, label: string) => string;
  readonly wrong: (field: string, message: string) => void;
  /** The call, unless something was wrong. */
  readonly calling: (call: Call) => Call | { readonly mistakes: readonly FieldMistake[] };
}

export const readForm = (fields: Fields): FormReading => {
  const mistakes: FieldMistake[] = [];
  const text = (name: string): string => fields[name]?.[0]?.trim() ?? "";
  const all = (name: string): readonly string[] => fields[name] ?? [];
  const wrong = (field: string, message: string): void => {
    mistakes.push({ field, message });
  };
  const present = (name: string, message: string): string => {
    const value = text(name);
    if (value === "") wrong(name, message);
    return value;
  };
  return {
    text,
    all,
    wrong,
    needed: (name, label) => present(name, `${label}を記入してください。`),
    picked: (name, label) => present(name, `${label}を選んでください。`),
    ticked: (name, label) => {
      if (all(name).length === 0) wrong(name, `${label}を一つ以上選んでください。`);
      return all(name);
    },
    calling: (call) => (mistakes.length > 0 ? { mistakes } : call),
  };
};

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isNode, LineCounter, parseDocument, visit, type Document } from "yaml";
import { z } from "zod";

/** What keeps a plan from being read, said to the official who edits it. */
export interface PlanProblem {
  /** Relative to the plan's folder. */
  readonly file: string;
  /** Counted from 1; null where the file as a whole is meant. */
  readonly line: number | null;
  /** Where in the file, e.g. `domains[0].measures[2].key`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}
export type ReadFile<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly PlanProblem[] };

type Path = readonly (string | number)[];

const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`),
    "",
  );

/** The line of what the path leads to, or of the nearest thing around it that stands in the file. */
const lineAt = (document: Document, lines: LineCounter, path: Path): number | null => {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
};

const unreadable = (document: Document, lines: LineCounter, file: string): readonly PlanProblem[] => {
  const problems = document.errors.map((error): PlanProblem => ({
    file,
    line: lines.linePos(error.pos[0]).line,
    path: "",
    message: `YAMLとして読めません。字下げ・コロン・引用符を確かめてください（${error.code}）`,
  }));
  visit(document, {
    Alias: (_, alias) => {
      const line = alias.range ? lines.linePos(alias.range[0]).line : null;
      problems.push({ file, line, path: "", message: "別名（*）は使えません。内容をそのまま書いてください" });
    },
  });
  return problems;
};

/** What to write where something else stands, by the type the schema expects. */
const wanted = new Map<string, string>([
  ["string", "文字を書いてください。数に見える語は引用符（' '）で囲みます"],
  ["int", "整数を書いてください"],
  ["boolean", "true か false を書いてください"],
  ["array", "「- 」で始まる行の並びを書いてください"],
  ["object", "「名前: 内容」の行の並びを書いてください"],
  ["record", "「名前: 内容」の行の並びを書いてください"],
]);

const messageOf = (issue: z.core.$ZodIssue, isMissing: boolean): string => {
  if (isMissing) return "この項目がありません。書き加えてください";
  if (issue.code === "unrecognized_keys")
    return `知らない項目があります：${issue.keys.join("、")}。つづりを直すか、削除してください`;
  if (issue.code === "invalid_value") return `${issue.values.join("、")} のいずれかを書いてください`;
  if (issue.code === "invalid_type") return wanted.get(issue.expected) ?? issue.message;
  return issue.message;
};

/**
 * What an official can act on: of a name that may not stand where it stands, why; of what fits no way of writing,
 * the way that comes nearest, which is the one with the fewest issues.
 */
const plainest = (issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] => {
  if (issue.code === "invalid_key") return issue.issues.map((inner) => ({ ...inner, path: issue.path }));
  if (issue.code !== "invalid_union") return [issue];
  const [nearest] = issue.errors.toSorted((one, other) => one.length - other.length);
  return (nearest ?? []).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
};

const partsOf = (path: readonly PropertyKey[]): Path =>
  path.map((part) => (typeof part === "symbol" ? String(part) : part));

/** One YAML file of a plan through its schema. Unknown members are refused. */
export const readYaml = async <Schema extends z.ZodType>({
  folder,
  file,
  schema,
}: {
  readonly folder: string;
  readonly file: string;
  readonly schema: Schema;
}): Promise<ReadFile<z.output<Schema>>> => {
  const text = await readFile(join(folder, file), "utf8").catch(() => undefined);
  if (text === undefined)
    return {
      ok: false,
      problems: [
        { file, line: null, path: "", message: "ファイルがありません。このファイルを置いてください" },
      ],
    };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problems = unreadable(document, lines, file);
  if (problems.length > 0) return { ok: false, problems };
  const parsed = schema.safeParse(document.toJS(), { error: z.locales.ja().localeError });
  if (parsed.success) return { ok: true, value: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.flatMap(plainest).map((issue) => {
      const path = partsOf(issue.path);
      return {
        file,
        line: lineAt(document, lines, path),
        path: pathText(path),
        message: messageOf(issue, !document.hasIn(path)),
      };
    }),
  };
};

import { z } from "zod";

/** What a caller has to write, by zod's name of it. */
const kinds: Readonly<Record<string, string>> = {
  string: "文字列",
  number: "数値",
  int: "整数",
  boolean: "true 又は false ",
  array: "一覧",
  object: "項目の組",
  null: "null",
};
/** How many of what: letters of a text, members of a list. */
const measured = (origin: string, many: number | bigint): string => {
  switch (origin) {
    case "string":
      return `${many}文字`;
    case "array":
    case "set":
      return `${many}件`;
    default:
      return String(many);
  }
};

const general = z.locales.ja().localeError;

/**
 * What is wrong with a part of a request and what to write instead, for the person who reads it; what is too seldom
 * to have words of its own has zod's.
 */
export const inJapanese: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "記載がありません。必ず記載してください。";
      return `${kinds[issue.expected] ?? issue.expected}で記載してください。`;
    case "too_small":
      if (issue.origin === "string" && issue.minimum === 1) return "空欄です。必ず記載してください。";
      return `${measured(issue.origin, issue.minimum)}以上で記載してください。`;
    case "too_big":
      return `${measured(issue.origin, issue.maximum)}以内で記載してください。`;
    case "invalid_value":
      return `次のいずれかを記載してください：${issue.values.map(String).join("、")}`;
    case "unrecognized_keys":
      return `この操作にない項目です：${issue.keys.join("、")}。除いてください。`;
    case "invalid_format":
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
    case "not_multiple_of":
    case "custom":
      return general(issue);
  }
};

import type { ContactRole, LetterKind } from "./plan.ts";

/** What can stand between braces in a letter. */
export type Placeholder =
  | "organisation"
  | "contact"
  | "title"
  | "year"
  | "sender"
  | "link"
  | "due"
  | "close"
  | "items"
  | "label"
  | "reason"
  | "detail"
  | "meeting";

/** Known of every mail: its recipient, the year, who sends it, and the screen it is about. */
const always = ["organisation", "contact", "title", "year", "sender", "link"] as const;

/** The places each kind of letter can fill. Dates come in 和暦 with weekday, items one a line. */
export const placeholders: Readonly<Record<LetterKind, readonly Placeholder[]>> = {
  inquiry: [...always, "items", "due", "close"],
  digest: [...always, "label", "items"],
  reminder: [...always, "items", "due", "close"],
  receipt: [...always, "items"],
  entered: [...always, "items", "detail", "reason"],
  inner: [...always, "items", "detail", "reason", "due"],
  returned: [...always, "items", "reason", "due"],
  extension: [...always, "detail", "due", "close"],
  halted: [...always, "detail", "items", "reason"],
  survey: [...always, "items", "reason", "due"],
  consultation: [...always, "detail", "due", "close"],
  disposition: [...always, "detail"],
  "approval-turn": [...always, "detail"],
  "approval-returned": [...always, "detail", "reason"],
  decided: [...always, "detail", "meeting"],
  published: [...always],
  notice: [...always, "detail", "items"],
};

export const letterKinds = Object.keys(placeholders) as readonly LetterKind[];

/** What each kind of letter is called in a list; a digest is called by its rung. */
export const letterNames: Readonly<Record<LetterKind, string>> = {
  inquiry: "照会",
  digest: "督促",
  reminder: "督促（個別）",
  receipt: "受領",
  entered: "代理入力",
  inner: "組織内の割当て・確認",
  returned: "差戻し",
  extension: "期限の変更",
  halted: "停止・取下げ",
  survey: "補完調査",
  consultation: "意見照会",
  disposition: "意見への対応",
  "approval-turn": "決裁依頼",
  "approval-returned": "決裁差戻し",
  decided: "本部決定",
  published: "公表",
  notice: "事務局への連絡",
};

const PLACE = /\{([^{}]*)\}/g;

/** Every name between braces, known or not, each once. */
export const placesIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(PLACE)].map(([, name = ""]) => name)),
];

/**
 * The text with its places filled, in one pass: braces in a value stay as they are.
 *
 * @throws RangeError for a place without a value; lint lets no such text through
 */
export const fill = (text: string, values: Readonly<Partial<Record<Placeholder, string>>>): string => {
  const known = new Map<string, string>(Object.entries(values));
  return text.replaceAll(PLACE, (_, name: string) => {
    const value = known.get(name);
    if (value === undefined) throw new RangeError(`no value for {${name}}`);
    return value;
  });
};

/** 照会 and 意見照会 go to the window, who passes them on. */
export const openingReaders: readonly ContactRole[] = ["window"];
/** What becomes of a request afterwards its 担当者 hears too. */
export const followingReaders: readonly ContactRole[] = ["window", "officer"];

/** A text in English, piece by piece. */

export type Part =
  /** `japanese`: it has no English. A name, or what somebody wrote. */
  | { readonly is: "text"; readonly text: string; readonly japanese: boolean }
  /** The n-th element within the sentence. */
  | { readonly is: "child"; readonly number: number };
export type English = readonly Part[];

const JAPANESE =
  /[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f]/;
export const isJapanese = (text: string): boolean => JAPANESE.test(text);

/** Within a sentence that is looked up an element is one of these characters, which no text of ours has. */
const FIRST_CHILD = 0xe000;
const CHILD = /([\ue000-\uf8ff])/;
export const childMark = (number: number): string => String.fromCharCode(FIRST_CHILD + number);
export const hasChildMark = (text: string): boolean => CHILD.test(text);
/** As phrases write elements, `<1>`. */
export const marked = (text: string): string =>
  text.replaceAll(/<(\d+)>/g, (_, number: string) => childMark(Number(number)));

export const textPart = (text: string): Part => ({ is: "text", text, japanese: isJapanese(text) });
/** As it is, with the elements in it. */
export const partsOf = (text: string): English =>
  text
    .split(CHILD)
    .map((one) =>
      CHILD.test(one) ? { is: "child", number: one.charCodeAt(0) - FIRST_CHILD } : textPart(one),
    );

/** Without empty pieces, and with neighbours of one language in one. */
export const joined = (parts: English): English =>
  parts.reduce<Part[]>((all, part) => {
    const before = all.at(-1);
    if (part.is === "text" && before?.is === "text" && before.japanese === part.japanese)
      all.splice(-1, 1, { ...before, text: before.text + part.text });
    else if (part.is === "child" || part.text !== "") all.push(part);
    return all;
  }, []);
export const isEnglish = (parts: English): boolean =>
  parts.every((part) => part.is === "child" || !part.japanese);

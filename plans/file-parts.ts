import { z } from "zod";
import { measureKey, organisationId, personId } from "../domain/ids.ts";
import { plainDate, plainTime } from "../domain/time.ts";

interface Written<Value> {
  readonly pattern: RegExp;
  /** What an official reads when the text does not fit: what to write instead. */
  readonly says: string;
  readonly parse: (raw: string) => Value;
}

/** A text that becomes a branded value. The pattern is published in the JSON Schema; `parse` has the last word. */
const written = <Value>({ pattern, says, parse }: Written<Value>) =>
  z
    .string()
    .regex(pattern, says)
    .transform((raw, context): Value => {
      try {
        return parse(raw);
      } catch {
        context.addIssue({ code: "custom", message: says, input: raw });
        return z.NEVER;
      }
    });

const CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** One line without blanks at its ends: what a name or a short text is. */
export const line = z.string().regex(/^\S(?:[^\r\n]*\S)?$/, "1行で、前後に空白を置かずに書いてください");
/** One or more lines. */
export const paragraphs = z.string().regex(/\S/, "本文を書いてください");
export const count = z.int().min(1).max(250);
/** An area's, domain's or section's number: one digit of a measure's key. */
export const place = z.int().min(1).max(9);

export const date = written({
  pattern: /^\d{4}-\d{2}-\d{2}$/,
  says: "実在する日付を 2015-02-10 のように書いてください",
  parse: plainDate,
});
export const time = written({
  pattern: /^([01]\d|2[0-3]):[0-5]\d$/,
  says: "時刻を 17:00 のように書いてください",
  parse: plainTime,
});
export const organisation = written({
  pattern: CODE,
  says: "組織の略号を半角英小文字で書いてください（例：meti、jpcert-cc）",
  parse: organisationId,
});
export const person = written({
  pattern: CODE,
  says: "人の略号を半角英小文字で書いてください（例：meti-window）",
  parse: personId,
});
export const measure = written({
  pattern: /^[1-9]-[0-9]-[0-9]-[ァ-ヺ]$/,
  says: "施策の番号を「領域-分野-節-記号」で書いてください。分野・節がなければ 0 です（例：1-4-0-ケ）",
  parse: measureKey,
});
/** Of data, chapters, rungs, ratings and reasons: ASCII, as it becomes a part of ids. */
export const code = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "半角英小文字・数字・ハイフンで書いてください（例：e-net-caravan）");
export const email = z.email("メールアドレスを書いてください（例：madoguchi@meti.example）");

/**
 * Who owes a datum: `{ meti: named, mic: inferred }`. Written as a mapping, so that nobody can stand in it twice.
 */
export const owners = z
  .record(organisation, z.enum(["named", "inferred"]))
  .describe("担当府省庁。named＝別添に名のあるもの、inferred＝所管から推定したもの（要確認）")
  .transform((given) =>
    Object.entries(given).map(([owner, basis]) => ({ organisation: organisationId(owner), basis })),
  );

import { z } from "zod";
import {
  cycleKey,
  fiscalYear,
  indicatorKey,
  measureKey,
  organisationId,
  personId,
  sha256,
} from "../domain/ids.ts";
import { instant, plainDate, plainTime } from "../domain/time.ts";

/** What several nouns of the API have in common. Requests are strict; replies hold what they say and nothing else. */

interface Written<Value> {
  readonly parse: (raw: string) => Value;
  readonly says: string;
  readonly example: string;
}

/** A text that becomes a branded value. `parse` has the only word. */
const written = <Value>({ parse, says, example }: Written<Value>) =>
  z
    .string()
    .meta({ description: says, examples: [example] })
    .transform((raw, context): Value => {
      try {
        return parse(raw);
      } catch {
        context.addIssue({ code: "custom", message: says, input: raw });
        return z.NEVER;
      }
    });

const HASH_EXAMPLE = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

export const hash = written({
  parse: sha256,
  says: "SHA-256（16進小文字64桁）",
  example: HASH_EXAMPLE,
});
export const cycle = written({
  parse: cycleKey,
  says: "サイクル（例：2014、訓練は 2014-r1）",
  example: "2014-r1",
});
export const date = written({ parse: plainDate, says: "実在する日付（YYYY-MM-DD）", example: "2015-02-10" });
export const time = written({ parse: plainTime, says: "時刻（HH:MM）", example: "17:00" });
export const moment = written({
  parse: instant,
  says: "時差付きの日時（ISO 8601）",
  example: "2015-02-10T09:00:00+09:00",
});
export const organisation = written({ parse: organisationId, says: "組織の略号", example: "meti" });
export const person = written({ parse: personId, says: "人の略号", example: "meti-window" });
export const measure = written({ parse: measureKey, says: "施策の番号", example: "1-1-1-ア" });
export const indicator = written({ parse: indicatorKey, says: "指標の番号", example: "1-1-1-ア/1" });
export const year = z.int().transform((raw, context) => {
  try {
    return fiscalYear(raw);
  } catch {
    context.addIssue({ code: "custom", message: "年度（西暦）", input: raw });
    return z.NEVER;
  }
});

/** At most so many characters: a page of a report has about 1,500. */
export const prose = z.string().min(1).max(100_000);
export const line = z.string().min(1).max(500);
/** Ids the service itself gave out: compared, never taken apart. */
export const id = z.string().min(1).max(200);
export const contentId = z.uuid();
/** Why somebody did something: printed in mails and in the report, so no more than a few pages. */
export const reason = z.string().min(1).max(10_000);
export const nothing = z.strictObject({});

export const requestKind = z.enum(["data", "survey", "chapter", "consultation"]);
export const evaluationKind = z.enum(["output", "outcome"]);
export const outcome = z.enum(["decided", "decided-with-changes", "returned"]);

/** A list in a reply. */
export const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

/** Instants of replies, e.g. `2015-02-10T09:00:00+09:00`. */
export const at = z.string().meta({ examples: ["2015-02-10T09:00:00+09:00"] });
/** Dates of replies, e.g. `2015-02-10`. */
export const on = z.string().meta({ examples: ["2015-02-10"] });
export const sha = z.string().meta({ examples: [HASH_EXAMPLE] });
const counts = z.object({ open: z.int(), settled: z.int() });
export const countsByKind = z.object({ data: counts, survey: counts, chapter: counts, consultation: counts });

export const inCycle = z.object({ cycle });
export const byId = z.object({ id });

/** A page of a list. The number comes as text: it stands in the address. */
export const page = (most: number) => ({
  limit: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .transform(Number)
    .pipe(z.int().max(most))
    .default(Math.min(100, most))
    .meta({ description: `1回に返す件数（1〜${most}）` }),
});

/** Asked for one row more than fits, one knows whether there is a next page. */
export const pageOf = <Row>(
  found: readonly Row[],
  limit: number,
  cursorOf: (last: Row) => string,
): { readonly rows: readonly Row[]; readonly next: string | null } => {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last !== undefined ? cursorOf(last) : null };
};

export const approvalSchema = z
  .object({
    hash: sha.nullable(),
    turn: z.string().nullable(),
    steps: listOf(
      z.object({
        title: z.string(),
        person: z.string(),
        by: z.string().nullable(),
        approvedAt: at.nullable(),
      }),
    ),
  })
  .meta({ description: "決裁。hash は回付中の版、turn は次に決裁する人" });

/** 本部決定. */
export const decisionBody = z.strictObject({
  hash,
  outcome,
  meeting: line,
  number: z
    .int()
    .min(1)
    .max(9999)
    .exactOptional()
    .meta({ description: "第何回会合か。省くと meeting の「第○回」から読み取る" }),
  heldOn: date,
  reason: reason.exactOptional(),
});

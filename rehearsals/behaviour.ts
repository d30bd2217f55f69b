import { z } from "zod";
import { code, line, paragraphs } from "../plans/file-parts.ts";

/** How a ministry answers what it is asked, as the 台本 says it. */

export const days = z.int().min(0).max(60);
export const share = z.number().min(0).max(1);
const rangeOf = (day: z.ZodNumber | z.ZodInt) =>
  z
    .strictObject({ from: day, to: day })
    .refine(({ from, to }) => from <= to, "from は to 以下にしてください")
    .describe("開庁日の幅。この中から一つに決まる");
export const range = rangeOf(days);
const rangeAroundDue = rangeOf(z.int().min(-30).max(60));
const movedDays = z.int().min(1).max(20);
export const weight = z.number().min(0).describe("割合。ほかの振る舞いとの比で組織に割り当てる");

export const answers = z
  .union([
    z.literal("never"),
    z.strictObject({ after: z.literal("sent"), days: range }),
    z.strictObject({ after: z.literal("due"), days: rangeAroundDue }),
  ])
  .describe("いつ回答するか。照会の日（sent）か期限（due）から数える。never は何も回答しない");

export const behaviour = z.strictObject({
  key: code,
  label: line,
  weight,
  answers,
  nilShare: share.default(0).describe("「該当なし」と回答する項目の割合"),
  notApplicableShare: share.default(0).describe("「所管外」と回答する項目の割合"),
  unmeasurableShare: share.default(0).describe("「把握困難」と回答する項目の割合"),
  incomplete: z
    .strictObject({
      share: share.describe("最初の回答が不十分な項目の割合"),
      corrected: z.union([z.literal("never"), range]).describe("差戻しから何開庁日後に直すか"),
      again: z.boolean().default(false).describe("true なら直した回答も不十分で、再び差し戻される"),
    })
    .exactOptional(),
  failing: z
    .strictObject({
      corrected: z.union([z.literal("never"), rangeAroundDue]).describe("期限から何開庁日後に直すか"),
    })
    .exactOptional()
    .describe("単位の定めのある照会事項に別の単位で答え、検査に適合しないまま提出する"),
  explaining: z
    .boolean()
    .default(false)
    .describe("true なら目安のある照会事項にそれを超える数値を答え、説明を付ける"),
  provisional: z
    .strictObject({
      share: share.describe("暫定値で回答する項目の割合"),
      final: z.union([z.literal("never"), rangeAroundDue]).describe("期限から何開庁日後に確定値を提出するか"),
    })
    .exactOptional(),
  disclaiming: z
    .strictObject({
      share: share.describe("「所管外」とし、所管と考える府省庁を示す項目の割合"),
      owner: code.describe("所管と考える府省庁を、どの振る舞いの府省庁から選ぶか"),
      corrected: range.describe("同意されないとき、差戻しから何開庁日後に回答するか"),
    })
    .exactOptional(),
  attaching: z
    .strictObject({
      share: share.describe("ファイルを添える項目の割合。章には必ず添える"),
      files: z
        .array(
          z.strictObject({
            name: line,
            confidentiality: z.union([z.literal(1), z.literal(2)]).describe("機密性１情報なら公表できる"),
            text: paragraphs,
          }),
        )
        .min(1),
    })
    .exactOptional(),
  lateAnswer: z
    .strictObject({ daysAfterClose: range.describe("締切から何開庁日後に回答するか") })
    .exactOptional()
    .describe("締切までに回答せず、補完調査が始まってから回答する"),
  inParts: z
    .strictObject({
      share: share.describe("後から回答する項目の割合"),
      days: range.describe("ほかの項目から何開庁日遅れるか"),
    })
    .exactOptional(),
  extension: z
    .strictObject({
      daysBeforeDue: z
        .int()
        .min(-20)
        .max(60)
        .describe("期限の何開庁日前に申し出るか。負の数は期限を過ぎてから"),
      days: movedDays.describe("何開庁日の延長を求めるか"),
      reason: paragraphs,
    })
    .exactOptional(),
  pause: z
    .strictObject({
      daysAfterSent: range.describe("照会から何開庁日後に停止するか"),
      days: range.describe("何開庁日停止するか"),
      reason: paragraphs,
    })
    .exactOptional()
    .describe("問合せを受け、事務局が答えるまで期限を停止する"),
  shortening: z
    .strictObject({
      daysAfterSent: days.describe("照会から何開庁日後に申し入れるか"),
      days: movedDays.describe("何開庁日繰り上げるか"),
      reason: paragraphs,
    })
    .exactOptional()
    .describe("事務局が期限を繰り上げる。5開庁日以上前の予告が要る"),
  withdrawal: z
    .strictObject({
      daysAfterSent: range.describe("照会から何開庁日後に取り下げるか"),
      reason: paragraphs,
    })
    .exactOptional()
    .describe("事務局が照会を取り下げる"),
});
export type Behaviour = z.output<typeof behaviour>;

import { z } from "zod";
import type { UnmeasurableReason } from "../domain/plan.ts";
import { code, line, owners } from "./file-parts.ts";

/** What an answer holds and is checked for, as data of the plan. */

const named = z.strictObject({ key: code, label: line });

const expects = z
  .discriminatedUnion("is", [
    z.strictObject({ is: z.enum(["number", "text", "date"]) }),
    z.strictObject({ is: z.literal("choice"), options: z.array(named).min(2) }),
    z.strictObject({ is: z.literal("table"), rows: z.array(named).min(1), columns: z.array(named).min(1) }),
  ])
  .describe(
    "求める値の種類。number＝数値、text＝文章、date＝日付、choice＝選択肢、table＝表。書かなければ数値又は文章",
  );

const level = z.enum(["block", "warn"]).describe("block＝直すまで受け付けない、warn＝説明があれば受け付ける");
const checkOf = <Name extends string, Shape extends z.core.$ZodLooseShape>(name: Name, shape: Shape) =>
  z.strictObject({ key: code, level, checks: z.literal(name), ...shape });

const check = z.discriminatedUnion("checks", [
  checkOf("unit", { anyOf: z.array(line).min(1).describe("使える単位") }),
  checkOf("range", {
    from: z.number().exactOptional().describe("この値以上"),
    to: z.number().exactOptional().describe("この値以下"),
  }),
  checkOf("reason", {
    says: z
      .array(z.enum(["value", "provisional", "nil", "not-applicable", "unmeasurable"]))
      .min(1)
      .describe("理由の記入を求める回答の区分"),
  }),
  checkOf("sum", {
    along: z.enum(["rows", "columns"]).describe("rows＝行の計（列ごとに確かめる）、columns＝列の計"),
    total: code.describe("計の行又は列"),
    of: z.array(code).min(1).describe("足し合わせる行又は列"),
  }),
  checkOf("last-year", {
    ratio: z.number().gt(1).describe("前年度の何倍を超え、何分の1を下回れば説明を求めるか"),
  }),
  checkOf("definition", { since: line.describe("前年度から定義がどう変わったか") }),
]);

export const dataFile = z
  .strictObject({
    data: z.array(
      z.strictObject({
        key: code,
        text: line,
        owners,
        expects: expects.exactOptional(),
        checks: z.array(check).min(1).exactOptional().describe("回答を受け付ける前に確かめること"),
      }),
    ),
  })
  .meta({ id: "dataFile", title: "data.yaml：複数の状況に共通する照会事項" });

/** A tree; only what has no children can be chosen. */
export const unmeasurableReason: z.ZodType<UnmeasurableReason, UnmeasurableReason> = z
  .lazy(() =>
    z.strictObject({
      key: code,
      label: line,
      children: z.array(unmeasurableReason).min(1).exactOptional().describe("内訳。あれば内訳から選ぶ"),
      asks: z
        .enum(["date", "text"])
        .exactOptional()
        .describe("あわせて記入を求めるもの。date＝把握できる日、text＝内容"),
    }),
  )
  .meta({ id: "unmeasurableReason" });

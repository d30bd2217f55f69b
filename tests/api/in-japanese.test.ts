import { describe, expect, it } from "vitest";
import { z } from "zod";
import { inJapanese } from "../../api/in-japanese.ts";

const body = z.strictObject({
  title: z.string().min(1).max(5),
  count: z.int().min(0).max(100),
  items: z.array(z.string()).min(1).max(2),
  outcome: z.enum(["decided", "returned"]),
  final: z.boolean(),
});
const right = { title: "方針", count: 1, items: ["1"], outcome: "decided", final: true };
const said = (wrong: object): readonly string[] =>
  body.safeParse({ ...right, ...wrong }, { error: inJapanese }).error?.issues.map(({ message }) => message) ??
  [];

describe("what is wrong with a part of a request", () => {
  it.each<[object, string]>([
    [{ title: undefined }, "記載がありません。必ず記載してください。"],
    [{ title: 5 }, "文字列で記載してください。"],
    [{ title: "" }, "空欄です。必ず記載してください。"],
    [{ title: "六文字を超える" }, "5文字以内で記載してください。"],
    [{ count: "1" }, "数値で記載してください。"],
    [{ count: 1.5 }, "整数で記載してください。"],
    [{ count: -1 }, "0以上で記載してください。"],
    [{ count: 101 }, "100以内で記載してください。"],
    [{ items: [] }, "1件以上で記載してください。"],
    [{ items: ["1", "2", "3"] }, "2件以内で記載してください。"],
    [{ outcome: "done" }, "次のいずれかを記載してください：decided、returned"],
    [{ final: "yes" }, "true 又は false で記載してください。"],
    [{ hash: "1", by: "2" }, "この操作にない項目です：hash、by。除いてください。"],
  ])("%j: %s", (wrong, message) => {
    expect(said(wrong)).toEqual([message]);
  });

  it("has zod's words where it has none of its own, and the schema's where that has", () => {
    const format = z.uuid().safeParse("x", { error: inJapanese }).error?.issues[0]?.message;
    expect(format).toMatch(/UUID/);
    const own = z.string().min(3, "3文字の略号を書いてください。");
    expect(own.safeParse("", { error: inJapanese }).error?.issues[0]?.message).toBe(
      "3文字の略号を書いてください。",
    );
  });
});

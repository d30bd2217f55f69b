import { describe, expect, it } from "vitest";
import { organisationId, personId } from "../../domain/ids.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { makeProgress, progressLine } from "../../rehearsals/progress.ts";
import { closingTables, tableText } from "../../rehearsals/tables.ts";
import { dataRequest, fy2014, owed, viewAt } from "../support/scene.ts";

const written = (isTTY: boolean) => {
  const texts: string[] = [];
  return { texts, out: { isTTY, write: (text: string) => texts.push(text) } };
};
const views = [
  viewAt("policy", "2015-01-13T09:00:00+09:00"),
  viewAt("policy", "2015-01-16T15:00:00+09:00"),
  viewAt("collection", "2015-04-17T09:00:00+09:00", { requests: [dataRequest([owed])] }),
];

describe("the progress", () => {
  it("says the stage, the date and what is still open", () => {
    expect(views.map(progressLine)).toEqual([
      "░░░░░░░░░░░░░░░░░░░░░░ 実施方針　平成27年1月13日（火）",
      "░░░░░░░░░░░░░░░░░░░░░░ 実施方針　平成27年1月16日（金）",
      "████░░░░░░░░░░░░░░░░░░ 照会　平成27年4月17日（金）　照会の残り1件",
    ]);
  });

  it("is one line that is written over on a terminal", () => {
    const { texts, out } = written(true);
    const progress = makeProgress(out);
    for (const view of views) progress.show(view);
    progress.end();
    expect(texts).toHaveLength(4);
    for (const text of texts.slice(0, 3)) expect(text).toMatch(/^\r\u001b\[2K[█░]+ \S+　[^\n]+$/);
    expect(texts[3]).toBe("\n");
  });

  it("is a line for each stage elsewhere", () => {
    const { texts, out } = written(false);
    const progress = makeProgress(out);
    for (const view of views) progress.show(view);
    progress.end();
    expect(texts.map((text) => text.split("　")[0])).toEqual([
      "░░░░░░░░░░░░░░░░░░░░░░ 実施方針",
      "████░░░░░░░░░░░░░░░░░░ 照会",
    ]);
  });
});

describe("a table", () => {
  it("has columns as wide as a terminal shows them", () => {
    expect(
      tableText("段階", [
        ["照会", "4月1日"],
        ["ab", "x"],
        ["公表", "x"],
      ]).split("\n"),
    ).toEqual(["【段階】", "  照会  4月1日", "  ab    x", "  公表  x"]);
  });
});

describe("the closing tables", () => {
  it("count mails by letter and rung, surveys by end and indicators by state", async () => {
    const mail = (rung: string | null) => ({
      at: instant("2015-04-20T09:00:00+09:00"),
      contact: personId("meti-window"),
      organisation: organisationId("meti"),
      kind: rung === null ? "inquiry" : "digest",
      rung,
      items: ["a"],
    });
    const survey = (is: "found" | "impossible") => ({
      id: `2014-r1-survey-meti-${is}`,
      organisation: organisationId("meti"),
      cause: "silence" as const,
      items: [],
      openedAt: instant("2015-05-01T17:00:00+09:00"),
      dueOn: plainDate("2015-05-27"),
      method: "m",
      justification: "締切までに回答がなかった。",
      protocol: null,
      end: { is },
      endedAt: null,
    });
    const text = closingTables({
      timeline: {
        seed: 7,
        mails: [mail(null), mail("dun-1"), mail("remind-3"), mail("dun-1")],
        acts: [],
        stages: viewAt("underway", "2015-02-10T15:00:00+09:00").cycle.stages,
        indicators: { "1-1-1-ア/1": "value", "1-1-1-ア/2": "uncollected", "1-1-1-イ/1": "value" },
      },
      plan: await fy2014(),
      requests: [dataRequest([{ is: "value" }, { is: "value" }, { is: "surveyed" }])],
      surveys: [survey("found"), survey("found"), survey("impossible")],
    });
    expect(`\n${text}\n`).toBe(`
【段階】
  実施方針    平成27年1月13日（火）
  施策の実施  平成27年2月10日（火）

【メール】
  照会                           1通
  リマインド（期限の3開庁日前）  1通
  督促（期限の1開庁日後）        2通
  計                             4通

【補完調査】
  締切までに回答なし  3件  把握2件、未把握1件
  計                  3件

【把握状況】
            照会項目  指標
  把握      2件       2件
  該当なし  0件       0件
  所管外    0件       0件
  補完調査  1件       0件
  未把握    0件       1件
  計        3件       3件
`);
  });
});

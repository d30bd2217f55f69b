import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileReport } from "../../domain/compile.ts";
import { fingerprint, grouped } from "../../domain/compose.ts";
import type { Section } from "../../domain/document.ts";
import { organisationId } from "../../domain/ids.ts";
import type { RecordedItem, RecordedOutcome, ReportRecord } from "../../domain/report-record.ts";
import { reportPlan } from "../support/report-plan.ts";
import { sectionOf, tableOf, tablesOf, textsOf } from "../support/report-document.ts";
import { settledRecord } from "../support/report-record.ts";

const record = settledRecord(reportPlan);
const document = compileReport(record);

const numbersOf = (row: readonly { readonly text: string }[]): readonly number[] =>
  row.slice(1).map(({ text }) => Number(text.replaceAll(",", "")));

const outcome: fc.Arbitrary<RecordedOutcome | null> = fc.constantFrom(
  ...record.items.map((item) => item.outcome),
  null,
);
/** Any mixture of the five settled states and items still open. */
const anyRecord: fc.Arbitrary<ReportRecord> = fc
  .array(outcome, { minLength: record.items.length, maxLength: record.items.length })
  .map((outcomes) => ({
    ...record,
    items: record.items.flatMap((item, at): readonly RecordedItem[] => {
      const given = outcomes[at];
      return given === undefined || given === null ? [] : [{ ...item, outcome: given }];
    }),
  }));

describe("counts", () => {
  const counted = [
    ["指標の把握状況", 6],
    ["照会項目の把握状況", 11],
  ] as const;
  it.each(counted)("%s: each row and column adds up, and the whole is what was asked", (caption, asked) => {
    fc.assert(
      fc.property(anyRecord, (any) => {
        const table = tableOf(compileReport(any), "overview-data", caption);
        const lines = [...table.rows, table.total ?? []].map(numbersOf);
        for (const line of lines)
          expect(line.slice(0, -1).reduce((sum, one) => sum + one, 0)).toBe(line.at(-1));
        const total = lines.at(-1) ?? [];
        total.forEach((sum, at) =>
          expect(lines.slice(0, -1).reduce((all, line) => all + (line[at] ?? Number.NaN), 0)).toBe(sum),
        );
        expect(total.at(-1)).toBe(asked);
      }),
    );
  });

  it("an item nobody answered is neither nil nor zero: it is counted as unsettled and said to be so", () => {
    const silent = compileReport({ ...record, items: [] });
    const table = tableOf(silent, "overview-data", "照会項目");
    const at = table.columns.findIndex(({ title }) => title === "未確定");
    expect(table.total?.[at]?.text).toBe("11");
    expect(numbersOf(table.total ?? [])).toEqual([0, 0, 0, 0, 0, 11, 11]);
    expect(textsOf(sectionOf(silent, "overview-data").blocks).join()).toContain("回答の確定していない");
    expect(silent.data.rows.map((row) => [row.state, row.number])).toEqual(
      silent.data.rows.map(() => ["open", null]),
    );
  });

  it("the column for unsettled items is there only while one is", () => {
    expect(tableOf(document, "overview-data", "照会項目").columns.map(({ title }) => title)).not.toContain(
      "未確定",
    );
  });

  it("every number names what it counts", () => {
    const table = tableOf(document, "overview-data", "照会項目");
    for (const cell of [...table.rows.flatMap((row) => row.slice(1)), ...(table.total ?? []).slice(1)])
      expect(cell.source).toHaveLength(Number(cell.text));
  });

  it("an indicator is as weak as the weakest of its items, and one that serves two domains counts in both", () => {
    const nil: RecordedOutcome = { is: "nil", text: "", contentId: "c", sha256: record.planHash };
    const missing: RecordedOutcome = { is: "uncollected", reason: "記録がない。" };
    const uncollected = compileReport({
      ...record,
      items: record.items.map((item) => ({
        ...item,
        outcome: item.datum === "shared" && item.organisation === organisationId("meti") ? missing : nil,
      })),
    });
    const table = tableOf(uncollected, "overview-data", "指標の把握状況");
    const at = table.columns.findIndex(({ title }) => title === "未把握");
    expect(table.rows.map((row) => row[at]?.text)).toEqual(["0", "1", "1", "0"]);
  });
});

describe("what is printed", () => {
  it("stands in the order area, domain, section, heading, measure", () => {
    const titles = (section: Section): unknown => [section.title, ...section.sections.map(titles)];
    expect(titles(sectionOf(document, "area-1"))).toEqual([
      "第2章　「強靱な」サイバー空間の構築（領域1）",
      [
        "① 政府機関等における対策",
        ["１）水準の一層の向上", ["【仕組みの強化】", ["（ア）枠組みの構築"], ["（イ）ポリシーの見直し"]]],
      ],
      ["② 重要インフラ事業者等における対策", ["【その他の施策】", ["（ア）評価・認証の支援"]]],
    ]);
    expect(titles(sectionOf(document, "area-4"))).toEqual([
      "第4章　推進体制等（領域4）",
      ["（ア）機能の強化"],
    ]);
  });

  it("a chapter that did not arrive is printed as missing, with the reason", () => {
    expect(textsOf(sectionOf(document, "chapter-third-action-plan").blocks).at(-1)).toBe(
      "本報告の取りまとめまでに提出がなく、掲載していない。理由：所管部局における取りまとめが完了していないため。",
    );
    expect(textsOf(sectionOf(document, "chapter-common-standards").blocks).at(-1)).toContain("点検の結果");
  });

  it("a chapter nobody spoke of is missing too, never simply absent", () => {
    const nothing = compileReport({ ...record, chapters: [] });
    expect(textsOf(sectionOf(nothing, "chapter-common-standards").blocks).at(-1)).toContain("掲載していない");
  });

  it("everything uncollected is listed with its reason, and nothing else is", () => {
    const table = tableOf(document, "annex-uncollected", "把握できなかった");
    expect(table.rows.map((row) => row.map(({ text }) => text))).toEqual([
      [
        "1-1-1-ア/2",
        "内閣官房",
        "計画の策定状況",
        "記録が保存されておらず、補完調査によっても把握できなかったため（3）。",
      ],
      [
        "4-0-0-ア/1",
        "内閣官房",
        "検討の状況",
        "記録が保存されておらず、補完調査によっても把握できなかったため（10）。",
      ],
    ]);
  });

  it("a survey is printed with its cause, method, result and limits", () => {
    const [survey] = sectionOf(document, "surveys").sections;
    const rows = survey === undefined ? [] : tablesOf(survey).flatMap((table) => table.rows);
    expect(rows.map((row) => row.map(({ text }) => text))).toEqual([
      ["担当府省庁等", "経済産業省"],
      ["対象", "計画の策定状況"],
      ["実施の理由", "締切までに回答がなかった。"],
      ["方法", "公開資料の調査及び担当者への聴取による。"],
      ["結果", "公開資料によれば、取組は全国の拠点で継続している。"],
      ["結果の限界", "公開資料に基づくため、未公表の取組を含まない。"],
    ]);
  });

  it("an evaluation that is not there is said not to be there", () => {
    const unjudged = compileReport({ ...record, evaluations: [] });
    expect(textsOf(sectionOf(unjudged, "measure-1-1-1-ア").blocks)).toContain(
      "結果（アウトプット）の評価は、確定していない。",
    );
    const table = tableOf(unjudged, "overview-evaluation", "結果");
    expect(table.rows.at(-1)?.map(({ text }) => text)).toEqual(["評価未了", "評価が確定していない。", "5"]);
  });

  it("a cut-off name keeps its words and says what is meant", () => {
    expect(sectionOf(document, "measure-2-1-0-ア").title).toBe(
      "（ア）取組の推［原文のまま。「取組の推進」の意］",
    );
  });

  it("a datum that asks something else than its indicator is printed with its own words", () => {
    const table = tableOf(document, "measure-1-2-0-ア", "指標 1-2-0-ア/1");
    expect(table.rows.map((row) => row[1]?.text)).toContain("国際標準への参画状況");
  });
});

describe("the same record", () => {
  it("gives the same document byte for byte, whatever the order of its rows", () => {
    const shuffled = fc.shuffledSubarray([...record.items], { minLength: record.items.length });
    fc.assert(
      fc.property(shuffled, fc.boolean(), (items, turned) => {
        const turn = <One>(rows: readonly One[]): readonly One[] => (turned ? rows.toReversed() : rows);
        const again: ReportRecord = {
          ...record,
          items,
          surveys: turn(record.surveys),
          evaluations: turn(record.evaluations),
          analyses: turn(record.analyses),
          chapters: turn(record.chapters),
        };
        expect(JSON.stringify(compileReport(again))).toBe(JSON.stringify(document));
      }),
    );
  });

  it("every source is listed once, and all that is content has its hash", () => {
    expect(new Set(document.sources.map(({ id }) => id)).size).toBe(document.sources.length);
    const bare = document.sources.filter(({ sha256 }) => sha256 === null).map(({ id }) => id.split(":")[0]);
    expect(new Set(bare)).toEqual(new Set(["analysis", "chapter", "item"]));
  });
});

describe("small makers", () => {
  it("groups thousands and leaves decimals alone", () => {
    expect([0, 999, 1000, 1234567, -1234, 1234.5678].map(grouped)).toEqual([
      "0",
      "999",
      "1,000",
      "1,234,567",
      "-1,234",
      "1,234.5678",
    ]);
  });

  it("tells any two short texts apart", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(fingerprint(one) === fingerprint(other)).toBe(one === other);
      }),
    );
  });
});

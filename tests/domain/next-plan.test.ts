import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { calendarOf, isOpen } from "../../domain/calendar.ts";
import type { CarriedFinding, Finding } from "../../domain/carry-over.ts";
import { fiscalYear } from "../../domain/ids.ts";
import { blocks, lintPlan } from "../../domain/lint.ts";
import { lineageOf, planChanges } from "../../domain/lineage.ts";
import { yearsLater } from "../../domain/next-dates.ts";
import { nextPlanOf, planForYear } from "../../domain/next-plan.ts";
import type { Plan } from "../../domain/plan.ts";
import { addDays, plainDate } from "../../domain/time.ts";
import { japaneseHolidays } from "../../plans/holidays.ts";
import { readPlan } from "../../plans/read-plan.ts";
import { fixed, withDates, withTerm } from "./plan-changes.ts";

const holidays = japaneseHolidays();
let fy2014: Plan;
beforeAll(async () => {
  const read = await readPlan(fileURLToPath(new URL("../../plans/fy2014", import.meta.url)));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  fy2014 = read.plan;
});

const goingOn = (finding: Finding): CarriedFinding => ({
  ...finding,
  followUp: "continue",
  target: null,
  reason: null,
});
const next = (plan: Plan, carried: readonly Finding[] = []): Plan =>
  nextPlanOf({ plan, carried: carried.map(goingOn), holidays });
const blocking = (plan: Plan) => lintPlan(plan).filter(({ level }) => level === "block");

const behind: Finding = {
  id: "unfinished:1-1-1-ア",
  cause: "unfinished",
  origin: "1-1-1-ア",
  note: "遅れている。",
};
const unknown: Finding = {
  id: "uncollected:1-1-1-ア/1",
  cause: "uncollected",
  origin: "1-1-1-ア/1",
  note: "記録がない。",
};

describe("the plan after FY2014", () => {
  it("may be launched as it is", () => {
    expect(blocking(next(fy2014, [unknown, behind]))).toEqual([]);
  });

  it("is of the next year, with the days a year later, on days when the offices are open", () => {
    const { year, title, dates } = next(fy2014);
    expect({ year, title }).toEqual({ year: 2015, title: "平成27年度サイバーセキュリティ政策の評価等" });
    expect(dates).toEqual({
      ...fy2014.dates,
      opensOn: "2016-01-13",
      policyDecisionOn: "2016-02-10",
      collectionOn: "2016-04-01",
      requests: {
        ...fy2014.dates.requests,
        data: fixed("2016-04-18", "2016-05-02"),
        chapter: fixed("2016-05-16", "2016-05-30"),
      },
      reportDecisionOn: "2016-06-27",
    });
  });

  it("knows the holidays of its own years: those the old plan knew, then those known elsewhere", () => {
    const own = { date: plainDate("2016-04-04"), name: "臨時閉庁" };
    const years = next({ ...fy2014, holidays: [...fy2014.holidays, own] }).holidays;
    expect(calendarOf(years).years).toEqual([2015, 2016, 2017]);
    expect(years.filter(({ date }) => !date.startsWith("2017"))).toEqual(
      [...fy2014.holidays, own]
        .filter(({ date }) => !date.startsWith("2014"))
        .toSorted((one, other) => (one.date < other.date ? -1 : 1)),
    );
    expect(years.filter(({ date }) => date.startsWith("2017"))).toEqual(
      holidays.filter(({ date }) => date.startsWith("2017")),
    );
  });

  it("keeps a one-off closed day of a year whose holidays it learns", () => {
    const own = [
      { date: plainDate("2017-03-03"), name: "臨時閉庁" },
      { date: plainDate("2017-01-09"), name: "成人式" },
    ];
    const learned = next({ ...fy2014, holidays: [...fy2014.holidays, ...own] }).holidays.filter(({ date }) =>
      date.startsWith("2017"),
    );
    expect(learned.filter(({ date }) => date === "2017-01-09")).toEqual(own.slice(1));
    expect(learned.map(({ date }) => date)).toEqual(
      [
        ...holidays.filter(({ date }) => date.startsWith("2017")).map(({ date }) => date),
        "2017-03-03",
      ].toSorted(),
    );
  });

  it("lets deputies stand in on the same days a year later", () => {
    const deputies = next(fy2014).approvals.report.map(({ deputy }) => deputy);
    expect(deputies).toEqual([
      undefined,
      { person: "nisc-councillor", from: "2016-02-02", to: "2016-06-30" },
      undefined,
    ]);
  });

  it("keeps the rest as it is", () => {
    const changed = ["year", "title", "dates", "holidays", "approvals", "carriedOver"];
    const rest = (plan: Plan) => Object.entries(plan).filter(([name]) => !changed.includes(name));
    expect(Object.fromEntries(rest(next(fy2014, [behind])))).toEqual(Object.fromEntries(rest(fy2014)));
  });
});

describe("what is carried over", () => {
  it("keeps its origin, its cause, what is to be said of it, and the year", () => {
    expect(next(fy2014, [unknown, behind]).carriedOver).toEqual([
      { origin: "1-1-1-ア/1", cause: "uncollected", note: "記録がない。", fromYear: 2014 },
      { origin: "1-1-1-ア", cause: "unfinished", note: "遅れている。", fromYear: 2014 },
    ]);
  });

  it("keeps the year that left it open first, and goes once it is no longer open", () => {
    const third = next(next(fy2014, [unknown, behind]), [behind]);
    expect(third.carriedOver).toEqual([
      { origin: "1-1-1-ア", cause: "unfinished", note: "遅れている。", fromYear: 2014 },
    ]);
    const other = next(next(fy2014, [behind]), [{ ...behind, cause: "insufficient" }]);
    expect(other.carriedOver?.map(({ fromYear }) => fromYear)).toEqual([2015]);
  });

  it("is no member of the plan where nothing is", () => {
    expect("carriedOver" in next(next(fy2014, [behind]))).toBe(false);
  });
});

describe("the title", () => {
  it.each([
    [2014, "平成26年度の評価", "平成27年度の評価"],
    [2014, "平成２６年度の評価（平成２６年度）", "平成２７年度の評価（平成２７年度）"],
    [2018, "平成30年度の評価", "令和元年度の評価"],
    [2019, "令和元年度の評価", "令和2年度の評価"],
    [2014, "サイバーセキュリティ政策の評価", "サイバーセキュリティ政策の評価"],
  ])("of %i, %s, becomes %s", (year, title, expected) => {
    expect(next({ ...fy2014, year: fiscalYear(year), title }).title).toBe(expected);
  });
});

describe("a plan of any year", () => {
  it.each([2013, 2016, 2025, 2026, 2032])(
    "of %i has its days on open days of that year, in their order",
    (of) => {
      const plan = planForYear(fy2014, { year: fiscalYear(of), holidays });
      expect(plan.year).toBe(of);
      const calendar = calendarOf(plan.holidays);
      const { data, chapter } = plan.dates.requests;
      if (data.is !== "fixed" || chapter.is !== "fixed") throw new Error("no days");
      const { opensOn, policyDecisionOn, collectionOn, reportDecisionOn } = plan.dates;
      const days = [opensOn, policyDecisionOn, collectionOn, data.dueOn, data.closeOn];
      for (const day of [...days, chapter.dueOn, chapter.closeOn, reportDecisionOn])
        expect([day, isOpen(day, calendar)]).toEqual([day, true]);
      expect(days.toSorted()).toEqual(days);
      expect(Number(opensOn.slice(0, 4))).toBe(of + 1);
    },
  );

  it("two years on is not the year after the year after: no day is rolled twice", () => {
    const at = (year: number) => planForYear(fy2014, { year: fiscalYear(year), holidays }).dates;
    expect(at(2016).opensOn).toBe("2017-01-13");
    expect(at(2014)).toEqual(fy2014.dates);
  });

  it("leaves behind what the year before left open, and names the year in its title", () => {
    const plan = planForYear(next(fy2014, [behind]), { year: fiscalYear(2026), holidays });
    expect(plan.carriedOver).toBeUndefined();
    expect(plan.title).toBe("令和8年度サイバーセキュリティ政策の評価等");
  });
});

describe("a day a year later", () => {
  it("is 29 February again in a leap year", () => {
    expect(yearsLater(plainDate("2016-02-29"), 4)).toBe("2020-02-29");
    expect(yearsLater(plainDate("2016-02-29"), -2)).toBe("2014-02-28");
  });

  it.each([
    ["2015-04-17", "2016-04-17"],
    ["2016-02-29", "2017-02-28"],
    ["2015-02-28", "2016-02-28"],
    ["2015-12-31", "2016-12-31"],
  ])("%s is %s", (date, expected) => {
    expect(yearsLater(plainDate(date), 1)).toBe(expected);
  });
});

const gap = () => fc.integer({ min: 0, max: 50 });
/** Years with whatever days, in the order lint asks for: open or closed does not matter to the year after. */
const anyYear = fc
  .record({
    year: fc.integer({ min: 2015, max: 2044 }),
    day: fc.integer({ min: 0, max: 364 }),
    gaps: fc.tuple(gap(), gap(), gap(), gap(), gap()),
    closedDays: fc.constantFrom("next", "previous"),
  })
  .map(({ year, day, gaps: [policy, collection, due, close, report], closedDays }) => {
    const opensOn = addDays(plainDate(`${year}-01-01`), day);
    const policyDecisionOn = addDays(opensOn, policy);
    const collectionOn = addDays(policyDecisionOn, collection);
    const dueOn = addDays(collectionOn, due);
    const closeOn = addDays(dueOn, close);
    const reportDecisionOn = addDays(closeOn, report);
    return {
      year,
      dueOn,
      closeOn,
      dates: { opensOn, policyDecisionOn, collectionOn, reportDecisionOn, closedDays },
    };
  });

describe("the year after any year", () => {
  it("has its days in order, open, far enough apart for the ladder, with holidays for all of them", () => {
    fc.assert(
      fc.property(anyYear, ({ year, dates, dueOn, closeOn }) => {
        const term = fixed(dueOn, closeOn);
        const dated = withDates({ ...fy2014, year: fiscalYear(year) }, dates);
        const plan = next(withTerm(withTerm(dated, "data", term), "chapter", term));
        const dateFindings = blocking(plan).filter(({ where }) => !where.startsWith("organisations.yaml"));
        expect(dateFindings).toEqual([]);
        const calendar = calendarOf(plan.holidays);
        const { opensOn, policyDecisionOn, collectionOn, reportDecisionOn } = plan.dates;
        for (const date of [opensOn, policyDecisionOn, collectionOn, reportDecisionOn])
          expect(isOpen(date, calendar)).toBe(true);
      }),
    );
  });

  it("is moved off no day while nobody knows the holidays: lint says which year's are missing", () => {
    const blind = nextPlanOf({ plan: fy2014, carried: [], holidays: [] });
    expect(blind.dates.reportDecisionOn).toBe("2016-06-25");
    const later = nextPlanOf({ plan: blind, carried: [], holidays: [] });
    expect(blocks(lintPlan(later))).toBe(true);
    expect(blocking(later).map(({ code, message }) => [code, message])).toContainEqual([
      "no-holiday-data",
      "2017年の休日がありません。",
    ]);
  });
});

describe("measures that are merged", () => {
  const merging = (origin: string, target: string): CarriedFinding => ({
    ...goingOn({ ...unknown, id: `uncollected:${origin}/1`, origin: `${origin}/1` }),
    followUp: "merge",
    target,
    reason: "取組が重複するため。",
  });

  it("are one in the next catalogue, with the indicators and data of both, and it can be launched", () => {
    const [kept, part] = fy2014.measures;
    if (kept === undefined || part === undefined) throw new Error("too few measures");
    const carried = [merging(part.key, kept.key)];
    const lineage = lineageOf(fy2014, carried, () => []);
    const plan = nextPlanOf({ plan: fy2014, carried, lineage, holidays });
    expect(plan.measures).toHaveLength(fy2014.measures.length - 1);
    const merged = plan.measures.find(({ key }) => key === kept.key);
    expect(merged?.indicators.map(({ text }) => text)).toEqual(
      [...kept.indicators, ...part.indicators].map(({ text }) => text),
    );
    const place = merged?.indicators.at(-1)?.key;
    expect(plan.data.some(({ indicators }) => indicators.some((one) => one === place))).toBe(true);
    expect(plan.data).toHaveLength(fy2014.data.length);
    expect(plan.carriedOver).toMatchObject([{ origin: place, cause: "uncollected", fromYear: 2014 }]);
    expect(planChanges(fy2014, plan)).toMatchObject([
      {
        measure: kept.key,
        from: [kept.key, part.key],
        change: "merged",
        findings: carried.map(({ id }) => id),
      },
    ]);
    expect(blocking(plan)).toEqual([]);
  });
});

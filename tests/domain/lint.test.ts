import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import type { LintFinding } from "../../domain/lint-finding.ts";
import { blocks, lintPlan } from "../../domain/lint.ts";
import type { Plan } from "../../domain/plan.ts";
import { readPlan } from "../../plans/read-plan.ts";
import { chains } from "./broken-chain.ts";
import { doubled, owing, references } from "./broken-catalogue.ts";
import { checks } from "./broken-checks.ts";
import { dates, letters, people } from "./broken-year.ts";
import { fixed, withCarried, withDatum, withLetter, withTerm } from "./plan-changes.ts";

let fy2014: Plan;
beforeAll(async () => {
  const read = await readPlan(fileURLToPath(new URL("../../plans/fy2014", import.meta.url)));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  fy2014 = read.plan;
});

describe("a plan is not launched with", () => {
  it.each([...owing, ...references, ...doubled, ...people, ...chains, ...dates, ...letters, ...checks])(
    "$what",
    ({ change, code, where }) => {
      const findings = lintPlan(change(fy2014));
      expect(blocks(findings)).toBe(true);
      expect(findings).toContainEqual(
        expect.objectContaining({
          level: "block",
          code,
          where: expect.stringContaining(where),
          message: expect.stringMatching(/。$/),
          hint: expect.stringMatching(/。$/),
        }),
      );
    },
  );
});

describe("FY2014", () => {
  it("is launched: nothing blocks", () => {
    expect(lintPlan(fy2014).filter(({ level }) => level === "block")).toEqual([]);
    expect(blocks(lintPlan(fy2014))).toBe(false);
  });

  it("has the owners inferred by responsibility counted for each organisation, once", () => {
    const counted = fy2014.organisations.flatMap(({ id }) => {
      const bases = fy2014.data.flatMap(({ owners }) =>
        owners.filter(({ organisation }) => organisation === id).map(({ basis }) => basis),
      );
      const inferred = bases.filter((basis) => basis === "inferred").length;
      return inferred === 0 ? [] : [[id, `照会事項${bases.length}件のうち${inferred}件`]];
    });
    const said = lintPlan(fy2014)
      .filter(({ code }) => code === "inferred-owners")
      .map(({ where, message }) => [where.split(" ").at(-1), /照会事項.*?件のうち\d+件/.exec(message)?.[0]]);
    expect(said).toEqual(counted);
  });

  it("asks no organisation the same words twice", () => {
    expect(lintPlan(fy2014).filter(({ code }) => code === "asked-twice")).toEqual([]);
  });

  it("still closes in time on the day of the last rung", () => {
    const tight = withTerm(fy2014, "data", fixed("2015-04-17", "2015-04-24"));
    expect(lintPlan(tight).filter(({ level }) => level === "block")).toEqual([]);
  });
});

describe("lint warns of", () => {
  const warnings = (plan: Plan): readonly LintFinding[] =>
    lintPlan(plan).filter(({ level }) => level === "warn");

  it("less than 10 business days to answer, and not of 10", () => {
    const short = (dueOn: string) =>
      warnings(withTerm(fy2014, "data", fixed(dueOn, "2015-05-01"))).filter(
        ({ code, where }) => code === "short-lead" && where.endsWith("requests.data"),
      );
    expect(short("2015-04-15")).toEqual([]);
    expect(short("2015-04-14")).toEqual([
      expect.objectContaining({ message: expect.stringContaining("9開庁日") }),
    ]);
  });

  it("the same words asked twice of one organisation, though blanks differ", () => {
    const twice = withDatum(fy2014, "tsubame", { text: "海外における CSIRT構築・支援の活動状況" });
    expect(warnings(twice)).toContainEqual(
      expect.objectContaining({ code: "asked-twice", where: expect.stringContaining("tsubame") }),
    );
  });

  it("a scale by which no measure would ever be carried over", () => {
    const silent = { ...fy2014, scales: { ...fy2014.scales, output: fy2014.scales.output.slice(0, 2) } };
    const codes = (plan: Plan) => warnings(plan).map(({ code }) => code);
    expect(codes(silent)).toContain("scale-leaves-nothing");
    expect(codes(fy2014)).not.toContain("scale-leaves-nothing");
  });

  it("what a survey will have to be opened for, since nobody can be asked", () => {
    const unowned = withDatum(fy2014, "4-0-0-a-1", { owners: [] });
    expect(warnings(unowned)).toContainEqual(
      expect.objectContaining({
        code: "indicator-without-owner",
        message: expect.stringContaining("補完調査"),
      }),
    );
    expect(lintPlan(unowned).filter(({ level }) => level === "block")).toEqual([]);
  });

  it("nothing that is carried over and known", () => {
    const carried = withCarried(
      fy2014,
      { cause: "uncollected", origin: "1-1-1-ア/1" },
      { cause: "surveyed", origin: "1-1-1-ア/1" },
      { cause: "unfinished", origin: "1-1-1-ア" },
      { cause: "insufficient", origin: "1-1-1-ア" },
      { cause: "insufficient", origin: "4-0" },
      { cause: "chapter-missing", origin: "common-standards" },
    );
    expect(lintPlan(carried)).toEqual(lintPlan(fy2014));
  });

  it("a letter that does not say where to answer", () => {
    expect(warnings(withLetter(fy2014, "{items} {due}"))).toContainEqual(
      expect.objectContaining({ code: "placeholder-missing", message: expect.stringContaining("{link}") }),
    );
  });
});

import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readPlan } from "../../plans/read-plan.ts";
import type { PlanProblem } from "../../plans/read-yaml.ts";

const fy2014 = fileURLToPath(new URL("../../plans/fy2014", import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nenrin-plan-"));
  await cp(fy2014, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

interface Edit {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}
/** As an official would edit the file; says so when the text to replace is not there. */
const edit = async ({ file, from, to }: Edit): Promise<void> => {
  const path = join(folder, file);
  const text = await readFile(path, "utf8");
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`nothing to replace in ${file}: ${String(from)}`);
  await writeFile(path, edited);
};
const problems = async (): Promise<readonly PlanProblem[]> => {
  const read = await readPlan(folder);
  return read.ok ? [] : read.problems;
};
const lineOf = async (file: string, text: string): Promise<number> =>
  (await readFile(join(folder, file), "utf8")).split("\n").findIndex((line) => line.includes(text)) + 1;

describe("reading a plan", () => {
  it("gives FY2014 with its dates, people and letters", async () => {
    const read = await readPlan(folder);
    expect(read).toMatchObject({
      ok: true,
      plan: {
        year: 2014,
        dates: {
          policyDecisionOn: "2015-02-10",
          requests: {
            data: { is: "fixed", dueOn: "2015-04-17", closeOn: "2015-05-01" },
            survey: { is: "counted", dueBusinessDays: 15, closeBusinessDays: 20 },
          },
        },
      },
    });
  });

  it("says the same of a file with Windows line ends and a byte order mark", async () => {
    const before = await readPlan(folder);
    for (const file of ["letters.yaml", "people.yaml"]) {
      const text = await readFile(join(folder, file), "utf8");
      await writeFile(join(folder, file), `\uFEFF${text.replaceAll("\n", "\r\n")}`);
    }
    expect(await readPlan(folder)).toEqual(before);
  });

  it("gives every problem of every file at once", async () => {
    await edit({ file: "plan.yaml", from: "year: 2014", to: "year: 平成26" });
    await edit({ file: "people.yaml", from: "madoguchi@meti.example", to: "meti" });
    expect((await problems()).map(({ file }) => file)).toEqual(["plan.yaml", "people.yaml"]);
  });
});

interface Broken extends Edit {
  readonly what: string;
  readonly path: string;
  /** Text of the line the problem is shown at. */
  readonly at: string;
  readonly says: RegExp;
}
const broken: readonly Broken[] = [
  {
    what: "an unknown member",
    file: "plan.yaml",
    from: "closingTime:",
    to: "closeTime: 17:00\n  closingTime:",
    path: "dates",
    at: "opensOn",
    says: /知らない項目.*closeTime.*削除/,
  },
  {
    what: "a missing member",
    file: "plan.yaml",
    from: /title: .*\n/,
    to: "",
    path: "title",
    at: "year: 2014",
    says: /この項目がありません。書き加えて/,
  },
  {
    what: "a number where a name belongs",
    file: "people.yaml",
    from: /name: .*\n/,
    to: "name: 12\n",
    path: "people[0].name",
    at: "name: 12",
    says: /文字を書いてください/,
  },
  {
    what: "a choice there is not",
    file: "plan.yaml",
    from: "closedDays: next",
    to: "closedDays: later",
    path: "dates.closedDays",
    at: "closedDays: later",
    says: /next、previous のいずれか/,
  },
  {
    what: "a date that does not exist",
    file: "plan.yaml",
    from: "policyDecisionOn: 2015-02-10",
    to: "policyDecisionOn: 2015-02-29",
    path: "dates.policyDecisionOn",
    at: "2015-02-29",
    says: /実在する日付を 2015-02-10 のように/,
  },
  {
    what: "a holiday on a day that does not exist",
    file: "holidays.yaml",
    from: "2015-04-29:",
    to: "2015-04-31:",
    path: "holidays.2015-04-31",
    at: "2015-04-31",
    says: /実在する日付/,
  },
  {
    what: "a term that is half a date and half counted",
    file: "plan.yaml",
    from: "closeOn: 2015-05-01",
    to: "closeBusinessDays: 5",
    path: "dates.requests.data",
    at: "dueOn: 2015-04-17",
    says: /closeBusinessDays/,
  },
  {
    what: "a measure whose key belongs elsewhere",
    file: "measures/area-1.yaml",
    from: "key: 1-1-2-ウ",
    to: "key: 1-1-1-ウ",
    path: "domains[0].sections[1].headings[1].measures[0].key",
    at: "key: 1-1-1-ウ",
    says: /書かれた場所と合いません。1-1-2- で始まる/,
  },
  {
    what: "an indicator with owners and shared data",
    file: "measures/area-3.yaml",
    from: "data: [csirt-building]",
    to: "owners: { meti: inferred }\n                data: [csirt-building]",
    path: "domains[1].headings[0].measures[3].indicators[0]",
    at: "text: CSIRT構築・支援の活動状況",
    says: /どちらか一方/,
  },
  {
    what: "an owner on a basis nobody knows",
    file: "measures/area-4.yaml",
    from: "nisc: inferred",
    to: "nisc: guessed",
    path: "measures[0].indicators[0].owners.nisc",
    at: "nisc: guessed",
    says: /named.*inferred/,
  },
  {
    what: "a letter that nobody sends",
    file: "letters.yaml",
    from: "  inquiry:",
    to: "  enquiry:",
    path: "letters",
    at: "enquiry",
    says: /enquiry/,
  },
  {
    what: "an address that is none",
    file: "people.yaml",
    from: "madoguchi@meti.example",
    to: "meti window",
    path: "",
    at: "meti window",
    says: /メールアドレスを書いてください/,
  },
  {
    what: "the same holiday written twice",
    file: "holidays.yaml",
    from: "2015-04-29:",
    to: "2015-04-29: 昭和の日\n  2015-04-29:",
    path: "",
    at: "",
    says: /YAMLとして読めません/,
  },
  {
    what: "a line that is no YAML",
    file: "data.yaml",
    from: "data:\n",
    to: "data: [\n",
    path: "",
    at: "",
    says: /字下げ・コロン・引用符/,
  },
  {
    what: "an alias",
    file: "organisations.yaml",
    from: "kind: secretariat",
    to: "kind: &k secretariat\n    extra: *k",
    path: "",
    at: "extra: *k",
    says: /別名/,
  },
];

describe("a plan is refused for", () => {
  it.each(broken)("$what, with the file, the line and what to do", async ({ path, at, says, ...change }) => {
    await edit(change);
    const found = (await problems()).find(({ message }) => says.test(message));
    expect(found).toMatchObject({ file: change.file });
    if (path !== "") expect(found?.path).toBe(path);
    if (at !== "") expect(found?.line).toBe(await lineOf(change.file, at));
    expect(found?.line).toEqual(expect.any(Number));
  });

  it("a missing file", async () => {
    await rm(join(folder, "letters.yaml"));
    expect(await problems()).toEqual([
      {
        file: "letters.yaml",
        line: null,
        path: "",
        message: expect.stringContaining("ファイルがありません"),
      },
    ]);
  });

  it("a file whose name nobody reads", async () => {
    await rename(join(folder, "measures/area-4.yaml"), join(folder, "measures/area4.yaml"));
    await writeFile(join(folder, "holidays-2017.yaml"), "holidays: {}\n");
    expect((await problems()).map(({ file }) => file)).toEqual(["measures/area4.yaml", "holidays-2017.yaml"]);
  });

  it("a folder that is none", async () => {
    const read = await readPlan(join(folder, "nowhere"));
    expect(read.ok).toBe(false);
  });

  it("shared data that nobody has written down", async () => {
    await edit({ file: "data.yaml", from: "key: csirt-building", to: "key: csirt-buildings" });
    expect(await problems()).toEqual([
      expect.objectContaining({
        file: "data.yaml",
        message: expect.stringContaining("csirt-building がありません"),
      }),
      expect.objectContaining({
        file: "data.yaml",
        message: expect.stringContaining("csirt-building がありません"),
      }),
    ]);
  });
});

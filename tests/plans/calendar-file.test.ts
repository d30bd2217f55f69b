import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readHolidayCsv } from "../../plans/holiday-csv.ts";
import { shiftJis } from "../support/shift-jis.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A small list in the form in which the Cabinet Office publishes it. */
const HEADER = "国民の祝日・休日月日,国民の祝日・休日名称";
const YEAR = ["2015/1/1,元日", "2015/4/29,昭和の日", "2015/5/6,休日", "2015/9/22,休日", "2015/11/3,文化の日"];
const csv = (...rows: readonly string[]): Uint8Array => shiftJis([HEADER, ...rows, ""].join("\r\n"));

describe("the Cabinet Office's list", () => {
  it("is read as it is published", () => {
    expect(readHolidayCsv(csv("1955/1/1,元日", ...YEAR))).toEqual({
      ok: true,
      holidays: [
        { date: "1955-01-01", name: "元日" },
        { date: "2015-01-01", name: "元日" },
        { date: "2015-04-29", name: "昭和の日" },
        { date: "2015-05-06", name: "休日" },
        { date: "2015-09-22", name: "休日" },
        { date: "2015-11-03", name: "文化の日" },
      ],
    });
  });

  it.each<[string, Uint8Array, number, string]>([
    ["in UTF-8", new TextEncoder().encode([HEADER, ...YEAR].join("\n")), 1, "保存し直さずに"],
    ["that is no such list", shiftJis("日付,名称\r\n2015/1/1,元日\r\n"), 1, "1行目"],
    ["that is empty", new Uint8Array(), 1, "1行目"],
    ["with no day", csv(), 2, "元日"],
    ["with no such date", csv("2015/1/1,元日", "2015/2/30,建国記念の日"), 3, "2015/2/30"],
    ["with a day without a name", csv("2015/1/1,元日", "2015/4/29,"), 3, "2015/4/29,"],
    ["with a line of another form", csv("2015/1/1,元日", "昭和の日,2015/4/29"), 3, "昭和の日,2015/4/29"],
    ["with a day twice", csv("2015/1/1,元日", "2015/4/29,昭和の日", "2015/04/29,昭和の日"), 4, "二度"],
    ["that was cut off", csv("2014/1/1,元日", "2015/4/29,昭和の日"), 3, "元日"],
  ])("%s is refused, with its line", (_, bytes, line, message) => {
    expect(readHolidayCsv(bytes)).toEqual({ ok: false, line, message: expect.stringContaining(message) });
  });
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nenrin-calendar-"));
  await cp(join(root, "plans/fy2014"), join(folder, "plan"), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const calendar = (...args: readonly string[]) =>
  spawnSync(join(root, "cli/nenrin.mjs"), ["calendar", ...args], { cwd: folder, encoding: "utf8" });
const file = () => readFile(join(folder, "plan/holidays.yaml"), "utf8");
const daysOf = async (year: string): Promise<readonly string[]> =>
  (await file())
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith(`${year}-`));
const importing = async (bytes: Uint8Array) => {
  await writeFile(join(folder, "syukujitsu.csv"), bytes);
  return calendar("import", "syukujitsu.csv", "plan");
};

describe("nenrin calendar close", () => {
  it("adds a one-off closed day, which then counts", async () => {
    const { status, stdout } = calendar("close", "2015-04-17", "創立記念日", "plan");
    expect(status).toBe(0);
    expect(stdout).toContain("平成27年4月17日（金）を臨時の閉庁日（創立記念日）としました。");
    expect(await daysOf("2015")).toContain("2015-04-17: 創立記念日");
    const lint = spawnSync(join(root, "cli/nenrin.mjs"), ["plan", "lint", "plan"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(lint.stdout).toContain("2015-04-17 は閉庁日（創立記念日）です。");
  });

  it.each([
    [["2015-04-29", "創立記念日"], "既に閉庁日です（昭和の日）"],
    [["2015-04-18", "創立記念日"], "既に閉庁日です（土曜日）"],
    [["2019-04-17", "創立記念日"], "2019年の祝日がありません"],
    [["2015-02-30", "創立記念日"], "実在する日付"],
    [["2015-04-17", " "], "理由を1行で"],
  ])("refuses %j, and leaves the file as it is", async (args, said) => {
    const before = await file();
    const { status, stderr } = calendar("close", ...args, "plan");
    expect(status).toBe(1);
    expect(stderr).toContain(said);
    expect(await file()).toBe(before);
  });
});

describe("nenrin calendar import", () => {
  it("takes over the years the list has; one-off days, other years and comments stay", async () => {
    calendar("close", "2015-04-17", "創立記念日", "plan");
    const before = await file();
    await writeFile(
      join(folder, "plan/holidays.yaml"),
      before.replace("創立記念日", "創立記念日 # 平成27年限り"),
    );
    const [of2014, of2016] = [await daysOf("2014"), await daysOf("2016")];
    const { status, stdout } = await importing(csv("1955/1/1,元日", ...YEAR, "2015/12/24,新しい祝日"));
    expect(status).toBe(0);
    expect(await daysOf("2015")).toEqual([
      "2015-01-01: 元日",
      "2015-04-17: 創立記念日 # 平成27年限り",
      "2015-04-29: 昭和の日",
      "2015-05-06: 振替休日（こどもの日）",
      "2015-09-22: 国民の休日",
      "2015-11-03: 文化の日",
      "2015-12-24: 新しい祝日",
    ]);
    expect([await daysOf("2014"), await daysOf("2016"), await daysOf("1955")]).toEqual([of2014, of2016, []]);
    expect((await file()).split("\n")[0]).toBe(before.split("\n")[0]);
    expect(stdout).toMatch(/加えた日\n.*平成27年12月24日（木）　新しい祝日/);
    expect(stdout).toMatch(/除いた日\n[^]*平成27年2月11日（水）　建国記念の日/);
    expect(stdout).toMatch(/残した臨時の閉庁日\n.*平成27年4月17日（金）　創立記念日/);
  });

  it("says nothing of changes where there are none", async () => {
    await importing(csv(...YEAR));
    const before = await file();
    const { stdout } = await importing(csv(...YEAR));
    expect(await file()).toBe(before);
    expect(stdout).not.toMatch(/加えた日|除いた日/);
  });

  it.each<[string, Uint8Array, string]>([
    ["a wrong list", csv("2015/1/1,元日", "2015/2/30,建国記念の日"), "syukujitsu.csv の3行目"],
    [
      "a list without the plan's years",
      csv("1955/1/1,元日"),
      "計画のかかる年（2014年から）の祝日がありません",
    ],
  ])("refuses %s, and leaves the folder as it is", async (_, bytes, said) => {
    const before = await file();
    const { status, stderr } = await importing(bytes);
    expect(status).toBe(1);
    expect(stderr).toContain(said);
    expect(await file()).toBe(before);
    expect((await readdir(join(folder, "plan"))).filter((name) => name.startsWith("holidays"))).toEqual([
      "holidays.yaml",
    ]);
  });

  it("says that a list or a plan is not there", () => {
    expect(calendar("import", "nowhere.csv", "plan").stderr).toContain("nowhere.csv を開けません");
    expect(calendar("close", "2015-04-17", "創立記念日", "nowhere").stderr).toContain("計画を読めません");
  });
});

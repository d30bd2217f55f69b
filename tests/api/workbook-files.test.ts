import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFile, readerCommand } from "../../api/workbook/opening.ts";
import { renderWorkbook } from "../../api/workbook/xlsx.ts";
import { harmlessForms, hostileForms } from "../support/hostile-forms.ts";
import { sampleForm } from "../support/sample-form.ts";
import { startSpreadsheets, type Spreadsheets } from "../support/spreadsheets.ts";

/** What a file is refused for does not depend on how busy the machine is. */
const AT_LEISURE = { totalMs: 120_000, leastMs: 120_000 };
const LIMIT_MIB = 256;

const form = await renderWorkbook(sampleForm);
const hostile = hostileForms(form);

let spreadsheets: Spreadsheets;
beforeAll(async () => {
  spreadsheets = await startSpreadsheets();
}, 600_000);
afterAll(() => spreadsheets.stop());

describe("a file that is no filled form", { timeout: 120_000 }, () => {
  it("comes in many ways", () => {
    expect(hostile.length).toBeGreaterThan(30);
    expect(new Set(hostile.flatMap(({ codes }) => codes)).size).toBe(9);
  });

  it.each(hostile)("is refused for what it is: $what", async ({ kind = "xlsx", file, codes }) => {
    const opened = await openFile({ kind, bytes: file }, AT_LEISURE);
    expect(codes).toContain(opened.is === "refused" ? opened.fault.code : opened.is);
  });

  it("is let go of once its time is up", async () => {
    const endless = Buffer.alloc(10 * 2 ** 20, `"`);
    expect(await openFile({ kind: "csv", bytes: endless }, { totalMs: 0, leastMs: 1 })).toEqual({
      is: "refused",
      fault: { code: "too-slow", where: "" },
    });
  });

  it.each(hostile)("is refused in little memory with $what", async ({ kind = "xlsx", file }) => {
    expect(await spreadsheets.peak(file, readerCommand({ kind }))).toBeLessThan(LIMIT_MIB);
  });
});

describe("a file with what a spreadsheet program adds by itself", () => {
  it.each(harmlessForms(form))("is opened with %s", async (_what, bytes) => {
    expect((await openFile({ kind: "xlsx", bytes })).is).toBe("table");
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFile, readerCommand } from "../../api/workbook/opening.ts";
import { renderWorkbook } from "../../api/workbook/xlsx.ts";
import { harmlessForms, hostileForms } from "../support/hostile-forms.ts";
import { sampleForm } from "../support/sample-form.ts";
import { startSpreadsheets, type Spreadsheets } from "../support/spreadsheets.ts";

const LIMIT_MS = 2_000;
const LIMIT_MIB = 256;

const form = await renderWorkbook(sampleForm);
const hostile = hostileForms(form);

let spreadsheets: Spreadsheets;
beforeAll(async () => {
  spreadsheets = await startSpreadsheets();
}, 600_000);
afterAll(() => spreadsheets.stop());

const timed = async (kind: "xlsx" | "csv", bytes: Uint8Array) => {
  const start = performance.now();
  const opened = await openFile({ kind, bytes });
  return { opened, took: performance.now() - start };
};

describe("a file that is no filled form", () => {
  it("comes in many ways", () => {
    expect(hostile.length).toBeGreaterThan(30);
    expect(new Set(hostile.flatMap(({ codes }) => codes)).size).toBe(10);
  });

  it.each(hostile)("is refused in time with $what", async ({ kind = "xlsx", file, codes }) => {
    const honest = await timed("xlsx", form);
    const { opened, took } = await timed(kind, file);
    expect(opened.is).toBe("refused");
    expect(codes).toContain(opened.is === "refused" ? opened.fault.code : opened.is);
    // A machine too busy to start a reader in time is no fault of the file.
    expect(took).toBeLessThan(Math.max(LIMIT_MS, 2 * honest.took + 500));
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

import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFile, readerCommand } from "../../api/workbook/opening.ts";
import { renderWorkbook } from "../../api/workbook/xlsx.ts";
import { harmlessForms, hostileForms } from "../support/hostile-forms.ts";
import { sampleForm } from "../support/sample-form.ts";
import { startSpreadsheets, type Spreadsheets } from "../support/spreadsheets.ts";

/** What a file is refused for does not depend on how busy the machine is. */
const AT_LEISURE = { readingMs: 120_000, waitingMs: 120_000 };
const LIMIT_MIB = 256;

const form = await renderWorkbook(sampleForm);
const hostile = hostileForms(form);

const endless = Buffer.alloc(10 * 2 ** 20, `"`);

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

  it("is let go of once it has used up its time", async () => {
    const patience = { ...AT_LEISURE, readingMs: 0 };
    expect(await openFile({ kind: "csv", bytes: endless }, patience)).toEqual({
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

/** What this very process has started. */
const started = (): readonly number[] =>
  readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);

/** Lets the process run now and then for a moment, as it does among many, until nobody waits for it any more. */
const givingShortTurns = async (pid: number, waited: AbortSignal): Promise<void> => {
  while (!waited.aborted) {
    process.kill(pid, "SIGSTOP");
    await setTimeout(100);
    process.kill(pid, "SIGCONT");
    await setTimeout(5);
  }
};

describe("a machine that is busy", { timeout: 120_000 }, () => {
  it("reads a form however long it has to wait for a processor", async () => {
    const before = new Set(started());
    const read = new AbortController();
    // What passes is more than the form may use; what it uses is not.
    const opening = openFile({ kind: "xlsx", bytes: form }, { ...AT_LEISURE, readingMs: 1_000 });
    const [reader = 0] = started().filter((pid) => !before.has(pid));
    const turns = givingShortTurns(reader, read.signal);
    expect((await opening.finally(() => read.abort())).is).toBe("table");
    await turns.catch((error: unknown) => expect(error).toMatchObject({ code: "ESRCH" }));
  });

  it("says so, and nothing of the file, where it never gets to it", async () => {
    expect(await openFile({ kind: "xlsx", bytes: form }, { ...AT_LEISURE, waitingMs: 1 })).toEqual({
      is: "busy",
    });
  });
});

import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { z } from "zod";
import { fetchPublication } from "../../cli/publication.ts";
import type { Service } from "../../dev/service.ts";

/** A file that a chapter came with, and its name in the folder; null where it stays out. */
export interface ChapterFile {
  readonly name: string;
  readonly text: string;
  readonly as: string | null;
}

/** The published folder of the standard rehearsal's FY2014, file by file: their names, checksums and what they have to say. */
const expectFiles = (published: string, version: string, chapters: readonly ChapterFile[]): void => {
  const bytes = (name: string): Buffer => readFileSync(join(published, name));
  const text = (name: string): string => bytes(name).toString("utf8");
  const forms = ["report.html", "report.pdf", "report.docx", "data.csv", "data.json", "data.xlsx"];
  const all = [...forms, ...chapters.flatMap(({ as }) => (as === null ? [] : [as])), "index.html"];
  expect(readdirSync(published).toSorted()).toEqual([...all, "SHA256SUMS"].toSorted());

  const changed = "総論の「おおむね計画どおりに」を「計画に沿って着実に」に改める。";
  for (const said of [
    "【訓練】",
    "決定（修正の上決定）",
    "第2回会合",
    changed,
    "締切までに提出がなく",
    version,
  ])
    expect(text("report.html")).toContain(said);
  expect(text("report.html").match(/結果（アウトプット）の評価　評定：/g)).toHaveLength(119);
  const data = z
    .looseObject({ 版のSHA256: z.string(), 訓練: z.literal(true), データ: z.array(z.unknown()) })
    .parse(JSON.parse(text("data.json")));
  expect(data.版のSHA256).toBe(version);
  expect(z.array(z.unknown()).parse(data["評価"])).toHaveLength(119 + 14);
  expect(text("data.csv").trimEnd().split("\r\n")).toHaveLength(data.データ.length + 1);
  for (const name of all.slice(0, -1)) expect(text("index.html")).toContain(`href="${name}"`);
  for (const { as, name, text: sent } of chapters) {
    const becomes = as === null ? "は、公表せず、事務局が保管する。" : `本報告とともに公表する（${as}）。`;
    expect(text("report.html")).toMatch(new RegExp(`添付「${name}」（[^）]*）。?${becomes}`));
    if (as === null) for (const file of all) expect(bytes(file).includes(sent)).toBe(false);
    else expect(text(as)).toBe(sent);
  }
  expect(bytes("report.pdf").subarray(0, 5).toString()).toBe("%PDF-");
  for (const name of ["report.docx", "data.xlsx"]) expect(bytes(name).subarray(0, 2).toString()).toBe("PK");
  const sums = all.map((name) => `${createHash("sha256").update(bytes(name)).digest("hex")}  ${name}\n`);
  expect(text("SHA256SUMS")).toBe(sums.join(""));
};

/** Fetched as anybody fetches it. */
export const expectDecided = async (
  { addresses, tokens }: Pick<Service, "addresses" | "tokens">,
  version: string,
  chapters: readonly ChapterFile[],
): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "nenrin-published-"));
  try {
    const token = tokens.find(({ role }) => role === "auditor")?.token ?? "";
    await fetchPublication({ api: addresses.api, token }, { cycle: "2014-r1", folder });
    expectFiles(folder, version, chapters);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

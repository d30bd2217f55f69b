import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Db } from "../db/client.ts";
import { bundleOf, keptRunsOf, type RecordedBundle } from "../db/queries/bundle.ts";
import { processesOf } from "../db/queries/histories.ts";
import { canonicalJson } from "../domain/canonical.ts";
import { groupedBy } from "../domain/grouped.ts";
import type { CycleKey } from "../domain/ids.ts";
import { epochMs, type Instant } from "../domain/time.ts";
import type { LiveHistory, ReadHistories } from "./live-histories.ts";
import type { TarFile } from "./tar.ts";

export interface Bundle {
  readonly at: Instant;
  readonly files: readonly TarFile[];
}

/** Read before they are trusted; the second needs the first beside it. */
const programs = ["verify.mjs", "compare.mjs"].map((path) => ({
  path,
  file: new URL(`../audit/${path}`, import.meta.url),
}));

const README = `Nenrin の監査用の束です。Node.js 20 以降があれば、この束だけで、ネットワークなしで確かめられます。

    node verify.mjs .
    node verify.mjs . --key <お手元の公開鍵> --checkpoint <お手元の控え>
    node compare.mjs .

verify.mjs は読んで理解できる一つのファイルです。先に読んでから使ってください。compare.mjs は、手続の履歴だけから組み立てた状態を、
書き出した状態と項目ごとに照合します。
`;

const text = (path: string, content: string): TarFile => ({ path, bytes: Buffer.from(content) });
const json = (path: string, value: unknown): TarFile => text(path, `${canonicalJson(value)}\n`);

interface FoundHistory {
  readonly workflow: string;
  readonly run: string;
  readonly startedMs: number;
  readonly bytes: Uint8Array;
}

/** Where one was kept while the engine was asked, the kept one counts: the record has its hash. */
const found = (live: readonly LiveHistory[], { histories }: RecordedBundle): readonly FoundHistory[] => {
  const kept = histories.map(({ workflow, run, startedAt, bytes }) => ({
    workflow,
    run,
    startedMs: epochMs(startedAt),
    bytes: gunzipSync(bytes),
  }));
  const runs = new Set(kept.map(({ run }) => run));
  const others = live
    .filter(({ run }) => !runs.has(run))
    .map(({ text: history, ...one }) => ({ ...one, bytes: Buffer.from(history) }));
  return [...kept, ...others];
};

/** Runs of one workflow are numbered in the order in which they began. */
const historyFiles = (histories: readonly FoundHistory[]): readonly TarFile[] => {
  const named = [...groupedBy(histories, ({ workflow }) => workflow).entries()].flatMap(([workflow, runs]) =>
    runs
      .toSorted((one, other) => one.startedMs - other.startedMs)
      .map(({ run, bytes }, index) => ({
        file: `histories/${workflow}.${index + 1}.json`,
        workflow,
        run,
        bytes,
      })),
  );
  return [
    json(
      "histories.json",
      named.map(({ file, workflow, run }) => ({ file, workflow, run })),
    ),
    ...named.map(({ file, bytes }) => ({ path: file, bytes })),
  ];
};

const recordFiles = (record: RecordedBundle): readonly TarFile[] => {
  const keys = [...new Set(record.checkpoints.map(({ key }) => `${key}\n`))];
  const { versions, publications, files } = record;
  return [
    text("entries.ndjson", record.entries),
    text("keys.txt", keys.join("")),
    ...record.checkpoints.map(({ size, note }) =>
      text(`checkpoints/${String(size).padStart(12, "0")}.txt`, note),
    ),
    json("projections.json", record.projections),
    json("versions.json", { versions, publications, files }),
  ];
};

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** So long the engine may take over one workflow's history. */
const LIMIT_MS = 10_000;

/**
 * All an auditor needs to prove the cycle without us. The record is read after the engine was asked: whatever a
 * history tells is in the record.
 */
export const makeBundle = async (
  { db, readHistories }: { readonly db: Db; readonly readHistories: ReadHistories },
  cycle: CycleKey,
): Promise<Bundle> => {
  const [workflows, kept] = await Promise.all([processesOf(db, cycle), keptRunsOf(db, cycle)]);
  const live = await readHistories({ workflows, kept, limitMs: LIMIT_MS });
  const record = await bundleOf(db, cycle);
  const files = [
    ...recordFiles(record),
    ...historyFiles(found(live.histories, record)),
    ...programs.map(({ path, file }) => ({ path, bytes: readFileSync(file) })),
    text("README.txt", README),
  ];
  const manifest = {
    format: "nenrin-bundle/1",
    cycle,
    exportedAt: record.at,
    size: record.size,
    checkpoints: record.checkpoints.map(({ size }) => size),
    missing: live.missing,
    files: Object.fromEntries(files.map(({ path, bytes }) => [path, sha256Of(bytes)])),
  };
  return { at: record.at, files: [...files, json("manifest.json", manifest)] };
};

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { asking, doorOf, memberOf, type Where } from "./door.ts";
import type { Verdict } from "./replay-shard.ts";
import { historiesIn, replayAll } from "./replay.ts";
import { untar } from "./untar.ts";

interface Exporting extends Where {
  readonly to?: string;
}

const askedOf = async (command: Command, where: Where, path: string): Promise<Response> => {
  const { api, token } = doorOf(command, where, "auditor");
  const reply = await fetch(`${api}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return reply.ok ? reply : command.error(`読み出せません（${reply.status}）。${await reply.text()}`);
};
const bundleOf = async (command: Command, where: Where, cycle: string): Promise<Uint8Array> => {
  const reply = await askedOf(command, where, `/cycles/${encodeURIComponent(cycle)}/bundle`);
  return new Uint8Array(await reply.arrayBuffer());
};

const exported = async (cycle: string, options: Exporting, command: Command): Promise<void> => {
  const folder = options.to ?? `nenrin-${cycle}`;
  if (existsSync(folder))
    return command.error(`${folder} が既にあります。--to で別のフォルダーを指定してください。`);
  const files = untar(await bundleOf(command, options, cycle), folder);
  console.log(`${folder} に ${files} 個のファイルを書き出しました。`);
  console.log(`確かめるには　node ${join(folder, "verify.mjs")} ${folder}`);
};

/** Bundles of all cycles, in a folder of their own. */
const everyBundle = async (command: Command, where: Where, folder: string): Promise<readonly string[]> => {
  const reply: unknown = await (await askedOf(command, where, "/cycles")).json();
  const cycles: unknown = memberOf(reply, "cycles");
  const bundles: string[] = [];
  for (const one of Array.isArray(cycles) ? cycles : []) {
    const cycle = String(memberOf(one, "cycle"));
    untar(await bundleOf(command, where, cycle), join(folder, cycle));
    bundles.push(join(folder, cycle));
  }
  return bundles;
};

const sayVerdict = ({ workflow, events, file, error }: Verdict): void =>
  console.log(
    error === null
      ? `［一致］${workflow}　${events}件`
      : `［相違］${workflow}　${events}件　${file}\n    ${error}`,
  );

const replayed = async (given: readonly string[], where: Where, command: Command): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "nenrin-replay-"));
  try {
    const bundles = given.length > 0 ? given : await everyBundle(command, where, folder);
    const verdicts = await replayAll(bundles.flatMap(historiesIn), { folder, onVerdict: sayVerdict });
    const different = verdicts.filter(({ error }) => error !== null).length;
    console.log(`${verdicts.length} 件の履歴を今のプログラムで再生しました。相違 ${different} 件。`);
    if (different > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const verifier = fileURLToPath(new URL("../audit/verify.mjs", import.meta.url));

const verified = (given: readonly string[]): void => {
  const { status } = spawnSync(process.execPath, [verifier, ...given], { stdio: "inherit" });
  process.exitCode = status ?? 1;
};

const comparer = fileURLToPath(new URL("../audit/compare.mjs", import.meta.url));

/** A folder that was exported is compared as it is; a cycle is exported to compare it. */
const compared = async (of: string, where: Where, command: Command): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "nenrin-compare-"));
  try {
    const bundle = existsSync(of) ? of : folder;
    if (bundle === folder) untar(await bundleOf(command, where, of), folder);
    process.exitCode = spawnSync(process.execPath, [comparer, bundle], { stdio: "inherit" }).status ?? 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** `nenrin audit …`: what an auditor takes away, and how it is proved without any service. */
export const auditCommand = (): Command => {
  const audit = new Command("audit").description("監査用の束を書き出し、確かめる");
  asking(audit.command("export"))
    .description("記録、控え、状態、手続の履歴、検証プログラムを一つのフォルダーに書き出す")
    .argument("<cycle>", "サイクル。2014、訓練なら 2014-r1")
    .option("--to <folder>", "書き出すフォルダー")
    .action(exported);
  audit
    .command("verify")
    .description("書き出した束を確かめる。一致しないものがあれば終了コード1")
    .argument("<arguments...>", "フォルダー、--key <公開鍵>、--checkpoint <控え>")
    .allowUnknownOption()
    .action(verified);
  asking(audit.command("compare"))
    .description("手続の履歴だけから組み立てた状態を、データベースと項目ごとに照合する。異なれば終了コード1")
    .argument("<cycle>", "サイクル、又は書き出した束のフォルダー")
    .action(compared);
  asking(audit.command("replay"))
    .description("全ての手続の履歴を今のプログラムで再生する。異なるものがあれば終了コード1")
    .argument("[folders...]", "書き出した束。なければ全てのサイクルを読み出す")
    .action(replayed);
  return audit;
};

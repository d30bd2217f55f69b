import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { doorOf, type Where } from "./door.ts";
import { untar } from "./untar.ts";

interface Exporting extends Where {
  readonly to?: string;
}

const exported = async (cycle: string, options: Exporting, command: Command): Promise<void> => {
  const { api: address, token } = doorOf(command, options, "auditor");
  const reply = await fetch(`${address}/cycles/${encodeURIComponent(cycle)}/bundle`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!reply.ok) return command.error(`書き出せません（${reply.status}）。${await reply.text()}`);
  const folder = options.to ?? `nenrin-${cycle}`;
  if (existsSync(folder))
    return command.error(`${folder} が既にあります。--to で別のフォルダーを指定してください。`);
  const files = untar(new Uint8Array(await reply.arrayBuffer()), folder);
  console.log(`${folder} に ${files} 個のファイルを書き出しました。`);
  console.log(`確かめるには　node ${join(folder, "verify.mjs")} ${folder}`);
};

const verifier = fileURLToPath(new URL("../audit/verify.mjs", import.meta.url));

const verified = (given: readonly string[]): void => {
  const { status } = spawnSync(process.execPath, [verifier, ...given], { stdio: "inherit" });
  process.exitCode = status ?? 1;
};

/** `nenrin audit …`: what an auditor takes away, and how it is proved without any service. */
export const auditCommand = (): Command => {
  const audit = new Command("audit").description("監査用の束を書き出し、確かめる");
  audit
    .command("export")
    .description("記録、控え、状態、手続の履歴、検証プログラムを一つのフォルダーに書き出す")
    .argument("<cycle>", "サイクル。2014、訓練なら 2014-r1")
    .option("--to <folder>", "書き出すフォルダー")
    .option("--api <address>", "接続先。https://…/api/v1")
    .option("--token-file <file>", "監査担当のトークンを書いたファイル")
    .option("--state <folder>", "npm start の状態フォルダー", ".nenrin")
    .action(exported);
  audit
    .command("verify")
    .description("書き出した束を確かめる。一致しないものがあれば終了コード1")
    .argument("<arguments...>", "フォルダー、--key <公開鍵>、--checkpoint <控え>")
    .allowUnknownOption()
    .action(verified);
  return audit;
};

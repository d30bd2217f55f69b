import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { untar } from "./untar.ts";

interface Where {
  readonly state: string;
  readonly api?: string;
  readonly tokenFile?: string;
}
interface Exporting extends Where {
  readonly to?: string;
}

/** Of JSON that `npm start` has written; undefined where there is none. */
const written = (state: string, name: string): unknown => {
  const file = join(state, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
};
const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

const auditorsToken = (state: string): unknown => {
  const people = memberOf(written(state, "tokens.json"), "people");
  const auditor: unknown = Array.isArray(people)
    ? people.find((person: unknown) => memberOf(person, "role") === "auditor")
    : undefined;
  return memberOf(auditor, "token");
};

const doorOf = (command: Command, { state, api, tokenFile }: Where) => {
  const address = api ?? memberOf(written(state, "addresses.json"), "api");
  const token = tokenFile === undefined ? auditorsToken(state) : readFileSync(tokenFile, "utf8").trim();
  if (typeof address !== "string" || typeof token !== "string")
    return command.error(
      "接続先と監査担当のトークンが分かりません。--api と --token-file で指定するか、npm start の状態フォルダーを --state で指定してください。",
    );
  return { address, token };
};

const exported = async (cycle: string, options: Exporting, command: Command): Promise<void> => {
  const { address, token } = doorOf(command, options);
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

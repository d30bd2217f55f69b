import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { asking, doorOf, type Door, type Where } from "./door.ts";

const SUMS = "SHA256SUMS";
/** A line as `sha256sum` writes it. A name with a path in it is no published file's. */
const LINE = /^([0-9a-f]{64}) {2}([A-Za-z0-9][A-Za-z0-9._-]*)$/;

const sha256Of = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");

const got = async ({ api, token }: Door, cycle: string, name: string): Promise<Uint8Array<ArrayBuffer>> => {
  const address = `${api.replace(/\/$/, "")}/cycles/${encodeURIComponent(cycle)}/publications/${name}`;
  const reply = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  if (reply.status === 404)
    throw new Error(`サイクル ${cycle} の公表資料に ${name} がありません。公表の後に行ってください。`);
  if (!reply.ok)
    throw new Error(
      `${name} を受け取れません（${reply.status}）。アドレスと利用者トークンを確かめてください。`,
    );
  return new Uint8Array(await reply.arrayBuffer());
};

const checked = async (door: Door, cycle: string, line: string) => {
  const [, sha256, name] = LINE.exec(line) ?? [];
  if (sha256 === undefined || name === undefined) throw new Error(`${SUMS} を読めません：${line}`);
  const bytes = await got(door, cycle, name);
  if ((await sha256Of(bytes)) !== sha256) throw new Error(`${name} のSHA-256が ${SUMS} と合いません。`);
  return { name, bytes };
};

/**
 * 公表資料 as the folder a web server serves: every published file, byte for byte. Nothing is written unless all have
 * come and agree with their checksums.
 *
 * @returns the names of the files
 * @throws Error that says in Japanese what to do, where anything is missing or differs
 */
export const fetchPublication = async (
  door: Door,
  { cycle, folder }: { readonly cycle: string; readonly folder: string },
): Promise<readonly string[]> => {
  const sums = await got(door, cycle, SUMS);
  const lines = new TextDecoder().decode(sums).trimEnd().split("\n");
  const files = await Promise.all(lines.map((line) => checked(door, cycle, line)));
  await mkdir(folder, { recursive: true });
  const all = [...files, { name: SUMS, bytes: sums }];
  for (const { name, bytes } of all) await writeFile(join(folder, name), bytes);
  return all.map(({ name }) => name);
};

const fetchTo = async (cycle: string, folder: string, where: Where, command: Command): Promise<void> => {
  const door = doorOf(command, where, "preparer");
  try {
    const names = await fetchPublication(door, { cycle, folder });
    console.log(`${folder} に${names.length}件のファイルを書き出し、SHA-256を確かめました。`);
  } catch (error) {
    command.error(error instanceof Error ? error.message : String(error));
  }
};

/** `nenrin publication …`: what was published, for the web server of one's own. */
export const publicationCommand = (): Command => {
  const publication = new Command("publication").description("公表資料を取り出す");
  asking(publication.command("fetch"))
    .description("公表したファイルを、そのまま公開できるフォルダに書き出す")
    .argument("<cycle>", "サイクルの番号（2014、2014-r1 など）")
    .argument("<folder>", "書き出すフォルダ")
    .action(fetchTo);
  return publication;
};

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";

/** Where the service is, and who asks. */
export interface Asking {
  /** Address of the API, e.g. `http://127.0.0.1:8080/api/v1`. */
  readonly api: string;
  readonly token: string;
}

const SUMS = "SHA256SUMS";
/** A line as `sha256sum` writes it. A name with a path in it is no published file's. */
const LINE = /^([0-9a-f]{64}) {2}([A-Za-z0-9][A-Za-z0-9._-]*)$/;

const sha256Of = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");

const got = async ({ api, token }: Asking, cycle: string, name: string): Promise<Uint8Array<ArrayBuffer>> => {
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

const checked = async (asking: Asking, cycle: string, line: string) => {
  const [, sha256, name] = LINE.exec(line) ?? [];
  if (sha256 === undefined || name === undefined) throw new Error(`${SUMS} を読めません：${line}`);
  const bytes = await got(asking, cycle, name);
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
  asking: Asking,
  { cycle, folder }: { readonly cycle: string; readonly folder: string },
): Promise<readonly string[]> => {
  const sums = await got(asking, cycle, SUMS);
  const lines = new TextDecoder().decode(sums).trimEnd().split("\n");
  const files = await Promise.all(lines.map((line) => checked(asking, cycle, line)));
  await mkdir(folder, { recursive: true });
  const all = [...files, { name: SUMS, bytes: sums }];
  for (const { name, bytes } of all) await writeFile(join(folder, name), bytes);
  return all.map(({ name }) => name);
};

interface Options {
  readonly api: string;
  readonly tokenFile: string;
}
const fetchTo = async (
  cycle: string,
  folder: string,
  { api, tokenFile }: Options,
  command: Command,
): Promise<void> => {
  try {
    const token = (await readFile(tokenFile, "utf8")).trim();
    const names = await fetchPublication({ api, token }, { cycle, folder });
    console.log(`${folder} に${names.length}件のファイルを書き出し、SHA-256を確かめました。`);
  } catch (error) {
    command.error(error instanceof Error ? error.message : String(error));
  }
};

/** `nenrin publication …`: what was published, for the web server of one's own. */
export const publicationCommand = (): Command => {
  const publication = new Command("publication").description("公表資料を取り出す");
  publication
    .command("fetch")
    .description("公表したファイルを、そのまま公開できるフォルダに書き出す")
    .argument("<cycle>", "サイクルの番号（2014、2014-r1 など）")
    .argument("<folder>", "書き出すフォルダ")
    .requiredOption("--api <address>", "APIのアドレス。http://127.0.0.1:8080/api/v1 のように書く")
    .requiredOption("--token-file <file>", "利用者トークンだけを書いたファイル")
    .action(fetchTo);
  return publication;
};

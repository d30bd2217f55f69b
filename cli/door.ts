import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import type { ActingRole } from "../domain/acts.ts";

/** Where the service is and who asks, as far as it was said. */
export interface Where {
  /** What `npm start` has written. */
  readonly state: string;
  readonly api?: string;
  readonly token?: string;
  readonly tokenFile?: string;
}
export interface Door {
  /** Address of the API, e.g. `http://127.0.0.1:8080/api/v1`; no slash at its end. */
  readonly api: string;
  readonly token: string;
}

/** Of JSON that `npm start` has written; undefined where there is none. */
const written = (state: string, name: string): unknown => {
  const file = join(state, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
};

export const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

const writtenToken = (state: string, role: ActingRole): unknown => {
  const people = memberOf(written(state, "tokens.json"), "people");
  const person: unknown = Array.isArray(people)
    ? people.find((one: unknown) => memberOf(one, "role") === role)
    : undefined;
  return memberOf(person, "token");
};

const roles = { auditor: "監査担当", preparer: "起案担当" } as const;

/** The options that say where the service is and who asks. */
export const asking = (command: Command): Command =>
  command
    .option("--api <address>", "接続先。https://…/api/v1")
    .option("--token-file <file>", "利用者トークンだけを書いたファイル")
    .option("--state <folder>", "npm start の状態フォルダー", ".nenrin");

/** The address and the token of somebody in the role; ends the command where either is not known. */
export const doorOf = (
  command: Command,
  { state, api, token, tokenFile }: Where,
  role: keyof typeof roles,
): Door => {
  const address = api ?? memberOf(written(state, "addresses.json"), "api");
  const given = tokenFile === undefined ? token : readFileSync(tokenFile, "utf8").trim();
  const secret = given ?? writtenToken(state, role);
  if (typeof address !== "string" || typeof secret !== "string")
    return command.error(
      `接続先と${roles[role]}のトークンが分かりません。--api と --token-file で指定するか、npm start の状態フォルダーを --state で指定してください。`,
    );
  return { api: address.replace(/\/$/, ""), token: secret };
};

import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Addresses = z.object({
  web: z.string(),
  api: z.string(),
  /** `host:port` */
  temporal: z.string(),
  /** null where somebody else runs Temporal and did not say. */
  temporalUi: z.string().nullable(),
  mail: z.string(),
  /** `postgres://…` with the password: the file is its owner's only. */
  postgres: z.string(),
});
/** Where a running service and its engines are found. */
export type Addresses = Readonly<z.infer<typeof Addresses>>;

const fileIn = (state: string): string => join(state, "addresses.json");

export const writeAddresses = (state: string, addresses: Addresses): void => {
  writeFileSync(fileIn(state), `${JSON.stringify(addresses, null, 2)}\n`, { mode: 0o600 });
};

/** null if no service of this state folder runs, or is being started. */
export const readAddresses = (state: string): Addresses | null =>
  existsSync(fileIn(state)) ? Addresses.parse(JSON.parse(readFileSync(fileIn(state), "utf8"))) : null;

export const removeAddresses = (state: string): void => rmSync(fileIn(state), { force: true });

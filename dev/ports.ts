import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeFile, type Release } from "./lock.ts";

/** The port if it is free on loopback, any free one for `0`; null if it is taken. */
const ifFree = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(null));
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      const found = address === null || typeof address === "string" ? null : address.port;
      probe.close(() => resolve(found));
    });
  });

/** Where starts of this user that run at the same time keep from choosing one port. */
const RESERVATIONS = join(tmpdir(), `nenrin-ports-${process.getuid?.() ?? "all"}`);

/** Ports that no other start chooses until they are released. */
export interface Ports<Name extends string> {
  readonly ports: Readonly<Record<Name, number>>;
  readonly release: Release;
}

/**
 * For each name a free port on loopback, no port twice: the wanted one or the next free one after it; any free one
 * where `0` is wanted. A wanted one is reserved, because between this and the moment a program listens another start
 * would find it as free; what the system chooses of its thousands is not given twice so soon.
 */
export const reservePorts = async <Name extends string>(
  wanted: Readonly<Record<Name, number>>,
): Promise<Ports<Name>> => {
  const chosen: Record<Name, number> = { ...wanted };
  const taken = new Set<number>();
  const reserved: Release[] = [];
  const isOurs = (port: number): boolean => {
    const release = takeFile(join(RESERVATIONS, String(port)));
    if (release !== null) reserved.push(release);
    return release !== null;
  };
  for (const name in wanted) {
    let next = wanted[name];
    let found = await ifFree(next);
    while (found === null || taken.has(found) || (next !== 0 && !isOurs(found))) {
      if (next !== 0) next += 1;
      found = await ifFree(next);
    }
    taken.add(found);
    chosen[name] = found;
  }
  return {
    ports: chosen,
    release: () => {
      for (const release of reserved.splice(0)) release();
    },
  };
};

import { createServer } from "node:net";

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

/**
 * For each name a free port on loopback, no port twice: the wanted one or the next free one after it; any free one
 * where `0` is wanted.
 */
export const freePorts = async <Name extends string>(
  wanted: Readonly<Record<Name, number>>,
): Promise<Readonly<Record<Name, number>>> => {
  const chosen: Record<Name, number> = { ...wanted };
  const taken = new Set<number>();
  for (const name in wanted) {
    let next = wanted[name];
    let found = await ifFree(next);
    while (found === null || taken.has(found)) {
      if (next !== 0) next += 1;
      found = await ifFree(next);
    }
    taken.add(found);
    chosen[name] = found;
  }
  return chosen;
};

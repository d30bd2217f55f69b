import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { freePorts } from "../../dev/ports.ts";
import { freePort } from "../support/scratch-database.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A port that is in use from now on. */
const takenPort = async (): Promise<number> => {
  const port = await freePort();
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return port;
};

describe("ports", () => {
  it("are the wanted ones where those are free", async () => {
    const port = await freePort();
    expect(await freePorts({ web: port })).toEqual({ web: port });
  });

  it("are the next free ones where the wanted are taken", async () => {
    const taken = await takenPort();
    const { web } = await freePorts({ web: taken });
    expect(web).toBeGreaterThan(taken);
    expect(web).toBeLessThan(taken + 50);
  });

  it("are never given twice", async () => {
    const port = await freePort();
    const { web, mail, smtp } = await freePorts({ web: port, mail: port, smtp: 0 });
    expect(new Set([web, mail, smtp]).size).toBe(3);
  });
});

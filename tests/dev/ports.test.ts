import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { reservePorts, type Ports } from "../../dev/ports.ts";
import { freePort } from "../support/scratch-database.ts";

const servers: Server[] = [];
const reservations: Ports<string>[] = [];
afterEach(() => {
  for (const { release } of reservations.splice(0)) release();
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

const reserved = async <Name extends string>(
  wanted: Readonly<Record<Name, number>>,
): Promise<Readonly<Record<Name, number>>> => {
  const reservation = await reservePorts(wanted);
  reservations.push(reservation);
  return reservation.ports;
};

describe("ports", () => {
  it("are the wanted ones where those are free", async () => {
    const port = await freePort();
    expect(await reserved({ web: port })).toEqual({ web: port });
  });

  it("are the next free ones where the wanted are taken", async () => {
    const taken = await takenPort();
    const { web } = await reserved({ web: taken });
    expect(web).toBeGreaterThan(taken);
    expect(web).toBeLessThan(taken + 50);
  });

  it("are not given to another start before its programs listen, and are again when it has ended", async () => {
    const port = await freePort();
    const first = await reservePorts({ web: port });
    expect((await reserved({ web: port })).web).toBeGreaterThan(port);
    first.release();
    expect(await reserved({ web: port })).toEqual({ web: port });
  });

  it("are never given twice", async () => {
    const port = await freePort();
    const { web, mail, smtp } = await reserved({ web: port, mail: port, smtp: 0 });
    expect(new Set([web, mail, smtp]).size).toBe(3);
  });
});

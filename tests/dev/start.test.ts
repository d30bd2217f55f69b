import { mkdtempSync, realpathSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { readAddresses, type Addresses } from "../../dev/addresses.ts";
import { removePostgresHome } from "../../dev/postgres-home.ts";
import { USUAL_PORTS } from "../../dev/service.ts";
import { readTokens } from "../../dev/tokens.ts";
import { npmStart, processesOf, type Start } from "../support/npm-start.ts";

const Cycles = z.object({ cycles: z.array(z.object({ cycle: z.string() })) });
const STOP_LIMIT_MS = 10_000;

/** A folder that only its owner may enter, so that as root PostgreSQL has to live elsewhere. */
let state = "";
let taken: Server;
let running: Start | null = null;

beforeAll(async () => {
  state = realpathSync(mkdtempSync(join(tmpdir(), "nenrin-start-")));
  taken = createServer();
  // Taken by us or, if it is taken already, by somebody else.
  await new Promise<void>((resolve) => {
    taken.once("error", () => resolve()).listen(USUAL_PORTS.web, "127.0.0.1", () => resolve());
  });
});
afterAll(() => {
  taken.close();
  removePostgresHome(state);
  rmSync(state, { recursive: true, force: true });
});
afterEach(async () => {
  await running?.stop();
  running = null;
});

const begin = async (options: Parameters<typeof npmStart>[1] = {}): Promise<Start> => {
  running = npmStart(state, options);
  await running.ready();
  return running;
};
const addresses = (): Addresses => {
  const written = readAddresses(state);
  if (written === null) throw new Error("no addresses");
  return written;
};
const statusOf = async (address: string): Promise<number> => (await fetch(address)).status;
const tokenOf = (role: string): string => readTokens(state).find((one) => one.role === role)?.token ?? "";
const cycles = async (): Promise<readonly string[]> => {
  const headers = { authorization: `Bearer ${tokenOf("preparer")}` };
  const response = await fetch(`${addresses().api}/cycles`, { headers });
  return Cycles.parse(await response.json()).cycles.map(({ cycle }) => cycle);
};
const expectNothingLeft = (): Promise<void> =>
  vi.waitFor(() => expect(processesOf(state)).toEqual([]), { timeout: STOP_LIMIT_MS, interval: 100 });

describe("npm start", () => {
  it("has everything up, and says where", async () => {
    const start = await begin();
    const { web, temporalUi, mail } = addresses();
    expect(start.printed()).toContain("Opened the plan fy2014 as rehearsal 2014-r1.");
    for (const address of [web, `${web}docs`, temporalUi, mail]) {
      expect(start.printed()).toContain(address);
      expect(await statusOf(address ?? "")).toBe(200);
    }
    expect(await statusOf(`${web}readyz`)).toBe(200);
    expect(new URL(web).port).not.toBe(String(USUAL_PORTS.web));
  });

  it("gives every person of the plan a token for each post, in a file that is its owner's", async () => {
    await begin();
    expect(statSync(join(state, "tokens.json")).mode & 0o777).toBe(0o600);
    expect(new Set(readTokens(state).map(({ role }) => role))).toEqual(
      new Set(["preparer", "approver", "contact", "recorder", "auditor", "admin"]),
    );
    expect(await cycles()).toEqual(["2014-r1"]);
  });

  it("goes on with the same year and the same tokens", async () => {
    const before = readTokens(state);
    const start = await begin();
    expect(start.printed()).toContain("Going on with cycle 2014-r1.");
    expect(readTokens(state)).toEqual(before);
    expect(await cycles()).toEqual(["2014-r1"]);
  });

  it("stops everything on Ctrl-C within 10 s, and leaves no process and no address", async () => {
    const start = await begin();
    expect(processesOf(state).length).toBeGreaterThanOrEqual(6);
    expect(await start.stop()).toBeLessThan(STOP_LIMIT_MS);
    expect(await start.ended).toBe(0);
    expect(processesOf(state)).toEqual([]);
    expect(readAddresses(state)).toBeNull();
  });

  it("can be stopped before it is ready", async () => {
    running = npmStart(state);
    await vi.waitUntil(() => processesOf(state).some(({ command }) => command.startsWith("temporal")), {
      timeout: 20_000,
    });
    expect(await running.stop()).toBeLessThan(STOP_LIMIT_MS);
    expect(running.printed()).toContain("Stopped before it was ready.");
    expect(processesOf(state)).toEqual([]);
  });

  it("leaves nothing behind where it is killed, and goes on afterwards", async () => {
    const start = await begin();
    await start.stop("SIGKILL");
    await expectNothingLeft();
    await begin();
    expect(await cycles()).toEqual(["2014-r1"]);
  });

  it("is refused while another one has the folder, which is not disturbed", async () => {
    await begin();
    const second = npmStart(state);
    expect(await second.ended).toBe(1);
    expect(second.printed()).toContain("already runs");
    expect(second.printed()).toContain(addresses().web);
    expect(await statusOf(`${addresses().web}readyz`)).toBe(200);
  });

  it("stops and says why when a part breaks", async () => {
    const start = await begin();
    const worker = processesOf(state).find(({ command }) => command.endsWith("worker.ts"));
    process.kill(worker?.pid ?? 0, "SIGKILL");
    expect(await start.ended).toBe(1);
    expect(start.printed()).toContain("worker ended: SIGKILL");
    expect(processesOf(state)).toEqual([]);
  });

  it("starts over when told so: another year, other tokens", async () => {
    const before = readTokens(state);
    const start = await begin({ args: ["--fresh"] });
    expect(start.printed()).toContain("Opened the plan fy2014 as rehearsal 2014-r1.");
    const tokens = new Set(before.map(({ token }) => token));
    expect(readTokens(state).filter(({ token }) => tokens.has(token))).toEqual([]);
  });
});

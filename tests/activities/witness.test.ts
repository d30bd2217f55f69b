import { createServer, type Server } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { auditorsMail } from "../../activities/checkpoint-mail.ts";
import { keepCheckpoints, layForWitness, type CheckpointDeps } from "../../activities/checkpoints.ts";
import { recordKeepingIn } from "../../activities/keep-record.ts";
import { handOverUntil } from "../../activities/witness.ts";
import { checkpointsOf, unwitnessed } from "../../db/queries/checkpoints.ts";
import { cycles } from "../../db/schema/cycle.ts";
import { addSeconds } from "../../domain/time.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { CYCLE, mailsTo, startYearDesk, WALL, type YearDesk } from "../support/year-desk.ts";

let database: ScratchDatabase;
let desk: YearDesk;
let folder: string;
let deps: CheckpointDeps;
let now = WALL;
beforeAll(async () => {
  database = await startScratchDatabase();
  desk = await startYearDesk(database.url);
});
afterAll(async () => {
  await desk.close();
  await database.stop();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "nenrin-witness-"));
  deps = {
    db: desk.db,
    clock: () => now,
    ...auditorsMail({ ...desk.deps, clock: () => now }),
    ...recordKeepingIn({ stateDir: folder, publicUrl: "https://nenrin.example", witnessUrl: null }),
  };
  await desk.openYear();
  await layForWitness(deps);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** One more hour in which something was recorded, and its checkpoint. */
const anHour = async (): Promise<void> => {
  await desk.record({ changes: [] });
  now = addSeconds(now, 3600);
  expect(await keepCheckpoints(deps)).toBe(true);
};
const newest = async () => (await checkpointsOf(desk.db)).at(-1);

describe("an auditor", () => {
  it("is sent every signed head whole, once, in the year that is no rehearsal", async () => {
    await desk.db.update(cycles).set({ stepped: false }).where(eq(cycles.key, CYCLE));
    await anHour();
    await keepCheckpoints(deps);
    const mails = await mailsTo(desk.db, "nisc-auditor");
    expect(mails).toHaveLength(1);
    const checkpoint = await newest();
    for (const line of checkpoint?.note.split("\n") ?? []) expect(mails[0]?.text).toContain(line);
    expect(mails[0]?.text).toContain(`${checkpoint?.size}件まで　${checkpoint?.root.slice(0, 16)}`);
    expect(mails[0]?.text).toContain(`https://nenrin.example/cycles/${CYCLE}/audit`);
  });

  it("is not written to while there are only rehearsals", async () => {
    await anHour();
    expect(await mailsTo(desk.db, "nisc-auditor")).toEqual([]);
  });
});

describe("a witness who receives heads", () => {
  let server: Server;
  let url: string;
  let takes = true;
  const taken: { readonly key: string; readonly note: string }[] = [];
  const refused: number[] = [];
  beforeEach(async () => {
    await desk.db.execute(sql`truncate witnessed`);
    taken.length = 0;
    refused.length = 0;
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        if (takes)
          taken.push({
            key: String(request.headers["idempotency-key"]),
            note: Buffer.concat(parts).toString(),
          });
        else refused.push(Date.now());
        response.writeHead(takes ? 204 : 503).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/nenrin`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  /** Hands over while `work` goes on. */
  const handing = async (work: (warned: readonly string[]) => Promise<void>): Promise<void> => {
    const over = new AbortController();
    const warned: string[] = [];
    const witnessPace = { sweepMs: 10, retryMs: 20, limitMs: 1000 };
    const running = handOverUntil(
      { db: desk.db, witnessUrl: url, witnessPace, clock: () => now, warn: (what) => warned.push(what) },
      over.signal,
    );
    await work(warned).finally(() => over.abort());
    await running;
  };
  const left = async (): Promise<number> => (await unwitnessed(desk.db, url)).length;

  it("gets each of them once, byte for byte and in order, also those from before he was there", async () => {
    takes = true;
    await anHour();
    await handing(async (warned) => {
      await vi.waitUntil(async () => (await left()) === 0);
      await anHour();
      await vi.waitUntil(async () => (await left()) === 0);
      expect(warned).toEqual([]);
    });
    const all = await checkpointsOf(desk.db);
    expect(taken).toEqual(all.map(({ size, note }) => ({ key: String(size), note })));
  });

  it("who refuses or is away loses nothing: all of it comes when he is back, and we were told once", async () => {
    takes = false;
    await anHour();
    await handing(async (warned) => {
      await vi.waitUntil(() => refused.length >= 3);
      await anHour();
      expect(warned).toEqual(["the witness takes no signed head: it answers 503"]);
      expect(taken).toEqual([]);
      takes = true;
      await vi.waitUntil(async () => (await left()) === 0);
    });
    const all = await checkpointsOf(desk.db);
    expect(taken.map(({ note }) => note)).toEqual(all.map(({ note }) => note));
  });

  it("who never answers does not hold up the end", async () => {
    server.removeAllListeners("request");
    await anHour();
    await handing(async () => {
      await vi.waitUntil(async () => (await left()) > 0);
    });
    expect(await left()).toBeGreaterThan(0);
  });
});

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { runCourier } from "../../activities/courier.ts";
import { makeDb, closeDb } from "../../db/client.ts";
import { mailHealth, mailsOf } from "../../db/queries/mail.ts";
import { cycleKey } from "../../domain/ids.ts";
import { addSeconds } from "../../domain/time.ts";
import {
  clearMail,
  courierUntil,
  letter,
  messageId,
  START,
  startMailDesk,
  stateOf,
  tally,
  type MailDesk,
} from "../support/mail-desk.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { startFaultySmtp, type FaultySmtp } from "../support/smtp-faults.ts";

let database: ScratchDatabase;
let desk: MailDesk;
let relay: FaultySmtp;

beforeAll(async () => {
  database = await startScratchDatabase();
  desk = startMailDesk(database.url);
}, 60_000);
afterAll(async () => {
  await desk.close();
  await database.stop();
});
beforeEach(async () => {
  await clearMail(desk.db);
  desk.time.now = START;
  desk.troubles.length = 0;
  relay = await startFaultySmtp();
});
afterEach(() => relay.close());

const letters = (count: number) => Array.from({ length: count }, (_, n) => letter(n + 1));
const allAre = (state: string, count: number) => async (): Promise<boolean> =>
  (await tally(desk.db))[state] === count;
const held = () => {
  let release = (): void => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { until, release };
};

describe("a courier", () => {
  it("sends everything once over five connections that it keeps", async () => {
    await desk.queue(...letters(200));
    const counts = await courierUntil(desk.depsFor({ port: relay.port }), allAre("accepted", 200));
    expect(counts).toEqual({ accepted: 200, rejected: 0, uncertain: 0, retried: 0 });
    expect(relay.taken.toSorted()).toEqual(letters(200).map(messageId).toSorted());
    expect(relay.connections()).toBeLessThanOrEqual(5);
    const [first] = await mailsOf(desk.db, { cycle: cycleKey("2026"), limit: 1 });
    expect(first).toMatchObject({ state: "accepted", queueId: expect.stringMatching(/^Q\d+$/), attempts: 1 });
  });

  it("hears of a mail when its transaction commits, not at the next sweep", async () => {
    const deps = desk.depsFor({ port: relay.port }, { sweepMs: 60_000, stopMs: 0 });
    const mail = letter(1);
    let queued = false;
    await courierUntil(deps, async () => {
      if (!queued) await desk.queue(mail);
      queued = true;
      return (await stateOf(desk.db, mail))?.state === "accepted";
    });
    expect(relay.taken).toEqual([messageId(mail)]);
  });

  it("never sends what another courier sends: two share 300 mails", async () => {
    await desk.queue(...letters(300));
    const other = startMailDesk(database.url);
    const done = allAre("accepted", 300);
    const shares = await Promise.all([
      courierUntil(desk.depsFor({ port: relay.port }), done),
      courierUntil(other.depsFor({ port: relay.port }), done),
    ]);
    await other.close();
    expect(shares.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(300);
    for (const { accepted } of shares) expect(accepted).toBeGreaterThan(0);
    expect(new Set(relay.taken).size).toBe(300);
    expect(relay.taken).toHaveLength(300);
  });

  it("stops when told: what is under way is finished, nothing new is begun, and the counts come back", async () => {
    const { until, release } = held();
    relay.misbehave({ at: "dot", does: { is: "wait", until } });
    await desk.queue(letter(1));
    const stop = new AbortController();
    const deps = desk.depsFor({ port: relay.port });
    const running = runCourier(deps, { forMs: 60_000, signal: stop.signal, beat: () => {} });
    await expect.poll(() => relay.taken.length).toBe(1);
    stop.abort();
    await desk.queue(letter(2));
    release();
    expect(await running).toEqual({ accepted: 1, rejected: 0, uncertain: 0, retried: 0 });
    expect(await tally(desk.db)).toEqual({ accepted: 1, queued: 1 });
  });

  it("does not wait for ever for a reply once told to stop: the mail is uncertain", async () => {
    relay.misbehave({ at: "dot", does: { is: "hang" }, takes: true });
    await desk.queue(letter(1));
    const deps = desk.depsFor({ port: relay.port }, { sweepMs: 25, stopMs: 50 });
    expect(await courierUntil(deps, () => relay.taken.length === 1)).toMatchObject({ uncertain: 1 });
    expect(await stateOf(desk.db, letter(1))).toMatchObject({
      state: "uncertain",
      reply: "connection closed",
    });
    expect(await mailHealth(desk.db, START)).toMatchObject({ counts: { uncertain: 1, sending: 0 } });
  });

  it("comes back by itself when its time is over, and beats until then", async () => {
    const beat = vi.fn<() => void>();
    const { signal } = new AbortController();
    await desk.queue(letter(1));
    const counts = await runCourier(desk.depsFor({ port: relay.port }), { forMs: 300, signal, beat });
    expect(counts.accepted).toBe(1);
    expect(beat.mock.calls.length).toBeGreaterThan(3);
  });

  it("writes a reply down although the database was away when it came", async () => {
    const { until, release } = held();
    const mine = makeDb({ url: database.url, applicationName: "cut-off" });
    relay.misbehave({ at: "dot", does: { is: "wait", until } });
    await desk.queue(letter(1));
    const deps = { ...desk.depsFor({ port: relay.port, connections: 1 }), db: mine };
    const { signal } = new AbortController();
    const running = runCourier(deps, { forMs: 60_000, signal, beat: () => {} });
    const broken = running.catch((error: unknown) => error);
    await expect.poll(() => relay.taken.length).toBe(1);
    const back = await database.goAway({ applicationName: "cut-off" });
    release();
    setTimeout(() => void back(), 300);
    expect(await broken).toBeInstanceOf(Error);
    expect(await tally(desk.db)).toEqual({ accepted: 1 });
    await closeDb(mine);
  }, 20_000);
});

describe("a courier that was killed", () => {
  const script = fileURLToPath(new URL("../support/courier-process.ts", import.meta.url));
  const startProcess = (): ChildProcess =>
    spawn(process.execPath, ["--import", "tsx", script, database.url, String(relay.port)], {
      stdio: "inherit",
    });

  it("leaves at most as many uncertain as it had connections; of the rest each arrives once", async () => {
    await desk.queue(...letters(400));
    const child = startProcess();
    await vi.waitUntil(() => relay.taken.length >= 60, { timeout: 30_000, interval: 1 });
    child.kill("SIGKILL");
    await once(child, "exit");
    expect((await tally(desk.db))["sending"] ?? 0).toBeLessThanOrEqual(5);

    desk.time.now = addSeconds(desk.time.now, 120);
    const settled = async (): Promise<boolean> => {
      const { accepted = 0, uncertain = 0 } = await tallyOfLetters();
      return accepted + uncertain === 400;
    };
    await courierUntil(desk.depsFor({ port: relay.port }), settled, { patienceMs: 40_000 });
    const { uncertain = 0 } = await tallyOfLetters();
    expect(uncertain).toBeLessThanOrEqual(5);
    expect(new Set(relay.taken).size).toBe(relay.taken.length);
    const missing = letters(400).filter((mail) => !relay.taken.includes(messageId(mail)));
    for (const mail of missing) expect((await stateOf(desk.db, mail))?.state).toBe("uncertain");
  }, 60_000);

  it("between the dot and the reply leaves the mail uncertain, and the secretariat is told", async () => {
    relay.misbehave({ at: "dot", does: { is: "hang" }, takes: true });
    const mail = letter(1);
    await desk.queue(mail);
    const child = startProcess();
    await vi.waitUntil(() => relay.taken.length === 1, { timeout: 30_000, interval: 5 });
    child.kill("SIGKILL");
    await once(child, "exit");
    desk.time.now = addSeconds(desk.time.now, 120);
    await courierUntil(desk.depsFor({ port: relay.port }), async () => relay.taken.length === 2);
    expect(await stateOf(desk.db, mail)).toMatchObject({ state: "uncertain", reply: "the courier was lost" });
    expect(desk.troubles).toMatchObject([{ is: "uncertain" }]);
    expect(relay.taken.filter((id) => id === messageId(mail))).toHaveLength(1);
  }, 60_000);

  it("before the dot loses nothing: the mail is sent by the next", async () => {
    relay.misbehave({ at: "RCPT", does: { is: "hang" } });
    const mail = letter(1);
    await desk.queue(mail);
    const child = startProcess();
    await vi.waitUntil(() => relay.recipients.length === 1, { timeout: 30_000, interval: 5 });
    child.kill("SIGKILL");
    await once(child, "exit");
    desk.time.now = addSeconds(desk.time.now, 120);
    await courierUntil(desk.depsFor({ port: relay.port }), allAre("accepted", 1));
    expect(relay.taken).toEqual([messageId(mail)]);
    expect(await stateOf(desk.db, mail)).toMatchObject({ attempts: 2 });
  }, 60_000);
});

/** Without the notices to the secretariat. */
const tallyOfLetters = async (): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { letter: kind, state } of await mailsOf(desk.db, { cycle: cycleKey("2026"), limit: 1000 }))
    if (kind !== "notice") counts[state] = (counts[state] ?? 0) + 1;
  return counts;
};

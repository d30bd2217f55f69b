import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runCourier } from "../../activities/courier.ts";
import { mailsInTrouble } from "../../db/queries/mail-attention.ts";
import { mails } from "../../db/schema/mail.ts";
import { addSeconds, instant, type Instant } from "../../domain/time.ts";
import { letter, mailSettings, startMailDesk, type MailDesk } from "../support/mail-desk.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { startFaultySmtp, type Fault, type FaultySmtp } from "../support/smtp-faults.ts";
import { makeWeather } from "../support/smtp-weather.ts";

/**
 * 2,100 mails through a server that does everything a server can do wrong, by senders that are killed at every point of
 * the dialogue. The server's journal and the ledger are compared in the end, mail by mail.
 */
const MAILS = 2100;
const SEED = 20260601;
const SILENCE_MS = 500;
/** So many between two kills. */
const MAILS_A_SENDER = 60;
const { connections: CONNECTIONS } = mailSettings;

/** After the claim, around the permission for the dot, between dot and reply, between reply and record. */
const killPoints: readonly Omit<Fault, "does">[] = [
  { at: "connect" },
  { at: "EHLO" },
  { at: "MAIL" },
  { at: "RCPT" },
  { at: "DATA" },
  { at: "body" },
  { at: "dot" },
  { at: "dot", takes: true },
  { at: "replied" },
];

const weather = makeWeather({ seed: SEED, spares: "preparer@nisc.example" });
let database: ScratchDatabase;
let desk: MailDesk;
let relay: FaultySmtp;
let sender: ChildProcess | null = null;
let fatal: Omit<Fault, "does"> | null = null;
let killed = 0;

beforeAll(async () => {
  database = await startScratchDatabase();
  desk = startMailDesk(database.url);
  relay = await startFaultySmtp({
    extensions: ["PIPELINING", "SIZE 100000000", "DSN"],
    mood: (at, dialogue) => {
      if (fatal?.at !== at) return weather.mood(at, dialogue);
      const point = fatal;
      fatal = null;
      return { ...point, does: { is: "let", happen: () => sender?.kill("SIGKILL") } };
    },
  });
});
afterAll(async () => {
  sender?.kill("SIGKILL");
  await relay.close();
  await desk.close();
  await database.stop();
});

const script = fileURLToPath(new URL("../support/courier-process.ts", import.meta.url));
const startSender = (): ChildProcess => {
  const started = spawn(process.execPath, [script, database.url, String(relay.port), String(SILENCE_MS)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  started.send(desk.time.now);
  return started;
};
const moveTo = (now: Instant): void => {
  desk.time.now = now;
  sender?.send(now);
};

/** What is in hand or due, and when the next one is. */
const ahead = async (): Promise<{
  readonly sending: number;
  readonly due: number;
  readonly next: Instant | null;
}> => {
  const [row] = await desk.db
    .select({
      sending: sql`count(*) filter (where ${mails.state} = 'sending')`.mapWith(Number),
      due: sql`count(*) filter (where ${mails.state} = 'queued' and ${mails.nextTryAt} <= ${desk.time.now})`.mapWith(
        Number,
      ),
      next: sql<string | null>`min(${mails.nextTryAt}) filter (where ${mails.state} = 'queued')`,
    })
    .from(mails);
  const { sending = 0, due = 0, next = null } = row ?? {};
  return {
    sending,
    due,
    next: next === null ? null : instant(next.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00")),
  };
};
const patience = { timeout: 240_000, interval: 50 };

/** A sender works for a while, is killed at that point, and its lease runs out. @returns how many it had in hand */
const killAt = async (point: Omit<Fault, "does">): Promise<number> => {
  const before = relay.taken.length;
  const started = (sender = startSender());
  await vi.waitUntil(() => relay.taken.length >= before + MAILS_A_SENDER, patience);
  fatal = point;
  await once(started, "exit");
  sender = null;
  killed += 1;
  const { sending } = await ahead();
  moveTo(addSeconds(desk.time.now, 61));
  return sending;
};

/** Two senders go on, from one due instant to the next, until nothing is left to be sent. */
const sendTheRest = async (): Promise<void> => {
  sender = startSender();
  const stop = new AbortController();
  const deps = desk.depsFor({ port: relay.port, silenceTimeoutMs: SILENCE_MS });
  const running = runCourier(deps, { forMs: 240_000, signal: stop.signal, beat: () => {} });
  for (let next: Instant | null = desk.time.now; next !== null;) {
    moveTo(next);
    await vi.waitUntil(async () => {
      const { sending, due } = await ahead();
      return sending + due === 0;
    }, patience);
    ({ next } = await ahead());
  }
  stop.abort();
  await running;
};

describe("2,100 mails in a storm", () => {
  it("leave, after each of nine kills, at most as many in doubt as there were connections", async () => {
    await desk.queue(...Array.from({ length: MAILS }, (_, n) => letter(n + 1, { text: `第${n + 1}号` })));
    const inHand: number[] = [];
    for (const point of killPoints) inHand.push(await killAt(point));
    expect(killed).toBe(killPoints.length);
    expect(Math.max(...inHand)).toBeLessThanOrEqual(CONNECTIONS);
    await sendTheRest();
    const lost = await desk.db
      .select({ key: mails.key })
      .from(mails)
      .where(sql`${mails.state} = 'uncertain' and ${mails.reply} = 'the courier was lost'`);
    expect(lost.length).toBeLessThanOrEqual(inHand.reduce((sum, one) => sum + one, 0));
  }, 300_000);

  it("met everything that a server can do wrong", () => {
    expect([...weather.all].filter((fault) => !weather.met.has(fault))).toEqual([]);
  });

  it("are none lost, none doubled, and every uncertain one is listed", async () => {
    const ledger = await desk.db
      .select({ key: mails.key, state: mails.state, id: mails.messageId, address: mails.address })
      .from(mails);
    const copies = new Map<string, number>();
    for (const id of relay.taken) copies.set(id, (copies.get(id) ?? 0) + 1);
    const those = (wrong: (one: (typeof ledger)[number]) => boolean) => ledger.filter(wrong);
    const arrived = ({ id }: (typeof ledger)[number]): boolean => copies.has(id);

    expect(ledger.length).toBeGreaterThan(MAILS);
    expect([...copies].filter(([, many]) => many > 1)).toEqual([]);
    expect(those(({ state }) => !["accepted", "rejected", "uncertain"].includes(state))).toEqual([]);
    expect(those((one) => one.state === "accepted" && !arrived(one))).toEqual([]);
    expect(those((one) => one.state === "rejected" && arrived(one))).toEqual([]);
    expect(those((one) => one.state === "rejected" && !weather.refuses(one.address))).toEqual([]);
    expect([...copies.keys()].filter((id) => !ledger.some((one) => one.id === id))).toEqual([]);
    const known = new Set(ledger.map(({ address }) => address));
    expect(relay.recipients.filter((address) => !known.has(address))).toEqual([]);

    const of = { cycle: letter(1).cycle, now: desk.time.now };
    const { rows } = await mailsInTrouble(desk.db, of, 10_000);
    const uncertain = those(({ state }) => state === "uncertain").map(({ key }) => key);
    expect(uncertain.length).toBeGreaterThan(50);
    expect(
      rows
        .filter(({ state }) => state === "uncertain")
        .map(({ key }) => key)
        .toSorted(),
    ).toEqual(uncertain.toSorted());
  });
});

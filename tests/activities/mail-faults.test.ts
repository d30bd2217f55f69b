import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MailState } from "../../domain/mail.ts";
import { addSeconds } from "../../domain/time.ts";
import {
  addPerson,
  attemptsAt,
  clearMail,
  courierUntil,
  isReachable,
  letter,
  messageId,
  startMailDesk,
  stateOf,
  type MailDesk,
} from "../support/mail-desk.ts";
import { freePort, startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { startFaultySmtp, type Fault, type FaultySmtp } from "../support/smtp-faults.ts";

let database: ScratchDatabase;
let desk: MailDesk;
let server: FaultySmtp | undefined;

beforeAll(async () => {
  database = await startScratchDatabase();
  desk = startMailDesk(database.url);
}, 60_000);
afterAll(async () => {
  await desk.close();
  await database.stop();
});
beforeEach(() => clearMail(desk.db));
afterEach(async () => {
  await server?.close();
  server = undefined;
  desk.troubles.length = 0;
});

interface Case {
  readonly name: string;
  readonly fault: Fault;
  readonly then: "accepted" | "tried again" | "rejected" | "uncertain";
  /** What the attempt's row says the server said. */
  readonly reply: RegExp;
  readonly dotLeft: boolean;
}
const say = (line: string) => ({ is: "say", line }) as const;
const reset = { is: "reset" } as const;
const hang = { is: "hang" } as const;

const cases: readonly Case[] = [
  {
    name: "421 as its greeting",
    fault: { at: "connect", does: say("421 too busy") },
    then: "tried again",
    reply: /^421 too busy/,
    dotLeft: false,
  },
  {
    name: "554 as its greeting",
    fault: { at: "connect", does: say("554 no service") },
    then: "tried again",
    reply: /^554 no service/,
    dotLeft: false,
  },
  {
    name: "no greeting",
    fault: { at: "connect", does: hang },
    then: "tried again",
    reply: /Timeout|Greeting/,
    dotLeft: false,
  },
  {
    name: "a reset at EHLO",
    fault: { at: "EHLO", does: reset },
    then: "tried again",
    reply: /ECONNRESET|closed/,
    dotLeft: false,
  },
  {
    name: "a reset at MAIL FROM",
    fault: { at: "MAIL", does: reset },
    then: "tried again",
    reply: /ECONNRESET|closed/,
    dotLeft: false,
  },
  {
    name: "550 to our sender address",
    fault: { at: "MAIL", does: say("550 who are you") },
    then: "tried again",
    reply: /^550 who/,
    dotLeft: false,
  },
  {
    name: "451 at RCPT (greylisting)",
    fault: { at: "RCPT", does: say("451 4.7.1 later") },
    then: "tried again",
    reply: /^451/,
    dotLeft: false,
  },
  {
    name: "550 at RCPT",
    fault: { at: "RCPT", does: say("550 5.1.1 no such user") },
    then: "rejected",
    reply: /^550 5.1.1/,
    dotLeft: false,
  },
  {
    name: "452 at DATA",
    fault: { at: "DATA", does: say("452 4.3.1 disk full") },
    then: "tried again",
    reply: /^452/,
    dotLeft: false,
  },
  {
    name: "554 at DATA",
    fault: { at: "DATA", does: say("554 5.7.1 not you") },
    then: "rejected",
    reply: /^554/,
    dotLeft: false,
  },
  {
    name: "a reset in mid-body",
    fault: { at: "body", does: reset },
    then: "tried again",
    reply: /ECONNRESET|EPIPE|closed/,
    dotLeft: false,
  },
  {
    name: "550 after the dot",
    fault: { at: "dot", does: say("550 5.7.1 refused") },
    then: "rejected",
    reply: /^550/,
    dotLeft: true,
  },
  {
    name: "451 after the dot",
    fault: { at: "dot", does: say("451 4.3.0 try again") },
    then: "tried again",
    reply: /^451/,
    dotLeft: true,
  },
  {
    name: "421 after the dot",
    fault: { at: "dot", does: say("421 4.3.2 going down") },
    then: "tried again",
    reply: /^421/,
    dotLeft: true,
  },
  {
    name: "a reset after the dot, mail not taken",
    fault: { at: "dot", does: reset },
    then: "uncertain",
    reply: /ECONNRESET|closed/,
    dotLeft: true,
  },
  {
    name: "a reset after the dot, mail taken",
    fault: { at: "dot", does: reset, takes: true },
    then: "uncertain",
    reply: /ECONNRESET|closed/,
    dotLeft: true,
  },
  {
    name: "silence after the dot",
    fault: { at: "dot", does: hang, takes: true },
    then: "uncertain",
    reply: /Timeout/,
    dotLeft: true,
  },
  {
    name: "garbage after the dot",
    fault: { at: "dot", does: say("what?"), takes: true },
    then: "uncertain",
    reply: /what\?/,
    dotLeft: true,
  },
  {
    name: "garbage that begins with 2 after the dot",
    fault: { at: "dot", does: say("2much") },
    then: "uncertain",
    reply: /^2much/,
    dotLeft: true,
  },
  {
    name: "354 after the dot",
    fault: { at: "dot", does: say("354 more?") },
    then: "uncertain",
    reply: /^354/,
    dotLeft: true,
  },
  {
    name: "250 twice after the dot",
    fault: { at: "dot", does: say("250 Ok\r\n250 Ok"), takes: true },
    then: "accepted",
    reply: /^250/,
    dotLeft: true,
  },
  {
    name: "a byte at a time",
    fault: { at: "dot", does: { is: "crawl" } },
    then: "accepted",
    reply: /^250 2.0.0 Ok: queued as Q1/,
    dotLeft: true,
  },
];
const stateAfter = {
  accepted: "accepted",
  "tried again": "queued",
  rejected: "rejected",
  uncertain: "uncertain",
} as const;
const stateInTheEnd = { ...stateAfter, "tried again": "accepted" } as const;

/** Larger than what two kernels buffer, so that a reset in mid-body comes before the dot. */
const LARGE = "お世話になっております。\n".repeat(150_000);

const mail = letter(1);
const settled = async (state: MailState): Promise<boolean> => (await stateOf(desk.db, mail))?.state === state;
const attemptEnded = async (): Promise<boolean> => (await attemptsAt(desk.db, mail)).at(-1)?.outcome != null;

describe.each([{ extensions: [] }, { extensions: ["PIPELINING", "SIZE 100000000", "DSN"] }])(
  "a server with $extensions that answers",
  ({ extensions }) => {
    it.each(cases)("$name leaves the mail $then", async ({ fault, then, reply, dotLeft }) => {
      const relay = (server = await startFaultySmtp({ extensions }));
      relay.misbehave(fault);
      const deps = desk.depsFor({ port: relay.port, silenceTimeoutMs: 400 });
      await addPerson(desk.db, mail.person);
      await desk.queue(fault.at === "body" ? { ...mail, text: LARGE } : mail);

      await courierUntil(deps, attemptEnded);
      expect(await stateOf(desk.db, mail)).toMatchObject({ state: stateAfter[then], attempts: 1 });
      const [attempt] = await attemptsAt(desk.db, mail);
      expect(attempt).toMatchObject({ number: 1, reply: expect.stringMatching(reply) });
      if (dotLeft) expect(attempt?.phase).not.toBe("claimed");
      const taken = (): number => relay.taken.filter((id) => id === messageId(mail)).length;
      const takenAtFirst = taken();
      expect(takenAtFirst).toBe(then === "accepted" || fault.takes ? 1 : 0);

      desk.time.now = addSeconds(desk.time.now, 3600);
      await courierUntil(deps, async () => (await settled(stateInTheEnd[then])) && noticesAreSent(then));
      expect(taken()).toBe(then === "tried again" ? 1 : takenAtFirst);
      expect(await isReachable(desk.db, mail.person)).toBe(then !== "rejected");
    });
  },
);

/** Of a mail that ended badly the secretariat was told, by a mail that arrived. */
const noticesAreSent = async (then: Case["then"]): Promise<boolean> => {
  const expected = then === "rejected" ? ["unreachable"] : then === "uncertain" ? ["uncertain"] : [];
  expect(desk.troubles.map(({ is }) => is)).toEqual(expected);
  return (
    server?.recipients.filter((address) => address === "preparer@nisc.example").length === expected.length
  );
};

describe("a server that is not there", () => {
  it("gets the mail once it is there", async () => {
    const port = await freePort();
    await desk.queue(mail);
    const deps = desk.depsFor({ port });
    await courierUntil(deps, attemptEnded);
    expect(await stateOf(desk.db, mail)).toMatchObject({
      state: "queued",
      reply: expect.stringMatching(/ECONNREFUSED/),
    });

    const relay = (server = await startFaultySmtp({ port }));
    desk.time.now = addSeconds(desk.time.now, 60);
    await courierUntil(deps, () => settled("accepted"));
    expect(relay.taken).toEqual([messageId(mail)]);
  });

  it("is asked about one mail a connection and sweep, however many wait", async () => {
    const deps = desk.depsFor({ port: await freePort(), connections: 2 }, { sweepMs: 60_000, stopMs: 0 });
    await desk.queue(...Array.from({ length: 50 }, (_, n) => letter(n + 1)));
    await courierUntil(deps, attemptEnded);
    const tried = await desk.db.$client`select count(*)::int as n from mail_attempts`;
    expect(tried[0]?.["n"]).toBeLessThanOrEqual(4);
  });

  it("has lost the mail to the secretariat after 72 hours, never to silence", async () => {
    const deps = desk.depsFor({ port: await freePort(), connections: 1 });
    await desk.queue(mail);
    const waits: number[] = [];
    const start = Date.parse(desk.time.now);
    for (let tries = 1; !(await settled("rejected")); tries += 1) {
      await courierUntil(
        deps,
        async () => (await attemptsAt(desk.db, mail)).filter(({ outcome }) => outcome).length === tries,
      );
      const next = (await stateOf(desk.db, mail))?.nextTryAt ?? desk.time.now;
      waits.push((Date.parse(next) - Date.parse(desk.time.now)) / 60_000);
      desk.time.now = next > desk.time.now ? next : desk.time.now;
    }
    expect(waits.slice(0, 6)).toEqual([1, 5, 15, 30, 60, 60]);
    expect((Date.parse(desk.time.now) - start) / 3_600_000).toBeGreaterThan(71);
    expect((Date.parse(desk.time.now) - start) / 3_600_000).toBeLessThanOrEqual(72);
    expect(desk.troubles).toMatchObject([{ is: "given-up", reply: expect.stringMatching(/ECONNREFUSED/) }]);
  });
});

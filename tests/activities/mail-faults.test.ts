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
import { startFaultySmtp, type FaultySmtp } from "../support/smtp-faults.ts";
import { cases, type Case } from "./mail-fault-cases.ts";
import { matrix } from "./mail-fault-matrix.ts";

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

const PLAIN: readonly string[] = [];
const MODERN = ["PIPELINING", "SIZE 100000000", "DSN"];

describe.each([
  { extensions: PLAIN, cases },
  { extensions: MODERN, cases: [...cases, ...matrix] },
])("a server with $extensions that answers", ({ extensions, cases: faults }) => {
  it.each(faults)("$name leaves the mail $then", async ({ fault, then, reply, dotLeft }) => {
    const relay = (server = await startFaultySmtp({ extensions }));
    relay.misbehave(fault);
    const deps = desk.depsFor({ port: relay.port, silenceTimeoutMs: fault.at === "body" ? 4000 : 400 });
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
});

/** Of a mail that ended badly the secretariat was told, by a mail that arrived. */
const noticesAreSent = async (then: Case["then"]): Promise<boolean> => {
  const expected = then === "rejected" ? ["unreachable"] : then === "uncertain" ? ["uncertain"] : [];
  expect(desk.troubles.map(({ is }) => is)).toEqual(expected);
  return (
    server?.recipients.filter((address) => address === "preparer@nisc.example").length === expected.length
  );
};

/** tcpmux: a port that was free a moment ago another test's server may have by now. */
const NOBODYS_PORT = 1;

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
    const deps = desk.depsFor({ port: NOBODYS_PORT, connections: 2 }, { sweepMs: 60_000, stopMs: 0 });
    await desk.queue(...Array.from({ length: 50 }, (_, n) => letter(n + 1)));
    await courierUntil(deps, attemptEnded);
    const tried = await desk.db.$client`select count(*)::int as n from mail_attempts`;
    expect(tried[0]?.["n"]).toBeLessThanOrEqual(4);
  });

  it("has lost the mail to the secretariat after 72 hours, never to silence", async () => {
    const deps = desk.depsFor({ port: NOBODYS_PORT, connections: 1 });
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

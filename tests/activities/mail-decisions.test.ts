import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cancelMail, resolveUncertain } from "../../db/commands/mail.ts";
import {
  clearMail,
  courierUntil,
  keyOf,
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
});
afterAll(async () => {
  await desk.close();
  await database.stop();
});
beforeEach(async () => {
  await clearMail(desk.db);
  relay = await startFaultySmtp();
});
afterEach(() => relay.close());

const mail = letter(1);
const other = letter(2);
const cancel = () => desk.db.transaction((tx) => cancelMail(tx, keyOf(mail), START));
const resolve = (as: "accepted" | "resend") =>
  desk.db.transaction((tx) => resolveUncertain(tx, { key: keyOf(mail), as, now: START }));
const is = (state: string) => async (): Promise<boolean> => (await stateOf(desk.db, mail))?.state === state;

describe("a mail that is called back", () => {
  it("is not sent, if no courier has taken it yet", async () => {
    await desk.queue(mail, other);
    expect(await cancel()).toBe(true);
    expect(await cancel()).toBe(false);
    await courierUntil(
      desk.depsFor({ port: relay.port }),
      async () => (await tally(desk.db))["queued"] === undefined,
    );
    expect(await tally(desk.db)).toEqual({ cancelled: 1, accepted: 1 });
    expect(relay.taken).toEqual([messageId(other)]);
  });

  it("stays sent, if it was", async () => {
    await desk.queue(mail);
    await courierUntil(desk.depsFor({ port: relay.port }), is("accepted"));
    expect(await cancel()).toBe(false);
    expect(await is("accepted")()).toBe(true);
  });
});

describe("an uncertain mail", () => {
  beforeEach(async () => {
    relay.misbehave({ at: "dot", does: { is: "reset" } });
    await desk.queue(mail);
    await courierUntil(desk.depsFor({ port: relay.port }), is("uncertain"));
  });

  it("is sent again, under its Message-ID, when a person says that it never arrived", async () => {
    expect(await resolve("resend")).toBe(true);
    await courierUntil(desk.depsFor({ port: relay.port }), is("accepted"));
    expect(relay.taken).toContain(messageId(mail));
    expect(await stateOf(desk.db, mail)).toMatchObject({ attempts: 2 });
    expect(await resolve("resend")).toBe(false);
  });

  it("is never sent again when a person says that it arrived", async () => {
    expect(await resolve("accepted")).toBe(true);
    await desk.queue(other);
    await courierUntil(desk.depsFor({ port: relay.port }), () => relay.taken.includes(messageId(other)));
    expect(relay.taken).not.toContain(messageId(mail));
    expect(await stateOf(desk.db, mail)).toMatchObject({ state: "accepted", attempts: 1 });
  });

  it("can not be called back", async () => {
    expect(await cancel()).toBe(false);
    expect(await is("uncertain")()).toBe(true);
  });
});

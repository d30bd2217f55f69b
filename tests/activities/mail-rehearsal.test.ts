import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cycleKey } from "../../domain/ids.ts";
import {
  clearMail,
  courierUntil,
  letter,
  messageId,
  startMailDesk,
  stateOf,
  tally,
} from "../support/mail-desk.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { startFaultySmtp, type FaultySmtp } from "../support/smtp-faults.ts";

let database: ScratchDatabase;
let relay: FaultySmtp;

beforeAll(async () => {
  database = await startScratchDatabase();
}, 60_000);
afterAll(() => database.stop());
beforeEach(async () => {
  relay = await startFaultySmtp();
});
afterEach(() => relay.close());

const rehearsed = letter(1, { cycle: cycleKey("2026-r1") });
const real = letter(2, { cycle: cycleKey("2026") });

describe("a rehearsal's mail", () => {
  it("never leaves by a relay that leads to people: it stays in the ledger, settled, and real mail goes", async () => {
    const desk = startMailDesk(database.url, "outbound");
    await clearMail(desk.db);
    await desk.queue(rehearsed, real);
    const counts = await courierUntil(
      desk.depsFor({ port: relay.port }),
      async () => (await tally(desk.db))["accepted"] === 1,
    );
    expect(counts).toEqual({ accepted: 1, rejected: 0, uncertain: 0, retried: 0 });
    expect(relay.taken).toEqual([messageId(real)]);
    expect(await stateOf(desk.db, rehearsed)).toMatchObject({
      state: "captured",
      attempts: 0,
      subject: expect.stringContaining("【訓練】"),
      settledAt: desk.time.now,
    });
    await desk.close();
  });

  it("is sent where the relay is a capture", async () => {
    const desk = startMailDesk(database.url, "capture");
    await clearMail(desk.db);
    await desk.queue(rehearsed);
    await courierUntil(desk.depsFor({ port: relay.port }), () => relay.taken.length === 1);
    expect(await tally(desk.db)).toEqual({ accepted: 1 });
    await desk.close();
  });
});

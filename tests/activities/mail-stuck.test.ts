import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { NewMail } from "../../activities/outbox.ts";
import { markStuck } from "../../activities/stuck.ts";
import { claimMail } from "../../db/commands/mail-sending.ts";
import { mailHealth } from "../../db/queries/mail.ts";
import { mails } from "../../db/schema/mail.ts";
import { cycleKey } from "../../domain/ids.ts";
import { isStuck, type MailState } from "../../domain/mail.ts";
import { addSeconds } from "../../domain/time.ts";
import {
  clearMail,
  courierUntil,
  keyOf,
  letter,
  START,
  startMailDesk,
  stateOf,
  type MailDesk,
} from "../support/mail-desk.ts";
import { freePort, startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

let database: ScratchDatabase;
let desk: MailDesk;
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
  desk.time.now = START;
  desk.stuck.length = 0;
});

const mail = letter(1);
const sweep = () => markStuck(desk.depsFor({ port: 1 }));
const pass = (minutes: number): void => {
  desk.time.now = addSeconds(desk.time.now, minutes * 60 + 1);
};
const stuckNow = async (): Promise<number> => (await mailHealth(desk.db, desk.time.now)).stuck;
const take = (one: NewMail) =>
  claimMail(desk.db, {
    courier: "00000000-0000-4000-8000-000000000000",
    now: desk.time.now,
    leaseUntil: addSeconds(desk.time.now, 60),
  }).then((claimed) => expect(claimed?.key).toBe(keyOf(one)));

describe("a mail that nobody sends", () => {
  it("is flagged after two retry intervals, and told once", async () => {
    await desk.queue(mail);
    pass(1);
    await sweep();
    expect(desk.stuck).toEqual([]);
    pass(1);
    expect(await stuckNow()).toBe(1);
    await sweep();
    await sweep();
    expect(desk.stuck).toEqual([{ cycle: mail.cycle, one: keyOf(mail), many: 1 }]);
    expect((await stateOf(desk.db, mail))?.stuckAt).toBe(desk.time.now);
  });

  it("is one of many: however many follow, one notice tells of them, in each cycle", async () => {
    const other = cycleKey("2027");
    await desk.queue(...[1, 2, 3].map((n) => letter(n)), letter(4, { cycle: other }));
    pass(2);
    await Promise.all([sweep(), sweep()]);
    await desk.queue(...[5, 6].map((n) => letter(n)));
    pass(2);
    await sweep();
    expect(desk.stuck).toHaveLength(2);
    expect(desk.stuck).toEqual(
      expect.arrayContaining([
        { cycle: mail.cycle, one: expect.any(String), many: 3 },
        { cycle: other, one: expect.any(String), many: 1 },
      ]),
    );
    expect(await stuckNow()).toBe(6 + desk.stuck.length);
  });

  it("is told again when it moved and then stood still once more", async () => {
    await desk.queue(mail);
    pass(2);
    await sweep();
    await take(mail);
    expect((await stateOf(desk.db, mail))?.stuckAt).toBeNull();
    pass(3);
    await sweep();
    expect(desk.stuck).toHaveLength(2);
  });

  it("that is a notice is flagged, and no notice tells of it", async () => {
    const notice = letter(1, { letter: "notice" });
    await desk.queue(notice);
    pass(2);
    await sweep();
    expect(desk.stuck).toEqual([]);
    expect((await stateOf(desk.db, notice))?.stuckAt).toBe(desk.time.now);
  });

  it("is noticed by a courier whose relay is away, once for all, when it has had its chance", async () => {
    await desk.queue(...Array.from({ length: 20 }, (_, n) => letter(n + 1)));
    pass(60);
    const deps = desk.depsFor({ port: await freePort(), connections: 1 });
    await courierUntil(deps, async () => {
      if ((await attemptsSoFar()) < 3) expect(desk.stuck).toEqual([]);
      else if (desk.stuck.length === 0) pass(2);
      return desk.stuck.length > 0;
    });
    expect(desk.stuck).toMatchObject([{ cycle: mail.cycle }]);
    expect(desk.stuck[0]?.many).toBeGreaterThan(10);
  });
});

const attemptsSoFar = async (): Promise<number> =>
  (await desk.db.select({ attempts: mails.attempts }).from(mails)).reduce(
    (sum, one) => sum + one.attempts,
    0,
  );

describe("what SQL compares", () => {
  const dueAts = [-8000, -7201, -7199, -1801, -1799, -601, -599, -121, -119, 0, 60];
  it.each<readonly [MailState, boolean]>([
    ["queued", true],
    ["sending", true],
    ["accepted", false],
    ["rejected", false],
    ["uncertain", false],
    ["cancelled", false],
  ])("is the rule, of mails that are %s", async (state, isOnItsWay) => {
    await desk.queue(mail);
    const wrong: (readonly [number, number])[] = [];
    for (const attempts of [0, 1, 2, 3, 4, 5, 6, 40])
      for (const seconds of dueAts) {
        const dueAt = addSeconds(START, seconds);
        const other = addSeconds(START, 500);
        await desk.db
          .update(mails)
          .set({
            state,
            attempts,
            nextTryAt: state === "sending" ? other : dueAt,
            leaseUntil: state === "sending" ? dueAt : other,
          })
          .where(eq(mails.key, keyOf(mail)));
        const expected = isOnItsWay && isStuck({ attempts, dueAt }, START) ? 1 : 0;
        if ((await mailHealth(desk.db, START)).stuck !== expected) wrong.push([attempts, seconds]);
      }
    expect(wrong).toEqual([]);
  });
});

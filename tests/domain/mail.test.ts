import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cycleKey } from "../../domain/ids.ts";
import {
  firstStateOf,
  isStuck,
  outcomeOf,
  retryAt,
  stuckLimits,
  type AttemptEnd,
  type AttemptOutcome,
} from "../../domain/mail.ts";
import { addSeconds, epochMs, instant, type Instant } from "../../domain/time.ts";

const QUEUED = instant("2026-06-01T10:00:00+09:00");
const minutes = (from: Instant, to: Instant): number => (epochMs(to) - epochMs(from)) / 60_000;

describe("a mail that was not taken", () => {
  it.each([
    [1, 1],
    [2, 5],
    [3, 15],
    [4, 30],
    [5, 60],
    [6, 60],
    [70, 60],
  ])("waits after attempt %i for %i minutes", (attempts, wait) => {
    const next = retryAt({ queuedAt: QUEUED, attempts, now: QUEUED });
    expect(next && minutes(QUEUED, next)).toBe(wait);
  });

  it.each([
    ["an attempt that still fits into 72 hours is made", 70, 71 * 60, 72 * 60],
    ["one a minute later is not", 70, 71 * 60 + 1, null],
    ["nor is the second after a whole outage", 1, 72 * 60, null],
  ])("%s", (_, attempts, after, then) => {
    const now = addSeconds(QUEUED, after * 60);
    const next = retryAt({ queuedAt: QUEUED, attempts, now });
    expect(next && minutes(QUEUED, next)).toBe(then);
  });

  it("is tried 76 times in 72 hours, the last within the last hour", () => {
    const tries: Instant[] = [];
    for (let at: Instant | null = QUEUED; at !== null;)
      at = retryAt({ queuedAt: QUEUED, attempts: tries.push(at), now: at });
    expect(tries.slice(0, 7).map((at) => minutes(QUEUED, at))).toEqual([0, 1, 6, 21, 51, 111, 171]);
    expect(tries).toHaveLength(76);
    expect(minutes(QUEUED, tries.at(-1) ?? QUEUED)).toBeGreaterThan(71 * 60);
  });
});

describe("what an attempt proves", () => {
  const end = (dotPushed: boolean, reply: string | null, aboutRecipient = true): AttemptEnd => ({
    dotPushed,
    reply,
    aboutRecipient,
  });
  it.each<readonly [string, AttemptEnd, AttemptOutcome]>([
    ["a reply of success after the dot", end(true, "250 2.0.0 Ok"), "accepted"],
    ["a refusal for now after the dot", end(true, "451 later"), "deferred"],
    ["a refusal for good after the dot", end(true, "554 no"), "refused"],
    ["silence after the dot", end(true, null), "uncertain"],
    ["no whole code after the dot", end(true, "25"), "uncertain"],
    ["a code of four digits after the dot", end(true, "2500 Ok"), "uncertain"],
    ["an intermediate code after the dot", end(true, "354 more"), "uncertain"],
    ["a refusal for good of the recipient", end(false, "550 5.1.1 unknown"), "refused"],
    ["a refusal for good of the server or of us", end(false, "554 go away", false), "deferred"],
    ["a refusal for now of the recipient", end(false, "450 greylisted"), "deferred"],
    ["silence before the dot", end(false, null, false), "deferred"],
    ["a success that nobody asked for before the dot", end(false, "250 Ok"), "deferred"],
  ])("%s", (_, given, then) => {
    expect(outcomeOf(given)).toBe(then);
  });

  it("is never non-acceptance once the dot can have left and no refusal came", () => {
    fc.assert(
      fc.property(fc.option(fc.string()), fc.boolean(), (reply, aboutRecipient) => {
        const outcome = outcomeOf({ dotPushed: true, reply, aboutRecipient });
        if (!/^[45]\d\d/.test(reply ?? "")) expect(["accepted", "uncertain"]).toContain(outcome);
      }),
    );
  });
});

describe("a mail without progress", () => {
  it.each([
    [0, 2],
    [1, 2],
    [2, 10],
    [3, 30],
    [4, 60],
    [5, 120],
    [50, 120],
  ])("after %i attempts is stuck when it was due more than %i minutes ago", (attempts, patience) => {
    const waiting = { attempts, dueAt: QUEUED };
    expect(isStuck(waiting, addSeconds(QUEUED, patience * 60))).toBe(false);
    expect(isStuck(waiting, addSeconds(QUEUED, patience * 60 + 1))).toBe(true);
  });

  it("is the same one for who only compares", () => {
    const seconds = fc.integer({ min: -10_000, max: 10_000 });
    fc.assert(
      fc.property(fc.nat({ max: 80 }), seconds, (attempts, offset) => {
        const waiting = { attempts, dueAt: addSeconds(QUEUED, offset) };
        const limits = stuckLimits(QUEUED);
        const limit = limits[Math.min(attempts, limits.length - 1)];
        expect(limit?.attempts).toBe(Math.min(attempts, limits.length - 1));
        expect(waiting.dueAt < (limit?.dueBefore ?? "")).toBe(isStuck(waiting, QUEUED));
      }),
    );
  });
});

describe("a rehearsal's mail", () => {
  it.each([
    ["2026-r1", "outbound", "captured"],
    ["2026-r1", "capture", "queued"],
    ["2026", "outbound", "queued"],
    ["2026", "capture", "queued"],
  ] as const)("of %s by a relay that is %s is %s", (cycle, relay, state) => {
    expect(firstStateOf(cycleKey(cycle), relay)).toBe(state);
  });
});

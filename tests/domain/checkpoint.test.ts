import { describe, expect, it } from "vitest";
import { checkpointDue } from "../../domain/checkpoint.ts";
import { instant } from "../../domain/time.ts";

const NINE = instant("2026-11-25T09:00:00+09:00");
const TEN = instant("2026-11-25T10:00:00+09:00");
const BEFORE_TEN = instant("2026-11-25T09:59:59+09:00");
const signed = { size: 10, at: NINE };

describe("the record's head is signed", () => {
  it.each([
    ["not while there is nothing", { size: 0, signed: undefined, stageAt: 0 }, TEN, null],
    ["with the first events", { size: 1, signed: undefined, stageAt: 0 }, NINE, "hour"],
    ["not twice for the same events", { size: 10, signed, stageAt: 0 }, TEN, null],
    ["not within the hour", { size: 11, signed, stageAt: 0 }, BEFORE_TEN, null],
    ["when an hour is over", { size: 11, signed, stageAt: 0 }, TEN, "hour"],
    ["at once when a stage has ended", { size: 12, signed, stageAt: 11 }, BEFORE_TEN, "stage"],
    ["not again for a stage that was signed", { size: 12, signed, stageAt: 10 }, BEFORE_TEN, null],
  ] as const)("%s", (_, recording, now, due) => {
    expect(checkpointDue(recording, now)).toBe(due);
  });
});

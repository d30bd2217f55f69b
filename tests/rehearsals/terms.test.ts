import { describe, expect, it } from "vitest";
import { instant, plainDate } from "../../domain/time.ts";
import { intentionsOf } from "../../rehearsals/people/everyone.ts";
import type { Cast } from "../../rehearsals/view.ts";
import type { RequestReply } from "../../rehearsals/wire.ts";
import { castWith, dataRequest, hardScript, owed, remembered, submitted, viewAt } from "../support/scene.ts";

/** 経済産業省 as somebody of the hard year: ministries work at 8:45, the secretariat at 16:50. */
const hardCast = async (meti: string): Promise<Cast> => {
  const { hours, ministries } = await hardScript();
  return castWith(meti, (script) => ({
    ...script,
    hours,
    ministries: { ...ministries, assigned: script.ministries.assigned },
    secretariat: { ...script.secretariat, extension: { is: "granted", afterDays: 1 } },
  }));
};
const at = (raw: string) => instant(`2015-${raw}:00+09:00`);
const NOTHING_DONE = {};
const intended = async (
  meti: string,
  {
    request,
    now,
    done = NOTHING_DONE,
  }: { request: RequestReply; now: string; done?: Record<string, string> },
) => {
  const view = viewAt("collection", at(now), { requests: [request], memory: remembered(done) });
  return intentionsOf(view, await hardCast(meti)).map(({ key, at: when, role, body }) => ({
    key: key.replace("data-meti ", ""),
    at: when,
    role,
    body,
  }));
};
const asked = { dueOn: plainDate("2015-05-08") };

describe("a request that the secretariat owes an answer to", () => {
  const halted = dataRequest([owed, owed], { paused: { at: at("04-13T16:50") } });

  it("is paused some days after it was sent, and only by its own", async () => {
    const [pause, ...others] = (
      await intended("asking", { request: dataRequest([owed]), now: "04-02T09:00" })
    ).filter(({ key }) => key === "pause 1");
    expect(others).toEqual([]);
    expect(pause).toMatchObject({ role: "preparer", body: { reason: /問合せ/ } });
    expect((pause?.at ?? "") > "2015-04-06").toBe(true);
    expect(pause?.at).toMatch(/T16:50:00/);
    const prompt = await intended("prompt", { request: dataRequest([owed]), now: "04-02T09:00" });
    expect(prompt.map(({ key }) => key)).toEqual(["answer 1"]);
  });

  it("is resumed some days later; until then nobody answers or asks for more time", async () => {
    for (const meti of ["asking", "asking-and-extension"])
      expect(await intended(meti, { request: halted, now: "04-14T09:00" })).toMatchObject([
        { key: "resumption 1", at: /T16:50:00/, role: "preparer", body: {} },
      ]);
  });

  it("is not paused again, nor while an answer lies unread", async () => {
    const once = { "data-meti pause 1": at("04-13T16:50"), "data-meti resumption 1": at("04-16T16:50") };
    const again = await intended("asking", { request: dataRequest([owed]), now: "04-17T09:00", done: once });
    expect(again.map(({ key }) => key)).toEqual(["answer 1"]);
    const unread = await intended("asking", { request: dataRequest([owed, submitted]), now: "04-02T09:00" });
    expect(unread.map(({ key }) => key)).not.toContain("pause 1");
  });
});

it("an extension across 大型連休 is asked for before the due date, or after it, and answered the next day", async () => {
  const request = dataRequest([owed]);
  const early = await intended("golden-week", { request, now: "04-02T09:00" });
  expect(early.find(({ key }) => key === "extension 1")).toMatchObject({
    at: "2015-04-15T08:45:00+09:00",
    body: { dueOn: "2015-05-08" },
  });
  const late = await intended("late-extension", { request, now: "04-02T09:00" });
  expect(late.find(({ key }) => key === "extension 1")).toMatchObject({
    at: "2015-04-21T08:45:00+09:00",
    body: { dueOn: "2015-04-30" },
  });
  const waiting = await intended("golden-week", {
    request: { ...request, asked },
    now: "04-15T09:00",
    done: { "data-meti extension 1": at("04-15T08:45") },
  });
  expect(waiting.find(({ role }) => role === "approver")).toMatchObject({
    key: "extension granted 1",
    at: "2015-04-16T16:50:00+09:00",
  });
});

it("a due date is brought forward once, with notice", async () => {
  const request = dataRequest([owed]);
  expect(await intended("shortened", { request, now: "04-02T09:00" })).toContainEqual(
    expect.objectContaining({
      key: "shortening 1",
      at: "2015-04-03T16:50:00+09:00",
      body: { dueOn: "2015-04-14", reason: "国会の審議に用いるため。" },
    }),
  );
  const done = { "data-meti shortening 1": at("04-03T16:50") };
  const after = await intended("shortened", { request, now: "04-06T09:00", done });
  expect(after.map(({ key }) => key)).toEqual(["answer 1"]);
});

it("a request is withdrawn with a reason", async () => {
  const [withdrawal, ...others] = await intended("withdrawn", {
    request: dataRequest([owed]),
    now: "04-02T09:00",
  });
  expect(others).toEqual([]);
  expect(withdrawal).toMatchObject({ key: "withdrawal 1", role: "preparer", body: { reason: /別の調査/ } });
});

it("who answers in parts leaves some items for later", async () => {
  const request = dataRequest(Array.from({ length: 9 }, () => owed));
  const submissions = (await intended("in-parts", { request, now: "04-02T09:00" })).map(
    ({ at: when, body }) => ({
      when,
      count: "answers" in body && Array.isArray(body.answers) ? body.answers.length : 0,
    }),
  );
  expect(submissions).toHaveLength(2);
  expect(submissions.map(({ count }) => count).reduce((sum, one) => sum + one, 0)).toBe(9);
  expect(new Set(submissions.map(({ when }) => when)).size).toBe(2);
});

import { describe, expect, it } from "vitest";
import { calendarOf, businessDaysBetween } from "../../domain/calendar.ts";
import { organisationId } from "../../domain/ids.ts";
import { dateOf, instant, plainDate } from "../../domain/time.ts";
import type { Intention } from "../../rehearsals/intention.ts";
import { intentionsOf } from "../../rehearsals/people/everyone.ts";
import { castWith, dataRequest, HASH, owed, remembered, submitted, viewAt } from "../support/scene.ts";

const of = (intentions: readonly Intention[], key: string): Intention => {
  const found = intentions.find((one) => one.key === key);
  if (found === undefined) throw new Error(`no ${key} among ${intentions.map((one) => one.key).join(", ")}`);
  return found;
};
const seen = (request = dataRequest([owed, owed, owed])) =>
  viewAt("collection", "2015-04-02T09:00:00+09:00", { requests: [request] });

describe("a ministry with a data request on its desk", () => {
  it("answers all items at once, before the due date where it is prompt", async () => {
    const cast = await castWith("prompt");
    const answer = of(intentionsOf(seen(), cast), "data-meti answer 1");
    const days = businessDaysBetween(
      plainDate("2015-04-01"),
      dateOf(answer.at),
      calendarOf(cast.plan.holidays),
    );
    expect(days).toBeGreaterThanOrEqual(3);
    expect(days).toBeLessThanOrEqual(9);
    expect(answer).toMatchObject({
      role: "contact",
      path: "/requests/2014-r1-data-meti/answers",
      revision: 4,
    });
    expect(answer.body).toMatchObject({ answers: [{}, {}, {}] });
  });

  it("answers after the due date where it is late, also after a moved one", async () => {
    const cast = await castWith("late");
    const answer = of(intentionsOf(seen(), cast), "data-meti answer 1");
    expect(answer.at > "2015-04-17T17:00:00+09:00").toBe(true);
    const moved = dataRequest([owed], { dueAt: instant("2015-04-24T17:00:00+09:00") });
    expect(of(intentionsOf(seen(moved), cast), "data-meti answer 1").at > "2015-04-24T17:00:00+09:00").toBe(
      true,
    );
  });

  it("does nothing where it is silent", async () => {
    expect(intentionsOf(seen(), await castWith("silent"))).toEqual([]);
  });

  it("does not try once nothing is taken any more", async () => {
    const late = { is: "owed", until: instant("2015-04-02T17:00:00+09:00") } as const;
    expect(intentionsOf(seen(dataRequest([late])), await castWith("late"))).toEqual([]);
  });

  it("gives one reason for all it cannot measure", async () => {
    const cast = await castWith("unmeasurable", (script) => ({
      ...script,
      ministries: {
        ...script.ministries,
        behaviours: script.ministries.behaviours.map((one) =>
          one.key === "unmeasurable" ? { ...one, unmeasurableShare: 1 } : one,
        ),
      },
    }));
    const { body } = of(intentionsOf(seen(), cast), "data-meti answer 1");
    const answers = "answers" in body && Array.isArray(body.answers) ? body.answers : [];
    const reasons = answers.map((one: { says: string; why: string }) => `${one.says} ${one.why}`);
    expect(new Set(reasons).size).toBe(1);
    expect(reasons[0]).toMatch(/^unmeasurable [a-z-]+$/);
  });

  it("asks for an extension once, and then answers on the day it got", async () => {
    const cast = await castWith("extension");
    const first = intentionsOf(seen(), cast);
    expect(of(first, "data-meti extension 1")).toMatchObject({
      at: "2015-04-15T11:00:00+09:00",
      body: { dueOn: "2015-04-24" },
    });
    const granted = viewAt("collection", "2015-04-16T09:00:00+09:00", {
      requests: [dataRequest([owed], { dueAt: instant("2015-04-24T17:00:00+09:00") })],
      memory: remembered({ "data-meti extension 1": "2015-04-15T11:00:00+09:00" }),
    });
    expect(intentionsOf(granted, cast)).toMatchObject([
      { key: "data-meti answer 1", at: "2015-04-24T11:00:00+09:00" },
    ]);
  });

  it.each([
    ["corrected", 1],
    ["uncorrected", 0],
  ])("corrects what came back where it is %s: %i times", async (behaviour, times) => {
    const returned = { ...submitted, is: "returned" } as const;
    const view = viewAt("collection", "2015-04-10T09:00:00+09:00", {
      requests: [dataRequest([returned])],
      memory: remembered({
        "data-meti answer 1": "2015-04-09T11:00:00+09:00",
        "data-meti return 1": "2015-04-09T15:00:00+09:00",
      }),
    });
    const corrections = intentionsOf(view, await castWith(behaviour));
    expect(corrections.map(({ key }) => key)).toEqual(Array(times).fill("data-meti answer 2"));
    for (const { at } of corrections) expect(at > "2015-04-09T15:00:00+09:00").toBe(true);
  });
});

describe("the secretariat", () => {
  it("opens the requests on the first day of collection", async () => {
    const view = viewAt("collection", "2015-04-01T00:00:00+09:00");
    expect(intentionsOf(view, await castWith("prompt"))).toMatchObject([
      { key: "requests open 1", at: "2015-04-01T15:00:00+09:00", role: "preparer" },
    ]);
  });

  it("accepts what is good and returns what is not, the same afternoon", async () => {
    const cast = await castWith("corrected");
    const texts = ["3件", cast.script.answers.incomplete, "4件"];
    const came = dataRequest(
      texts.map(() => submitted),
      { texts },
    );
    const view = viewAt("collection", "2015-04-09T11:00:00+09:00", { requests: [came] });
    expect(intentionsOf(view, cast)).toMatchObject([
      {
        key: "data-meti accept 1",
        at: "2015-04-09T15:00:00+09:00",
        body: { items: [1, 3].map((n) => ({ item: `2014-r1-data-meti/datum-${n}`, hash: HASH })) },
      },
      {
        key: "data-meti return 1",
        at: "2015-04-09T15:00:00+09:00",
        body: { items: [{ item: "2014-r1-data-meti/datum-2", hash: HASH }], reason: /数値/ },
      },
    ]);
  });

  it("grants an extension that is asked for", async () => {
    const asked = dataRequest([owed], { asked: { dueOn: plainDate("2015-04-24") } });
    const view = viewAt("collection", "2015-04-15T11:00:00+09:00", {
      requests: [asked],
      memory: remembered({ "data-meti extension 1": "2015-04-15T11:00:00+09:00" }),
    });
    expect(intentionsOf(view, await castWith("extension"))[0]).toMatchObject({
      path: "/requests/2014-r1-data-meti/extension/grant",
      role: "approver",
      at: "2015-04-15T15:00:00+09:00",
    });
  });

  it("plans a survey before it concludes it", async () => {
    const cast = await castWith("silent");
    const survey = {
      id: "2014-r1-survey-meti-1",
      organisation: organisationId("meti"),
      cause: "silence" as const,
      items: ["2014-r1-data-meti/datum-1"],
      openedAt: instant("2015-05-01T17:00:00+09:00"),
      dueOn: plainDate("2015-05-27"),
      method: null,
      justification: "締切までに回答がなかった。",
      protocol: null,
      end: null,
      endedAt: null,
    };
    const view = viewAt("collection", "2015-05-01T17:00:00+09:00", {
      requests: [dataRequest([{ is: "surveying", until: owed.until }])],
      surveys: [survey],
    });
    expect(intentionsOf(view, cast)).toMatchObject([
      { key: "survey-meti-1 method 1", at: "2015-05-07T15:00:00+09:00", body: { dueOn: "2015-05-25" } },
    ]);
    const planned = { ...view, surveys: [{ ...survey, method: "b9a7" }] };
    const [conclusion] = intentionsOf(planned, cast);
    expect(conclusion?.key).toBe("survey-meti-1 conclusion 1");
    expect((conclusion?.at ?? "") > "2015-05-07T15:00:00+09:00").toBe(true);
    const ended = { ...view, surveys: [{ ...survey, method: "b9a7", end: { is: "found" as const } }] };
    expect(intentionsOf(ended, cast)).toEqual([]);
  });

  it("gives up a chapter that has not come by its close", async () => {
    const cast = await castWith("prompt");
    const chapter = dataRequest([owed], {
      id: "2014-r1-chapter-nisc",
      kind: "chapter",
      organisation: organisationId("nisc"),
      closeAt: instant("2015-05-29T17:00:00+09:00"),
      items: [
        {
          id: "2014-r1-chapter-nisc/critical-infrastructure",
          datum: "critical-infrastructure",
          indicators: [],
          state: owed,
          answers: [],
          inside: null,
        },
      ],
    });
    expect(intentionsOf(seen(chapter), cast)).toMatchObject([
      { key: "chapter-nisc give-up 1", at: "2015-06-01T15:00:00+09:00", body: { reason: /次年度/ } },
    ]);
  });
});

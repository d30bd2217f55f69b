import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mails } from "../../db/schema/mail.ts";
import { requests, rungs } from "../../db/schema/request.ts";
import { surveys } from "../../db/schema/survey.ts";
import type { Plan } from "../../domain/plan.ts";
import { instant, plainDate, type Instant } from "../../domain/time.ts";
import {
  chaseWorkflowId,
  cycleWorkflowId,
  requestWorkflowId,
  surveyWorkflowId,
} from "../../workflows/contract.ts";
import { actingYear, by, reason, type ActingYear } from "../support/acting-year.ts";
import { twoAgencies } from "../support/two-agencies.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";

let house: YearHouse;
let plan: Plan;
beforeAll(async () => {
  [house, plan] = await Promise.all([startYearHouse(), twoAgencies()]);
});
afterAll(() => house.stop());

const at = (raw: string): Instant => instant(`2015-${raw}+09:00`);
const approver = by("nisc-counsellor");
let rehearsals = 0;
/** A cycle of its own whose requests are open. */
const collecting = async () => {
  rehearsals += 1;
  const cycle = await house.openYear(`2014-r${rehearsals}`, plan);
  const year = actingYear(house, cycle);
  await year.openRequests();
  const id = `${cycle}-data-agency-1`;
  const [item = "", ...others] = (await year.asked("data")).flatMap((row) =>
    row.id === id ? [row.item] : [],
  );
  return { cycle, year, id, workflow: requestWorkflowId(id), item, others };
};
const statusOf = async (workflow: string): Promise<string> =>
  (await house.client.workflow.getHandle(workflow).describe()).status.name;
const rowOf = async (id: string) => (await house.db.select().from(requests).where(eq(requests.id, id)))[0];
const surveysOf = (id: string) => house.db.select().from(surveys).where(eq(surveys.request, id));
const lettersOf = async (id: string) => {
  const written = await house.db.select().from(mails).where(eq(mails.request, id)).orderBy(mails.position);
  return written.map(({ letter, state, person }) => `${letter} ${person} ${state}`);
};
const answerAll = async (
  year: ActingYear,
  id: string,
  items: readonly string[],
  when: Instant,
): Promise<void> => {
  const answers = await Promise.all(items.map((one) => year.answer(one)));
  await year.request(id)("request.submit", { answers }, { at: when });
  const read = answers.map(({ item, content: { hash } }) => ({ item, hash }));
  await year.request(id)("request.accept", { items: read }, { at: when });
};

describe("a paused request", () => {
  it("waits for people only, lets its close go by, and goes on by new dates", async () => {
    const { year, id, workflow, item } = await collecting();
    await year.request(id)("request.pause", {}, { reason, at: at("04-13T11:00:00") });
    expect(await house.rest(workflow)).toEqual({ idle: true, wakesAt: null });
    await house.step(workflow, at("05-11T10:00:00"));
    expect(await surveysOf(id)).toEqual([]);
    expect(await rowOf(id)).toMatchObject({ pausedAt: at("04-13T11:00:00"), pausedReason: reason });

    const given = await year.answer(item);
    await year.request(id)("request.submit", { answers: [given] }, { at: at("05-11T11:00:00") });
    await year.request(id)("request.resume", {}, { at: at("05-11T15:00:00") });
    // Four business days to the due date were left, and thirteen to the close.
    expect(await rowOf(id)).toMatchObject({
      pausedAt: null,
      dueAt: at("05-15T17:00:00"),
      closeAt: at("05-28T17:00:00"),
    });
    expect((await house.rest(workflow)).wakesAt).toBe(at("05-28T17:00:01"));
    expect(await lettersOf(id)).toEqual([
      "inquiry agency-1-window queued",
      "halted agency-1-window queued",
      "receipt agency-1-window queued",
      "extension agency-1-window queued",
    ]);
  });

  it("can be answered to its end", async () => {
    const { year, id, workflow, item, others } = await collecting();
    await year.request(id)("request.pause", {}, { reason });
    await answerAll(year, id, [item, ...others], at("06-01T10:00:00"));
    await expect.poll(() => statusOf(workflow)).toBe("COMPLETED");
  });

  it("is left out by the chase, which goes on with the others", async () => {
    const { cycle, year, id } = await collecting();
    await year.request(id)("request.pause", {}, { reason });
    await house.step(chaseWorkflowId(cycle), at("04-20T09:00:00"));
    const digests = await house.db.select().from(mails).where(eq(mails.letter, "digest"));
    const people = digests.filter((mail) => mail.cycle === cycle).map(({ person }) => person);
    expect(people).toContain("agency-2-window");
    expect(people).not.toContain("agency-1-window");
  });
});

describe("a shortened request", () => {
  it("closes and is chased earlier", async () => {
    const { year, id, workflow } = await collecting();
    await year.request(id)("request.shorten", { dueOn: plainDate("2015-04-09") }, { reason });
    expect((await house.rest(workflow)).wakesAt).toBe(at("04-22T17:00:01"));
    const ladder = await house.db.select().from(rungs).where(eq(rungs.request, id)).orderBy(rungs.at);
    expect(new Set(ladder.map(({ dueAt }) => dueAt))).toEqual(new Set([at("04-09T17:00:00")]));
    expect(ladder[0]).toMatchObject({ at: at("04-06T09:00:00") });
  });
});

describe("an extension that nobody has answered by the close", () => {
  const askedBy = async () => {
    const asked = await collecting();
    const dueOn = plainDate("2015-05-15");
    await asked.year.request(asked.id)(
      "request.ask-extension",
      { dueOn },
      { reason, at: at("04-30T10:00:00") },
    );
    await house.step(asked.workflow, at("05-08T10:00:00"));
    expect(await house.rest(asked.workflow)).toEqual({ idle: true, wakesAt: null });
    expect(await surveysOf(asked.id)).toEqual([]);
    return asked;
  };

  it("holds it open; granted, it goes on", async () => {
    const { year, id, workflow } = await askedBy();
    await year.request(id)("request.grant-extension", {}, { ...approver, at: at("05-08T11:00:00") });
    expect((await house.rest(workflow)).wakesAt).toBe(at("05-28T17:00:01"));
  });

  it("holds it open; refused, the close passes at once", async () => {
    const { year, id, workflow, item, others } = await askedBy();
    await year.request(id)("request.refuse-extension", {}, { ...approver, reason, at: at("05-08T11:00:00") });
    await house.rest(workflow);
    expect(await surveysOf(id)).toMatchObject([
      { cause: "silence", items: [item, ...others].toSorted(), openedAt: at("05-08T11:00:00") },
    ]);
  });
});

describe("a withdrawn request", () => {
  it("ends with its surveys, and what was not sent is not sent", async () => {
    const { year, id, workflow, item } = await collecting();
    const hard = await year.answer(item, "unmeasurable", "no-statistics");
    await year.request(id)("request.submit", { answers: [hard] });
    const [survey] = await surveysOf(id);
    if (survey === undefined) throw new Error("no survey");
    await year.request(id)("request.withdraw", {}, { reason });
    await expect.poll(() => statusOf(workflow)).toBe("COMPLETED");
    await expect.poll(() => statusOf(surveyWorkflowId(survey.id))).toBe("COMPLETED");
    expect(Object.values(await year.states(id)).map(({ is }) => is)).toEqual(Array(3).fill("uncollected"));
    const letters = await lettersOf(id);
    expect(letters.filter((letter) => letter.endsWith("queued"))).toEqual(["halted agency-1-window queued"]);
    expect(letters).toContain("inquiry agency-1-window cancelled");
    expect(await house.db.select().from(rungs).where(eq(rungs.request, id))).toEqual([]);
    expect(await rowOf(id.replace("agency-1", "agency-2"))).toMatchObject({ is: "open" });
  });

  it("lets the year go on where it was the last", async () => {
    const { cycle, year } = await collecting();
    const open = await house.db.select().from(requests).where(eq(requests.cycle, cycle));
    for (const { id } of open) await year.request(id)("request.withdraw", {}, { reason });
    await house.rest(cycleWorkflowId(cycle));
    await expect.poll(() => house.stagesOf(cycle)).toContain("evaluation");
  });
});

import { randomUUID } from "node:crypto";
import { ApplicationFailure } from "@temporalio/common";
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from "@temporalio/client";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mails } from "../../db/schema/mail.ts";
import { requests } from "../../db/schema/request.ts";
import { surveys } from "../../db/schema/survey.ts";
import { cycleKey, type CycleKey } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { requestWorkflowId, resting, surveyWorkflowId } from "../../workflows/contract.ts";
import { actingYear, reason, type ActingYear } from "../support/acting-year.ts";
import { actOf } from "../support/given-acts.ts";
import { twoAgencies } from "../support/two-agencies.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";

/** Acts whose record the database will not take. */
const spoilt = new Set<string>();
let house: YearHouse;
let plan: Plan;
beforeAll(async () => {
  const failing = startYearHouse({
    instead: (real) => ({
      ...real,
      record: (input) => {
        if (spoilt.has(input.key)) throw ApplicationFailure.nonRetryable("the record is spoilt");
        return real.record(input);
      },
    }),
  });
  [house, plan] = await Promise.all([failing, twoAgencies()]);
});
afterAll(() => house.stop());

const CLOSED = "2015-05-01T17:00:01+09:00";
let rehearsals = 0;
/** A cycle of its own, with its first ministry's data request and that request's items. */
const collecting = async (): Promise<{
  readonly year: ActingYear;
  readonly id: string;
  readonly workflow: string;
  readonly items: readonly [string, string, string];
}> => {
  rehearsals += 1;
  const cycle = await house.openYear(`2014-r${rehearsals}`, plan);
  const year = actingYear(house, cycle);
  await year.openRequests();
  const id = `${cycle}-data-agency-1`;
  const [a, b, c] = (await year.asked("data")).flatMap((row) => (row.id === id ? [row.item] : []));
  if (a === undefined || b === undefined || c === undefined) throw new Error("three items are asked for");
  return { year, id, workflow: requestWorkflowId(id), items: [a, b, c] };
};
const statusOf = async (workflow: string): Promise<string> =>
  (await house.client.workflow.getHandle(workflow).describe()).status.name;
const cycleOf = (id: string): CycleKey => cycleKey(id.slice(0, id.indexOf("-data")));
const surveysOf = (request: string) =>
  house.db.select().from(surveys).where(eq(surveys.request, request)).orderBy(surveys.id);

describe("a request", () => {
  it("ends with the act that settles its last item, and answers it", async () => {
    const { year, id, workflow, items } = await collecting();
    const answers = await Promise.all(items.map((item) => year.answer(item)));
    await year.request(id)("request.submit", { answers });
    const read = answers.map(({ item, content: { hash } }) => ({ item, hash }));
    expect(await year.request(id)("request.accept", { items: read })).toMatchObject({
      sequence: expect.any(Number),
    });
    await expect.poll(() => statusOf(workflow)).toBe("COMPLETED");
    const [row] = await house.db.select().from(requests).where(eq(requests.id, id));
    expect(row).toMatchObject({ is: "settled", settledAt: "2015-04-01T00:00:00+09:00" });
    await expect(year.request(id)("request.accept", { items: read })).rejects.toThrow(WorkflowNotFoundError);
  });

  it("wakes one second after its close; what nobody answered goes to a survey, which settles it", async () => {
    const { year, id, workflow, items } = await collecting();
    await year.request(id)("request.submit", { answers: [await year.answer(items[0])] });
    expect(await house.rest(workflow)).toEqual({ idle: true, wakesAt: CLOSED });
    await house.step(workflow, instant("2015-05-01T17:00:00+09:00"));
    expect(await surveysOf(id)).toEqual([]);
    await house.step(workflow, instant(CLOSED));
    const [survey] = await surveysOf(id);
    if (survey === undefined) throw new Error("no survey");
    expect(survey).toMatchObject({ cause: "silence", items: items.slice(1), dueOn: "2015-05-27" });
    expect(await house.rest(workflow)).toEqual({ idle: true, wakesAt: null });

    const content = await house.store("survey-method", { text: "聞き取り" });
    const result = await house.store("survey-result", { text: "把握した。", limits: "" });
    const dueOn = plainDate("2015-05-29");
    const act = year.survey(survey.id);
    await act("survey.plan", { content, dueOn, method: "desk-research" });
    await act("survey.step", { step: "sources", content, sources: 1 });
    await act("survey.conclude", { outcome: "found", content: result, grade: "b" });
    await expect.poll(() => statusOf(surveyWorkflowId(survey.id))).toBe("COMPLETED");
    await house.rest(workflow);
    const surveyed = { is: "surveyed", survey: survey.id };
    expect(await year.states(id)).toMatchObject({
      [items[0]]: { is: "submitted" },
      [items[1]]: surveyed,
      [items[2]]: surveyed,
    });
  });

  it("that no longer needs a survey ends, and so does the survey", async () => {
    const { year, id, workflow, items } = await collecting();
    const hard = await year.answer(items[0], "unmeasurable", "no-statistics");
    await year.request(id)("request.submit", { answers: [hard] });
    await year.request(id)("request.give-up", { items }, { reason });
    await expect.poll(() => statusOf(workflow)).toBe("COMPLETED");
    const [survey] = await surveysOf(id);
    if (survey === undefined) throw new Error("no survey");
    await expect.poll(() => statusOf(surveyWorkflowId(survey.id))).toBe("COMPLETED");
    expect(await surveysOf(id)).toMatchObject([
      { end: { is: "stopped", reason: expect.stringContaining("決着") }, method: null },
    ]);
    expect(await house.openProcesses(cycleOf(id))).not.toContain(surveyWorkflowId(survey.id));
  });

  it("moves its close with an extension, and tells the ministry", async () => {
    const { year, id, workflow } = await collecting();
    await year.request(id)("request.ask-extension", { dueOn: plainDate("2015-04-24") }, { reason });
    await year.request(id)("request.grant-extension", {});
    expect((await house.rest(workflow)).wakesAt).toBe("2015-05-13T17:00:01+09:00");
    const [row] = await house.db.select().from(requests).where(eq(requests.id, id));
    expect(row).toMatchObject({ dueAt: "2015-04-24T17:00:00+09:00", closeAt: "2015-05-13T17:00:00+09:00" });
    const letters = await house.db.select().from(mails).where(eq(mails.request, id)).orderBy(mails.position);
    expect(letters.map(({ letter }) => letter)).toContain("extension");
  });

  it("wakes again for what it has returned", async () => {
    const { year, id, workflow, items } = await collecting();
    const answers = await Promise.all(items.map((item) => year.answer(item)));
    await year.request(id)("request.submit", { answers });
    const [first] = answers.map(({ item, content: { hash } }) => ({ item, hash }));
    if (first === undefined) throw new Error("no answer");
    await house.step(workflow, instant("2015-05-08T10:00:00+09:00"));
    await year.request(id)(
      "request.return",
      { items: [first] },
      { reason, at: instant("2015-05-08T10:00:00+09:00") },
    );
    expect((await house.rest(workflow)).wakesAt).toBe("2015-05-15T17:00:01+09:00");
    await house.step(workflow, instant("2015-05-15T17:00:01+09:00"));
    expect(await surveysOf(id)).toMatchObject([{ cause: "not-corrected", items: [first.item] }]);
  });
});

describe("an act on a request", () => {
  it("that is refused leaves no trace in the history", async () => {
    const { workflow, items } = await collecting();
    const length = async () =>
      (await house.client.workflow.getHandle(workflow).fetchHistory()).events?.length ?? 0;
    await house.rest(workflow);
    const before = await length();
    expect(await house.act(workflow, "request.give-up", { items: [items[0]] })).toBe("reason-missing");
    expect(await length()).toBe(before);
  });

  it("is done once under its id, however often it is sent", async () => {
    const { year, workflow, items } = await collecting();
    const act = { ...actOf("request.submit", { answers: [await year.answer(items[0])] }), id: randomUUID() };
    const first = await house.act(workflow, act.name, act.args, { id: act.id });
    expect(await house.send(workflow, act)).toEqual(first);
  });

  it("is decided again when its turn comes: of two at once the second finds what the first has left", async () => {
    const { year, id, workflow, items } = await collecting();
    await year.request(id)("request.ask-extension", { dueOn: plainDate("2015-04-24") }, { reason });
    const both = await Promise.all([
      house.act(workflow, "request.grant-extension", {}),
      house.act(workflow, "request.refuse-extension", {}, { reason }),
    ]);
    expect(both.filter((result) => result === "no-extension")).toHaveLength(1);
    expect(await year.states(id)).toHaveProperty([items[0], "is"], "owed");
  });

  it("whose record fails has not happened, also for the workflow", async () => {
    const { year, id, workflow, items } = await collecting();
    const given = await year.answer(items[0]);
    const id1 = randomUUID();
    spoilt.add(id1);
    const failed = house.act(workflow, "request.submit", { answers: [given] }, { id: id1 });
    await expect(failed).rejects.toThrow(WorkflowUpdateFailedError);
    const read = { items: [{ item: given.item, hash: given.content.hash }] };
    expect(await house.act(workflow, "request.accept", read)).toBe("not-submitted");
    await year.request(id)("request.submit", { answers: [given] });
    await year.request(id)("request.accept", read);
  });

  it("waits for a database that is away, and is then done", async () => {
    const { year, id, workflow, items } = await collecting();
    const given = await year.answer(items[0]);
    const act = { ...actOf("request.submit", { answers: [given] }), id: randomUUID() };
    const comeBack = await house.database.goAway({ applicationName: "year-house" });
    const sent = house.send(workflow, act);
    await expect
      .poll(() => house.client.workflow.getHandle(workflow).query(resting))
      .toMatchObject({ idle: false });
    await comeBack();
    expect(await sent).toMatchObject({ sequence: expect.any(Number) });
    expect(await year.states(id)).toHaveProperty([items[0], "is"], "submitted");
  });
});

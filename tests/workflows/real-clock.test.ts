import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requests } from "../../db/schema/request.ts";
import { surveys } from "../../db/schema/survey.ts";
import { auditEvents } from "../../db/schema/audit.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { addSeconds, dateOf, instantOfEpochMs, type Instant } from "../../domain/time.ts";
import { advance, requestWorkflowId, surveyWorkflowId } from "../../workflows/contract.ts";
import { actingYear, reason } from "../support/acting-year.ts";
import { openInRealTime, twoAgenciesToday } from "../support/real-request.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";

let house: YearHouse;
let cycle: CycleKey;
beforeAll(async () => {
  house = await startYearHouse({ rowsByHand: true });
  cycle = await house.openYear("2014-r1", await twoAgenciesToday());
});
afterAll(() => house.stop());

const now = (): Instant => instantOfEpochMs(Date.now());
const openFor = (id: string, seconds: number) => openInRealTime(house, { cycle, id, seconds });

describe("a request on the real clock", () => {
  it("takes an answer up to its close, and no later", async () => {
    const id = "2014-r1-data-agency-1";
    const year = actingYear(house, cycle);
    const closeAt = await openFor(id, 60);
    const given = await year.answer(`${id}/drills`);
    const submit = (at: Instant) =>
      house.act(requestWorkflowId(id), "request.submit", { answers: [given] }, { at });
    expect(await submit(addSeconds(closeAt, 1))).toBe("closed");
    expect(await submit(closeAt)).toMatchObject({ hash: null });
    await year.request(id)("request.give-up", { items: [`${id}/drills`] }, { reason });
  });

  it("acts on silence by its own timer", async () => {
    const id = "2014-r1-data-agency-2";
    const closeAt = await openFor(id, 3);
    const opened = () => house.db.select().from(surveys).where(eq(surveys.request, id));
    await expect.poll(opened, { timeout: 20_000, interval: 100 }).toHaveLength(1);
    const [survey] = await opened();
    if (survey === undefined) throw new Error("no survey");
    expect(survey.cause).toBe("silence");
    expect(survey.openedAt > closeAt).toBe(true);
    expect(survey.openedAt <= addSeconds(closeAt, 15)).toBe(true);
    expect(survey.dueOn > dateOf(closeAt)).toBe(true);
    const year = actingYear(house, cycle);
    await expect
      .poll(() =>
        house.client.workflow
          .getHandle(surveyWorkflowId(survey.id))
          .describe()
          .catch(() => null),
      )
      .not.toBeNull();
    await year.survey(survey.id)("survey.stop", {}, { reason });
    await year.request(id)("request.give-up", { items: [`${id}/drills`] }, { reason });
    const [row] = await house.db.select().from(requests).where(eq(requests.id, id));
    expect(row?.is).toBe("settled");
    const events = await house.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.object, `request ${id}`));
    expect(events.map(({ action }) => action)).toEqual([
      "request.close",
      "request.survey-ended",
      "request.give-up",
    ]);
  });

  it("cannot be stepped", async () => {
    const id = "2014-r1-data-agency-3";
    await openFor(id, 600);
    const handle = house.client.workflow.getHandle(requestWorkflowId(id));
    await expect(handle.executeUpdate(advance, { args: [{ to: now() }] })).rejects.toMatchObject({
      cause: { type: "not-stepped" },
    });
    await handle.terminate();
  });
});

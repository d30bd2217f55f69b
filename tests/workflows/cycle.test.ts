import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEvents } from "../../db/schema/audit.ts";
import { cycles, findings } from "../../db/schema/cycle.ts";
import { mails } from "../../db/schema/mail.ts";
import { comments } from "../../db/schema/report.ts";
import type { ContentRef } from "../../domain/acts.ts";
import { domainsOf } from "../../domain/catalogue.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { at, instant, plainDate, plainTime } from "../../domain/time.ts";
import { cycleInputOf, cycleWorkflowId, reportWorkflowId } from "../../workflows/contract.ts";
import { actingYear, approvers, by, COLLECTION, reason, type ActingYear } from "../support/acting-year.ts";
import { twoAgencies } from "../support/two-agencies.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";

let house: YearHouse;
let plan: Plan;
beforeAll(async () => {
  [house, plan] = await Promise.all([startYearHouse(), twoAgencies()]);
});
afterAll(() => house.stop());

const evaluateAll = async (year: ActingYear): Promise<void> => {
  const entry = async (kind: "output" | "outcome", key: string) => ({
    kind,
    key,
    content: await house.store("evaluation", { rating: "as-planned", text: `${key}は順調である。` }),
  });
  const entries = [
    ...(await Promise.all(plan.measures.map(({ key }) => entry("output", key)))),
    ...(await Promise.all(domainsOf(plan).map(({ key }) => entry("outcome", key)))),
  ];
  await year.cycle("cycle.evaluate", { entries });
  await year.cycle(
    "cycle.return-evaluations",
    { entries: entries.slice(0, 1) },
    by("nisc-director", { reason }),
  );
  await year.cycle("cycle.evaluate", { entries: entries.slice(0, 1) });
  for (const { key } of domainsOf(plan))
    await year.cycle("cycle.decide-analysis", { domain: key, needed: false, content: null }, { reason });
  await year.cycle("cycle.approve-evaluations", { entries }, by("nisc-director"));
};

const compiled = async (year: ActingYear): Promise<Sha256> => {
  const { hash } = await year.report("report.compile", {});
  if (hash === null) throw new Error("a version without a hash");
  return hash;
};

const opinion = (text: string): Promise<ContentRef> =>
  house.store("comment", { opinions: [{ section: null, text, proposal: null }] });

const consultAll = async (year: ActingYear, cycle: CycleKey): Promise<void> => {
  const asked = await year.asked("consultation");
  for (const [n, { id, item }] of asked.entries())
    await year.request(id)("request.submit", {
      answers: [
        { item, says: n === 0 ? "value" : "nil", content: await opinion("表現を改められたい。"), why: null },
      ],
    });
  await house.rest(reportWorkflowId(cycle));
};

const approveReport = async (year: ActingYear, hash: Sha256): Promise<void> => {
  for (const person of approvers) await year.report("report.approve", { hash }, by(person));
};

/** How often the worker could not go on: a bug, or code that does not replay. */
const failedTasks = async (workflow: string): Promise<number> => {
  const { events } = await house.client.workflow.getHandle(workflow).fetchHistory();
  return (events ?? []).filter(({ workflowTaskFailedEventAttributes: failed }) => failed != null).length;
};

describe("a cycle on a stepped clock", () => {
  it("goes from the policy to the next plan, through every return", async () => {
    const cycle = await house.openYear("2014-r1", plan);
    const year = actingYear(house, cycle);
    await year.decidePolicy();
    expect(await house.rest(cycleWorkflowId(cycle))).toEqual({
      idle: true,
      wakesAt: "2015-04-01T00:00:00+09:00",
    });
    await year.cycle("cycle.advance", { to: COLLECTION });
    await house.rest(cycleWorkflowId(cycle));
    expect(await house.openProcesses(cycle)).toEqual([cycleWorkflowId(cycle)]);

    await year.cycle("cycle.open-requests", {});
    await year.answerAll("data");
    expect(await house.stagesOf(cycle)).toEqual(["policy", "underway", "collection"]);
    await year.answerAll("chapter");
    await house.rest(cycleWorkflowId(cycle));
    expect((await house.stagesOf(cycle)).at(-1)).toBe("evaluation");

    await evaluateAll(year);
    await house.rest(cycleWorkflowId(cycle));
    const first = await compiled(year);
    expect(await compiled(year)).toBe(first);
    await year.report("report.consult", { hash: first });
    await consultAll(year, cycle);
    const [comment] = await house.db.select().from(comments).where(eq(comments.cycle, cycle));
    if (comment === undefined) throw new Error("no comment");
    const disposed = { comments: [comment.id], disposition: "reflected", change: "改めた。" } as const;
    await year.report("report.dispose", disposed, { reason });
    const content = await house.store("edit", { text: "改めた。", againstSource: "x" });
    await year.report("report.edit", { section: "preface", content });
    const second = await compiled(year);
    await year.report("report.submit", { hash: second });
    await year.report("report.return", { hash: second }, by("nisc-counsellor", { reason }));
    await year.report("report.submit", { hash: second });
    await approveReport(year, second);
    const decision = {
      hash: second,
      meeting: "サイバーセキュリティ戦略本部",
      heldOn: plainDate("2015-04-01"),
    };
    await year.report("report.decide", { ...decision, outcome: "returned" }, { role: "recorder", reason });
    await year.report("report.submit", { hash: second });
    await approveReport(year, second);
    await year.report("report.decide", { ...decision, outcome: "decided" }, { role: "recorder" });
    await year.report("report.publish", { hash: second });
    await house.rest(cycleWorkflowId(cycle));

    const open = await house.db.select().from(findings).where(eq(findings.cycle, cycle));
    if (open.length > 0)
      await year.cycle("cycle.carry", { findings: open.map(({ id }) => id), into: "dropped" }, { reason });
    const returned = await year.cycle("cycle.write-next-plan", {});
    if (returned.hash === null) throw new Error("no plan");
    await year.cycle("cycle.return-next-plan", { hash: returned.hash }, by("nisc-counsellor", { reason }));
    const written = await year.cycle("cycle.write-next-plan", {});
    expect(written.hash).toBe(returned.hash);
    await year.cycle("cycle.approve-next-plan", { hash: returned.hash }, by("nisc-counsellor"));

    expect((await house.stagesOf(cycle)).join(" ")).toBe(
      "policy underway collection evaluation drafting consultation approval drafting approval decision " +
        "drafting approval decision publication carry-over finished",
    );
    const [row] = await house.db.select().from(cycles).where(eq(cycles.key, cycle));
    expect(row).toMatchObject({
      stage: "finished",
      nextPlan: written.hash,
      now: "2015-04-01T00:00:00+09:00",
    });
    expect((await house.client.workflow.getHandle(cycleWorkflowId(cycle)).describe()).status.name).toBe(
      "COMPLETED",
    );
    // The chase hears of it at its next tick.
    const chase = `chase-${cycle}`;
    expect(await house.openProcesses(cycle)).toEqual([chase]);
    await house.step(chase, instant("2015-04-01T09:00:00+09:00"));
    expect(await house.openProcesses(cycle)).toEqual([]);
    const letters = await house.db.select({ letter: mails.letter }).from(mails).where(eq(mails.cycle, cycle));
    expect([...new Set(letters.map(({ letter }) => letter))].toSorted().join(" ")).toBe(
      "approval-returned approval-turn consultation decided disposition inquiry notice published receipt",
    );
    expect(await failedTasks(cycleWorkflowId(cycle))).toBe(0);
    expect(await failedTasks(reportWorkflowId(cycle))).toBe(0);
  });

  it("does nothing before it is opened, and opens once, with its own plan", async () => {
    const { hash } = await house.store("plan", plan);
    const input = cycleInputOf({ cycle: "2014-r9" as CycleKey, plan, hash, stepped: true });
    const workflow = cycleWorkflowId(input.cycle);
    const { client, taskQueue } = house;
    await client.workflow.start("cycle", { workflowId: workflow, taskQueue, args: [input] });
    const content = await house.store("policy", { title: "実施方針", text: "本文" });
    const other = await house.store("plan", { ...plan, title: "別の計画" });
    expect(await house.act(workflow, "cycle.submit-policy", { content })).toBe("not-yet");
    expect(await house.act(workflow, "cycle.open", { plan: other.hash, stepped: true })).toBe(
      "other-version",
    );
    expect(await house.act(workflow, "cycle.open", { plan: hash, stepped: true })).toMatchObject({ hash });
    expect(await house.act(workflow, "cycle.open", { plan: hash, stepped: true })).toBe("already-done");
  });

  it("takes an amended plan's dates and lists", async () => {
    const cycle = await house.openYear("2014-r2", plan);
    const year = actingYear(house, cycle);
    await year.decidePolicy();
    const later: Plan = { ...plan, dates: { ...plan.dates, collectionOn: plainDate("2015-04-06") } };
    const was = (await house.store("plan", plan)).hash;
    const amended = (await house.store("plan", later)).hash;
    await year.cycle("cycle.amend", { plan: amended, was }, { reason });
    expect((await house.rest(cycleWorkflowId(cycle))).wakesAt).toBe(
      at(plainDate("2015-04-06"), plainTime("00:00")),
    );
    const [row] = await house.db.select().from(cycles).where(eq(cycles.key, cycle));
    expect(row?.plan).toBe(amended);
  });

  it("records who did what, and what the clock did", async () => {
    const events = await house.db
      .select({ action: auditEvents.action, actor: auditEvents.actor, workflow: auditEvents.workflow })
      .from(auditEvents)
      .where(eq(auditEvents.cycle, "2014-r1" as CycleKey))
      .orderBy(auditEvents.sequence);
    expect(events.slice(0, 2)).toEqual([
      { action: "cycle.open", actor: "suzuki", workflow: "cycle-2014-r1" },
      { action: "cycle.submit-policy", actor: "suzuki", workflow: "cycle-2014-r1" },
    ]);
    expect(events).toContainEqual({
      action: "cycle.begin-collection",
      actor: "clock",
      workflow: "cycle-2014-r1",
    });
  });
});

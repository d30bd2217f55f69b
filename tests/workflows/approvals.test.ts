import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approvals } from "../../db/schema/cycle.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import { personId } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { at, plainDate } from "../../domain/time.ts";
import { reportWorkflowId, type ReportInput } from "../../workflows/contract.ts";
import { actingYear, by, reason, type ActingYear } from "../support/acting-year.ts";
import { hashOf } from "../support/given-acts.ts";
import { twoAgencies } from "../support/two-agencies.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";

let house: YearHouse;
let plan: Plan;
let year: ActingYear;
let cycle: CycleKey;
let hash: Sha256;
/** A report of a year that judges nothing, with its approvers, and a deputy of the second for a week. */
beforeAll(async () => {
  const [started, whole] = await Promise.all([startYearHouse({ rowsByHand: true }), twoAgencies()]);
  house = started;
  const [first, second, ...rest] = whole.approvals.report;
  if (first === undefined || second === undefined) throw new Error("no ladder");
  const { opensOn } = whole.dates;
  const deputy = { person: personId("nisc-deputy"), from: opensOn, to: plainDate("2015-01-20") };
  plan = {
    ...whole,
    measures: [],
    areas: [],
    data: [],
    approvals: { ...whole.approvals, report: [first, { ...second, deputy }, ...rest] },
  };
  cycle = await house.openYear("2014-r1", plan);
  year = actingYear(house, cycle);
  const clock = { is: "stepped", now: at(opensOn, whole.sendWindow.from) } as const;
  const input: ReportInput = { cycle, year: plan.year, clock, approvers: plan.approvals.report };
  const workflowId = reportWorkflowId(cycle);
  const { client, taskQueue } = house;
  await client.workflow.start("report", { workflowId, taskQueue, args: [input] });
  hash = await submitted();
});
afterAll(() => house.stop());

const submitted = async (): Promise<Sha256> => {
  const { hash: compiled } = await year.report("report.compile", {});
  if (compiled === null) throw new Error("no version");
  await year.report("report.consult", { hash: compiled });
  for (const { id, item } of await year.asked("consultation")) {
    const content = await house.store("comment", { opinions: [] });
    await year.request(id)("request.submit", { answers: [{ item, says: "nil", content, why: null }] });
  }
  await house.rest(reportWorkflowId(cycle));
  await year.report("report.submit", { hash: compiled });
  return compiled;
};

const approve = (person: string, of = hash) =>
  house.act(reportWorkflowId(cycle), "report.approve", { hash: of }, by(person));
const recorded = async () => {
  const rows = await house.db
    .select({ by: approvals.by, standsInFor: approvals.standsInFor, outcome: approvals.outcome })
    .from(approvals)
    .where(eq(approvals.cycle, cycle))
    .orderBy(asc(approvals.id));
  return rows.map((row) => [row.by, row.standsInFor, row.outcome]);
};

describe("the ladder of a report", () => {
  it("counts exactly one of 32 approvals that come at once", async () => {
    const all = await Promise.all(Array.from({ length: 32 }, () => approve("nisc-counsellor")));
    expect(all.filter((result) => typeof result !== "string")).toHaveLength(1);
    expect(all.filter((result) => result === "not-your-turn")).toHaveLength(31);
    expect(await recorded()).toEqual([["nisc-counsellor", null, "approved"]]);
  });

  it("takes no other version, and nobody out of turn", async () => {
    expect(await approve("nisc-deputy-director", hashOf("別の版"))).toBe("other-version");
    expect(await approve("nisc-director")).toBe("not-your-turn");
    expect(await recorded()).toHaveLength(1);
  });

  it("lets a deputy stand in within his dates, and records both", async () => {
    expect(await approve("nisc-deputy")).toMatchObject({ hash });
    expect((await recorded()).at(-1)).toEqual(["nisc-deputy", "nisc-deputy-director", "approved"]);
  });

  it("starts anew with what comes back: earlier approvals count no more", async () => {
    await year.report("report.return", { hash }, by("nisc-director", { reason }));
    const content = await house.store("edit", { text: "改めた。", againstSource: "" });
    await year.report("report.edit", { section: "overview", content });
    const { hash: second } = await year.report("report.compile", {});
    if (second === null) throw new Error("no version");
    await year.report("report.submit", { hash: second });
    expect(await approve("nisc-director", second)).toBe("not-your-turn");
    expect(await approve("nisc-counsellor")).toBe("other-version");
    expect(await approve("nisc-counsellor", second)).toMatchObject({ hash: second });
  });
});

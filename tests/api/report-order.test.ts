import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sha256 } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { startApiYear, type ApiYear } from "../support/api-year.ts";
import {
  approvers,
  auditor,
  base,
  counsellor,
  deputy,
  director,
  meti,
  mic,
  oneMeasure,
  preparer,
  reason,
  recorder,
  reportYear,
} from "../support/report-year.ts";

/** From evaluation to the next year's plan over HTTP, and whatever comes in bad order on the way. */

let api: ApiYear;
let plan: Plan;
let year: ReturnType<typeof reportYear>;
beforeAll(async () => {
  api = await startApiYear();
  plan = oneMeasure(api.plan);
  year = reportYear(api, plan);
}, 180_000);
afterAll(() => api.stop(), 60_000);

let first: Sha256;
let second: Sha256;
let third: Sha256;
let fourth: Sha256;
let planned: Sha256;

describe("the report in bad order", { timeout: 120_000 }, () => {
  it("is drafted once all is judged; an old version goes to nobody", async () => {
    const { hash } = (await api.post(preparer, "/plans", plan)).json();
    expect((await api.post(preparer, "/cycles", { plan: hash, rehearsal: true })).statusCode).toBe(200);
    // Nobody has begun a report yet: no act waits for one.
    await year.refuses([409, "wrong-stage"], [preparer, "/report/publication", { hash }]);
    const policy = await year.done(preparer, `${base}/policy`, { title: "実施方針", text: "本文" });
    for (const approver of approvers) await year.done(approver, `${base}/policy/approval`, { hash: policy });
    const held = { outcome: "decided", meeting: "情報セキュリティ政策会議第43回会合", heldOn: "2015-01-13" };
    await year.done(recorder, `${base}/policy/decision`, { ...held, hash: policy });
    await api.post(preparer, `${base}/advance`, {});
    await year.done(preparer, `${base}/requests`, {});
    await year.settle();
    await api.house.rest("cycle-2014-r1");
    await year.evaluate();
    await api.house.rest("cycle-2014-r1");
    first = await year.compile();
    await year.edit("加筆した。");
    second = await year.compile();
    await year.refuses([409, "other-version"], [preparer, "/report/consultation", { hash: first }]);
    await year.refuses([409, "consultation-missing"], [preparer, "/report/submission", { hash: second }]);
    await year.refuses([409, "wrong-stage"], [preparer, "/report/publication", { hash: second }]);
    await year.refuses([409, "wrong-stage"], [counsellor, "/report/approval", { hash: second }]);
  });

  it("says what changed from one version to another, and why", async () => {
    const diff = await api.get(preparer, `${base}/report/diff?from=${first}&to=${second}`);
    expect(diff.json()).toMatchObject({
      from: first,
      to: second,
      changes: [{ is: "changed", section: "overview", after: ["加筆した。"], causes: [{ is: "edited" }] }],
    });
    const unknown = "0".repeat(64);
    expect((await api.get(preparer, `${base}/report/diff?from=${unknown}&to=${second}`)).statusCode).toBe(
      404,
    );
    expect((await api.get(meti, `${base}/report/diff?from=${first}&to=${second}`)).statusCode).toBe(403);
  });

  it("is left with every comment disposed of once, with its change; a ministry sees its own", async () => {
    await year.consultOn(second, 1, [
      { section: `measure-${plan.measures[0]?.key}`, text: "表現を改められたい。", proposal: "推進した。" },
    ]);
    const { comments } = (await api.get(meti, `${base}/comments`)).json();
    const [comment] = comments;
    const dispose = { comments: [comment.id], disposition: "partly-reflected", reason };
    await year.refuses([409, "not-all-disposed"], [preparer, "/report/submission", { hash: second }]);
    await year.refuses([409, "not-all-disposed"], [preparer, "/report/consultation", { hash: second }]);
    await year.refuses([422, "change-missing"], [preparer, "/report/dispositions", dispose]);
    const change = "「推進した」に改めた。";
    await year.done(preparer, `${base}/report/dispositions`, { ...dispose, change, nextYear: true });
    await year.refuses([409, "already-done"], [preparer, "/report/dispositions", { ...dispose, change }]);
    expect((await api.get(meti, `${base}/comments`)).json().comments).toMatchObject([
      { disposition: "partly-reflected", change, nextYear: true, reason },
    ]);
    expect((await api.get(mic, `${base}/comments`)).json()).toEqual({ comments: [] });
  });

  it("goes round again", async () => {
    await year.edit("意見を反映した。");
    third = await year.compile();
    await year.consultOn(third, 2, []);
    expect((await api.get(preparer, `${base}/report`)).json()).toMatchObject({ round: 2 });
    await year.done(preparer, `${base}/report/submission`, { hash: third });
  });

  it("is approved in order, on its hash, once", async () => {
    await year.refuses([409, "wrong-stage"], [preparer, "/report/submission", { hash: third }]);
    await year.refuses([409, "other-version"], [counsellor, "/report/approval", { hash: second }]);
    await year.refuses([409, "not-your-turn"], [director, "/report/approval", { hash: third }]);
    const held = { outcome: "decided", meeting: "本部第2回会合", heldOn: "2015-04-01" };
    await year.refuses([409, "wrong-stage"], [recorder, "/report/decision", { ...held, hash: third }]);
    const all = await Promise.all(
      Array.from({ length: 32 }, () => api.post(counsellor, `${base}/report/approval`, { hash: third })),
    );
    // The engine takes so many at a time; of the others, the one that approves perhaps among them, it is kept that they
    // were sent.
    const statuses = all.map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => ![200, 202, 409].includes(status))).toEqual([]);
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
    const approvals = async () => (await api.get(auditor, `${base}/reviews`)).json().approvals;
    await expect
      .poll(async () => (await approvals()).filter(({ hash }: { hash: string }) => hash === third))
      .toHaveLength(1);
  });

  it("comes back with a reason, and its approvals are seen to count no more", async () => {
    await year.refuses([422, "invalid-body"], [deputy, "/report/return", { hash: third }]);
    await year.done(deputy, `${base}/report/return`, { hash: third, reason });
    await year.edit("差戻しを受けて改めた。");
    fourth = await year.compile();
    await year.done(preparer, `${base}/report/submission`, { hash: fourth });
    await year.refuses([409, "other-version"], [counsellor, "/report/approval", { hash: third }]);
    const { approvals } = (await api.get(auditor, `${base}/reviews`)).json();
    expect(
      approvals
        .filter(({ subject }: { subject: string }) => subject === "report")
        .map(({ outcome, counts }: { outcome: string; counts: boolean }) => [outcome, counts]),
    ).toEqual([
      ["approved", false],
      ["returned", false],
    ]);
    for (const approver of approvers) await year.done(approver, `${base}/report/approval`, { hash: fourth });
  });

  it("is decided once, as who decided was named then, and then published as it was decided", async () => {
    const held = { outcome: "decided-with-changes", meeting: "第２回会合", heldOn: "2015-04-01", reason };
    await year.refuses([409, "wrong-stage"], [preparer, "/report/publication", { hash: fourth }]);
    await year.refuses([409, "other-version"], [recorder, "/report/decision", { ...held, hash: third }]);
    await year.refuses([403, "forbidden"], [preparer, "/report/decision", { ...held, hash: fourth }]);
    await year.done(recorder, `${base}/report/decision`, { ...held, hash: fourth });
    await year.refuses([409, "wrong-stage"], [recorder, "/report/decision", { ...held, hash: fourth }]);
    await year.refuses([409, "other-version"], [preparer, "/report/publication", { hash: third }]);
    const { decisions } = (await api.get(auditor, `${base}/reviews`)).json();
    expect(decisions.at(-1)).toMatchObject({
      meeting: "第２回会合",
      number: 2,
      body: "サイバーセキュリティ戦略本部",
      outcome: "decided-with-changes",
      reason,
    });
    await year.done(preparer, `${base}/report/publication`, { hash: fourth });
    await api.house.rest("cycle-2014-r1");
    await year.refuses([409, "closed"], [preparer, "/report/publication", { hash: fourth }]);
  });

  it("has a mistake of its record corrected by a record, of the recorder alone", async () => {
    const { decisions } = (await api.get(recorder, `${base}/reviews`)).json();
    const { id } = decisions.at(-1);
    const correction = { of: "decision", corrects: id, text: "第３回会合", reason: "誤記のため。" };
    await year.refuses([403, "forbidden"], [preparer, "/reviews/corrections", correction]);
    await year.refuses([403, "forbidden"], ["nisc-admin-2 admin", "/reviews/corrections", correction]);
    await year.refuses(
      [404, "not-found"],
      [recorder, "/reviews/corrections", { ...correction, corrects: 9999 }],
    );
    await year.done(recorder, `${base}/reviews/corrections`, correction);
    const after = (await api.get(recorder, `${base}/reviews`)).json().decisions.at(-1);
    expect(after).toMatchObject({ ...decisions.at(-1), corrections: [{ text: "第３回会合" }] });
  });
});

describe("the next year's plan in bad order", { timeout: 120_000 }, () => {
  it("is written once everything is carried, and approved by another on its hash", async () => {
    const approve = (hash: Sha256) => [counsellor, "/next-plan/approval", { hash }] as const;
    await year.refuses([409, "not-submitted"], approve(fourth));
    await year.refuses([409, "not-all-carried"], [preparer, "/next-plan", {}]);
    const { findings } = (await api.get(preparer, `${base}/findings`)).json();
    expect(findings.map(({ cause }: { cause: string }) => cause)).toContain("comment");
    const ids = findings.map(({ id }: { id: string }) => id);
    await year.refuses(
      [422, "reason-missing"],
      [preparer, "/findings/carry", { findings: ids, into: "next", followUp: "modify" }],
    );
    await year.done(preparer, `${base}/findings/carry`, {
      findings: ids,
      into: "next",
      followUp: "modify",
      reason,
    });
    const { hash: thisYears } = (await api.post(preparer, "/plans", plan)).json();
    await year.refuses([422, "not-next-year"], [preparer, "/next-plan", { plan: thisYears }]);
    planned = await year.done(preparer, `${base}/next-plan`, {});
    await year.refuses([409, "already-done"], [preparer, "/next-plan", {}]);
    await year.refuses([409, "other-version"], approve(fourth));
    await year.refuses([403, "forbidden"], [preparer, "/next-plan/approval", { hash: planned }]);
    const shown = (await api.get(counsellor, `${base}/next-plan`)).json();
    expect(shown).toMatchObject({
      plan: planned,
      approved: null,
      changes: [{ change: "modified", findings: expect.arrayContaining(ids.slice(0, 1)), note: reason }],
    });
    await year.done(counsellor, `${base}/next-plan/approval`, { hash: planned });
    expect((await api.get(auditor, base)).json()).toMatchObject({ stage: "finished", nextPlan: planned });
  });

  it("opens as the next cycle, in which the year before is read as it was decided", async () => {
    const opened = await api.post(preparer, "/cycles", { plan: planned, rehearsal: true });
    expect(opened.json()).toMatchObject({ cycle: "2015-r1" });
    const { years } = (await api.get(auditor, "/cycles/2015-r1/years")).json();
    expect(years).toMatchObject([{ cycle: "2014-r1", year: 2014, version: fourth, decision: { number: 2 } }]);
    const [measure] = plan.measures;
    const key = encodeURIComponent(measure?.key ?? "");
    const through = await api.get(auditor, `/cycles/2015-r1/years/comparison?kind=output&key=${key}`);
    expect(through.json()).toMatchObject({
      rating: null,
      earlier: [{ cycle: "2014-r1", keys: [measure?.key], comparable: true }],
    });
  });
});

import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluationsOf } from "../../db/queries/evaluations.ts";
import { reportRecord } from "../../db/queries/report-record.ts";
import { mails } from "../../db/schema/mail.ts";
import { answers, items } from "../../db/schema/request.ts";
import type { EvaluationEntry } from "../../domain/acts.ts";
import type { Says } from "../../domain/says.ts";
import { domainsOf } from "../../domain/catalogue.ts";
import { evidenceOf, proposeEvidence } from "../../domain/evidence.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { EvaluationKind, Plan } from "../../domain/plan.ts";
import { cycleWorkflowId, reportWorkflowId } from "../../workflows/contract.ts";
import { actingYear, by, reason, type ActingYear } from "../support/acting-year.ts";
import { fy2014 } from "../support/scene.ts";
import { smallYear } from "../support/small-year.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";

let house: YearHouse;
let plan: Plan;
let cycle: CycleKey;
let year: ActingYear;
beforeAll(async () => {
  const [started, whole] = await Promise.all([startYearHouse(), fy2014()]);
  house = started;
  const small = smallYear(whole);
  const measures = small.measures.slice(0, 3);
  const kept = new Set(measures.flatMap(({ indicators }) => indicators.map(({ key }) => key)));
  const data = small.data
    .map((datum) => ({
      ...datum,
      indicators: datum.indicators.filter((key) => kept.has(key)),
      owners: datum.owners.slice(0, 1),
    }))
    .filter(({ indicators }) => indicators.length > 0);
  plan = { ...small, measures, data, delegated: [], chapters: small.chapters.slice(0, 1) };
  cycle = await house.openYear("2014-r1", plan);
  year = actingYear(house, cycle);
  await year.openRequests();
  await year.answerAll("data");
  await year.answerAll("chapter");
  await house.rest(cycleWorkflowId(cycle));
});
afterAll(() => house.stop());

const evaluate = async (
  wanted: readonly (readonly [EvaluationKind, string])[],
): Promise<EvaluationEntry[]> => {
  const propose = proposeEvidence(await reportRecord(house.db, cycle));
  const entries = await Promise.all(
    wanted.map(async ([kind, key]) => {
      const evidence = propose(kind, key).map(evidenceOf);
      return {
        kind,
        key,
        content: await house.store("evaluation", { rating: "as-planned", text: `${key}は順調。`, evidence }),
      };
    }),
  );
  await year.cycle("cycle.evaluate", { entries });
  return entries;
};
const everything = (): readonly (readonly [EvaluationKind, string])[] => [
  ...plan.measures.map(({ key }) => ["output", String(key)] as const),
  ...domainsOf(plan).map(({ key }) => ["outcome", key] as const),
];
const standing = async () =>
  Object.fromEntries(
    (await evaluationsOf(house.db, cycle)).map(({ kind, key, is }) => [`${kind}:${key}`, is]),
  );
const compiled = async (): Promise<Sha256> => {
  const { hash } = await year.report("report.compile", {});
  if (hash === null) throw new Error("no version");
  return hash;
};

const correction = async (item: string, was: Sha256 | null, says: Says = "value") => ({
  answer: {
    item,
    says,
    why: null,
    content: await house.store("answer", { number: 5, unit: "回", text: "訂正" }),
  },
  was,
});
const settledHash = async (item: string): Promise<Sha256> => {
  const [row] = await house.db.select().from(items).where(eq(items.id, item));
  if (row === undefined || !("answer" in row.state)) throw new Error("not answered");
  return row.state.answer.content.hash;
};
const refusedAs = (args: Awaited<ReturnType<typeof correction>>, why: string | null = reason) =>
  house.act(cycleWorkflowId(cycle), "cycle.correct", args, { reason: why });

describe("a correction", () => {
  it("of data nobody has judged by re-opens nothing", async () => {
    const [asked] = await year.asked("data");
    if (asked === undefined) throw new Error("nothing was asked");
    const { item } = asked;
    await year.cycle("cycle.correct", await correction(item, await settledHash(item)), { reason });
    const versions = await house.db
      .select({ version: answers.version })
      .from(answers)
      .where(eq(answers.item, item))
      .orderBy(desc(answers.version));
    expect(versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(await standing()).toEqual({});
  });

  it("is refused without a reason, of another version, of what was never asked, and as no settled answer", async () => {
    const [asked] = await year.asked("data");
    const item = asked?.item ?? "";
    const was = await settledHash(item);
    const right = await correction(item, was);
    expect(await refusedAs(right, null)).toBe("reason-missing");
    expect(await refusedAs({ ...right, was: null })).toBe("other-version");
    expect(await refusedAs(await correction("2014-r1-data-nobody/x", was))).toBe("unknown-item");
    expect(await refusedAs(await correction(item, was, "provisional"))).toBe("data-only");
    expect(await settledHash(item)).toBe(was);
  });

  it("re-opens exactly the judgements that rest on it, says so, and moves nothing else", async () => {
    const entries = await evaluate(everything());
    await year.cycle("cycle.approve-evaluations", { entries }, by("nisc-director"));
    for (const { key } of domainsOf(plan))
      await year.cycle("cycle.decide-analysis", { domain: key, needed: false, content: null }, { reason });
    await house.rest(cycleWorkflowId(cycle));
    expect((await house.stagesOf(cycle)).at(-1)).toBe("drafting");
    const propose = proposeEvidence(await reportRecord(house.db, cycle));
    const [first] = plan.measures;
    const item = first === undefined ? "" : (propose("output", first.key)[0]?.item ?? "");
    const resting = everything().filter(([kind, key]) => propose(kind, key).some((one) => one.item === item));
    expect(resting.length).toBeGreaterThan(1);
    expect(resting.length).toBeLessThan(everything().length);
    await year.cycle("cycle.correct", await correction(item, await settledHash(item)), { reason });
    const open = Object.entries(await standing())
      .filter(([, is]) => is === "reopened")
      .map(([id]) => id);
    expect(open.toSorted()).toEqual(resting.map(([kind, key]) => `${kind}:${key}`).toSorted());
    expect(Object.values(await standing()).filter((is) => is === "approved")).toHaveLength(
      everything().length - resting.length,
    );
    expect((await house.stagesOf(cycle)).at(-1)).toBe("drafting");
    const told = await house.db.select().from(mails).where(eq(mails.letter, "notice"));
    expect(told.filter(({ text }) => text.includes(`評価${resting.length}件`))).not.toEqual([]);
  });

  it("keeps a version that prints open judgements from being submitted, until they are made again", async () => {
    const early = await compiled();
    await year.report("report.consult", { hash: early });
    for (const { id, item } of await year.asked("consultation"))
      await year.request(id)("request.submit", {
        answers: [{ item, says: "nil", content: await house.store("comment", { opinions: [] }), why: null }],
      });
    await house.rest(reportWorkflowId(cycle));
    const submit = (hash: Sha256) => house.act(reportWorkflowId(cycle), "report.submit", { hash });
    expect(await submit(early)).toBe("not-all-evaluated");
    const untouched = everything().filter(
      ([kind, key]) => kind === "output" && key !== plan.measures[0]?.key,
    );
    const approved = await Promise.all(
      untouched.slice(0, 1).map(async ([kind, key]) => ({
        kind,
        key,
        content: await house.store("evaluation", { rating: "as-planned", text: "改めて" }),
      })),
    );
    expect(await house.act(cycleWorkflowId(cycle), "cycle.evaluate", { entries: approved })).toBe(
      "wrong-stage",
    );
    const open = Object.entries(await standing()).filter(([, is]) => is === "reopened");
    const entries = await evaluate(
      everything().filter(([kind, key]) => open.some(([id]) => id === `${kind}:${key}`)),
    );
    expect(
      await house.act(cycleWorkflowId(cycle), "cycle.approve-evaluations", { entries }, { person: "suzuki" }),
    ).toBe("contributed");
    await year.cycle("cycle.approve-evaluations", { entries }, by("nisc-director"));
    const late = await compiled();
    expect(late).not.toBe(early);
    expect(await submit(late)).toMatchObject({ hash: late });
    const [asked] = await year.asked("data");
    const item = asked?.item ?? "";
    expect(await refusedAs(await correction(item, await settledHash(item)))).toBe("wrong-stage");
  });
});

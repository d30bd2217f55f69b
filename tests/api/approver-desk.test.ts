import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { compileActivities } from "../../activities/compile.ts";
import { storeSettledYear } from "../../bench/settled-year.ts";
import type { Db } from "../../db/client.ts";
import { storeContent, type ContentBodies, type ContentKind } from "../../db/content.ts";
import { acts, people } from "../../db/schema/acts.ts";
import { approvals, cycles, submissions } from "../../db/schema/cycle.ts";
import { evaluations } from "../../db/schema/evaluation.ts";
import { edits, versions } from "../../db/schema/report.ts";
import type { Stage } from "../../domain/cycle.ts";
import { personId, type Sha256 } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import {
  actor,
  asPreparer,
  resetScreens,
  startScreens,
  type ScreensService,
} from "../support/screens-service.ts";
import { now, rehearsal } from "../support/screens-year.ts";

/**
 * 決裁者の画面: what is before him, by its hash; how it differs from what was approved or returned before, and why; who
 * had a hand in it; and that he approves that very version or returns it with a reason.
 */

const cycle = rehearsal;
const preparer = asPreparer.person;
const asApprover = actor("nisc-counsellor", "approver", "nisc");
const of = { cycle, by: preparer, at: now };
const MEASURE = "1-1-1-ア";

let service: ScreensService;
/** What waits, and what it is held against. */
const waiting: Record<"policy" | "report" | "evaluation" | "next-plan", Sha256> = {} as never;
const before: typeof waiting = {} as never;

const store = <Kind extends ContentKind>(db: Db, kind: Kind, body: ContentBodies[Kind]) =>
  storeContent(db, { kind, body, storedBy: preparer, storedAt: now });

const submitted = async (
  db: Db,
  subject: "policy" | "report" | "next-plan",
  hash: Sha256,
  content: string,
) => {
  await db.insert(submissions).values({ ...of, subject, hash, content });
};
const reviewed = async (
  db: Db,
  subject: "policy" | "report" | "next-plan",
  hash: Sha256,
  outcome: "approved" | "returned",
) => {
  const reason = outcome === "returned" ? "要約を付すこと。" : null;
  await db
    .insert(approvals)
    .values({ cycle, subject, hash, outcome, reason, by: asApprover.person, at: now });
};

const storePolicy = async (db: Db): Promise<void> => {
  const title = "実施方針";
  const older = await store(db, "policy", { title, text: "目的を述べる。\n全てを評価する。" });
  const newer = await store(db, "policy", { title, text: "目的を述べる。\n重要なものを評価する。" });
  await submitted(db, "policy", older.hash, older.id);
  await reviewed(db, "policy", older.hash, "returned");
  await submitted(db, "policy", newer.hash, newer.id);
  [before.policy, waiting.policy] = [older.hash, newer.hash];
};

const storeReport = async (db: Db): Promise<void> => {
  const { compileVersion } = compileActivities({ db, clock: () => now, beat: () => {} });
  const compiled = async (number: number) => {
    const { content } = await compileVersion({ cycle, now });
    await db.insert(versions).values({ ...of, number, content: content.id, hash: content.hash });
    return content;
  };
  const older = await compiled(1);
  const edit = await store(db, "edit", { text: "総論に加筆した。", againstSource: "" });
  await db.insert(edits).values({ ...of, section: "overview", content: edit.id });
  const newer = await compiled(2);
  await submitted(db, "report", older.hash, older.id);
  await reviewed(db, "report", older.hash, "approved");
  await submitted(db, "report", newer.hash, newer.id);
  [before.report, waiting.report] = [older.hash, newer.hash];
};

/** Approved, reopened, and written anew by another preparer. */
const storeEvaluation = async (db: Db, plan: Plan): Promise<void> => {
  const [older, newer] = [
    await store(db, "evaluation", {
      rating: plan.scales.output[0]?.key ?? "",
      text: "計画した。\n実施した。",
    }),
    await store(db, "evaluation", { rating: plan.scales.output[1]?.key ?? "", text: "計画した。\n遅れた。" }),
  ];
  const judged = { ...of, kind: "output" as const, key: MEASURE };
  for (const is of [
    { ...older, is: "drafted" },
    { ...older, is: "approved" },
    { ...newer, is: "drafted" },
  ] as const)
    await db.insert(evaluations).values({ ...judged, is: is.is, content: is.id, hash: is.hash });
  [before.evaluation, waiting.evaluation] = [older.hash, newer.hash];
};

const storeNextPlan = async (db: Db, plan: Plan): Promise<void> => {
  const [first, ...rest] = plan.measures;
  if (first === undefined) throw new Error("no measure");
  const next = (name: string): Plan => ({
    ...plan,
    measures: [{ ...first, name }, ...rest],
    lineage: [
      { measure: first.key, from: [first.key], change: "modified", findings: [], sources: [], note: null },
    ],
  });
  const older = await store(db, "plan", next("前の案の名称"));
  const newer = await store(db, "plan", next("新しい案の名称"));
  await submitted(db, "next-plan", older.hash, older.id);
  await reviewed(db, "next-plan", older.hash, "returned");
  await submitted(db, "next-plan", newer.hash, newer.id);
  await db.update(cycles).set({ nextPlan: newer.hash }).where(eq(cycles.key, cycle));
  [before["next-plan"], waiting["next-plan"]] = [older.hash, newer.hash];
};

beforeAll(async () => {
  service = await startScreens(
    (plan) => plan,
    async (db, plan) => {
      await db
        .insert(people)
        .values(plan.people.map((row) => ({ ...row, contact: [...row.contact], staff: [...row.staff] })));
      await storeSettledYear(db, { cycle, plan, at: now });
      await storePolicy(db);
      await storeReport(db);
      await storeEvaluation(db, plan);
      await storeNextPlan(db, plan);
    },
  );
});
afterAll(() => service.stop());
beforeEach(() => {
  resetScreens(service);
  service.settings.reader = asApprover;
});

const standsAt = (stage: Stage) => service.db.update(cycles).set({ stage }).where(eq(cycles.key, cycle));
const page = async (path: string): Promise<string> => {
  const { statusCode, body } = await service.app.inject({ url: `/cycles/${cycle}/${path}` });
  expect(statusCode).toBe(200);
  return body;
};
/** The line as the newer text has it, or had it. */
const added = (text: string): RegExp => new RegExp(`追加</span> <ins>[^<]*${text}`);
const removed = (text: string): RegExp => new RegExp(`削除</span> <del>[^<]*${text}`);

const send = async (path: string, fields: Readonly<Record<string, string>>) =>
  service.app.inject({
    method: "POST",
    url: `/cycles/${cycle}/${path}/review`,
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    payload: new URLSearchParams({ key: crypto.randomUUID(), ...fields }).toString(),
  });
const lastAct = async (name: string) => {
  const all = await service.db.select().from(acts);
  return all.find((row) => row.act?.name === name)?.act;
};

const subjects = [
  ["policy", "policy", "policy", "cycle.approve-policy", "cycle.return-policy"],
  ["report", "report", "approval", "report.approve", "report.return"],
  ["next-plan", "next-plan", "carry-over", "cycle.approve-next-plan", "cycle.return-next-plan"],
] as const;

describe.each(subjects)("whoever approves the %s", (subject, path, stage, approve, giveBack) => {
  beforeEach(() => standsAt(stage));

  it("sees the version by its hash, what it is held against, and who prepared it", async () => {
    const body = await page(path);
    expect(body).toContain(`<code>${waiting[subject]}</code>`);
    expect(body).toContain(`<code>${before[subject]}</code>`);
    expect(body).toMatch(
      subject === "report" ? /前に承認された版からの変更/ : /前に差し戻された版からの変更/,
    );
    expect(body).toContain("作成に関わった人：佐藤 一郎");
  });

  it("approves that very version", async () => {
    expect(await page(path)).toContain(`name="hash" value="${waiting[subject]}"`);
    const reply = await send(path, { hash: waiting[subject], do: "approve" });
    expect(reply.statusCode).toBe(303);
    expect(await lastAct(approve)).toMatchObject({ args: { hash: waiting[subject] }, actor: asApprover });
  });

  it("returns it with a reason, and not without one", async () => {
    const without = await send(path, { hash: waiting[subject], do: "return", reason: "" });
    expect(without.statusCode).toBe(422);
    expect(without.body).toContain("差戻しの理由を記入してください。");
    const reason = "根拠を明記すること。";
    const reply = await send(path, { hash: waiting[subject], do: "return", reason });
    expect(reply.statusCode).toBe(303);
    expect(await lastAct(giveBack)).toMatchObject({ args: { hash: waiting[subject] }, reason });
  });
});

describe.each(subjects.slice(0, 2))("whose turn it is not yet with the %s", (_subject, path, stage) => {
  it("reads it and has no form", async () => {
    await standsAt(stage);
    service.settings.reader = actor("nisc-director", "approver", "nisc");
    expect(await page(path)).not.toContain("差し戻す</button>");
  });
});

describe("what has changed", () => {
  it("stands line by line: of the policy", async () => {
    await standsAt("policy");
    const body = await page("policy");
    expect(body).toMatch(removed("全てを評価する。"));
    expect(body).toMatch(added("重要なものを評価する。"));
  });

  it("stands section by section with its cause: of the report", async () => {
    await standsAt("approval");
    const body = await page("report");
    expect(body).toContain("新旧対照（1箇所）");
    expect(body).toMatch(/変更<\/span> 第1章　総論/);
    expect(body).toMatch(/変わった理由.*加筆.*nisc-preparer-1.*総論に加筆した。/s);
  });

  it("stands line by line: of the list of changes to the plan", async () => {
    await standsAt("carry-over");
    const body = await page("next-plan");
    expect(body).toMatch(removed("[^<]*前の案の名称"));
    expect(body).toMatch(added("[^<]*新しい案の名称"));
  });
});

describe("whoever approves evaluations", () => {
  const path = `evaluations?domain=1-1`;
  const box = async (): Promise<string> => {
    const value = new RegExp(`name="entries" value="(output ${MEASURE} [^"]+)"`).exec(await page(path))?.[1];
    return value ?? "";
  };
  beforeEach(() => standsAt("evaluation"));

  it("sees the text by its hash, who wrote it, and what is new in it since it was approved", async () => {
    const body = await page(path);
    expect(body).toContain(`<code>${waiting.evaluation}</code>`);
    expect(body).toContain("記入：佐藤 一郎");
    expect(body).toMatch(/前に承認された版からの変更/);
    expect(body).toContain(`<code>${before.evaluation}</code>`);
    expect(body).toMatch(removed("実施した。"));
    expect(body).toMatch(added("遅れた。"));
    expect(body).toMatch(added("計画どおり"));
  });

  const named = () => ({
    entries: [{ kind: "output", key: MEASURE, content: { hash: waiting.evaluation } }],
  });

  it("approves that very text", async () => {
    const entries = await box();
    expect(entries).toContain(waiting.evaluation);
    expect((await send("evaluations", { entries, do: "approve" })).statusCode).toBe(303);
    expect((await lastAct("cycle.approve-evaluations"))?.args).toMatchObject(named());
  });

  it("returns it with a reason, and not without one", async () => {
    const entries = await box();
    const without = await send("evaluations", { entries, do: "return", reason: "", domain: "1-1" });
    expect(without.statusCode).toBe(422);
    expect(without.body).toContain("差戻しの理由を記入してください。");
    const reason = "根拠を明記すること。";
    expect((await send("evaluations", { entries, do: "return", reason })).statusCode).toBe(303);
    expect(await lastAct("cycle.return-evaluations")).toMatchObject({ args: named(), reason });
  });

  it("can't approve what he wrote", async () => {
    service.settings.reader = { ...asApprover, person: personId(preparer) };
    expect(await box()).toBe("");
  });
});

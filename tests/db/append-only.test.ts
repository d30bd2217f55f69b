import { getTableName, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addApproval, addDecision } from "../../db/commands/approval.ts";
import { addCorrection } from "../../db/commands/corrections.ts";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { reviewsOf } from "../../db/queries/reviews.ts";
import { contents } from "../../db/schema/content.ts";
import { approvals, corrections, decisions, submissions } from "../../db/schema/cycle.ts";
import { evaluations } from "../../db/schema/evaluation.ts";
import { publications, versions } from "../../db/schema/report.ts";
import { answers } from "../../db/schema/request.ts";
import { cycleKey, personId } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { hashOf } from "../support/given-acts.ts";
import { reportPlan } from "../support/report-plan.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

const kept = [
  approvals,
  decisions,
  corrections,
  submissions,
  versions,
  publications,
  contents,
  answers,
  evaluations,
].map((table) => getTableName(table));

let database: ScratchDatabase;
let db: Db;
beforeAll(async () => {
  database = await startScratchDatabase();
  db = makeDb({ url: database.url, applicationName: "test" });
});
afterAll(async () => {
  await closeDb(db);
  await database.stop();
});

const failure = async (statement: string): Promise<string> => {
  const error: unknown = await db.execute(sql.raw(statement)).catch((caught: unknown) => caught);
  return error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
};

describe.each(kept)("%s", (table) => {
  it("are never changed, deleted or emptied, not even by their owner", async () => {
    const [column] = await db.execute<{ name: string }>(
      sql`select column_name as name from information_schema.columns where table_name = ${table} limit 1`,
    );
    const refusal = (verb: string) => `the record is append-only: ${verb} on ${table} is refused`;
    expect(await failure(`update "${table}" set "${column?.name}" = "${column?.name}"`)).toBe(
      refusal("UPDATE"),
    );
    expect(await failure(`delete from "${table}"`)).toBe(refusal("DELETE"));
    expect(await failure(`truncate "${table}"`)).toBe(refusal("TRUNCATE"));
  });
});

describe("the record of approvals and decisions", () => {
  const cycle = cycleKey("2014");
  const [first, second] = [hashOf("第1版"), hashOf("第2版")];
  const person = (id: string) => personId(id);
  const plan: Plan = {
    ...reportPlan,
    approvals: {
      policy: [],
      report: [
        { title: "参事官", person: person("sato") },
        { title: "センター長", person: person("ito") },
      ],
    },
    headquarters: [
      { name: "情報セキュリティ政策会議", from: plainDate("2005-05-30"), to: plainDate("2015-01-09") },
      { name: "サイバーセキュリティ戦略本部", from: plainDate("2015-01-09") },
    ],
  };
  const made = (by: string, reason: string | null = null) => ({
    cycle,
    by: person(by),
    reason,
    now: instant("2015-06-25T10:00:00+09:00"),
  });

  it("shows which approvals still count, both names of a deputy's, and the body's name on the day", async () => {
    const report = { cycle, subject: "report", content: null, by: person("suzuki") } as const;
    const at = instant("2015-06-20T10:00:00+09:00");
    const approve = (hash: typeof first, by: string, standsInFor: string | null = null) =>
      db.transaction((tx) =>
        addApproval(tx, made(by), {
          subject: "report",
          hash,
          outcome: "approved",
          standsInFor: standsInFor === null ? null : person(standsInFor),
        }),
      );
    await db.insert(submissions).values({ ...report, hash: first, at });
    await approve(first, "sato");
    await db.transaction((tx) =>
      addApproval(tx, made("ito", "表現"), {
        subject: "report",
        hash: first,
        outcome: "returned",
        standsInFor: null,
      }),
    );
    await db.insert(submissions).values({ ...report, hash: second, at });
    await approve(second, "sato");
    await approve(second, "kato", "ito");
    const decision = { subject: "report", hash: second, outcome: "decided", meeting: "第２回会合" } as const;
    for (const heldOn of ["2014-11-25", "2015-06-25"].map(plainDate))
      await db.transaction((tx) => addDecision(tx, made("recorder"), { ...decision, heldOn }));
    const shown = await reviewsOf(db, { cycle, plan });
    expect(
      shown.approvals.map(({ by, standsInFor, outcome, counts }) => [by, standsInFor, outcome, counts]),
    ).toEqual([
      ["sato", null, "approved", false],
      ["ito", null, "returned", false],
      ["sato", null, "approved", true],
      ["kato", "ito", "approved", true],
    ]);
    expect(shown.decisions.map(({ body }) => body)).toEqual([
      "情報セキュリティ政策会議",
      "サイバーセキュリティ戦略本部",
    ]);
  });

  it("puts what is wrong beside it, linked to it, and leaves it as it was", async () => {
    const before = await reviewsOf(db, { cycle, plan });
    const [wrong] = before.decisions;
    const said = {
      text: "開催日は2015年6月25日である。",
      reason: "議事録との照合による。",
      by: person("recorder"),
      at: instant("2015-07-01T10:00:00+09:00"),
    };
    await db.transaction((tx) =>
      addCorrection(tx, { cycle, of: "decision", corrects: wrong?.id ?? 0, ...said }),
    );
    const after = await reviewsOf(db, { cycle, plan });
    expect(after.decisions[0]?.corrections).toMatchObject([said]);
    expect(after.decisions.map(({ corrections: _corrections, ...rest }) => rest)).toEqual(
      before.decisions.map(({ corrections: _corrections, ...rest }) => rest),
    );
    expect(after.approvals).toEqual(before.approvals);
  });
});

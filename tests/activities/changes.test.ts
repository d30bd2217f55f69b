import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Change } from "../../activities/contract.ts";
import {
  approvals,
  cycles,
  decisions,
  findings,
  processes,
  stageEntries,
  submissions,
} from "../../db/schema/cycle.ts";
import { analyses, evaluations } from "../../db/schema/evaluation.ts";
import { comments, edits, versions } from "../../db/schema/report.ts";
import { answers, items } from "../../db/schema/request.ts";
import { surveys } from "../../db/schema/survey.ts";
import type { ContentRef } from "../../domain/acts.ts";
import { organisationId, personId, sha256 } from "../../domain/ids.ts";
import { plainDate } from "../../domain/time.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import {
  at,
  CYCLE,
  itemsOfRequest,
  preparer,
  requestRow,
  startYearDesk,
  type YearDesk,
} from "../support/year-desk.ts";

const NOW = at("2015-05-20T10:00:00");
const MOD = "2014-data-mod";
const hash = sha256("a".repeat(64));
let database: ScratchDatabase;
let desk: YearDesk;
let content: ContentRef;
beforeAll(async () => {
  database = await startScratchDatabase();
  desk = await startYearDesk(database.url);
});
afterAll(async () => {
  await desk.close();
  await database.stop();
});
beforeEach(async () => {
  await desk.openYear();
  content = await desk.store("edit", { text: "文", againstSource: "" });
});

/** Writes the changes as an act of the preparer. */
const write = async (changes: readonly Change[], reason: string | null = null): Promise<void> => {
  const act = await desk.act("cycle.evaluate", { entries: [] }, { reason, at: NOW });
  await desk.record({ act, now: NOW, changes });
};
const cycleRow = async () => (await desk.db.select().from(cycles))[0];

describe("the year", () => {
  it("enters each stage once, and again after a return", async () => {
    for (const stage of ["drafting", "drafting", "consultation", "drafting"] as const)
      await write([{ write: "stage", stage }]);
    const entered = await desk.db.select().from(stageEntries).orderBy(stageEntries.id);
    expect(entered.map(({ stage }) => stage)).toEqual(["policy", "drafting", "consultation", "drafting"]);
    expect(entered.at(-1)).toMatchObject({ enteredAt: NOW });
    expect(await cycleRow()).toMatchObject({ stage: "drafting" });
  });

  it("goes on by its stepped clock, never back", async () => {
    await write([{ write: "clock", now: NOW }]);
    await write([{ write: "clock", now: at("2015-05-19T09:00:00") }]);
    expect(await cycleRow()).toMatchObject({ now: NOW });
  });

  it("is opened once", async () => {
    const { hash: plan } = await desk.store("plan", { ...desk.plan, title: "別の計画" });
    const before = await cycleRow();
    await write([{ write: "cycle", year: desk.plan.year, plan, stepped: false }]);
    expect(await cycleRow()).toEqual(before);
    await write([
      { write: "plan", plan },
      { write: "next-plan", plan: hash },
    ]);
    expect(await cycleRow()).toMatchObject({ plan, nextPlan: hash });
  });

  it("keeps a process that has ended ended", async () => {
    const workflow = "survey-2014-survey-mod-1";
    for (const is of ["open", "closed", "open"] as const) await write([{ write: "process", workflow, is }]);
    expect(await desk.db.select().from(processes)).toEqual([{ workflow, cycle: CYCLE, isOpen: false }]);
  });

  it("keeps what was submitted, approved and decided, by whom and why", async () => {
    const standsInFor = personId("nisc-director");
    const decision = {
      outcome: "decided-with-changes",
      meeting: "第2回",
      heldOn: plainDate("2015-05-20"),
    } as const;
    await write(
      [
        { write: "submission", subject: "report", content: null, hash },
        { write: "approval", subject: "report", hash, outcome: "approved", standsInFor },
        { write: "decision", subject: "report", hash, ...decision },
      ],
      "字句を修正",
    );
    const made = { subject: "report", hash, by: preparer, at: NOW };
    expect(await desk.db.select().from(submissions)).toMatchObject([made]);
    expect(await desk.db.select().from(approvals)).toMatchObject([
      { ...made, outcome: "approved", standsInFor, reason: "字句を修正" },
    ]);
    expect(await desk.db.select().from(decisions)).toMatchObject([
      { ...made, ...decision, reason: "字句を修正" },
    ]);
  });

  it("keeps every text of an evaluation and the last decision on an analysis", async () => {
    const entry = { write: "evaluation", kind: "output", key: "1-1-1-ア", content } as const;
    await write([
      { ...entry, is: "drafted" },
      { ...entry, key: "1-1-1-イ", is: "drafted" },
    ]);
    await write([{ ...entry, is: "returned" }], "根拠が足りない");
    const written = await desk.db.select().from(evaluations).orderBy(evaluations.id);
    expect(written.map(({ key, is, reason }) => [key, is, reason])).toEqual([
      ["1-1-1-ア", "drafted", null],
      ["1-1-1-イ", "drafted", null],
      ["1-1-1-ア", "returned", "根拠が足りない"],
    ]);
    await write([{ write: "analysis", domain: "1-1", needed: false, content: null }], "不要");
    await write([{ write: "analysis", domain: "1-1", needed: true, content }], "傾向が変わったため");
    expect(await desk.db.select().from(analyses)).toMatchObject([
      { domain: "1-1", needed: true, content: content.id, reason: "傾向が変わったため" },
    ]);
  });

  it("keeps where each finding goes", async () => {
    const open = { cycle: CYCLE, cause: "uncollected", origin: "1-1-1-ア/1", note: "", sequence: 1 } as const;
    await desk.db.insert(findings).values([
      { ...open, id: "a" },
      { ...open, id: "b" },
    ]);
    await write([{ write: "finding", finding: "a", into: "dropped" }], "制度が廃止されたため");
    expect(await desk.db.select().from(findings).orderBy(findings.id)).toMatchObject([
      { id: "a", into: "dropped", reason: "制度が廃止されたため" },
      { id: "b", into: null, reason: null },
    ]);
  });
});

describe("the report", () => {
  it("keeps edits and versions", async () => {
    await write([
      { write: "edit", section: "1", content },
      { write: "version", content, number: 1 },
    ]);
    expect(await desk.db.select().from(edits)).toMatchObject([
      { section: "1", content: content.id, by: preparer },
    ]);
    expect(await desk.db.select().from(versions)).toMatchObject([{ number: 1, hash: content.hash, at: NOW }]);
  });

  it("takes each opinion of an answer as a comment of its own, to be disposed of by itself", async () => {
    await desk.open(["data"], at("2015-04-01T09:00:00"));
    const opinion = { section: "1", text: "修正されたい", proposal: null };
    const opinions = await desk.store("comment", { opinions: [opinion, opinion] });
    const none = await desk.store("comment", { opinions: [] });
    await write([
      { write: "comment", request: MOD, content: opinions, round: 1 },
      { write: "comment", request: MOD, content: none, round: 1 },
    ]);
    await write(
      [{ write: "disposition", comment: `${opinions.id}/2`, disposition: "partly-reflected" }],
      "一部を修正",
    );
    expect(await desk.db.select().from(comments).orderBy(comments.id)).toMatchObject([
      { id: `${opinions.id}/1`, organisation: "mod", round: 1, disposition: null },
      { id: `${opinions.id}/2`, disposition: "partly-reflected", reason: "一部を修正", disposedBy: preparer },
    ]);
  });
});

describe("requests", () => {
  beforeEach(() => desk.open(["data"], at("2015-04-01T09:00:00")));

  it("count a revision for every record that touches them, and for no other", async () => {
    const [item] = await itemsOfRequest(desk.db, MOD);
    const given = { item: item?.id ?? "", says: "nil" as const, why: null, content };
    await write([
      { write: "item", item: given.item, state: { is: "nil", answer: given } },
      { write: "answer", answer: given },
    ]);
    await write([{ write: "request", request: MOD, is: "settled" }]);
    expect(await requestRow(desk.db, MOD)).toMatchObject({ revision: 3, is: "settled", settledAt: NOW });
    expect(await requestRow(desk.db, "2014-data-meti")).toMatchObject({
      revision: 1,
      is: "open",
      settledAt: null,
    });
  });

  it("keep every version of an answer", async () => {
    const [one, other] = await itemsOfRequest(desk.db, MOD);
    const answer = (item: string | undefined, says: "value" | "provisional"): Change => ({
      write: "answer",
      answer: { item: item ?? "", says, why: null, content },
    });
    await write([answer(one?.id, "provisional"), answer(other?.id, "value")]);
    await write([answer(one?.id, "value")]);
    const kept = await desk.db.select().from(answers).orderBy(answers.item, answers.version);
    expect(kept.map(({ item, version, says }) => [item, version, says])).toEqual([
      [one?.id, 1, "provisional"],
      [one?.id, 2, "value"],
      [other?.id, 1, "value"],
    ]);
  });

  it("refuse to change an item that does not exist", async () => {
    const lost = { write: "item", item: `${MOD}/none`, state: { is: "owed", until: NOW } } as const;
    await expect(write([lost])).rejects.toThrow("not every item exists");
    expect(await desk.db.select().from(items).where(eq(items.id, lost.item))).toEqual([]);
  });

  it("keep why a survey was opened, and what became of it", async () => {
    const survey = "2014-survey-mod-1";
    const row = {
      write: "survey",
      survey,
      request: MOD,
      organisation: organisationId("mod"),
      opening: { survey, items: [`${MOD}/a`], cause: "said-unmeasurable", why: "no-statistics" },
      justification: "把握が困難である旨の回答があった。",
      dueOn: plainDate("2015-06-10"),
      method: null,
      protocol: null,
      scope: null,
      end: null,
    } as const;
    await write([row]);
    const ended = { is: "impossible", reason: "記録なし", content } as const;
    await write([{ ...row, method: content, end: ended }]);
    expect(await desk.db.select().from(surveys)).toMatchObject([
      {
        id: survey,
        cause: "said-unmeasurable",
        why: "no-statistics",
        justification: row.justification,
        items: [`${MOD}/a`],
        method: content.id,
        end: { is: "impossible", reason: "記録なし" },
        result: content.id,
        endedAt: NOW,
      },
    ]);
  });
});

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mails } from "../../db/schema/mail.ts";
import { requests } from "../../db/schema/request.ts";
import { surveys } from "../../db/schema/survey.ts";
import type { ContentRef } from "../../domain/acts.ts";
import { organisationId } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import type { SurveyMethod } from "../../domain/survey-method.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { requestWorkflowId, surveyWorkflowId } from "../../workflows/contract.ts";
import { actingYear, reason, type ActingYear } from "../support/acting-year.ts";
import { twoAgencies } from "../support/two-agencies.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";

/** Nobody has ever heard of it but the plan. */
const invented: SurveyMethod = {
  key: "field-visit",
  label: "現地調査",
  steps: [
    { key: "visit", label: "現地の確認", by: "organisation", dueBusinessDays: 4, records: "確認した事項" },
    {
      key: "photos",
      label: "写真の整理",
      by: "secretariat",
      dueBusinessDays: 2,
      records: "撮影日",
      needs: "sources",
    },
  ],
};

let house: YearHouse;
let plan: Plan;
beforeAll(async () => {
  const [started, small] = await Promise.all([startYearHouse(), twoAgencies()]);
  house = started;
  plan = { ...small, surveyMethods: [...(small.surveyMethods ?? []), invented] };
});
afterAll(() => house.stop());

let rehearsals = 0;
interface Surveyed {
  readonly year: ActingYear;
  readonly id: string;
  readonly items: readonly string[];
  /** Every survey of the cycle as its row has it. */
  readonly rows: () => Promise<readonly (typeof surveys.$inferSelect)[]>;
}
const collecting = async (of: Plan = plan): Promise<Surveyed> => {
  rehearsals += 1;
  const cycle = await house.openYear(`2014-r${rehearsals}`, of);
  const year = actingYear(house, cycle);
  await year.openRequests();
  const id = `${cycle}-data-agency-1`;
  const items = (await year.asked("data")).flatMap((row) => (row.id === id ? [row.item] : []));
  const rows = () => house.db.select().from(surveys).where(eq(surveys.cycle, cycle)).orderBy(surveys.id);
  return { year, id, items, rows };
};
/** One that the ministry's own word opens. */
const opened = async (): Promise<Surveyed & { readonly survey: string }> => {
  const of = await collecting();
  const [item = ""] = of.items;
  const hard = await of.year.answer(item, "unmeasurable", "no-statistics");
  await of.year.request(of.id)("request.submit", { answers: [hard] });
  const [row] = await of.rows();
  if (row === undefined) throw new Error("no survey");
  return { ...of, survey: row.id };
};
const method = (): Promise<ContentRef> =>
  house.store("survey-method", { text: "調べ方", questions: ["一", "二"] });
const step = (): Promise<ContentRef> =>
  house.store("survey-step", { text: "行った。", on: plainDate("2015-04-02") });
const result = (): Promise<ContentRef> =>
  house.store("survey-result", { text: "把握した。", limits: "", grade: "b" });
const dueOn = plainDate("2015-05-29");

describe("a method of the plan", () => {
  it.each(["hearing", "desk-research", "commissioned", "field-visit"])(
    "is gone through step by step, each with its day, to a result: %s",
    async (key) => {
      const { year, id, survey, items, rows } = await opened();
      const steps = plan.surveyMethods?.find((one) => one.key === key)?.steps ?? [];
      const act = year.survey(survey);
      await act("survey.plan", { content: await method(), dueOn, method: key });
      for (const { key: at, by, needs } of steps) {
        const [row] = await rows();
        expect(row).toMatchObject({ isSecretariats: by === "secretariat" });
        expect((row?.dueOn ?? "") < dueOn).toBe(true);
        const sources = needs === "sources" ? 1 : 0;
        await act("survey.step", { step: at, content: await step(), sources });
      }
      expect(await rows()).toMatchObject([{ dueOn, protocol: { method: key, resultOn: dueOn } }]);
      await act("survey.conclude", { outcome: "found", content: await result(), grade: "b" });
      await house.rest(requestWorkflowId(id));
      expect(await year.states(id)).toMatchObject({ [items[0] ?? ""]: { is: "surveyed", survey } });
    },
  );

  it("notes a day that has passed, and goes on", async () => {
    const { year, survey, rows } = await opened();
    await year.survey(survey)("survey.plan", { content: await method(), dueOn, method: "hearing" });
    const workflow = surveyWorkflowId(survey);
    expect((await house.rest(workflow)).wakesAt).toBe("2015-04-06T17:00:01+09:00");
    await house.step(workflow, instant("2015-04-06T17:00:01+09:00"));
    expect((await house.rest(workflow)).wakesAt).toBeNull();
    const at = instant("2015-04-06T17:00:01+09:00");
    await year.survey(survey)("survey.step", { step: "schedule", content: await step(), sources: 0 }, { at });
    expect(await rows()).toMatchObject([{ end: null, dueOn: "2015-04-13" }]);
  });
});

describe("a questionnaire", () => {
  const asking = async () => {
    const of = await opened();
    const respondents = ["agency-1", "agency-2"].map(organisationId);
    const asks = { respondents, questions: 2 };
    await of.year.survey(of.survey)("survey.plan", {
      content: await method(),
      dueOn,
      method: "questionnaire",
      asks,
    });
    const asked = await house.db
      .select()
      .from(requests)
      .where(eq(requests.kind, "survey"))
      .orderBy(requests.id);
    const own = asked.filter((row) => row.id.startsWith(of.survey));
    return { ...of, own };
  };

  it("asks its respondents by requests of their own, and goes on once all have replied", async () => {
    const { year, own, rows } = await asking();
    expect(own).toMatchObject([
      { organisation: "agency-1", is: "open", dueAt: "2015-04-09T17:00:00+09:00" },
      { organisation: "agency-2", is: "open" },
    ]);
    for (const { id } of own) {
      const items = Object.keys(await year.states(id));
      expect(items).toEqual([`${id}/q-1`, `${id}/q-2`]);
      const answers = await Promise.all(items.map((item) => year.answer(item)));
      await year.request(id)("request.submit", { answers });
      expect(Object.values(await year.states(id)).map(({ is }) => is)).toEqual(["value", "value"]);
    }
    await expect.poll(async () => (await rows())[0]?.protocol?.steps[0]?.done).not.toBeNull();
    expect((await rows())[0]?.protocol?.steps[1]).toMatchObject({ key: "summary", done: null });
  });

  it("takes silence at its close for no reply", async () => {
    const { year, own, rows } = await asking();
    for (const { id, closeAt } of own) {
      await house.rest(requestWorkflowId(id));
      await house.step(requestWorkflowId(id), instant(`${closeAt.slice(0, 17)}01+09:00`));
      expect(Object.values(await year.states(id)).map(({ is }) => is)).toEqual([
        "uncollected",
        "uncollected",
      ]);
    }
    await expect.poll(async () => (await rows())[0]?.protocol?.steps[0]?.done).not.toBeNull();
  });

  it("lets go whoever has not replied once nothing is to be found out any more", async () => {
    const { year, survey, own } = await asking();
    await year.survey(survey)("survey.stop", {}, { reason });
    const [first] = own;
    if (first === undefined) throw new Error("nobody was asked");
    await expect
      .poll(async () => Object.values(await year.states(first.id)).map(({ is }) => is))
      .toEqual(["uncollected", "uncollected"]);
    const letters = await house.db.select().from(mails).where(eq(mails.request, first.id));
    expect(letters.map(({ letter }) => letter)).toContain("halted");
  });
});

describe("what the plan says opens a survey by itself", () => {
  it("where it names nobody: with the requests, in the secretariat's own name", async () => {
    const [first, ...others] = plan.data;
    if (first === undefined) throw new Error("nothing is asked");
    const { year, rows } = await collecting({ ...plan, data: [{ ...first, owners: [] }, ...others] });
    const [row] = await rows();
    expect(row).toMatchObject({ cause: "no-owner", organisation: "nisc" });
    expect(row?.justification).toContain(first.key);
    const act = year.survey(row?.id ?? "");
    await act("survey.plan", { content: await method(), dueOn, method: "desk-research" });
    await act("survey.conclude", { outcome: "impossible", content: await result() }, { reason });
    await expect
      .poll(async () => Object.values(await year.states(row?.request ?? "")))
      .toEqual([{ is: "uncollected", reason }]);
  });

  it("where it says that a definition has changed: with the acceptance, once, the answer beside it", async () => {
    const data = plan.data.map((datum) => ({
      ...datum,
      checks: [{ key: "since", level: "warn", checks: "definition", since: "対象を広げた" }] as const,
    }));
    const { year, id, items, rows } = await collecting({ ...plan, data });
    const [item = ""] = items;
    const given = await year.answer(item);
    const read = [{ item, hash: given.content.hash }];
    await year.request(id)("request.submit", { answers: [given] });
    await year.request(id)("request.accept", { items: read });
    const [row, ...more] = await rows();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ cause: "not-comparable", items: [item] });
    expect(row?.justification).toContain("対象を広げた");
    expect(await year.states(id)).toMatchObject({ [item]: { is: "surveying", offered: given } });
    await year.survey(row?.id ?? "")("survey.stop", {}, { reason });
    await house.rest(requestWorkflowId(id));
    expect(await year.states(id)).toMatchObject({ [item]: { is: "submitted" } });
    await year.request(id)("request.accept", { items: read });
    expect(await year.states(id)).toMatchObject({ [item]: { is: "value" } });
    expect(await rows()).toHaveLength(1);
  });
});

describe("the secretariat", () => {
  it("merges two surveys into one, and the result settles what either was for", async () => {
    const { year, id, items, rows } = await collecting();
    const reasons = ["no-statistics", "confidential"];
    const hard = await Promise.all(reasons.map((why, n) => year.answer(items[n] ?? "", "unmeasurable", why)));
    await year.request(id)("request.submit", { answers: hard });
    const [one, other] = await rows();
    if (one === undefined || other === undefined) throw new Error("two reasons make two surveys");
    await year.survey(one.id)("survey.merge", { from: other.id, items: other.items }, { reason });
    await expect.poll(async () => (await rows())[1]?.end).toMatchObject({ is: "merged", into: one.id });
    await expect
      .poll(async () => (await year.states(id))[items[1] ?? ""])
      .toMatchObject({ is: "surveying", survey: one.id });
    const act = year.survey(one.id);
    await act("survey.plan", { content: await method(), dueOn, method: "desk-research" });
    await act("survey.step", { step: "sources", content: await step(), sources: 1 });
    await act("survey.conclude", { outcome: "found", content: await result(), grade: "a" });
    const surveyed = { is: "surveyed", survey: one.id };
    await expect
      .poll(() => year.states(id))
      .toMatchObject({ [items[0] ?? ""]: surveyed, [items[1] ?? ""]: surveyed });
  });

  it("changes what one is for: the rest is owed again", async () => {
    const { year, id, items, rows } = await collecting();
    const [first = "", second = ""] = items;
    const hard = await Promise.all(
      [first, second].map((item) => year.answer(item, "unmeasurable", "confidential")),
    );
    await year.request(id)("request.submit", { answers: hard });
    const [row] = await rows();
    const content = await house.store("survey-scope", { title: "演習", scope: "公表資料" });
    await year.survey(row?.id ?? "")("survey.change", { content, items: [first] }, { reason });
    await expect.poll(async () => (await year.states(id))[second]?.is).toBe("owed");
    expect(await rows()).toMatchObject([{ items: [first], scope: content.id }]);
  });

  it("chooses between a survey and an answer that comes while it runs; the record keeps both", async () => {
    const { year, id, items, rows } = await collecting();
    const workflow = requestWorkflowId(id);
    await house.rest(workflow);
    await house.step(workflow, instant("2015-05-01T17:00:01+09:00"));
    const at = instant("2015-05-08T11:00:00+09:00");
    const answers = await Promise.all(items.map((item) => year.answer(item)));
    await year.request(id)("request.submit", { answers }, { at });
    const states = Object.values(await year.states(id));
    expect(states.map(({ is }) => is)).toEqual(["surveying", "surveying", "surveying"]);
    const [taken = [], ...left] = answers.map(({ item, content: { hash } }) => [{ item, hash }]);
    expect(await house.act(workflow, "request.leave-late", { items: left.flat() }, { at })).toBe(
      "reason-missing",
    );
    await year.request(id)("request.take-late", { items: taken }, { at });
    await year.request(id)("request.leave-late", { items: left.flat() }, { at, reason });
    expect(await year.states(id)).toMatchObject({
      [items[0] ?? ""]: { is: "value" },
      [items[1] ?? ""]: { is: "surveying", offered: answers[1], left: true },
    });
    const [row] = await rows();
    const act = year.survey(row?.id ?? "");
    await act("survey.plan", { content: await method(), dueOn, method: "desk-research" }, { at });
    await act("survey.step", { step: "sources", content: await step(), sources: 1 }, { at });
    await act("survey.conclude", { outcome: "found", content: await result(), grade: "c" }, { at });
    await expect
      .poll(async () => (await year.states(id))[items[1] ?? ""])
      .toMatchObject({ is: "surveyed", offered: answers[1] });
    const letters = await house.db.select().from(mails).where(eq(mails.request, id));
    expect(letters.some(({ text }) => text.includes("補完調査の実施中に"))).toBe(true);
    expect(letters.some(({ text }) => text.includes("この間、"))).toBe(true);
  });
});

import { setTimeout } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { cycles } from "../../db/schema/cycle.ts";
import { surveys } from "../../db/schema/survey.ts";
import { cycleKey, organisationId, personId } from "../../domain/ids.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { cycleWorkflowId, requestWorkflowId } from "../../workflows/contract.ts";
import { actingYear, approvers, by, reason, type ActingYear } from "../support/acting-year.ts";
import { openInRealTime, twoAgenciesToday } from "../support/real-request.ts";
import { signedOffYear } from "../support/signed-off-year.ts";
import { twoAgencies } from "../support/two-agencies.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";
import { runsOf, type Run } from "./recording.ts";

const REAL = cycleKey("2014-r9");

/** What a rehearsed year has no occasion for: acts that seldom come, and the real clock. */

/** The plan is amended while its requests are open; one of them is moved about, has a survey stopped, is withdrawn; and what is said after all is a correction. */
const seldom = async (house: YearHouse): Promise<void> => {
  const plan = await twoAgencies();
  const cycle = await house.openYear("2014-r8", plan);
  const year = actingYear(house, cycle);
  await year.openRequests();
  const [row] = await house.db.select({ was: cycles.plan }).from(cycles).where(eq(cycles.key, cycle));
  const closed = { date: plainDate("2015-04-02"), name: "臨時閉庁日" };
  const { hash } = await house.store("plan", { ...plan, holidays: [...plan.holidays, closed] });
  await year.cycle("cycle.amend", { plan: hash, was: row?.was ?? hash }, { reason });

  const [asked] = await year.asked("data");
  if (asked === undefined) throw new Error("nobody is asked for data");
  const act = year.request(asked.id);
  await act("request.ask-extension", { dueOn: plainDate("2015-04-24") }, { reason });
  await act("request.refuse-extension", {}, { reason });
  await act("request.ask-extension", { dueOn: plainDate("2015-04-21") }, { reason });
  await act("request.grant-extension", {}, by(approvers[0]));
  await act("request.pause", {}, { reason });
  await act("request.resume", {});
  await act("request.remind", {});
  await act("request.shorten", { dueOn: plainDate("2015-04-16") }, { reason });
  const [, second] = (await year.asked("data")).filter(({ id }) => id === asked.id);
  if (second === undefined) throw new Error("one thing is asked only");
  const elsewhere = await year.answer(second.item, "not-applicable");
  await act("request.submit", { answers: [elsewhere] });
  const disclaimed = [{ item: second.item, hash: elsewhere.content.hash }];
  await act("request.accept", { items: disclaimed });
  await act("request.reopen", { items: [second.item] }, { reason });
  await act("request.submit", { answers: [elsewhere] });
  await act("request.reassign", { items: disclaimed, to: organisationId("nisc") });
  await act("request.submit", { answers: [await year.answer(asked.item, "unmeasurable", "no-statistics")] });
  const [survey] = await house.db.select().from(surveys).where(eq(surveys.request, asked.id));
  if (survey === undefined) throw new Error("what can't be measured is not surveyed");
  await year.survey(survey.id)("survey.stop", {}, { reason });
  await house.rest(requestWorkflowId(asked.id));
  await act("request.withdraw", {}, { reason });
  await year.cycle("cycle.correct", { answer: await year.answer(asked.item), was: null }, { reason });
};

/** Of three things that can't be measured for two reasons the surveys are changed, merged and stopped; answers come late. */
const surveyedAnew = async (house: YearHouse): Promise<void> => {
  const year = actingYear(house, await house.openYear("2014-r6", await twoAgencies()));
  await year.openRequests();
  const [first, second, third] = await year.asked("data");
  if (first === undefined || second === undefined || third === undefined)
    throw new Error("too little is asked");
  const act = year.request(first.id);
  const hard = [
    await year.answer(first.item, "unmeasurable", "no-statistics"),
    await year.answer(second.item, "unmeasurable", "no-statistics"),
    await year.answer(third.item, "unmeasurable", "confidential"),
  ];
  await act("request.submit", { answers: hard });
  const [one, other] = await house.db
    .select()
    .from(surveys)
    .where(eq(surveys.request, first.id))
    .orderBy(surveys.id);
  if (one === undefined || other === undefined) throw new Error("two reasons make two surveys");
  const survey = year.survey(one.id);
  await survey("survey.merge", { from: other.id, items: other.items }, { reason });
  await house.rest(requestWorkflowId(first.id));
  const content = await house.store("survey-scope", { title: "演習の実施状況", scope: "公表資料の範囲" });
  await survey("survey.change", { content, items: [first.item, third.item] }, { reason });
  await house.rest(requestWorkflowId(first.id));
  const late = { at: instant("2015-06-01T11:00:00+09:00"), reason };
  const said = [await year.answer(first.item), await year.answer(third.item)];
  await act("request.submit", { answers: said }, late);
  const [taken = [], left = []] = said.map(({ item, content: { hash } }) => [{ item, hash }]);
  await act("request.take-late", { items: taken }, late);
  await act("request.leave-late", { items: left }, late);
  const method = await house.store("survey-method", { text: "公表資料の調査" });
  const planned = { content: method, dueOn: plainDate("2015-06-12"), method: "desk-research" };
  await survey("survey.plan", planned, late);
  const step = await house.store("survey-step", { text: "資料を確認した。", on: plainDate("2015-06-01") });
  await survey("survey.step", { step: "sources", content: step, sources: 1 }, late);
  const result = await house.store("survey-result", { text: "把握した。", limits: "", grade: "b" });
  await survey("survey.conclude", { outcome: "found", content: result, grade: "b" }, late);
};

/** Inside a ministry one answer is sent back, prepared again, signed off and submitted; the secretariat enters another. */
const inside = async (house: YearHouse): Promise<void> => {
  const year = actingYear(house, await house.openYear("2014-r7", await signedOffYear()));
  await year.openRequests();
  const [first, second] = await year.asked("data");
  if (first === undefined || second === undefined) throw new Error("agency-1 is not asked for two data");
  const act = year.request(first.id);
  const officer = personId("agency-1-officer");
  const [window, confirmer] = [{ person: "agency-1-window" }, { person: "agency-1-confirmer" }];
  const given = await year.answer(first.item);
  const read = [{ item: first.item, hash: given.content.hash }];
  const allocated = { items: [first.item], officer, dueOn: plainDate("2015-04-10") };
  await act("request.allocate", allocated, window);
  await act("request.prepare", { answers: [given] }, { person: officer });
  await act("request.send-back", { items: read }, { ...confirmer, reason });
  await act("request.prepare", { answers: [given] }, { person: officer });
  await act("request.sign-off", { items: read }, confirmer);
  await act("request.submit", { answers: [given] }, window);
  const entered = { answers: [await year.answer(second.item)], of: personId("agency-1-window") };
  await act("request.enter", entered, { reason });
};

/** A year that asks and judges nothing is soon over; its next plan comes back once. */
const soonOver = async (house: YearHouse): Promise<void> => {
  const plan = { ...(await twoAgencies()), measures: [], areas: [], data: [], chapters: [] };
  const cycle = await house.openYear("2014-r5", plan);
  const year = actingYear(house, cycle);
  await year.openRequests();
  await house.rest(cycleWorkflowId(cycle));
  const { hash } = await year.report("report.compile", {});
  if (hash === null) throw new Error("no version");
  await year.report("report.consult", { hash });
  await year.report("report.submit", { hash });
  for (const person of approvers) await year.report("report.approve", { hash }, by(person));
  const held = { meeting: "本部第2回会合", number: 2, heldOn: plainDate("2015-04-01") };
  await year.report("report.decide", { hash, outcome: "decided", ...held }, { role: "recorder" });
  await year.report("report.publish", { hash });
  await house.rest(cycleWorkflowId(cycle));
  const approver = by(approvers[0]);
  for (const review of ["cycle.return-next-plan", "cycle.approve-next-plan"] as const) {
    const written = await year.cycle("cycle.write-next-plan", {});
    if (written.hash === null) throw new Error("no plan");
    await year.cycle(review, { hash: written.hash }, { ...approver, reason });
  }
};

/** One is returned, corrected and accepted in time. */
const answered = async (house: YearHouse, year: ActingYear, id: string): Promise<void> => {
  const at = await openInRealTime(house, { cycle: REAL, id, seconds: 3_600 });
  const item = `${id}/drills`;
  const given = await year.answer(item);
  const read = [{ item, hash: given.content.hash }];
  await year.request(id)("request.submit", { answers: [given] }, { at });
  await year.request(id)("request.return", { items: read }, { at, reason });
  await year.request(id)("request.submit", { answers: [given] }, { at });
  await year.request(id)("request.accept", { items: read }, { at });
};

/** The other meets with silence, until its own timer opens a survey. */
const silent = async (house: YearHouse, year: ActingYear, id: string): Promise<void> => {
  await openInRealTime(house, { cycle: REAL, id, seconds: 3 });
  while (Object.values(await year.states(id)).some(({ is }) => is === "owed")) await setTimeout(100);
  await year.request(id)("request.give-up", { items: [`${id}/drills`] }, { reason });
  await house.client.workflow.getHandle(requestWorkflowId(id)).result();
};

export const runsByHand = async (): Promise<readonly Run[]> => {
  const house = await startYearHouse({ rowsByHand: true });
  try {
    await seldom(house);
    await surveyedAnew(house);
    await inside(house);
    await soonOver(house);
    const year = actingYear(house, await house.openYear(REAL, await twoAgenciesToday()));
    await answered(house, year, `${REAL}-data-agency-1`);
    await silent(house, year, `${REAL}-data-agency-2`);
    return await runsOf(house.client);
  } finally {
    await house.stop();
  }
};

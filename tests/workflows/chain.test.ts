import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveDraft } from "../../db/content.ts";
import { draftKept } from "../../db/queries/drafts.ts";
import { requestTimeline } from "../../db/queries/request-timeline.ts";
import { mails } from "../../db/schema/mail.ts";
import { answers, innerWorks } from "../../db/schema/request.ts";
import { cycleKey, personId } from "../../domain/ids.ts";
import { instant, plainDate, type Instant } from "../../domain/time.ts";
import { chaseWorkflowId, requestWorkflowId } from "../../workflows/contract.ts";
import { actingYear, reason, type ActingYear } from "../support/acting-year.ts";
import { signedOffYear } from "../support/signed-off-year.ts";
import { startYearHouse, type YearHouse } from "../support/year-house.ts";

/** The chain inside a ministry on the stepped clock: chased, sent back, signed off, submitted; and 代理入力. */

let house: YearHouse;
let year: ActingYear;
const cycle = cycleKey("2014-r1");
const REQUEST = "2014-r1-data-agency-1";
const window = { person: "agency-1-window", role: "contact", organisation: "agency-1" } as const;
const officer = { ...window, person: "agency-1-officer" };
const second = { ...window, person: "agency-1-officer-2" };
const confirmer = { ...window, person: "agency-1-confirmer" };
const at = (raw: string): Instant => instant(`2015-${raw}+09:00`);

beforeAll(async () => {
  const [started, plan] = await Promise.all([startYearHouse({ rowsByHand: true }), signedOffYear()]);
  house = started;
  year = actingYear(house, await house.openYear("2014-r1", plan));
  await year.openRequests();
});
afterAll(() => house.stop());

const items = async (): Promise<readonly string[]> =>
  (await year.asked("data")).filter(({ id }) => id === REQUEST).map(({ item }) => item);
const tickUntil = async (last: string): Promise<void> => {
  for (;;) {
    const { wakesAt } = await house.rest(chaseWorkflowId(cycle));
    if (wakesAt === null || wakesAt > last) return;
    await house.step(chaseWorkflowId(cycle), wakesAt);
  }
};
/** Each as date, letter or rung, and number of items; those of one kind only. */
const mailsTo = async (person: string, kind: "digest" | "inner" | "entered"): Promise<readonly string[]> =>
  (
    await house.db
      .select()
      .from(mails)
      .where(eq(mails.person, personId(person)))
      .orderBy(mails.position)
  )
    .filter(({ letter }) => letter === kind)
    .map(({ at: sent, rung, items: about }) => `${sent.slice(5, 16)} ${rung ?? kind} ${about.length}`);

describe("the chain inside a ministry", () => {
  it("chases the officer to whom something is allocated by its inner deadline, and nobody else", async () => {
    const [a = "", b = "", c = ""] = await items();
    const act = year.request(REQUEST);
    const when = { at: at("04-01T10:00:00") };
    const dueOn = plainDate("2015-04-08");
    await act(
      "request.allocate",
      { items: [a, b], officer: personId(officer.person), dueOn },
      { ...window, ...when },
    );
    await act(
      "request.allocate",
      { items: [c], officer: personId(second.person), dueOn },
      { ...window, ...when },
    );
    expect(await mailsTo(officer.person, "inner")).toEqual(["04-01T10:00 inner 2"]);
    await tickUntil("2015-04-07T23:59:59+09:00");
    expect(await mailsTo(officer.person, "digest")).toEqual(["04-07T09:00 inner-remind-1 2"]);
    expect(await mailsTo(second.person, "digest")).toEqual(["04-07T09:00 inner-remind-1 1"]);
    expect(await mailsTo(confirmer.person, "digest")).toEqual([]);
  });

  it("chases it no more once it is prepared, and tells the window of what is late", async () => {
    const [, b = "", c = ""] = await items();
    const act = year.request(REQUEST);
    const when = { at: at("04-08T11:00:00") };
    await act("request.prepare", { answers: [await year.answer(b)] }, { ...officer, ...when });
    await act("request.prepare", { answers: [await year.answer(c)] }, { ...second, ...when });
    await tickUntil("2015-04-09T23:59:59+09:00");
    expect((await mailsTo(officer.person, "digest")).slice(1)).toEqual(["04-09T09:00 inner-dun-1 1"]);
    expect((await mailsTo(second.person, "digest")).slice(1)).toEqual([]);
    expect((await mailsTo(window.person, "digest")).slice(-1)).toEqual(["04-09T09:00 inner-dun-1 1"]);
    expect(await mailsTo(confirmer.person, "inner")).toEqual(["04-08T11:00 inner 1", "04-08T11:00 inner 1"]);
  });

  it("goes back with a reason, is signed off by another, and what is submitted is that very answer", async () => {
    const [a = ""] = await items();
    const act = year.request(REQUEST);
    const when = { at: at("04-09T11:00:00") };
    const given = await year.answer(a);
    const read = { items: [{ item: a, hash: given.content.hash }] };
    await act("request.prepare", { answers: [given] }, { ...officer, ...when });
    await act("request.send-back", read, { ...confirmer, ...when, reason });
    await act("request.prepare", { answers: [given] }, { ...officer, ...when });
    const workflow = requestWorkflowId(REQUEST);
    expect(await house.act(workflow, "request.sign-off", read, { ...officer, ...when })).toBe("contributed");
    expect(await house.act(workflow, "request.submit", { answers: [given] }, { ...window, ...when })).toBe(
      "not-signed-off",
    );
    expect(await house.db.select().from(answers)).toEqual([]);
    await act("request.sign-off", read, { ...confirmer, ...when });
    await act("request.submit", { answers: [given] }, { ...window, ...when });
    const [submitted] = await house.db.select().from(answers).where(eq(answers.item, a));
    expect(submitted).toMatchObject({ hash: given.content.hash, by: window.person, onBehalfOf: null });
    expect((await year.states(REQUEST))[a]).toMatchObject({ is: "submitted", answer: given });
    expect(await house.db.select().from(innerWorks).where(eq(innerWorks.item, a))).toEqual([]);
    expect((await mailsTo(window.person, "inner")).length).toBe(1);
  });

  it("is of one step in a ministry that has no chain", async () => {
    const other = "2014-r1-data-agency-2";
    const allocated = {
      items: [`${other}/none`],
      officer: personId("agency-2-window"),
      dueOn: plainDate("2015-04-14"),
    };
    const when = { at: at("04-09T11:00:00") };
    expect(await house.act(requestWorkflowId(other), "request.allocate", allocated, when)).toBe("one-step");
  });
});

describe("代理入力", () => {
  const when = { at: at("04-13T10:00:00") };
  const first = { person: "nisc-preparer-1", ...when };
  it("keeps both names, tells the ministry, and is accepted by somebody else only", async () => {
    const [, b = ""] = await items();
    const act = year.request(REQUEST);
    const given = await year.answer(b);
    const entered = { answers: [given], of: personId(window.person) };
    await act("request.enter", entered, { ...first, reason: "電話により回答を受けたため。" });
    const [version] = await house.db.select().from(answers).where(eq(answers.item, b));
    expect(version).toMatchObject({ by: "nisc-preparer-1", onBehalfOf: window.person });
    expect(await mailsTo(window.person, "entered")).toEqual(["04-13T10:00 entered 1"]);
    const [mail] = (await house.db.select().from(mails)).filter(({ letter }) => letter === "entered");
    expect(mail?.text).toContain("電話により回答を受けたため。");
    expect(mail?.text).toContain("佐藤 一郎が、窓口1様の御依頼により入力しました。");
    const read = { items: [{ item: b, hash: given.content.hash }] };
    expect(await house.act(requestWorkflowId(REQUEST), "request.accept", read, first)).toBe("contributed");
    await act("request.accept", read, { ...first, person: "nisc-preparer-2" });
    const events = await requestTimeline(house.db, { cycle, id: REQUEST });
    expect(events.find(({ action }) => action === "request.enter")).toMatchObject({
      actor: "nisc-preparer-1",
      onBehalfOf: "窓口1",
      reason: "電話により回答を受けたため。",
    });
  });
});

describe("a draft", () => {
  it("ends with what of it is sent, and keeps the rest", async () => {
    const [, , c = ""] = await items();
    const which = { person: personId(second.person), request: REQUEST };
    const fields = { [`text:${c}`]: ["集計中"], [`text:${REQUEST}/other`]: ["別の記載"] };
    await saveDraft(house.db, which, { fields, savedAt: at("04-13T11:00:00") });
    const given = await year.answer(c, "nil");
    await year.request(REQUEST)(
      "request.prepare",
      { answers: [given] },
      { ...second, at: at("04-13T11:30:00") },
    );
    expect((await draftKept(house.db, which))?.fields).toEqual({ [`text:${REQUEST}/other`]: ["別の記載"] });
  });
});

import { describe, expect, it } from "vitest";
import type { PlannedMail } from "../../domain/forecast-standing.ts";
import type { Plan } from "../../domain/plan.ts";
import { previewOf } from "../../domain/preview.ts";
import { plainDate, plainTime } from "../../domain/time.ts";
import { fy2014 } from "../support/scene.ts";

/** FY2014 before it begins. That the year then sends exactly this, tests/activities/preview.test.ts shows. */

const plan = await fy2014();
const nobody = previewOf(plan, "nobody");
const everybody = previewOf(plan, "everybody");

const to = (contact: string, mails: readonly PlannedMail[]): readonly string[] =>
  mails.flatMap((mail) =>
    mail.contact === contact ? [[mail.at.slice(5, 16), mail.letter, mail.rung ?? ""].join(" ").trim()] : [],
  );
const letters = (mails: readonly PlannedMail[]): ReadonlySet<string> =>
  new Set(mails.map(({ letter }) => letter));

describe("the preview of a year in which nobody answers", () => {
  it("has the window's mails from 照会 to 上申, through its survey and the consultation, on their days", () => {
    expect(to("mod-window", nobody.mails)).toEqual([
      "02-10T09:00 decided",
      "04-01T09:00 inquiry",
      "04-03T09:00 digest remind-10",
      "04-14T09:00 digest remind-3",
      "04-16T09:00 digest remind-1",
      "04-20T09:00 digest dun-1",
      "04-22T09:00 digest dun-3",
      "04-24T09:00 digest escalate-5",
      "05-01T17:00 survey",
      "05-13T09:00 digest remind-10",
      "05-22T09:00 digest remind-3",
      "05-26T09:00 digest remind-1",
      "05-28T09:00 digest dun-1",
      "06-01T09:00 consultation",
      "06-01T09:00 digest dun-3",
      "06-03T09:00 digest escalate-5",
      "06-08T09:00 digest remind-3",
      "06-10T09:00 digest remind-1",
      "06-12T09:00 digest dun-1",
      "06-15T09:00 digest escalate-2",
      "06-25T09:00 decided",
      "06-25T09:00 published",
    ]);
  });

  it("gives the secretariat's lead one digest a day over all ministries", () => {
    const led = nobody.mails.filter(({ contact }) => contact === "nisc-counsellor");
    expect(to("nisc-counsellor", led)).toEqual([
      "04-24T09:00 digest escalate-5",
      "05-22T09:00 digest escalate-5",
      "06-03T09:00 digest escalate-5",
      "06-15T09:00 digest escalate-2",
    ]);
    expect(led.map(({ request }) => request)).toEqual([null, "2014-chapter-nisc", null, null]);
  });

  it("says what each mail is about, as the ledger will", () => {
    expect(nobody.mails.find(({ rung, contact }) => rung === "dun-1" && contact === "npsc-window")).toEqual({
      at: "2015-04-20T09:00:00+09:00",
      contact: "npsc-window",
      organisation: "npsc",
      letter: "digest",
      rung: "dun-1",
      request: "2014-data-npsc",
      items: ["2014-data-npsc/1-5-0-ka-1"],
    });
  });

  it("counts the days that are left before the decision", () => {
    expect(nobody.course).toEqual({
      collectedOn: "2015-05-29",
      consultation: { opensOn: "2015-06-01", closesOn: "2015-06-15" },
      decisionOn: "2015-06-25",
      slackBusinessDays: 8,
    });
  });
});

describe("the preview of a year in which everybody answers at once", () => {
  it("receipts each answer and chases nobody", () => {
    expect(letters(everybody.mails)).toEqual(
      new Set(["decided", "notice", "inquiry", "receipt", "consultation", "published"]),
    );
    expect(to("mod-window", everybody.mails)).toEqual([
      "02-10T09:00 decided",
      "04-01T09:00 inquiry",
      "04-01T09:00 receipt",
      "06-01T09:00 consultation",
      "06-01T09:00 receipt",
      "06-25T09:00 decided",
      "06-25T09:00 published",
    ]);
  });
});

describe("a preview", () => {
  const windowIs = (reachable: boolean): Plan => ({
    ...plan,
    people: plan.people.map((one) => (one.id === "mod-window" ? { ...one, reachable } : one)),
  });

  it("is the same every time, whatever the order of the plan's people", () => {
    const turned = { ...plan, people: plan.people.toReversed() };
    expect(previewOf(turned, "nobody").mails).toEqual(nobody.mails);
  });

  it("writes to nobody who can't be reached", () => {
    expect(to("mod-window", previewOf(windowIs(false), "nobody").mails)).toEqual([]);
    expect(previewOf(windowIs(true), "nobody").mails).toEqual(nobody.mails);
  });

  it("sends nothing on a closed day or outside the window but what an act or a close brings", () => {
    const late = previewOf(
      { ...plan, sendWindow: { from: plainTime("10:30"), until: plainTime("11:00") } },
      "nobody",
    );
    const chased = late.mails.filter(({ letter }) => letter === "digest");
    expect(new Set(chased.map(({ at }) => at.slice(11, 16)))).toEqual(new Set(["10:30"]));
  });

  it("opens on the next business day where the day of the collection is closed", () => {
    const collectionOn = plainDate("2015-04-04");
    const { mails } = previewOf({ ...plan, dates: { ...plan.dates, collectionOn } }, "nobody");
    expect(mails.find(({ letter }) => letter === "inquiry")?.at).toBe("2015-04-06T09:00:00+09:00");
  });

  it("needs the holidays of every year it comes to", () => {
    const holidays = plan.holidays.filter(({ date }) => !date.startsWith("2015"));
    expect(() => previewOf({ ...plan, holidays }, "nobody")).toThrow(RangeError);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sendRequests } from "../../domain/forecast-events.ts";
import { forecast } from "../../domain/forecast.ts";
import type { PlannedMail, Standing } from "../../domain/forecast-standing.ts";
import { organisationId, personId } from "../../domain/ids.ts";
import { changedPlan, isUnfit, reasonFor, type PlanChange } from "../../domain/plan-change.ts";
import type { Plan } from "../../domain/plan.ts";
import { unopened } from "../../domain/preview.ts";
import { instant, plainDate, plainTime } from "../../domain/time.ts";
import { mailDiff } from "../../domain/what-if-diff.ts";
import { whatIfDue, whatIfPlan } from "../../domain/what-if.ts";
import { fy2014 } from "../support/scene.ts";

/** FY2014 on 15 April: everything is asked, nobody has answered. That what is said comes true, tests/activities shows. */

const plan = await fy2014();
const at = (raw: string) => instant(`${raw}+09:00`);
const collecting = (now: string): Standing => {
  const opened = at("2015-04-01T09:00:00");
  const before: Standing = { ...unopened(plan), stage: "collection", now: opened, asked: true };
  const { standing } = sendRequests(before, { kinds: ["data", "chapter"], now: opened, who: "nobody" });
  return { ...standing, now: at(now) };
};
const standing = collecting("2015-04-15T11:00:00");
const changed = (change: PlanChange): Plan => {
  const becomes = changedPlan(plan, change);
  if (isUnfit(becomes)) throw new Error(becomes.message);
  return becomes;
};
const closed = (date: string): PlanChange => ({
  is: "holiday-added",
  date: plainDate(date),
  name: "臨時閉庁日",
});
const due = (dueOn: string, request = "2014-data-meti") =>
  whatIfDue(standing, { request, dueOn: plainDate(dueOn), reason: "集計に時間を要するため。" });

describe("another due date", () => {
  const found = due("2015-04-24");

  it("moves the close along, and says why each is that day", () => {
    expect(found).toMatchObject({ acts: ["request.ask-extension", "request.grant-extension"] });
    expect("dates" in found && found.dates.find(({ request }) => request === "2014-data-meti")).toEqual({
      request: "2014-data-meti",
      kind: "data",
      organisation: "meti",
      before: {
        dueAt: "2015-04-17T17:00:00+09:00",
        closeAt: "2015-05-01T17:00:00+09:00",
        why: { due: ["計画で定めた日"], close: ["計画で定めた日"] },
      },
      after: {
        dueAt: "2015-04-24T17:00:00+09:00",
        closeAt: "2015-05-13T17:00:00+09:00",
        why: {
          due: ["元の日の5開庁日後"],
          close: [
            "元の日の5開庁日後",
            "5月4日（みどりの日）を除く",
            "5月5日（こどもの日）を除く",
            "5月6日（振替休日（こどもの日））を除く",
          ],
        },
      },
    });
  });

  it("eats into the days before the decision where its survey ends later than all else", () => {
    expect("decision" in found && found.decision).toMatchObject({
      before: { collectedOn: "2015-05-29", slackBusinessDays: 8 },
      after: { collectedOn: "2015-06-03", slackBusinessDays: 5 },
    });
  });

  it("moves nobody else's mails before the consultation", () => {
    if (!("mails" in found)) throw new Error(found.refused);
    const { added, removed, moved } = found.mails;
    const early = [...added, ...removed, ...moved.flatMap(({ from, to }) => [from, to])].filter(
      (mail) => mail.at < "2015-06-01",
    );
    const others = early.filter(({ organisation, items }) => {
      const about = items.every((item) => item.startsWith("2014-data-meti/"));
      return organisation !== "meti" && organisation !== "nisc" && !about;
    });
    expect(others).toEqual([]);
    expect(
      moved.map(({ from, to }) => [from.contact, from.rung, from.at.slice(5, 10), to.at.slice(5, 10)]),
    ).toContainEqual(["meti-window", "remind-1", "04-16", "04-23"]);
  });

  it.each([
    ["on a closed day", "2015-04-29", "2014-data-meti", "closed-day"],
    ["of the same day", "2015-04-17", "2014-data-meti", "not-later"],
    ["too soon", "2015-04-21", "2014-chapter-nisc", "notice-too-short"],
    ["of what nobody is asked for", "2015-04-24", "2014-data-none", "closed"],
  ])("%s is refused as the act would be", (_, dueOn, request, refused) => {
    expect(due(dueOn, request)).toEqual({ refused });
  });
});

describe("another plan", () => {
  it("moves rungs off a day closed, and nothing that was told", () => {
    const { dates, mails } = whatIfPlan(standing, changed(closed("2015-04-21")));
    expect(dates).toEqual([]);
    const window = mails.moved.filter(({ from }) => from.contact === "meti-window");
    expect(window.map(({ from, to }) => [from.rung, from.at.slice(5, 10), to.at.slice(5, 10)])).toEqual([
      ["dun-3", "04-22", "04-23"],
      ["escalate-5", "04-24", "04-27"],
    ]);
  });

  it("moves the dates of what is still to be sent", () => {
    const { dates, decision } = whatIfPlan(standing, changed(closed("2015-06-05")));
    expect(new Set(dates.map(({ kind }) => kind))).toEqual(new Set(["consultation"]));
    expect(dates[0]?.after).toMatchObject({
      dueAt: "2015-06-12T17:00:00+09:00",
      why: { due: ["照会の日の8開庁日後", "6月5日（臨時閉庁日）を除く"] },
    });
    expect(decision.after.slackBusinessDays).toBe(decision.before.slackBusinessDays - 1);
  });

  it("ticks at once where it brings today's window before now, and not twice a day where it brings it after", () => {
    const window = (from: string): Plan =>
      changed({ is: "send-window", from: plainTime(from), until: plainTime("16:00") });
    const early = whatIfPlan(collecting("2015-04-16T08:30:00"), window("08:00"));
    const reminder = early.mails.moved.find(
      ({ from, to }) => from.contact === "meti-window" && to.at.startsWith("2015-04-16"),
    );
    expect([reminder?.from.at, reminder?.to.at]).toEqual([
      "2015-04-16T09:00:00+09:00",
      "2015-04-16T08:30:00+09:00",
    ]);
    const late = whatIfPlan(collecting("2015-04-16T09:30:00"), window("13:00"));
    expect(late.mails.moved.every(({ to }) => to.at >= "2015-04-17")).toBe(true);
  });

  it("tells a new window where things stand", () => {
    const comes = { id: personId("meti-next"), name: "後任 花子", title: "係長", email: "next@meti.example" };
    const change = { is: "contact", organisation: organisationId("meti"), role: "window" } as const;
    const leaves = personId("meti-window");
    const { mails } = whatIfPlan(standing, changed({ ...change, leaves, comes }));
    expect(mails.added[0]).toMatchObject({ contact: "meti-next", at: "2015-04-16T09:00:00+09:00" });
    expect(new Set(mails.removed.map(({ contact }) => contact))).toEqual(new Set(["meti-window"]));
    expect(mails.added.length).toBe(mails.removed.length);
  });
});

describe("a change that does not fit the plan", () => {
  const contact = { is: "contact", organisation: organisationId("meti"), role: "window" } as const;
  const stranger = { id: personId("nobody-yet") };
  it.each<[string, PlanChange, string]>([
    ["a holiday that is one", closed("2015-04-29"), "date"],
    ["a holiday less that is none", { is: "holiday-removed", date: plainDate("2015-04-30") }, "date"],
    ["nobody for nobody", { ...contact, leaves: null, comes: null }, "comes"],
    ["somebody new without a name", { ...contact, leaves: null, comes: stranger }, "comes"],
    [
      "somebody of another ministry",
      { ...contact, leaves: null, comes: { id: personId("mic-window") } },
      "comes",
    ],
    ["somebody who is not window", { ...contact, leaves: personId("meti-officer"), comes: null }, "leaves"],
    [
      "an organisation nobody knows",
      { ...contact, organisation: organisationId("none"), leaves: null, comes: stranger },
      "organisation",
    ],
  ])("is told what is wrong: %s", (_, change, member) => {
    expect(changedPlan(plan, change)).toEqual({ unfit: member, message: expect.stringMatching(/。$/) });
  });

  it("else gives a plan that differs in that alone, with a reason to say", () => {
    const change = closed("2015-04-17");
    const becomes = changed(change);
    expect(becomes.holidays).toHaveLength(plan.holidays.length + 1);
    expect(becomes.dates.requests.data).toEqual({ is: "fixed", dueOn: "2015-04-20", closeOn: "2015-05-01" });
    expect({ ...becomes, holidays: plan.holidays, dates: plan.dates }).toEqual(plan);
    expect(reasonFor(change)).toBe("4月17日を閉庁日（臨時閉庁日）とするため。");
  });

  it("lets go of whoever is left without a post", () => {
    const leave = (leaves: string) => ({ ...contact, leaves: personId(leaves), comes: null });
    expect(changed(leave("meti-window")).people).toHaveLength(plan.people.length - 1);
  });
});

describe("the difference of two futures", () => {
  const mail = fc.record({
    at: fc.constantFrom(at("2015-04-16T09:00:00"), at("2015-04-20T09:00:00"), at("2015-04-22T09:00:00")),
    contact: fc.constantFrom(personId("a"), personId("b")),
    organisation: fc.constant(organisationId("meti")),
    letter: fc.constant("digest" as const),
    rung: fc.constantFrom("dun-1", "dun-3"),
    request: fc.constantFrom("r", null),
    items: fc.subarray(["r/1", "r/2"], { minLength: 1 }),
  });
  const lines = (mails: readonly PlannedMail[]) => mails.map((one) => JSON.stringify(one)).toSorted();

  it("turns the one into the other, each mail once", () => {
    fc.assert(
      fc.property(fc.array(mail, { maxLength: 8 }), fc.array(mail, { maxLength: 8 }), (before, after) => {
        const { added, removed, moved } = mailDiff(before, after);
        const stays = [...lines(before)];
        for (const gone of lines([...removed, ...moved.map(({ from }) => from)])) {
          expect(stays).toContain(gone);
          stays.splice(stays.indexOf(gone), 1);
        }
        expect([...stays, ...lines([...added, ...moved.map(({ to }) => to)])].toSorted()).toEqual(
          lines(after),
        );
      }),
    );
  });

  it("is none between a future and itself", () => {
    const { mails } = forecast(standing, "nobody");
    expect(mailDiff(mails, mails)).toMatchObject({ added: [], removed: [], moved: [] });
  });
});

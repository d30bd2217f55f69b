import { personId } from "../../domain/ids.ts";
import { plainDate, plainTime } from "../../domain/time.ts";
import { fixed, withDates, withLadder, withLetter, withPerson, withTerm, type Case } from "./plan-changes.ts";

export const people: readonly Case[] = [
  {
    what: "an approver who prepares",
    change: (plan) => withPerson(plan, "nisc-counsellor", { staff: ["preparer", "approver"] }),
    code: "role-conflict",
    where: "nisc-counsellor",
  },
  {
    what: "an approver of the plan whose post is another",
    change: (plan) => withPerson(plan, "nisc-director", { staff: [] }),
    code: "role-missing",
    where: "approvals.policy センター長",
  },
  {
    what: "a deputy whose post is another",
    change: (plan) => withPerson(plan, "nisc-councillor", { staff: ["preparer"] }),
    code: "role-missing",
    where: "approvals.report 副センター長",
  },
  {
    what: "a recorder who approves",
    change: (plan) => withPerson(plan, "nisc-recorder", { staff: ["recorder", "approver"] }),
    code: "role-conflict",
    where: "nisc-recorder",
  },
  {
    what: "an auditor who answers for a ministry",
    change: (plan) => withPerson(plan, "nisc-auditor", { contact: ["officer"] }),
    code: "role-conflict",
    where: "nisc-auditor",
  },
  {
    what: "one approver on two steps",
    change: (plan) => ({
      ...plan,
      approvals: {
        ...plan.approvals,
        report: plan.approvals.report.map((step) => ({ ...step, person: personId("nisc-director") })),
      },
    }),
    code: "role-conflict",
    where: "approvals.report",
  },
  {
    what: "a deputy whose days end before they begin",
    change: (plan) => ({
      ...plan,
      approvals: {
        ...plan.approvals,
        policy: [
          {
            title: "参事官",
            person: personId("nisc-counsellor"),
            deputy: {
              person: personId("nisc-councillor"),
              from: plainDate("2015-02-10"),
              to: plainDate("2015-02-09"),
            },
          },
        ],
      },
    }),
    code: "dates-out-of-order",
    where: "approvals.policy 参事官",
  },
  {
    what: "nobody to approve the report",
    change: (plan) => ({ ...plan, approvals: { ...plan.approvals, report: [] } }),
    code: "nobody-to-approve",
    where: "approvals.report",
  },
  {
    what: "nobody to record the decision",
    change: (plan) => withPerson(plan, "nisc-recorder", { staff: [] }),
    code: "role-missing",
    where: "people.yaml",
  },
];

export const dates: readonly Case[] = [
  {
    what: "a due date on a holiday",
    change: (plan) => withTerm(plan, "data", fixed("2015-04-29", "2015-05-15")),
    code: "closed-day",
    where: "requests.data.dueOn",
  },
  {
    what: "a close on a Saturday",
    change: (plan) => withTerm(plan, "chapter", fixed("2015-05-15", "2015-05-30")),
    code: "closed-day",
    where: "requests.chapter.closeOn",
  },
  {
    what: "a due date on a one-off closed day",
    change: (plan) => ({
      ...plan,
      holidays: [...plan.holidays, { date: plainDate("2015-04-17"), name: "臨時閉庁" }],
    }),
    code: "closed-day",
    where: "requests.data.dueOn",
  },
  {
    what: "a year without holidays",
    change: (plan) => ({ ...plan, holidays: plan.holidays.filter(({ date }) => !date.startsWith("2015")) }),
    code: "no-holiday-data",
    where: "holidays.yaml",
  },
  {
    what: "a year that counted terms can run into, without holidays",
    change: (plan) =>
      withDates(
        { ...plan, holidays: plan.holidays.filter(({ date }) => !date.startsWith("2016")) },
        { reportDecisionOn: plainDate("2015-12-01") },
      ),
    code: "no-holiday-data",
    where: "holidays.yaml",
  },
  {
    what: "a decision before the year opens",
    change: (plan) => withDates(plan, { policyDecisionOn: plainDate("2015-01-09") }),
    code: "dates-out-of-order",
    where: "dates.policyDecisionOn",
  },
  {
    what: "a due date before the collection",
    change: (plan) => withTerm(plan, "data", fixed("2015-03-31", "2015-05-01")),
    code: "dates-out-of-order",
    where: "requests.data.dueOn",
  },
  {
    what: "a close before the due date",
    change: (plan) => withTerm(plan, "data", fixed("2015-04-17", "2015-04-16")),
    code: "dates-out-of-order",
    where: "requests.data.closeOn",
  },
  {
    what: "a counted close before its due date",
    change: (plan) => withTerm(plan, "survey", { is: "counted", dueBusinessDays: 15, closeBusinessDays: 14 }),
    code: "dates-out-of-order",
    where: "requests.survey",
  },
  {
    what: "a ladder that goes down",
    change: (plan) => withLadder(plan, (rungs) => rungs.toReversed()),
    code: "ladder-out-of-order",
    where: "ladders.data",
  },
  {
    what: "two rungs on one day",
    change: (plan) => withLadder(plan, (rungs) => rungs.map((rung) => ({ ...rung, offsetBusinessDays: -1 }))),
    code: "ladder-out-of-order",
    where: "ladders.data remind-3",
  },
  {
    what: "a close on the day before the last rung",
    change: (plan) => withTerm(plan, "data", fixed("2015-04-17", "2015-04-23")),
    code: "closes-before-last-rung",
    where: "ladders.data escalate-5",
  },
  {
    what: "a counted close before the last rung",
    change: (plan) => withTerm(plan, "survey", { is: "counted", dueBusinessDays: 15, closeBusinessDays: 19 }),
    code: "closes-before-last-rung",
    where: "ladders.survey",
  },
  {
    what: "a send window without a minute",
    change: (plan) => ({ ...plan, sendWindow: { from: plainTime("09:00"), until: plainTime("09:00") } }),
    code: "send-window-empty",
    where: "sendWindow",
  },
];

export const letters: readonly Case[] = [
  {
    what: "a place that no letter has",
    change: (plan) => withLetter(plan, "{items} {due} {link} {dueDate}"),
    code: "unknown-placeholder",
    where: "letters.yaml inquiry",
  },
  {
    what: "a place that another letter has",
    change: (plan) => withLetter(plan, "{items} {due} {link} {meeting}"),
    code: "unknown-placeholder",
    where: "letters.yaml inquiry",
  },
];

import { describe, expect, it } from "vitest";
import type { ActingRole } from "../../domain/acts.ts";
import { agendaOf, type OpenMatters } from "../../domain/agenda.ts";
import type { Ladder } from "../../domain/approval.ts";
import { stages } from "../../domain/cycle.ts";
import { organisationId, personId, sha256 } from "../../domain/ids.ts";
import { instant, plainDate } from "../../domain/time.ts";

const now = instant("2015-04-20T09:00:00+09:00");
const at = (raw: string) => instant(`${raw}+09:00`);
const meti = organisationId("meti");
const mic = organisationId("mic");
const nisc = organisationId("nisc");

const ladder = (passed: number): Ladder => ({
  hash: sha256("a".repeat(64)),
  passed,
  steps: [
    { title: "内閣参事官", person: personId("counsellor") },
    {
      title: "副センター長",
      person: personId("deputy"),
      deputy: {
        person: personId("stand-in"),
        from: plainDate("2015-04-01"),
        to: plainDate("2015-04-20"),
      },
    },
  ],
});
const quiet: OpenMatters = {
  stage: "underway",
  now,
  policy: null,
  report: null,
  requestsOpened: false,
  inside: [],
  owed: [],
  toReview: 0,
  extensionsAsked: 0,
  surveys: [],
  lateAnswers: 0,
  evaluationsToWrite: 0,
  evaluationsDrafted: [],
  analysesToDecide: 0,
  versions: 0,
  rounds: 0,
  commentsAwaited: 0,
  commentsOpen: 0,
  findingsOpen: 0,
  nextPlanBy: null,
  mailsUncertain: 0,
};
const tasks = (role: ActingRole, open: Partial<OpenMatters>, person = "someone", organisation = nisc) =>
  agendaOf({ person: personId(person), role, organisation, posts: [] }, { ...quiet, ...open }).map(
    (task) => task.do,
  );

describe("what to do first", () => {
  it.each([
    ["submit-policy", { stage: "policy" }],
    ["open-requests", { stage: "collection" }],
    ["write-evaluations", { stage: "evaluation", evaluationsToWrite: 3 }],
    ["decide-analyses", { stage: "evaluation", analysesToDecide: 2 }],
    ["compile-report", { stage: "drafting" }],
    ["consult", { stage: "drafting", versions: 1 }],
    ["submit-report", { stage: "drafting", versions: 2, rounds: 1 }],
    ["dispose-comments", { stage: "consultation", rounds: 1, commentsOpen: 4 }],
    ["submit-report", { stage: "consultation", rounds: 1 }],
    ["publish-report", { stage: "publication" }],
    ["carry-findings", { stage: "carry-over", findingsOpen: 9 }],
    ["write-next-plan", { stage: "carry-over" }],
  ] as const)("is for a preparer: %s", (expected, open) => {
    expect(tasks("preparer", open)).toEqual([expected]);
  });

  it.each([
    ["the policy is with its approvers", { stage: "policy", policy: ladder(0) }],
    ["the measures are carried out", { stage: "underway" }],
    ["requests are open and nothing has come in", { stage: "collection", requestsOpened: true }],
    ["ministries are still to comment", { stage: "consultation", commentsAwaited: 2, commentsOpen: 1 }],
    ["the report is with its approvers", { stage: "approval" }],
    ["the headquarters is to decide", { stage: "decision" }],
    ["the year is over", { stage: "finished" }],
  ] as const)("is nothing for a preparer while %s", (_, open) => {
    expect(tasks("preparer", open)).toEqual([]);
  });

  it("is for a preparer also what has come in, people waiting for an answer before mail", () => {
    const surveys = [
      { organisation: meti, next: "method", dueOn: plainDate("2015-05-13") },
      { organisation: mic, next: "result", dueOn: plainDate("2015-05-20") },
    ] as const;
    const open = {
      stage: "collection",
      requestsOpened: true,
      surveys,
      toReview: 5,
      lateAnswers: 2,
      extensionsAsked: 1,
      mailsUncertain: 1,
    } as const;
    expect(tasks("approver", open)).toEqual(["answer-extensions"]);
    expect(tasks("preparer", open)).toEqual([
      "review-answers",
      "decide-late-answers",
      "plan-surveys",
      "conclude-surveys",
      "check-mails",
    ]);
  });

  it("is a survey's step for whoever takes it, by the day of the first, and the replies for nobody", () => {
    const surveys = [
      { organisation: meti, next: "secretariat-step", dueOn: plainDate("2015-05-20") },
      { organisation: mic, next: "secretariat-step", dueOn: plainDate("2015-05-13") },
      { organisation: meti, next: "organisation-step", dueOn: plainDate("2015-05-11") },
      { organisation: mic, next: "organisation-step", dueOn: plainDate("2015-05-08") },
      { organisation: meti, next: "replies", dueOn: plainDate("2015-05-07") },
    ] as const;
    const open: OpenMatters = { ...quiet, stage: "collection", requestsOpened: true, surveys };
    const agenda = (role: ActingRole, organisation: typeof meti) =>
      agendaOf({ person: personId("someone"), role, organisation, posts: [] }, open);
    expect(agenda("preparer", nisc)).toEqual([
      { do: "record-steps", surveys: 2, dueOn: plainDate("2015-05-13") },
    ]);
    expect(agenda("contact", meti)).toEqual([
      { do: "record-steps", surveys: 1, dueOn: plainDate("2015-05-11") },
    ]);
  });

  it.each([
    ["counsellor", ladder(0), ["approve-policy"]],
    ["deputy", ladder(0), []],
    ["deputy", ladder(1), ["approve-policy"]],
    ["stand-in", ladder(1), ["approve-policy"]],
    ["counsellor", ladder(2), []],
  ] as const)("is the policy for %s in his turn only", (person, policy, expected) => {
    expect(tasks("approver", { stage: "policy", policy }, person)).toEqual(expected);
  });

  it("is nothing for a deputy whose days are over", () => {
    const open = { stage: "policy", policy: ladder(1), now: at("2015-04-21T09:00:00") } as const;
    expect(tasks("approver", open, "stand-in")).toEqual([]);
  });

  it("is the report for the approver whose turn it is", () => {
    expect(tasks("approver", { stage: "approval", report: ladder(0) }, "counsellor")).toEqual([
      "approve-report",
    ]);
  });

  it("is for an approver what others have evaluated, never what he had a hand in", () => {
    const evaluationsDrafted = [
      { contributors: [personId("preparer")] },
      { contributors: [personId("counsellor"), personId("preparer")] },
    ];
    const open = { ...quiet, stage: "evaluation", evaluationsDrafted } as const;
    const who = { person: personId("counsellor"), role: "approver", organisation: nisc, posts: [] } as const;
    expect(agendaOf(who, open)).toEqual([{ do: "approve-evaluations", evaluations: 1 }]);
  });

  it.each([
    ["decide-policy", { stage: "policy", policy: ladder(2) }],
    ["decide-report", { stage: "decision" }],
  ] as const)("is for the recorder: %s", (expected, open) => {
    expect(tasks("recorder", open)).toEqual([expected]);
  });

  it("is nothing for the recorder before the last approver has approved", () => {
    expect(tasks("recorder", { stage: "policy", policy: ladder(1) })).toEqual([]);
  });

  it("is for a contact what his own organisation owes, the earliest date first", () => {
    const owed = [
      { request: "late", kind: "data", organisation: meti, items: 3, dueAt: at("2015-05-08T17:00:00") },
      { request: "other", kind: "data", organisation: mic, items: 3, dueAt: at("2015-04-01T17:00:00") },
      { request: "soon", kind: "chapter", organisation: meti, items: 1, dueAt: at("2015-04-17T17:00:00") },
      {
        request: "words",
        kind: "consultation",
        organisation: meti,
        items: 1,
        dueAt: at("2015-06-17T17:00:00"),
      },
    ] as const;
    const surveys = [{ organisation: meti, next: "result", dueOn: plainDate("2015-05-20") }] as const;
    const open = { ...quiet, stage: "collection", owed, surveys, toReview: 9 } as const;
    const who = { person: personId("officer"), role: "contact", organisation: meti, posts: [] } as const;
    expect(agendaOf(who, open)).toEqual([
      { do: "answer", request: "soon", items: 1, dueAt: at("2015-04-17T17:00:00") },
      { do: "answer", request: "late", items: 3, dueAt: at("2015-05-08T17:00:00") },
      { do: "comment", request: "words", dueAt: at("2015-06-17T17:00:00") },
      { do: "conclude-surveys", surveys: 1 },
    ]);
  });

  it.each(["auditor", "admin", "machine"] as const)("is never anything for the %s", (role) => {
    const busy = { toReview: 1, extensionsAsked: 1, commentsOpen: 1, mailsUncertain: 1, policy: ladder(0) };
    expect(stages.flatMap((stage) => tasks(role, { ...busy, stage }))).toEqual([]);
  });
});

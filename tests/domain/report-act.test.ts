import { describe, expect, it } from "vitest";
import type { ActArgs } from "../../domain/acts.ts";
import { personId } from "../../domain/ids.ts";
import {
  decideReportAct,
  endConsultation,
  isConsulted,
  newReport,
  withVersion,
  type Report,
  type ReportAct,
  type ReportStage,
} from "../../domain/report.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { actOf, contentOf, hashOf } from "../support/given-acts.ts";

const approvers = [
  { title: "内閣参事官", person: personId("sato") },
  { title: "センター長", person: personId("ito") },
];
const first = hashOf("第1版");
const second = hashOf("第2版");
const report = (stage: ReportStage, rest: Partial<Report> = {}): Report => ({
  stage,
  versions: [first, second],
  contributors: [personId("suzuki")],
  rounds: 1,
  ...rest,
});
const drafting: ReportStage = { is: "drafting" };
const consulting = (answered: boolean, comments: object = {}): ReportStage => ({
  is: "consultation",
  hash: second,
  answered,
  comments: { ...comments },
});
const approval = (passed: number): ReportStage => ({
  is: "approval",
  ladder: { hash: second, steps: approvers, passed },
});
const decision: ReportStage = { is: "decision", hash: second };
const publication: ReportStage = { is: "publication", hash: second };
const published: ReportStage = { is: "published", hash: second };

const reason = { reason: "表現を改める必要がある。" };
const edit = actOf("report.edit", { section: "outline", content: contentOf("概要") });
const compile = actOf("report.compile", {});
const dispose = (comments: readonly string[], why = {}) =>
  actOf("report.dispose", { comments, disposition: "reflected", change: "表現を改めた。" }, why);
const approve = (person: string, hash = second) => actOf("report.approve", { hash }, { person });
const held = instant("2015-06-25T18:00:00+09:00");
const decide = (rest: Partial<ActArgs["report.decide"]> = {}, why: { readonly reason?: string } = {}) =>
  actOf(
    "report.decide",
    {
      hash: second,
      outcome: "decided",
      meeting: "サイバーセキュリティ戦略本部第3回会合",
      heldOn: plainDate("2015-06-25"),
      ...rest,
    },
    { at: held, role: "recorder", ...why },
  );

const next = (before: Report, act: ReportAct) => decideReportAct(before, act, { approvers });

describe("a report", () => {
  it.each<[string, Report, ReportAct, ReportStage]>([
    [
      "goes out for comments as its last version",
      report(drafting),
      actOf("report.consult", { hash: second }),
      consulting(false),
    ],
    [
      "goes out again once the comments are disposed of",
      report(consulting(true, { c: "reflected" })),
      actOf("report.consult", { hash: second }),
      consulting(false),
    ],
    [
      "disposes of comments",
      report(consulting(true, { c: "open", d: "open" })),
      dispose(["c"], reason),
      consulting(true, { c: "reflected", d: "open" }),
    ],
    [
      "is submitted from consultation",
      report(consulting(true)),
      actOf("report.submit", { hash: second }),
      approval(0),
    ],
    [
      "is submitted again after a return without a new consultation",
      report(drafting),
      actOf("report.submit", { hash: second }),
      approval(0),
    ],
    ["climbs the ladder", report(approval(0)), approve("sato"), approval(1)],
    ["goes to the headquarters after the last step", report(approval(1)), approve("ito"), decision],
    [
      "is returned by an approver to its drafters",
      report(approval(1)),
      actOf("report.return", { hash: second }, { person: "ito", ...reason }),
      drafting,
    ],
    ["is decided", report(decision), decide(), publication],
    [
      "is decided with changes",
      report(decision),
      decide({ outcome: "decided-with-changes" }, reason),
      publication,
    ],
    ["is returned by the headquarters", report(decision), decide({ outcome: "returned" }, reason), drafting],
    [
      "is published as what was decided",
      report(publication),
      actOf("report.publish", { hash: second }),
      published,
    ],
  ])("%s", (_, before, act, stage) => {
    expect(next(before, act)).toMatchObject({ stage });
  });

  it.each<[string, string, Report, ReportAct]>([
    ["wrong-stage", "an edit under approval", report(approval(0)), edit],
    ["wrong-stage", "a version under decision", report(decision), compile],
    [
      "other-version",
      "a consultation on an old version",
      report(drafting),
      actOf("report.consult", { hash: first }),
    ],
    [
      "wrong-stage",
      "a consultation under approval",
      report(approval(0)),
      actOf("report.consult", { hash: second }),
    ],
    [
      "not-all-disposed",
      "another consultation while one runs",
      report(consulting(false)),
      actOf("report.consult", { hash: second }),
    ],
    ["wrong-stage", "a disposition while drafting", report(drafting), dispose(["c"], reason)],
    ["not-yet", "a disposition before all have answered", report(consulting(false)), dispose(["c"], reason)],
    ["nothing-given", "a disposition of nothing", report(consulting(true)), dispose([], reason)],
    [
      "reason-missing",
      "a disposition without a reason",
      report(consulting(true, { c: "open" })),
      dispose(["c"]),
    ],
    [
      "change-missing",
      "a comment taken up without a word of how",
      report(consulting(true, { c: "open" })),
      actOf("report.dispose", { comments: ["c"], disposition: "partly-reflected" }, reason),
    ],
    [
      "unknown-comment",
      "what nobody said",
      report(consulting(true, { c: "open" })),
      dispose(["c", "z"], reason),
    ],
    [
      "already-done",
      "what has been disposed of: its ministry has been told",
      report(consulting(true, { c: "not-reflected", d: "open" })),
      dispose(["d", "c"], reason),
    ],
    [
      "not-all-disposed",
      "submission with an open comment",
      report(consulting(true, { c: "open" })),
      actOf("report.submit", { hash: second }),
    ],
    [
      "consultation-missing",
      "submission of what nobody was asked about",
      report(drafting, { rounds: 0 }),
      actOf("report.submit", { hash: second }),
    ],
    [
      "other-version",
      "submission of an old version",
      report(drafting),
      actOf("report.submit", { hash: first }),
    ],
    ["wrong-stage", "submission twice", report(approval(0)), actOf("report.submit", { hash: second })],
    ["wrong-stage", "approval before submission", report(drafting), approve("sato")],
    ["not-your-turn", "approval out of turn", report(approval(0)), approve("ito")],
    ["other-version", "approval of another version", report(approval(0)), approve("sato", first)],
    [
      "contributed",
      "approval of one's own work",
      report(approval(0), { contributors: [personId("sato")] }),
      approve("sato"),
    ],
    [
      "reason-missing",
      "a return without a reason",
      report(approval(0)),
      actOf("report.return", { hash: second }, { person: "sato" }),
    ],
    ["wrong-stage", "a decision under approval", report(approval(1)), decide()],
    ["other-version", "a decision on another version", report(decision), decide({ hash: first })],
    ["not-yet", "a decision of tomorrow", report(decision), decide({ heldOn: plainDate("2015-06-26") })],
    [
      "reason-missing",
      "changes nobody describes",
      report(decision),
      decide({ outcome: "decided-with-changes" }),
    ],
    [
      "wrong-stage",
      "publication before the decision",
      report(decision),
      actOf("report.publish", { hash: second }),
    ],
    [
      "other-version",
      "publication of another version",
      report(publication),
      actOf("report.publish", { hash: first }),
    ],
    ["wrong-stage", "publication twice", report(published), actOf("report.publish", { hash: second })],
  ])("refuses as %s %s", (code, _, before, act) => {
    expect(next(before, act)).toEqual({ refused: code });
  });

  it("remembers everyone who wrote or compiled", () => {
    const twice = actOf(
      "report.edit",
      { section: "outline", content: contentOf("概要") },
      { person: "tanaka" },
    );
    expect(next(report(drafting), twice)).toMatchObject({ contributors: ["suzuki", "tanaka"] });
    expect(next(report(drafting), compile)).toMatchObject({ contributors: ["suzuki"] });
  });

  it("gains a version only where the record has changed", () => {
    const one = withVersion(newReport, first);
    expect(withVersion(one, first)).toBe(one);
    expect(withVersion(withVersion(one, second), first).versions).toEqual([first, second, first]);
  });
});

describe("a version that prints a judgement as open", () => {
  const open = withVersion(report(drafting), hashOf("第3版"), 1);

  it("goes out for comments, and cannot be submitted", () => {
    const hash = hashOf("第3版");
    expect(next(open, actOf("report.consult", { hash }))).toMatchObject({ stage: { is: "consultation" } });
    expect(next(open, actOf("report.submit", { hash }))).toEqual({ refused: "not-all-evaluated" });
  });

  it("gives way to one that prints none, also where that is the same text", () => {
    const hash = hashOf("第3版");
    for (const closed of [withVersion(open, hash), withVersion(open, hashOf("第4版"))])
      expect(next(closed, actOf("report.submit", { hash: closed.versions.at(-1) ?? hash }))).toMatchObject({
        stage: { is: "approval" },
      });
    expect(withVersion(open, hash, 2)).toBe(open);
  });
});

describe("a consultation", () => {
  const running = report(consulting(false));

  it("ends with the last answer, every comment then being open", () => {
    expect(endConsultation(running, { round: 1, comments: ["c", "d"] }).stage).toEqual(
      consulting(true, { c: "open", d: "open" }),
    );
  });

  it("without a comment is over at once", () => {
    expect(isConsulted(endConsultation(running, { round: 1, comments: [] }).stage)).toBe(true);
    expect(isConsulted(running.stage)).toBe(false);
    expect(isConsulted(consulting(true, { c: "open" }))).toBe(false);
  });

  it.each([
    ["of another round", report(consulting(false), { rounds: 2 })],
    ["a second time", report(consulting(true, { c: "reflected" }))],
    ["after the report has gone on", report(approval(0))],
  ])("isn't ended by word that comes %s", (_, before) => {
    expect(endConsultation(before, { round: 1, comments: ["c"] })).toBe(before);
  });
});

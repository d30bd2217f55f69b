import { describe, expect, it } from "vitest";
import type { MailOrder } from "../../activities/contract.ts";
import { cycleKey, fiscalYear, organisationId, personId } from "../../domain/ids.ts";
import { passDeadline, type Request, type RequestAct } from "../../domain/request.ts";
import type { Report, ReportAct, ReportStage } from "../../domain/report.ts";
import { instant, plainDate, plainTime } from "../../domain/time.ts";
import { turnMails } from "../../workflows/approval-rows.ts";
import { mailsOfReport, rowsOfReport } from "../../workflows/report-rows.ts";
import { mailsOfRequest } from "../../workflows/request-mails.ts";
import { rowsOfRequest } from "../../workflows/request-rows.ts";
import { actOf, contentOf, hashOf, read, says } from "../support/given-acts.ts";
import {
  closed,
  done,
  opened,
  owed,
  request,
  returned,
  submit,
  submitted,
} from "../support/given-request.ts";

/** Who gets which letter of an act, and which rows it writes: no engine needed to look at that. */

const cycle = cycleKey("2014-r1");
const stepOf = (before: Request, act: RequestAct | null, round = 0) => {
  const decided = act === null ? passDeadline(before, closed) : done(before, act);
  const opens = decided.opens.map((opening) => ({
    opening,
    dueOn: plainDate("2015-05-27"),
    justification: "締切までに回答がなかった。",
  }));
  const step = { cycle, before, after: decided.request, act, opens, closingTime: plainTime("17:00"), round };
  return { ...step, handsOn: decided.handsOn, now: act?.at ?? closed };
};
const toWhom = ({ to }: MailOrder): string => {
  if ("person" in to) return to.person;
  if ("staff" in to) return to.staff;
  return "organisation" in to ? `${to.organisation} ${to.contact}` : `every ${to.everyOrganisation}`;
};
const sent = (orders: readonly MailOrder[]) => orders.map((order) => `${order.letter} → ${toWhom(order)}`);

describe("a request's letters", () => {
  const answer = says("a");
  const reason = { reason: "内訳がない。" };
  const asked = { dueOn: plainDate("2015-04-24"), reason: "遅延" };
  const paused = { at: instant("2015-04-08T10:00:00+09:00"), reason: "照会事項を確認するため" };
  const moved = ["extension → meti window", "extension → meti officer"];
  const halted = ["halted → meti window", "halted → meti officer"];
  it.each<[string, Request, RequestAct | null, readonly string[]]>([
    ["a receipt", request(), submit([answer]), ["receipt → meti window", "receipt → meti officer"]],
    [
      "nothing for an acceptance",
      request({ a: submitted(answer) }),
      actOf("request.accept", { items: [read(answer)] }),
      [],
    ],
    [
      "a return",
      request({ a: submitted(answer) }),
      actOf("request.return", { items: [read(answer)] }, reason),
      ["returned → meti window", "returned → meti officer"],
    ],
    [
      "a survey in place of a second return",
      request({ a: submitted(answer, 1) }),
      actOf("request.return", { items: [read(answer)] }, reason),
      ["survey → meti window", "survey → meti officer", "notice → preparer"],
    ],
    [
      "a notice that more time is asked for",
      request(),
      actOf("request.ask-extension", { dueOn: asked.dueOn }, reason),
      ["notice → approver"],
    ],
    ["the extension", request({ a: owed }, { asked }), actOf("request.grant-extension", {}), moved],
    [
      "an earlier date",
      request(),
      actOf("request.shorten", { dueOn: plainDate("2015-04-16") }, { ...reason, at: opened }),
      moved,
    ],
    ["a pause", request(), actOf("request.pause", {}, reason), halted],
    ["its end", request(undefined, { paused }), actOf("request.resume", {}), moved],
    ["a withdrawal", request(), actOf("request.withdraw", {}, reason), halted],
    [
      "a reminder by hand",
      request({ a: owed, b: submitted(answer) }),
      actOf("request.remind", {}),
      ["reminder → meti window", "reminder → meti officer"],
    ],
    ["nothing for giving up", request(), actOf("request.give-up", { items: ["a", "b"] }, reason), []],
    [
      "the surveys that silence opens",
      request({ a: owed }),
      null,
      ["survey → meti window", "survey → meti officer", "notice → preparer"],
    ],
    ["a notice of a missing chapter", request({ a: owed }, { kind: "chapter" }), null, ["notice → preparer"]],
    ["nothing for an unanswered consultation", request({ a: owed }, { kind: "consultation" }), null, []],
  ])("are %s", (_, before, act, letters) => {
    expect(sent(mailsOfRequest(stepOf(before, act)))).toEqual(letters);
  });

  it("say by when a returned answer and a survey are wanted", () => {
    const back = actOf("request.return", { items: [read(answer)] }, reason);
    expect(mailsOfRequest(stepOf(request({ a: submitted(answer) }), back))[0]).toMatchObject({
      dueAt: "2015-05-01T17:00:00+09:00",
      reason: "内訳がない。",
      items: ["a"],
      path: "/requests/2014-r1-data-meti",
    });
    expect(mailsOfRequest(stepOf(request({ a: owed }), null))[0]).toMatchObject({
      dueAt: "2015-05-27T17:00:00+09:00",
      reason: "締切までに回答がなかった。",
      items: ["a"],
    });
  });
});

describe("a request's rows", () => {
  it("are the answer, its item, and the end of the request", () => {
    const before = request({ a: submitted(says("a")) });
    const act = actOf("request.accept", { items: [read(says("a"))] });
    expect(rowsOfRequest(stepOf(before, act))).toEqual([
      { write: "item", item: "a", state: { is: "value", answer: says("a") } },
      { write: "request", request: before.id, is: "settled" },
      { write: "process", workflow: "request-2014-r1-data-meti", is: "closed" },
    ]);
    expect(rowsOfRequest(stepOf(request(), submit([says("a")])))).toEqual([
      { write: "answer", answer: says("a") },
      { write: "item", item: "a", state: submitted(says("a")) },
    ]);
  });

  it("of a consultation are comments, where there are any", () => {
    const before = request({ a: owed, b: owed }, { kind: "consultation" });
    const rows = rowsOfRequest(stepOf(before, submit([says("a"), says("b", "nil")]), 2));
    expect(rows.filter(({ write }) => write === "comment")).toEqual([
      { write: "comment", request: before.id, content: contentOf("a value"), round: 2 },
    ]);
    expect(rows.map(({ write }) => write)).not.toContain("answer");
  });

  it("are a moved term once, with every item that moved along", () => {
    const asked = { dueOn: plainDate("2015-04-24"), reason: "遅延" };
    const before = request({ a: owed, b: returned(says("b"), 1) }, { asked });
    const rows = rowsOfRequest(stepOf(before, actOf("request.grant-extension", {})));
    expect(rows.map(({ write }) => write)).toEqual(["term", "call-back", "item", "item"]);
  });

  it("call back what was planned for another date, for a pause, or for what is no longer owed", () => {
    const planned = (before: Request, act: RequestAct | null) =>
      rowsOfRequest(stepOf(before, act)).flatMap((row) => (row.write === "call-back" ? [row.planned] : []));
    const reason = { reason: "本部の会議が早まったため" };
    const shortened = actOf("request.shorten", { dueOn: plainDate("2015-04-16") }, { ...reason, at: opened });
    expect(planned(request(), shortened)).toEqual(["reminders"]);
    expect(planned(request(), actOf("request.pause", {}, reason))).toEqual(["reminders"]);
    expect(planned(request(), submit([says("a"), says("b")]))).toEqual(["reminders"]);
    expect(planned(request(), submit([says("a")]))).toEqual([]);
    expect(
      planned(request(), actOf("request.ask-extension", { dueOn: plainDate("2015-04-24") }, reason)),
    ).toEqual([]);
    expect(planned(request(), actOf("request.withdraw", {}, reason))).toEqual(["everything"]);
  });
});

describe("an approval's letters", () => {
  const steps = [
    { title: "内閣参事官", person: personId("sato") },
    {
      title: "副センター長",
      person: personId("ito"),
      deputy: { person: personId("kato"), from: plainDate("2015-02-02"), to: plainDate("2015-06-30") },
    },
  ];
  const hash = hashOf("第1版");
  const matter = { cycle, year: fiscalYear(2014), subject: "report" } as const;
  const act = actOf("report.submit", { hash });
  const turn = (passed: number) => turnMails(matter, { ladder: { hash, steps, passed }, act });

  it("go to whom it waits for, at last to those who record the decision", () => {
    expect(sent(turn(0))).toEqual(["approval-turn → sato"]);
    expect(sent(turn(1))).toEqual(["approval-turn → ito", "approval-turn → kato"]);
    expect(sent(turn(2))).toEqual(["notice → recorder"]);
    expect(turn(0)[0]?.detail).toBe("平成26年度の年次報告（案）");
  });

  const report = (stage: ReportStage): Report => ({
    stage,
    versions: [hash],
    contributors: [],
    rounds: 1,
  });
  const step = (
    before: ReportStage,
    after: ReportStage,
    done: Exclude<ReportAct, { name: "report.consult" }>,
  ) => ({
    matter,
    before: report(before),
    after: report(after),
    act: done,
    version: null,
    comments: [
      { id: "c/1", organisation: organisationId("meti") },
      { id: "c/2", organisation: organisationId("meti") },
      { id: "d/1", organisation: organisationId("mic") },
    ],
  });
  const approval: ReportStage = { is: "approval", ladder: { hash, steps, passed: 1 } };
  const decision: ReportStage = { is: "decision", hash };
  const drafting: ReportStage = { is: "drafting" };
  const consulting = (c: "open" | "reflected"): ReportStage => ({
    is: "consultation",
    hash,
    answered: true,
    comments: { "c/1": "reflected", "c/2": "reflected", "d/1": c },
  });
  const decide = (outcome: "decided" | "returned") =>
    actOf(
      "report.decide",
      { hash, outcome, meeting: "本部第3回会合", heldOn: plainDate("2015-06-25") },
      { reason: "要再検討" },
    );
  const dispose = actOf("report.dispose", { comments: ["d/1"], disposition: "reflected" });

  it("of a report go to everyone it concerns", () => {
    const lettersOf = (...given: Parameters<typeof step>) => sent(mailsOfReport(step(...given)));
    const approve = actOf("report.approve", { hash }, { person: "kato" });
    expect(lettersOf(approval, decision, approve)).toEqual(["notice → recorder"]);
    expect(lettersOf(approval, drafting, actOf("report.return", { hash }))).toEqual([
      "approval-returned → preparer",
    ]);
    expect(lettersOf(decision, drafting, decide("returned"))).toEqual(["approval-returned → preparer"]);
    expect(lettersOf(decision, { is: "publication", hash }, decide("decided"))).toEqual([
      "decided → every window",
      "decided → preparer",
    ]);
    expect(
      lettersOf({ is: "publication", hash }, { is: "published", hash }, actOf("report.publish", { hash })),
    ).toEqual(["published → every window"]);
  });

  it("tell each commenting ministry once what became of its comments, when all are disposed of", () => {
    const letters = mailsOfReport(step(consulting("open"), consulting("reflected"), dispose));
    expect(sent(letters)).toEqual(["disposition → meti window", "disposition → mic window"]);
    expect(letters[0]?.detail).toBe("提出いただいた意見2件への対応を決めました。");
    expect(mailsOfReport(step(consulting("open"), consulting("open"), dispose))).toEqual([]);
    expect(mailsOfReport(step(consulting("reflected"), consulting("reflected"), dispose))).toEqual([]);
  });

  it("say in the row for whom a deputy stood in", () => {
    const approve = actOf("report.approve", { hash }, { person: "kato" });
    expect(rowsOfReport(step(approval, decision, approve))).toEqual([
      { write: "approval", subject: "report", hash, outcome: "approved", standsInFor: "ito" },
    ]);
  });
});

import { approvalHistory } from "../db/queries/approval-desk.ts";
import { namesOf } from "../db/queries/home.ts";
import { ladderOf } from "../db/queries/ladders.ts";
import { approvalStanding } from "../db/queries/standing.ts";
import { turnOf, waitsFor } from "../domain/approval.ts";
import type { Around } from "./around.ts";
import type { ApprovalView } from "./pages/approval.tsx";
import type { ScreenDeps } from "./screens.ts";

/** 決裁 of the policy or the report as its screen shows it, and what the reader may do about it. */
export const approvalViewOf = async (
  { db }: ScreenDeps,
  { reader, standing, plan, now, may }: Around,
  subject: "policy" | "report",
): Promise<ApprovalView> => {
  const of = { cycle: standing.cycle, subject, steps: plan.approvals[subject] };
  const ladder = await ladderOf(db, of);
  const { hash, steps } = await approvalStanding(db, of);
  const { submissions, reviews, decision } = await approvalHistory(db, of);
  const names = await namesOf(db, [
    ...steps.flatMap(({ person, by }) => [person, ...(by === null ? [] : [by])]),
    ...submissions.map(({ by }) => by),
    ...reviews.map(({ by }) => by),
  ]);
  const nameOf = (person: (typeof submissions)[number]["by"]): string => names.get(person) ?? person;
  const submitted = submissions.findLast((one) => one.hash === hash);
  const approve = subject === "policy" ? "cycle.approve-policy" : "report.approve";
  const decide = subject === "policy" ? "cycle.decide-policy" : "report.decide";
  const passed = ladder !== null && turnOf(ladder) === undefined;
  const isOpen = standing.stage === (subject === "policy" ? "policy" : passed ? "decision" : "approval");
  return {
    subject,
    hash,
    submitted: submitted === undefined ? null : { by: nameOf(submitted.by), at: submitted.at },
    steps: steps.map(({ title, person, by, approvedAt }) => ({
      title,
      person: nameOf(person),
      by: by === null || by === person ? null : nameOf(by),
      approvedAt,
    })),
    turn: ladder === null ? null : (turnOf(ladder)?.title ?? null),
    returns: reviews.flatMap(({ outcome, by, at, reason }) =>
      outcome === "returned" ? [{ by: nameOf(by), at, reason: reason ?? "" }] : [],
    ),
    decision,
    mayReview: isOpen && may(approve) && ladder !== null && waitsFor(ladder, now).includes(reader.person),
    mayDecide: isOpen && may(decide) && passed,
    meeting: (await approvalHistory(db, { ...of, subject: "policy" })).decision?.meeting ?? "",
  };
};

import type { Db, Tx } from "../db/client.ts";
import { approvalHistory, contributorsTo } from "../db/queries/approval-desk.ts";
import { namesOf } from "../db/queries/home.ts";
import { ladderOf } from "../db/queries/ladders.ts";
import { approvalStanding } from "../db/queries/standing.ts";
import { turnOf, waitsFor, type Ladder } from "../domain/approval.ts";
import type { PersonId } from "../domain/ids.ts";
import type { Around } from "./around.ts";
import { deedCauses } from "./causes.ts";
import type { ApprovalView } from "./pages/approval.tsx";

type Subject = ApprovalView["subject"];

const acts = {
  policy: {
    submit: "cycle.submit-policy",
    approve: "cycle.approve-policy",
    return: "cycle.return-policy",
    decide: "cycle.decide-policy",
  },
  report: {
    submit: "report.submit",
    approve: "report.approve",
    return: "report.return",
    decide: "report.decide",
  },
} as const;

/** What the reader may do, while the year is where it can be done. */
const mayOf = (
  { reader, standing, now, may }: Around,
  subject: Subject,
  ladder: Ladder | null,
): Pick<ApprovalView, "mayReview" | "mayDecide"> => {
  if (ladder === null) return { mayReview: false, mayDecide: false };
  const passed = turnOf(ladder) === undefined;
  const stage = subject === "policy" ? "policy" : passed ? "decision" : "approval";
  const { approve, decide } = acts[subject];
  return {
    mayReview: standing.stage === stage && may(approve) && waitsFor(ladder, now).includes(reader.person),
    mayDecide: standing.stage === stage && may(decide) && passed,
  };
};

/** 決裁 of the policy or the report as its screen shows it, and what the reader may do about it. */
export const approvalViewOf = async (
  db: Db | Tx,
  around: Around,
  subject: Subject,
): Promise<ApprovalView> => {
  const { standing, plan } = around;
  const of = { cycle: standing.cycle, subject, steps: plan.approvals[subject] };
  const [ladder, { hash, steps }, { submissions, reviews, decision }, ofPolicy, causeOf] = await Promise.all([
    ladderOf(db, of),
    approvalStanding(db, of),
    approvalHistory(db, of),
    approvalHistory(db, { ...of, subject: "policy" }),
    deedCauses(db, around),
  ]);
  const contributors =
    hash === null ? [] : await contributorsTo(db, { cycle: standing.cycle, subject, hash });
  const against = hash === null ? undefined : reviews.findLast((one) => one.hash !== hash);
  const people = [
    ...contributors,
    ...steps.flatMap(({ person, by }) => [person, ...(by === null ? [] : [by])]),
    ...[...submissions, ...reviews].map(({ by }) => by),
  ];
  const names = await namesOf(db, people);
  const nameOf = (person: PersonId): string => names.get(person) ?? person;
  const name = acts[subject];
  const submitted = submissions.findLast((one) => one.hash === hash);
  return {
    subject,
    hash,
    submitted:
      submitted === undefined
        ? null
        : {
            by: nameOf(submitted.by),
            at: submitted.at,
            caused: causeOf([name.submit], { at: submitted.at, hash }),
          },
    contributors: [...new Set(contributors)].map(nameOf),
    against: against === undefined ? null : { hash: against.hash, outcome: against.outcome },
    steps: steps.map(({ title, person, by, approvedAt, mark }) => ({
      title,
      person: nameOf(person),
      by: by === null || by === person ? null : nameOf(by),
      approvedAt,
      mark,
      caused:
        approvedAt === null || by === null
          ? null
          : causeOf([name.approve], { at: approvedAt, actor: by, hash }),
    })),
    turn: ladder && (turnOf(ladder)?.title ?? null),
    returns: reviews
      .filter(({ outcome }) => outcome === "returned")
      .map(({ by, at, reason }) => ({
        by: nameOf(by),
        at,
        reason: reason ?? "",
        caused: causeOf([name.return], { at, actor: by }),
      })),
    decision: decision && { ...decision, caused: causeOf([name.decide], { hash: decision.hash }) },
    ...mayOf(around, subject, ladder),
    meeting: ofPolicy.decision?.meeting ?? "",
  };
};

import type { ActingRole } from "./acts.ts";
import { turnOf, type Ladder } from "./approval.ts";
import type { Stage } from "./cycle.ts";
import type { OrganisationId, PersonId } from "./ids.ts";
import { insideTasks, type InsideMatter, type InsideTask } from "./inside-agenda.ts";
import type { ContactRole, RequestKind } from "./plan.ts";
import { dateOf, type Instant, type PlainDate } from "./time.ts";

/** One thing the year waits for from a person. `items` and the like count what it is about. */
export type Task =
  | { readonly do: "submit-policy" | "approve-policy" | "decide-policy" | "open-requests" }
  | { readonly do: "answer"; readonly request: string; readonly items: number; readonly dueAt: Instant }
  | InsideTask
  | { readonly do: "comment"; readonly request: string; readonly dueAt: Instant }
  | { readonly do: "review-answers"; readonly items: number }
  | { readonly do: "answer-extensions"; readonly requests: number }
  | { readonly do: "plan-surveys" | "conclude-surveys"; readonly surveys: number }
  /** `dueOn`: of the step that is wanted first. */
  | { readonly do: "record-steps"; readonly surveys: number; readonly dueOn: PlainDate }
  | { readonly do: "decide-late-answers"; readonly items: number }
  | { readonly do: "write-evaluations" | "approve-evaluations"; readonly evaluations: number }
  | { readonly do: "decide-analyses"; readonly domains: number }
  | { readonly do: "compile-report" | "consult" | "submit-report" | "approve-report" }
  | { readonly do: "dispose-comments"; readonly comments: number }
  | { readonly do: "decide-report" | "publish-report" | "write-next-plan" | "approve-next-plan" }
  | { readonly do: "carry-findings"; readonly findings: number }
  | { readonly do: "check-mails"; readonly mails: number };

/** What comes next of a survey. Steps that end by themselves, with the replies, are nobody's to record. */
export interface OpenSurvey {
  readonly organisation: OrganisationId;
  readonly next: "method" | "secretariat-step" | "organisation-step" | "replies" | "result";
  readonly dueOn: PlainDate;
}
/** What the record says is open, counted. */
export interface OpenMatters {
  readonly stage: Stage;
  readonly now: Instant;
  /** null while nothing is submitted. */
  readonly policy: Ladder | null;
  readonly report: Ladder | null;
  readonly requestsOpened: boolean;
  /** Requests that are answered in several steps, while they are open. */
  readonly inside: readonly InsideMatter[];
  /** The others, with something their organisation still has to do. */
  readonly owed: readonly {
    readonly request: string;
    readonly kind: RequestKind;
    readonly organisation: OrganisationId;
    readonly items: number;
    /** Of the item that is wanted first. */
    readonly dueAt: Instant;
  }[];
  readonly toReview: number;
  readonly extensionsAsked: number;
  /** Those that have not ended. */
  readonly surveys: readonly OpenSurvey[];
  /** 調査中に届いた回答 on which nobody has decided. */
  readonly lateAnswers: number;
  readonly evaluationsToWrite: number;
  readonly evaluationsDrafted: readonly { readonly contributors: readonly PersonId[] }[];
  readonly analysesToDecide: number;
  readonly versions: number;
  readonly rounds: number;
  readonly commentsAwaited: number;
  readonly commentsOpen: number;
  readonly findingsOpen: number;
  /** 次年度の計画（案）: who had a hand in what waits for approval; null while none does. */
  readonly nextPlanBy: readonly PersonId[] | null;
  readonly mailsUncertain: number;
}
export interface AgendaOf {
  readonly person: PersonId;
  readonly role: ActingRole;
  readonly organisation: OrganisationId;
  /** 窓口・担当者・確認者 of the organisation; none for the secretariat's. */
  readonly posts: readonly ContactRole[];
}

const counted = <Name extends Task>(many: number, task: Name): readonly Name[] => (many > 0 ? [task] : []);

const preparing = (open: OpenMatters): readonly Task[] => {
  switch (open.stage) {
    case "policy":
      return open.policy === null ? [{ do: "submit-policy" }] : [];
    case "collection":
      return open.requestsOpened ? [] : [{ do: "open-requests" }];
    case "evaluation":
      return [
        ...counted(open.evaluationsToWrite, {
          do: "write-evaluations",
          evaluations: open.evaluationsToWrite,
        }),
        ...counted(open.analysesToDecide, { do: "decide-analyses", domains: open.analysesToDecide }),
      ];
    case "drafting":
      if (open.versions === 0) return [{ do: "compile-report" }];
      return [{ do: open.rounds === 0 ? "consult" : "submit-report" }];
    case "consultation":
      if (open.commentsAwaited > 0) return [];
      return open.commentsOpen > 0
        ? [{ do: "dispose-comments", comments: open.commentsOpen }]
        : [{ do: "submit-report" }];
    case "publication":
      return [{ do: "publish-report" }];
    case "carry-over":
      if (open.nextPlanBy !== null) return [];
      return open.findingsOpen > 0
        ? [{ do: "carry-findings", findings: open.findingsOpen }]
        : [{ do: "write-next-plan" }];
    case "underway":
    case "approval":
    case "decision":
    case "finished":
      return [];
  }
};

const surveying = (
  surveys: OpenMatters["surveys"],
  ownStep: "secretariat-step" | "organisation-step",
): readonly Task[] => {
  const waitingFor = (next: OpenSurvey["next"]) => surveys.filter((survey) => survey.next === next);
  const [unplanned, done] = [waitingFor("method").length, waitingFor("result").length];
  const steps = waitingFor(ownStep);
  const [dueOn] = steps.map((survey) => survey.dueOn).toSorted();
  return [
    ...counted(unplanned, { do: "plan-surveys", surveys: unplanned }),
    ...(dueOn === undefined ? [] : [{ do: "record-steps", surveys: steps.length, dueOn } as const]),
    ...counted(done, { do: "conclude-surveys", surveys: done }),
  ];
};

/** What comes in whatever the stage: people wait for an answer. */
const receiving = (open: OpenMatters): readonly Task[] => [
  ...counted(open.toReview, { do: "review-answers", items: open.toReview }),
  ...counted(open.lateAnswers, { do: "decide-late-answers", items: open.lateAnswers }),
  ...surveying(open.surveys, "secretariat-step"),
  ...counted(open.mailsUncertain, { do: "check-mails", mails: open.mailsUncertain }),
];

const isTurnOf = (ladder: Ladder | null, person: PersonId, now: Instant): boolean => {
  const step = ladder === null ? undefined : turnOf(ladder);
  if (step === undefined) return false;
  const { deputy } = step;
  const today = dateOf(now);
  return step.person === person || (deputy?.person === person && deputy.from <= today && today <= deputy.to);
};

const approving = (open: OpenMatters, person: PersonId): readonly Task[] => {
  const others = open.evaluationsDrafted.filter(({ contributors }) => !contributors.includes(person)).length;
  const policyTurn = open.stage === "policy" && isTurnOf(open.policy, person, open.now);
  const reportTurn = open.stage === "approval" && isTurnOf(open.report, person, open.now);
  return [
    ...counted(open.extensionsAsked, { do: "answer-extensions", requests: open.extensionsAsked }),
    ...(policyTurn ? [{ do: "approve-policy" } as const] : []),
    ...(reportTurn ? [{ do: "approve-report" } as const] : []),
    ...(open.stage === "evaluation"
      ? counted(others, { do: "approve-evaluations", evaluations: others })
      : []),
    ...(open.stage === "carry-over" && open.nextPlanBy?.includes(person) === false
      ? [{ do: "approve-next-plan" } as const]
      : []),
  ];
};

const recording = ({ stage, policy }: OpenMatters): readonly Task[] => {
  if (stage === "decision") return [{ do: "decide-report" }];
  const approved = stage === "policy" && policy !== null && turnOf(policy) === undefined;
  return approved ? [{ do: "decide-policy" }] : [];
};

const answering = ({ owed, inside, surveys }: OpenMatters, who: AgendaOf): readonly Task[] => [
  ...[
    ...owed
      .filter((request) => request.organisation === who.organisation)
      .map(({ request, kind, items, dueAt }) =>
        kind === "consultation"
          ? ({ do: "comment", request, dueAt } as const)
          : ({ do: "answer", request, items, dueAt } as const),
      ),
    ...inside
      .filter((request) => request.organisation === who.organisation)
      .flatMap((request) => insideTasks(request, who)),
  ].toSorted((a, b) => a.dueAt.localeCompare(b.dueAt)),
  ...surveying(
    surveys.filter((survey) => survey.organisation === who.organisation),
    "organisation-step",
  ),
];

/** What waits for this person in this role, the first thing first. Empty: nothing to do but wait. */
export const agendaOf = (who: AgendaOf, open: OpenMatters): readonly Task[] => {
  switch (who.role) {
    case "preparer":
      return [...preparing(open), ...receiving(open)];
    case "approver":
      return approving(open, who.person);
    case "recorder":
      return recording(open);
    case "contact":
      return answering(open, who);
    case "auditor":
    case "admin":
    case "machine":
      return [];
  }
};

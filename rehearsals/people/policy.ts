import type { Instant } from "../../domain/time.ts";
import { lastDone, latest, nextKey, timesDone, type Intention } from "../intention.ts";
import type { Cast, View } from "../view.ts";
import { decisionAt, outcomeOf } from "./meeting.ts";

/** 実施方針: drafted, approved step by step, returned once if the script says so, decided by the 本部. */
export const policyIntentions = (view: View, cast: Cast): readonly Intention[] => {
  const { cycle, memory } = view;
  if (cycle.stage !== "policy") return [];
  const { hash, steps } = cycle.policy;
  if (hash === null) return [submission(view, cast)];
  const passed = steps.filter(({ approvedAt }) => approvedAt !== null).length;
  const step = steps[passed];
  if (step === undefined) return [decision(view, cast, hash)];
  const { afterDays, returnedOnce } = cast.script.approvals.policy;
  const returned =
    returnedOnce?.atStep === passed + 1 && timesDone(memory, "policy return") === 0 ? returnedOnce : null;
  const before = latest(
    lastDone(memory, "policy submit"),
    ...steps.map(({ approvedAt }) => approvedAt ?? undefined),
  );
  return [
    {
      at: cast.secretariat.after(before ?? openedAt(view), afterDays),
      person: step.person,
      role: "approver",
      key: nextKey(memory, returned === null ? "policy approve" : "policy return"),
      path: `/cycles/${cycle.cycle}/policy/${returned === null ? "approval" : "return"}`,
      body: returned === null ? { hash } : { hash, reason: returned.reason },
    },
  ];
};

const openedAt = ({ cycle, now }: View): Instant => cycle.stages[0]?.enteredAt ?? now;

const submission = (view: View, cast: Cast): Intention => {
  const { draftsPolicyAfterDays, policy } = cast.script.secretariat;
  const sentBack = latest(lastDone(view.memory, "policy return"), lastDone(view.memory, "policy decide"));
  return {
    at:
      sentBack === undefined
        ? cast.secretariat.after(openedAt(view), draftsPolicyAfterDays)
        : cast.secretariat.after(sentBack, policy.revisedAfterDays),
    person: cast.preparers[0],
    role: "preparer",
    key: nextKey(view.memory, "policy submit"),
    path: `/cycles/${view.cycle.cycle}/policy`,
    body: { title: policy.title, text: sentBack === undefined ? policy.text : policy.corrected },
  };
};

const decision = (view: View, cast: Cast, hash: string): Intention => {
  const held = timesDone(view.memory, "policy decide");
  const at = decisionAt({
    diary: cast.secretariat,
    plannedOn: cast.plan.dates.policyDecisionOn,
    approvedAt: lastDone(view.memory, "policy approve") ?? openedAt(view),
  });
  return {
    at,
    person: cast.recorder,
    role: "recorder",
    key: nextKey(view.memory, "policy decide"),
    path: `/cycles/${view.cycle.cycle}/policy/decision`,
    body: { hash, ...outcomeOf({ decision: cast.script.decisions.policy, held, at }) },
  };
};

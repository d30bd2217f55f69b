import { lastDone, nextKey, type Intention } from "../intention.ts";
import { enteredAt, type Cast, type View } from "../view.ts";

/**
 * 次年度への反映: what is open goes into the next plan or is dropped with a reason; then the plan is written, and approved
 * by the first of the report's approvers.
 */
export const carryOverIntentions = (view: View, cast: Cast): readonly Intention[] => {
  if (view.cycle.stage !== "carry-over") return [];
  const { afterDays, droppedShare, droppedReason } = cast.script.secretariat.carryOver;
  const begun = enteredAt(view, "carry-over");
  const at = cast.secretariat.after(begun, afterDays);
  const open = view.findings.filter(({ into }) => into === null).map(({ id }) => id);
  const dropped = open.filter((id) => cast.draw(`${id} carry-over`) < droppedShare);
  const next = open.filter((id) => !dropped.includes(id));
  const preparing = (what: string, path: string, body: object): Intention => ({
    at,
    person: cast.preparers[0],
    role: "preparer",
    key: nextKey(view.memory, what),
    path: `/cycles/${view.cycle.cycle}${path}`,
    body,
  });
  if (view.cycle.nextPlan !== null) return approving(view, cast, view.cycle.nextPlan);
  if (open.length === 0) return [preparing("next plan", "/next-plan", {})];
  return [
    ...(next.length === 0 ? [] : [preparing("carry", "/findings/carry", { findings: next, into: "next" })]),
    ...(dropped.length === 0
      ? []
      : [
          preparing("drop", "/findings/carry", { findings: dropped, into: "dropped", reason: droppedReason }),
        ]),
  ];
};

const approving = (view: View, cast: Cast, hash: string): readonly Intention[] => {
  const written = lastDone(view.memory, "next plan") ?? enteredAt(view, "carry-over");
  return [
    {
      at: cast.secretariat.after(written, cast.script.approvals.report.afterDays),
      person: cast.approver,
      role: "approver",
      key: nextKey(view.memory, "next plan approve"),
      path: `/cycles/${view.cycle.cycle}/next-plan/approval`,
      body: { hash },
    },
  ];
};

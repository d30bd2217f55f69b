import { nextKey, type Intention } from "../intention.ts";
import type { Cast, View } from "../view.ts";

/** 次年度への反映: what is open goes into the next plan or is dropped with a reason; then the plan is written. */
export const carryOverIntentions = (view: View, cast: Cast): readonly Intention[] => {
  if (view.cycle.stage !== "carry-over") return [];
  const { afterDays, droppedShare, droppedReason } = cast.script.secretariat.carryOver;
  const begun = view.cycle.stages.findLast(({ stage }) => stage === "carry-over")?.enteredAt ?? view.now;
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

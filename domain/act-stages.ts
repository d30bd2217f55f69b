import type { ActOf } from "./acts.ts";

/** The stage in which each act is possible; undefined where the act says itself. */
export const stageOf = (
  name: ActOf<"cycle">["name"],
): "policy" | "collection" | "evaluation" | "carry-over" | undefined => {
  switch (name) {
    case "cycle.submit-policy":
    case "cycle.approve-policy":
    case "cycle.return-policy":
    case "cycle.decide-policy":
      return "policy";
    case "cycle.open-requests":
      return "collection";
    case "cycle.evaluate":
    case "cycle.approve-evaluations":
    case "cycle.return-evaluations":
    case "cycle.decide-analysis":
      return "evaluation";
    case "cycle.carry":
    case "cycle.write-next-plan":
    case "cycle.approve-next-plan":
    case "cycle.return-next-plan":
      return "carry-over";
    case "cycle.open":
    case "cycle.amend":
    case "cycle.correct":
    case "cycle.advance":
      return undefined;
  }
};

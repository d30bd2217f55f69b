import { warn, type LintFinding } from "./lint-finding.ts";
import type { Plan } from "./plan.ts";

/** Without such a rating no measure is ever carried over, however far behind it is. */
export const lintScales = ({ scales }: Plan): readonly LintFinding[] =>
  scales.output.some(({ leaves }) => leaves === "unfinished")
    ? []
    : [
        warn({
          code: "scale-leaves-nothing",
          where: "plan.yaml scales.output",
          message: "未了の施策を次年度に引き継ぐ評定がありません。",
          hint: "遅れを意味する評定に leaves: unfinished と書いてください。",
        }),
      ];

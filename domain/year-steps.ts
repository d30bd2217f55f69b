import type { Stage } from "./cycle.ts";
import type { Instant } from "./time.ts";

/** The year as people see it: every stage that something happens in, and the surveys that run beside collection. */
export const yearSteps = [
  { step: "policy", phase: "plan" },
  { step: "underway", phase: "do" },
  { step: "collection", phase: "check" },
  { step: "survey", phase: "check" },
  { step: "evaluation", phase: "check" },
  { step: "drafting", phase: "act" },
  { step: "consultation", phase: "act" },
  { step: "approval", phase: "act" },
  { step: "decision", phase: "act" },
  { step: "publication", phase: "act" },
  { step: "carry-over", phase: "act" },
] as const;
export type YearStep = (typeof yearSteps)[number]["step"];
export type Phase = (typeof yearSteps)[number]["phase"];

/** `beside`: under way while another stage is the present one. `needless`: passed without ever having begun. */
export interface StepStanding {
  readonly step: YearStep;
  readonly phase: Phase;
  readonly is: "done" | "present" | "beside" | "ahead" | "needless";
  /** The last time it was entered; null while it lies ahead. */
  readonly enteredAt: Instant | null;
  /** How often it has been entered: more than once after a return. */
  readonly times: number;
}

export interface YearCourse {
  readonly stage: Stage;
  /** In the order in which they were entered. */
  readonly entries: readonly { readonly stage: Stage; readonly enteredAt: Instant }[];
  readonly surveys: { readonly firstOpenedAt: Instant | null; readonly open: number };
}

const position = (step: YearStep | "finished"): number =>
  step === "finished" ? yearSteps.length : yearSteps.findIndex((known) => known.step === step);

const surveyStanding = ({ stage, surveys }: YearCourse): Omit<StepStanding, "step" | "phase"> => {
  if (surveys.firstOpenedAt === null)
    return {
      is: position(stage) < position("survey") ? "ahead" : "needless",
      enteredAt: null,
      times: 0,
    };
  return { is: surveys.open > 0 ? "beside" : "done", enteredAt: surveys.firstOpenedAt, times: 1 };
};

const stageStanding = (
  step: Exclude<YearStep, "survey">,
  { stage, entries }: YearCourse,
): Omit<StepStanding, "step" | "phase"> => {
  const entered = entries.filter((entry) => entry.stage === step);
  const times = entered.length;
  if (position(step) > position(stage)) return { is: "ahead", enteredAt: null, times };
  return { is: step === stage ? "present" : "done", enteredAt: entered.at(-1)?.enteredAt ?? null, times };
};

/** Where the year stands, step by step. A stage the report was returned behind lies ahead again. */
export const standingOfSteps = (course: YearCourse): readonly StepStanding[] =>
  yearSteps.map(({ step, phase }) => ({
    step,
    phase,
    ...(step === "survey" ? surveyStanding(course) : stageStanding(step, course)),
  }));

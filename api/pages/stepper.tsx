import { dateOf } from "../../domain/time.ts";
import { wareki } from "../../domain/wareki.ts";
import { Caused } from "./caused.tsx";
import type { Phase, StepStanding, YearStep } from "../../domain/year-steps.ts";
import { phaseNames, standingNames, stepNames } from "./words.ts";

/** To the event that began the step; null for who may not read the record. */
export type StepWay = (step: YearStep) => string | null;

const Step = ({ standing, way }: { readonly standing: StepStanding; readonly way: StepWay }) => {
  const { step, is, enteredAt, times } = standing;
  return (
    <li class="step" data-is={is} aria-current={is === "present" ? "step" : undefined}>
      <span class="step-name">{stepNames[step]}</span>
      <span class="step-state">{standingNames[is]}</span>
      {enteredAt === null ? null : (
        <span class="step-date">
          <Caused by={way(step)}>
            <time dateTime={enteredAt}>{wareki(dateOf(enteredAt))}</time>
          </Caused>
          {times > 1 ? `から（${times}回目）` : "から"}
        </span>
      )}
    </li>
  );
};

/** 年間の流れ: every step of the year with the day it began, the present one marked. */
export const Stepper = ({
  steps,
  way,
}: {
  readonly steps: readonly StepStanding[];
  readonly way: StepWay;
}) => (
  <ol class="phases">
    {phases.map((phase) => (
      <li key={phase} class="phase" data-phase={phase}>
        <h3>
          <span lang="en">{phaseNames[phase].letter}</span> {phaseNames[phase].name}
        </h3>
        <ol class="steps">
          {steps
            .filter((standing) => standing.phase === phase)
            .map((standing) => (
              <Step key={standing.step} standing={standing} way={way} />
            ))}
        </ol>
      </li>
    ))}
  </ol>
);

const phases: readonly Phase[] = ["plan", "do", "check", "act"];

import { dateOf } from "../../domain/time.ts";
import { wareki } from "../../domain/wareki.ts";
import type { Phase, StepStanding } from "../../domain/year-steps.ts";
import { phaseNames, standingNames, stepNames } from "./words.ts";

const Step = ({ standing }: { readonly standing: StepStanding }) => {
  const { step, is, enteredAt, times } = standing;
  return (
    <li class="step" data-is={is} aria-current={is === "present" ? "step" : undefined}>
      <span class="step-name">{stepNames[step]}</span>
      <span class="step-state">{standingNames[is]}</span>
      {enteredAt === null ? null : (
        <span class="step-date">
          <time dateTime={enteredAt}>{wareki(dateOf(enteredAt))}</time>
          {times > 1 ? `から（${times}回目）` : "から"}
        </span>
      )}
    </li>
  );
};

/** 年間の流れ: every step of the year with the day it began, the present one marked. */
export const Stepper = ({ steps }: { readonly steps: readonly StepStanding[] }) => (
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
              <Step key={standing.step} standing={standing} />
            ))}
        </ol>
      </li>
    ))}
  </ol>
);

const phases: readonly Phase[] = ["plan", "do", "check", "act"];

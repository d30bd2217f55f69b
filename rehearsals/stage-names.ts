import { stepNames } from "../api/pages/words.ts";
import { stages, type Stage } from "../domain/cycle.ts";

/** The stages as the screens call them. */
export const stageName = (stage: Stage): string => (stage === "finished" ? "終了" : stepNames[stage]);

/** How much of the year is behind, from 0 to 1. */
export const yearShare = (stage: Stage): number => stages.indexOf(stage) / (stages.length - 1);

import type { ContentRef, GivenAnswer } from "../domain/acts.ts";
import type { CycleKey, FiscalYear, OrganisationId } from "../domain/ids.ts";
import type { Survey } from "../domain/survey.ts";
import type { Instant, PlainDate } from "../domain/time.ts";
import type { Compared, Unmeasured } from "../domain/unmeasurable.ts";
import type { ClockInput } from "../workflows/contract.ts";

/** What workflows ask of the world for surveys. Types only, as the contract itself. */

/** A survey's row: as it was opened, and what has become of it. */
export interface SurveyChange extends Omit<Survey, "id"> {
  readonly write: "survey";
  readonly survey: string;
}
export interface Justify {
  readonly cycle: CycleKey;
  readonly request: string;
  readonly now: Instant;
  readonly unmeasured: readonly Unmeasured[];
  /** Of the act that brought it about, where one did. */
  readonly reason: string | null;
  /** Where answers were held against last year's. */
  readonly compared: readonly Compared[];
}
export interface CompareAnswers {
  readonly cycle: CycleKey;
  readonly request: string;
  readonly answers: readonly GivenAnswer[];
}
/** Questions of a survey to its respondents, beside the record of the act that sends them. */
export interface Questions {
  readonly clock: ClockInput;
  readonly year: FiscalYear;
  readonly survey: string;
  readonly respondents: readonly { readonly request: string; readonly organisation: OrganisationId }[];
  /** By when replies are wanted. */
  readonly dueOn: PlainDate;
  /** Holds the questions. */
  readonly content: ContentRef;
}
